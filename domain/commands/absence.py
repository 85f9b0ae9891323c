"""Being away for a time, with or without somebody who covers; back before the day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from domain.asking import Asking, PractitionerCommand
from domain.calendar import Moment
from domain.errors import Nonsense
from domain.events import practitioners as happened
from domain.ids import AbsenceId, PractitionerId
from domain.words import Act

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from domain.absence import Absence
    from domain.event import PractitionerEvent
    from domain.practitioner import Practitioner


class Arranging(PractitionerCommand, abstract=True):
    """When somebody is away, and who covers."""

    act: ClassVar[Act] = Act.ARRANGE_ABSENCE

    cover: PractitionerId | None = Field(
        default=None,
        description="who covers: they see the queue and work on the cases for that time",
    )

    def span(self, practitioner: Practitioner, asking: Asking) -> tuple[datetime, datetime]:
        """Return from when they are away, and from when they are back."""
        raise NotImplementedError(self.name())

    def covering(self, practitioner: Practitioner) -> str | None:
        """Return who covers by this."""
        return self.cover

    def changes(self) -> str | None:
        """Return which absence it changes; None for a new one."""
        return None


class RecordAbsence(Arranging):
    """Record that somebody is away for a time, and who covers for them; why is not asked."""

    starts: Moment | None = Field(default=None, description="from when they are away, if not now")
    back: Moment = Field(description="when they are back; a day alone means its beginning")

    def span(self, practitioner: Practitioner, asking: Asking) -> tuple[datetime, datetime]:
        """Return from when they are away, and from when they are back."""
        return self.starts or asking.at, self.back

    def events(self, practitioner: Practitioner, asking: Asking) -> Iterable[PractitionerEvent]:
        """Return the absence. Raises `Nonsense` for a time that is over or has no end."""
        starts, back = _sense(self, practitioner, asking)
        yield happened.AbsenceRecorded(
            absence=asking.number("B", "absence"), starts=starts, back=back, cover=self.cover
        )


class ChangeAbsence(Arranging):
    """Record that an absence has other days, or that somebody else covers; what is left out stays
    as it is."""

    absence: AbsenceId
    starts: Moment | None = Field(default=None, description="from when they are away")
    back: Moment | None = Field(
        default=None, description="when they are back; a day alone means its beginning"
    )
    uncovered: bool = Field(default=False, description="nobody covers: a supervisor sees to it")

    def span(self, practitioner: Practitioner, asking: Asking) -> tuple[datetime, datetime]:
        """Return from when they are away, and from when they are back."""
        before = _absence(practitioner, self.absence)
        return self.starts or before.starts, self.back or before.back

    def covering(self, practitioner: Practitioner) -> str | None:
        """Return who covers by this: whoever did, if it does not say."""
        if self.uncovered:
            return None
        return self.cover or _absence(practitioner, self.absence).cover

    def changes(self) -> str | None:
        """Return which absence it changes."""
        return self.absence

    def events(self, practitioner: Practitioner, asking: Asking) -> Iterable[PractitionerEvent]:
        """Return the absence as it is now. Raises `Nonsense` for one that is over."""
        before = _absence(practitioner, self.absence)
        if before.back <= asking.at:
            raise Nonsense(f"{self.absence} is over: it stays as it was")
        if self.uncovered and self.cover:
            raise Nonsense("either somebody covers, or nobody does")
        starts, back = _sense(self, practitioner, asking)
        yield happened.AbsenceChanged(
            absence=self.absence, starts=starts, back=back, cover=self.covering(practitioner)
        )


class EndAbsence(PractitionerCommand):
    """Record that somebody is back, before the day or on it, or is not going to be away."""

    act: ClassVar[Act] = Act.ARRANGE_ABSENCE

    absence: AbsenceId | None = Field(
        default=None, description="which, if not the one in which they are away now"
    )

    def events(self, practitioner: Practitioner, asking: Asking) -> Iterable[PractitionerEvent]:
        """Return that it is over; nothing, if it is over already."""
        _of_now(self)
        now = practitioner.away(asking.at)
        if self.absence is None and now is None:
            raise Nonsense("they are not away now: say which absence is called off")
        ended = _absence(practitioner, self.absence) if self.absence else now
        if ended is not None and ended.back > asking.at:
            yield happened.AbsenceEnded(absence=ended.id)


def _of_now(command: PractitionerCommand) -> None:
    if command.effective_at is not None:
        raise Nonsense("an absence has days of its own, and gives access from its recording on")


def _absence(practitioner: Practitioner, absence: str) -> Absence:
    if absence not in practitioner.absences:
        raise Nonsense(f"there is no absence {absence}")
    return practitioner.absences[absence]


def _sense(
    command: Arranging, practitioner: Practitioner, asking: Asking
) -> tuple[datetime, datetime]:
    _of_now(command)
    starts, back = command.span(practitioner, asking)
    if back <= asking.at:
        raise Nonsense("back: this is over already; what was done meanwhile stands as it is")
    if back <= starts:
        raise Nonsense("back: they are back after they are away")
    if command.cover == practitioner.id:
        raise Nonsense("cover: somebody else covers")
    return starts, back
