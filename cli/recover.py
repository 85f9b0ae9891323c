"""`rj recover`: a running workflow again for every open case, from the log."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from cli.ending import Code, Ended, Failure
from cli.installed import door_to, installed
from cli.options import Json
from cli.output import note, tell, tell_json
from cli.progress import progress
from cli.state import as_json

if TYPE_CHECKING:
    from client.recovery import Recovered
    from settings import Settings


def recover(*, json: Json = False) -> int:
    """Start the queue and clock again of every open case that has none, from the log.

    For when Temporal's database is gone or was put back from a back-up. It may be broken off and
    repeated at any time.
    """
    found = asyncio.run(_recover(installed()))
    if found.unreadable:
        note(f"rj: the log of {', '.join(found.unreadable)} cannot be read")
        raise Ended(
            Failure(
                Code.UNFORESEEN,
                "unreadable",
                ("not everything was recovered; `rj doctor` says more",),
                as_json(found),
            )
        )
    if json:
        tell_json({"outcome": "recovered", **as_json(found)})
    else:
        tell(
            f"{found.streams} in the log, {found.open} of them waiting for something; "
            f"{found.started} had no running workflow and have one now."
        )
    return Code.DONE


async def _recover(settings: Settings) -> Recovered:
    async with door_to(settings) as door:
        with progress("Recovering") as moved:
            return await door.recovery.recover(moved)
