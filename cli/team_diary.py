"""What a team's diary has besides: who is away, rooms, interpreters, and what clashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.moments import shown
from cli.whole_case import Part
from cli.wording import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from projections import AwayThen, Booked


def away_part(away: Iterable[AwayThen]) -> Part:
    """Return who is away meanwhile, and who covers."""
    rows = ((one.who, *_absent(one)) for one in away)
    return Part("Away", ("who", "from", "back", "who covers"), [*rows])


def other_parts(rows: Sequence[Booked]) -> Iterator[Part]:
    """Yield the same bookings by room, by interpreter and by clash; what is off takes nothing."""
    held = [one for one in rows if not (one.fell_away or one.outcome)]
    rooms = ((one.room, *_when(one)) for one in held if one.room)
    yield Part("Rooms", ("room", *_WHEN), [*sorted(rooms)])
    speak = ((who, *_when(one)) for one in held for who in one.interpreters)
    yield Part("Interpreters", ("who", *_WHEN), [*speak])
    yield Part("Clashes", ("what", *_WHEN, "and"), [*sorted(_clashes(held))])


_WHEN = ("when", "until", "case", "what")


def _when(one: Booked) -> tuple[str, str, str, str]:
    until = shown(one.ends).partition(" ")[2] or "—"
    return shown(one.starts), until, one.case, f"{one.appointment} {words_of(one.purpose)}"


def _clashes(rows: Iterable[Booked]) -> Iterator[tuple[str, ...]]:
    for one in rows:
        for too in one.booked_too:
            yield too.what, *_when(one), f"booked in {too.case or 'another case'}"
        for who in one.away:
            yield who, *_when(one), "away then"


def _absent(one: AwayThen) -> tuple[str, str, str]:
    absence = one.absence
    return shown(absence.starts), shown(absence.back), absence.cover or "nobody"
