"""`rj report reoffending`: only from a matched set that somebody supplies; else not available."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.ending import Code, nonsense
from cli.looking import looking
from cli.output import table, tell, tell_json
from client.counting import counted
from reports import Matched, NoMatch, read_matched
from reports.matched import NOT_AVAILABLE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_BEWARE = (
    "Offences a person in a time before and in the same time after, in each of the two groups.",
    "It says nothing of any one person: whoever chooses to take part may differ from others.",
    "Counted from the file that was supplied; nothing of it is in the log, or kept.",
)


def reoffending(matched: Path | None, as_: str | None, *, json: bool) -> int:
    """Say what a matched set says, or that there is none."""
    with looking(as_) as look:
        asked = {"numbers": "reoffending"}
        found = counted(look.reading, look.actor, asked, "SCREEN", lambda _: _read(matched))
    if json:
        told = [_as_json(one) for one in found] if found is not None else None
        tell_json({"reoffending": told, "available": found is not None})
    elif found is None:
        tell(f"Reoffending is {NOT_AVAILABLE} (--matched FILE).")
    else:
        table(("group", "people", "before", "after", "change"), [_row(one) for one in found])
        for line in _BEWARE:
            tell(line)
        if any(one.people is None for one in found):
            tell("* hidden: fewer than 5 people or offences in one of the groups.")
    return Code.DONE


def _read(file: Path | None) -> list[Matched] | None:
    if file is None:
        return None
    try:
        return read_matched(file)
    except NoMatch as error:
        raise nonsense(f"--matched: {error}") from None
    except (FileNotFoundError, IsADirectoryError):
        raise nonsense("--matched: there is no such file") from None


def _row(one: Matched) -> Sequence[str]:
    if one.people is None or one.before is None or one.after is None:
        return one.group, "*", "*", "*", "*"
    change = "—" if one.change is None else f"{one.change:+.0%}"
    return one.group, str(one.people), f"{one.before:.2f}", f"{one.after:.2f}", change


def _as_json(one: Matched) -> dict[str, object]:
    return {
        "group": one.group,
        "people": one.people,
        "before": one.before,
        "after": one.after,
        "change": one.change,
    }
