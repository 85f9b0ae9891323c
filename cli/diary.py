"""`rj diary`: what is booked, who comes, where; what is booked twice; and who is out now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
from cli.team_diary import away_part, other_parts
from cli.whole_case import Part
from cli.wording import words_of
from domain.calendar import local_day
from domain.ids import PRACTITIONER_PREFIX
from domain.permissions import View
from projections import AREA, TEAM, away_then, out_now
from projections import diary as booked

if TYPE_CHECKING:
    from cli.behind import Lists
    from projections import AwayThen, Booked

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
Team = Annotated[
    bool,
    Parameter(
        name="--team",
        help="of your own organisation in your area, with who is away, rooms and interpreters",
        negative="",
    ),
]
Area = Annotated[
    bool,
    Parameter(name="--area", help="the same of your whole area", negative=""),
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
    *,
    who: Who = None,
    team: Team = False,
    area: Area = False,
    from_: From = None,
    to: To = None,
    as_: As = None,
    json: Json = False,
) -> int:
    """List what is booked in the cases that you may see, and who is out on a visit now.

    Of a team besides who is away meanwhile and who covers, its rooms and interpreters, and what
    clashes: somebody, or a room, booked for something else at the same time, also where you may not
    see the other case; or somebody who is away then. Nothing is forbidden for that: a person
    decides. Where somebody is visited is never in a list: rj show CASE --words has it.
    """
    first, last = _span(from_, to)
    with lists(as_, View.OVERVIEW, OVERVIEW) as here:
        whose = _whose(who, here, AREA if area else TEAM if team else None)
        found = here.listed(
            lambda: _found(here, first, last, whose),
            _Found.shown,
            who=whose,
            first=first,
            last=last,
        )
        if json:
            tell_json({**here.as_json(), **as_json(found)})
            return Code.DONE
        _tell(found)
        here.note()
    return Code.DONE


@dataclass(frozen=True, slots=True)
class _Found:
    """What is booked, who is out now, and of a team who is away."""

    diary: Sequence[Booked]
    out: Sequence[Booked]
    away: Sequence[AwayThen] = ()
    team: bool = False

    def shown(self) -> Iterator[str]:
        """Yield whom and what it names."""
        yield from (one.case for one in (*self.diary, *self.out))
        yield from (too.case for one in self.diary for too in one.booked_too if too.case)
        yield from (one.who for one in self.away)


def _found(here: Lists, first: datetime, last: datetime, whose: str | None) -> _Found:
    views, reader = here.views, here.reader
    rows, out = booked(views, reader, first, last, whose), out_now(views, reader, whose)
    if whose not in (TEAM, AREA):
        return _Found(rows, out)
    away = away_then(views, reader, first, last, area=whose == AREA)
    return _Found(rows, out, away, team=True)


def _tell(found: _Found) -> None:
    parts = [part for part in _parts(found, datetime.now(UTC)) if part.rows]
    for part in parts:
        heading(part.title)
        table(part.columns, part.rows)
    if not parts:
        tell("Nothing is booked then in the cases that you may see.")


def _parts(found: _Found, now: datetime) -> Iterator[Part]:
    out = [_out(one, now) for one in found.out]
    yield Part("Out on a visit now", ("who", "case", "visits", "since", "back by"), out)
    yield away_part(found.away)
    yield Part("Booked", _COLUMNS, [_row(one) for one in found.diary])
    if found.team:
        yield from other_parts(found.diary)


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
    return "; ".join([*twice, *(f"{who} is away then" for who in one.away)])


def _out(one: Booked, now: datetime) -> Sequence[str]:
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


def _whose(typed: str | None, here: Lists, wide: str | None) -> str | None:
    if typed is not None and wide is not None:
        raise nonsense("--who: either one practitioner's, or the team's")
    if wide is not None:
        return wide
    if typed is None or typed.lower() == ME:
        return typed and here.reader.id
    return reference(typed, PRACTITIONER_PREFIX)
