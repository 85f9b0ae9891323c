"""`rj book` and `rj arrange`: what is booked, beside how somebody may be reached and what else is
booked at that time. Nothing is forbidden for that: whoever books decides."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from cli import send
from cli.behind import lists
from cli.looking import looking
from cli.output import note
from cli.reaching import in_words
from cli.references import party as party_named
from cli.references import reference
from cli.state import as_json
from client import Denied
from client.reaching import reaching
from domain.event import read_event
from domain.events.diary import AppointmentMade, MeetingArranged
from domain.ids import CASE_PREFIX
from domain.permissions import View
from projections import diary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.line import Line
    from client import Answer
    from client.reaching import Reaching
    from projections import Booked, BookedToo

BOOKING = "booking"
"""What a look is for."""


def book(line: Line) -> int:
    """Show how the person may be reached, have it recorded, and tell what else is booked then."""
    beside = _Beside(line)
    if not line.as_json:
        for sentence in beside.sentences():
            note(f"rj: {sentence}")
    return send.do(line, beside)


class _Beside:
    """What is told beside a booking."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._ways = self._reaching()

    def sentences(self) -> Iterator[str]:
        """Yield how the person may be reached, in words."""
        if self._ways is not None:
            yield from in_words(self._ways)

    def __call__(self, answer: Answer) -> dict[str, Any]:
        """Return for a program how the person may be reached and what is booked twice; a person is
        told the latter."""
        found = self._booked_too(answer)
        for one in () if self._line.as_json else found:
            where = one.case or "a case that you may not see"
            note(f"rj: {one.what} is booked for something else then, in {where}")
        twice = [{"what": one.what, "case": one.case} for one in found]
        return {"booked_too": twice, "reaching": as_json(self._ways)}

    def _reaching(self) -> Reaching | None:
        party = self._line.options.get("party")
        if party is None or self._line.stream is None:
            return None
        # Whoever books works on the case: that is why they look.
        with looking(self._line.actor, "my-work") as look:
            try:
                of = (reference(self._line.stream, CASE_PREFIX), party_named(party))
                return reaching(look.reading, look.actor, of, BOOKING)
            except Denied:
                # Whoever may not see the case is told by the door that they may not do this.
                return None

    def _booked_too(self, answer: Answer) -> tuple[BookedToo, ...]:
        made = next(self._made(answer), None)
        if made is None:
            return ()
        with lists(self._line.actor, View.OVERVIEW, BOOKING) as here:
            around = made.starts - timedelta(days=1), made.ends
            found = here.listed(
                lambda: _named(diary(here.views, here.reader, *around), answer, made),
                lambda rows: (
                    [r.case for r in rows]
                    + [too.case for r in rows for too in r.booked_too if too.case]
                ),
            )
            here.note()
        return tuple(too for one in found for too in one.booked_too)

    def _made(self, answer: Answer) -> Iterator[AppointmentMade | MeetingArranged]:
        for told in answer.events:
            if told["event"] in (AppointmentMade.name(), MeetingArranged.name()):
                data = {name: value for name, value in told.items() if name != "event"}
                made = read_event(told["event"], 1, data)
                if isinstance(made, AppointmentMade | MeetingArranged):
                    yield made


def _named(
    rows: list[Booked], answer: Answer, made: AppointmentMade | MeetingArranged
) -> list[Booked]:
    return [r for r in rows if (r.case, r.appointment) == (answer.stream, made.appointment)]
