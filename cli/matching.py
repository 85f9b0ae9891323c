"""`rj matching`: seeing that everybody can be found again, and changing the key of it."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from cli.ending import Code
from cli.installed import installed, reading_of
from cli.options import Json
from cli.output import note, tell, tell_json
from cli.state import as_json

NewKey = Annotated[
    bool,
    Parameter(
        name="--new-key",
        help="make a new matching key first, and destroy the older one afterwards",
        negative="",
        show_default=False,
    ),
]


def matching(*, new_key: NewKey = False, json: Json = False) -> int:
    """Write the tokens that people are found again by, wherever details have none or older ones.

    Workers do so when they start and once a day. With --new-key all are written anew under a new
    key: copies of what was erased, in back-ups or on the disk, then say nothing to anybody. It may
    be broken off and repeated.
    """
    settings = installed()
    with reading_of(settings) as reading:
        index = reading.stores.vault.matching
        done = index.renew() if new_key else index.catch_up()
    if json:
        tell_json({"outcome": "written", **as_json(done)})
    else:
        tell(f"{done.written} details were given tokens to be found by.")
    if done.unopened:
        note(
            f"rj: {len(done.unopened)} texts cannot be opened and are not found by new tokens; "
            "what they were found by is kept, and so is the key of it"
        )
    return Code.DONE
