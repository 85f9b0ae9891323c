"""What is booked, what became of it, and who is out on a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import AwareDatetime

from domain.changing import with_changes
from domain.diary import Appointment, Out
from domain.event import CaseEvent
from domain.ids import AppointmentId, InterventionId, PartyId, PractitionerId, RoomId
from domain.texts import TextRef
from domain.words import AppointmentFor, AppointmentOutcome, Channel

if TYPE_CHECKING:
    from domain.case import Case, When


class AppointmentMade(CaseEvent):
    """An appointment was agreed with a person: when, with whom of the service, how and where."""

    appointment: AppointmentId
    party: PartyId
    purpose: AppointmentFor
    starts: AwareDatetime
    ends: AwareDatetime
    staff: tuple[PractitionerId, ...]
    channel: Channel
    room: RoomId | None = None
    interpreters: tuple[PartyId, ...] = ()
    place: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It says nothing of what they chose; they may call it off at any time."""
        made = Appointment(
            id=self.appointment,
            purpose=self.purpose,
            starts=self.starts,
            ends=self.ends,
            staff=self.staff,
            channel=self.channel,
            made_at=when.effective,
            party=self.party,
            room=self.room,
            interpreters=self.interpreters,
            place=self.place,
        )
        case = case.in_touch(self.party, when.effective)
        return case.changed(appointments={**case.appointments, made.id: made})


class MeetingArranged(CaseEvent):
    """Staff, and perhaps a room and interpreters, were booked for a meeting that is planned."""

    appointment: AppointmentId
    intervention: InterventionId
    starts: AwareDatetime
    ends: AwareDatetime
    staff: tuple[PractitionerId, ...]
    channel: Channel
    room: RoomId | None = None
    interpreters: tuple[PartyId, ...] = ()

    def apply(self, case: Case, when: When) -> Case:
        """It makes nothing ready, and is called off if the meeting is."""
        made = Appointment(
            id=self.appointment,
            purpose=AppointmentFor.JOINT_MEETING,
            starts=self.starts,
            ends=self.ends,
            staff=self.staff,
            channel=self.channel,
            made_at=when.effective,
            intervention=self.intervention,
            room=self.room,
            interpreters=self.interpreters,
        )
        return case.changed(appointments={**case.appointments, made.id: made})


class AppointmentCalledOff(CaseEvent):
    """An appointment does not take place: whoever was to come, the room and interpreters know."""

    closes: ClassVar[bool] = True

    appointment: AppointmentId

    def apply(self, case: Case, when: When) -> Case:
        """It changes nobody's choice."""
        return case.with_one("appointments", self.appointment, called_off=True)


class AppointmentEnded(CaseEvent):
    """It is on record what became of an appointment."""

    appointment: AppointmentId
    outcome: AppointmentOutcome

    def apply(self, case: Case, when: When) -> Case:
        """Whoever did not come said nothing by it."""
        return case.with_one("appointments", self.appointment, outcome=self.outcome)


class VisitorCheckedIn(CaseEvent):
    """Somebody of the service is out on a visit, and said when they expect it to be over."""

    is_work: ClassVar[bool] = False

    practitioner: PractitionerId
    until: AwareDatetime
    party: PartyId | None = None
    appointment: AppointmentId | None = None
    place: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """If they are not back by then, they are looked for. Said again, it takes longer, and where
        they are stays known, unless they say another person or place."""
        before = case.out.get(self.practitioner)
        if before is not None and not (self.party or self.appointment or self.place):
            longer = with_changes(before, until=self.until)
            return case.changed(out={**case.out, self.practitioner: longer})
        out = Out(
            practitioner=self.practitioner,
            since=when.effective,
            until=self.until,
            party=self.party,
            appointment=self.appointment,
            place=self.place,
        )
        return case.changed(out={**case.out, self.practitioner: out})


class VisitorCheckedOut(CaseEvent):
    """A visit is over, and whoever made it is safe."""

    is_work: ClassVar[bool] = False

    practitioner: PractitionerId

    def apply(self, case: Case, when: When) -> Case:
        """Nobody is looked for any longer."""
        left = {who: out for who, out in case.out.items() if who != self.practitioner}
        return case.changed(out=left)
