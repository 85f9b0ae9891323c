"""Handing over what somebody has or had: each case, so that a supervisor allocates it afresh."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from client.door import Door
    from domain.record import Actor


async def hand_over_each(
    door: Door,
    actor: Actor,
    left: str,
    cases: Sequence[str],
    *,
    after: str,
    note: str | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> None:
    """Hand over these cases of the practitioner `left`, one after the other.

    `after` is the id of the command by which they left, or of the hand-over as a whole: what is
    handed over because of it has ids made from it, so that to repeat it after it was broken off
    does nothing twice. `note`, for whoever takes a case on, goes into the vault of each. Raises
    what the door raises.
    """
    for number, case in enumerate(cases, 1):
        await door.do(
            actor.id,
            actor.identified,
            "hand_over",
            {"practitioner": left} if note is None else {"practitioner": left, "note": note},
            stream=case,
            command_id=f"hand_over:{hashlib.sha256(f'{after} {case}'.encode()).hexdigest()[:32]}",
        )
        progress(number, len(cases))
