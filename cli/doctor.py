"""`rj doctor`: checks the installation part by part, and says in plain words what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli import checks
from cli.ending import Code
from cli.installed import settings_now
from cli.options import Json
from cli.output import table, tell, tell_json

if TYPE_CHECKING:
    from cli.checks import Found


def doctor(*, json: Json = False) -> int:
    """Check the installation: programs, folders, keys, the log and its chain, the vault, what runs.

    Exit code 0 if nothing is wrong, 1 if something is. Nothing is changed.
    """
    found = [*checks.every(settings_now())]
    well = all(one.well for one in found)
    if json:
        tell_json({"well": well, "checks": [_described(one) for one in found]})
    else:
        rows = [("well" if one.well else "WRONG", one.what, one.sentence) for one in found]
        table(("", "what", ""), rows)
        tell("Nothing is wrong." if well else "Something is wrong: see above.")
    return Code.DONE if well else Code.REFUSED


def _described(one: Found) -> dict[str, object]:
    return {"check": one.what, "well": one.well, "sentence": one.sentence}
