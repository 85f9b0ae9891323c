"""`rj diary`: what is booked, who comes, where; what is booked twice; and who is out now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from cli.behind import lists
from cli.ending import Code, nonsense
from cli.looking import DEMO, OVERVIEW
from cli.moments import FORMS, NoMoment, moment, shown
from cli.options import As, Json
from cli.output import heading, table, tell, tell_json
from cli.references import reference
from cli.state import as_json
from cli.wording import words_of
from domain.calendar import local_day
from domain.ids import PRACTITIONER_PREFIX
from domain.permissions import View
from projections import diary as booked
from projections import out_now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cli.behind import Lists
    from projections import Booked

AHEAD = timedelta(days=14)
ME = "me"
Who = Annotated[
    str | None,
    Parameter(
        name="--who",
        metavar="WHO",
        help="whose diary: a practitioner's reference, or me; of everybody if left out",
    ),
]
From = Annotated[
    str | None,
    Parameter(name="--from", metavar="WHEN", help=f"from when on, if not today: {FORMS}"),
]
To = Annotated[
    str | None,
    Parameter(name="--to", metavar="WHEN", help="until when, that day too; two weeks if left out"),
]


def diary(
    *, who: Who = None, from_: From = None, to: To = None, as_: As = None, json: Json = False
) -> int:
    """List what is booked in the cases that you may see, and who is out on a visit now.

    A practitioner or a room that is booked for something else at the same time is told, also where
    you may not see the other case. Nothing is forbidden for that: a person decides. Where somebody
    is visited is never in a list: rj show CASE --words has it.
    """
    first, last = _span(from_, to)
    with lists(as_, View.OVERVIEW, OVERVIEW) as here:
        whose = _whose(who, here)
        rows, away = here.listed(
            lambda: (
                booked(here.views, here.reader, first, last, whose),
                out_now(here.views, here.reader, whose),
            ),
            lambda found: [one.case for one in (*found[0], *found[1])],
            who=whose,
            first=first,
            last=last,
        )
        if json:
            listed = {"diary": as_json(rows), "out": as_json(away)}
            tell_json({**here.as_json(), **listed})
            return Code.DONE
        _tell(rows, away)
        here.note()
    return Code.DONE


def _tell(rows: Sequence[Booked], away: Sequence[Booked]) -> None:
    now = datetime.now(UTC)
    if away:
        heading("Out on a visit now")
        table(("who", "case", "visits", "since", "back by"), [_away(one, now) for one in away])
    if rows:
        heading("Booked")
        table(_COLUMNS, [_row(one) for one in rows])
    if not rows and not away:
        tell("Nothing is booked then in the cases that you may see.")


_COLUMNS = ("when", "until", "case", "", "what", "about", "who comes", "where", "note")


def _row(one: Booked) -> Sequence[str]:
    until = shown(one.ends).partition(" ")[2] or "—"
    where = one.room or (words_of(one.channel) if one.channel else "—")
    comes = ", ".join((*one.staff, *one.interpreters)) or "nobody yet"
    demo, what = DEMO if one.demo else "", f"{one.appointment} {words_of(one.purpose)}"
    about = one.about or "—"
    return shown(one.starts), until, one.case, demo, what, about, comes, where, _note(one)


def _note(one: Booked) -> str:
    if one.outcome:
        return words_of(one.outcome)
    if one.fell_away:
        return "to be called off"
    twice = [f"{too.what} is also in {too.case or 'another case'}" for too in one.booked_too]
    return "; ".join(twice)


def _away(one: Booked, now: datetime) -> Sequence[str]:
    back = shown(one.ends) + (" (not back)" if one.ends and one.ends < now else "")
    return one.staff[0], one.case, one.about or "—", shown(one.starts), back


def _span(first: str | None, last: str | None) -> tuple[datetime, datetime]:
    begins = _moment("--from", first) or moment(f"{local_day(datetime.now(UTC))}")
    ends = _moment("--to", last, end_of_day=True) or begins + AHEAD
    if ends <= begins:
        raise nonsense("--to: it lies before --from")
    return begins, ends


def _moment(option: str, typed: str | None, *, end_of_day: bool = False) -> datetime | None:
    try:
        return None if typed is None else moment(typed, end_of_day=end_of_day)
    except NoMoment as error:
        raise nonsense(f"{option}: {error}") from None


def _whose(typed: str | None, here: Lists) -> str | None:
    if typed is None or typed.lower() == ME:
        return typed and here.reader.id
    return reference(typed, PRACTITIONER_PREFIX)
