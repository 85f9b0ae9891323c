"""Booking what is agreed with people, calling it off, and being known to be safe on a visit."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.calendar import Moment
from domain.diary import appointment
from domain.errors import Nonsense
from domain.events import diary as happened
from domain.ids import AppointmentId, InterventionId, PartyId, PractitionerId, RoomId
from domain.texts import OwnedBy, TextRef
from domain.words import (
    THEIR_OWN_RIGHT,
    Act,
    AppointmentFor,
    AppointmentOutcome,
    Channel,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Theirs = Annotated[TextRef, OwnedBy("party")]
Staff = Annotated[
    tuple[PractitionerId, ...],
    Field(description="who comes, whoever sees to it first; you, if left out"),
]
Interpreters = Annotated[
    tuple[PartyId, ...], Field(description="interpreters and intermediaries of the case who come")
]
Room = Annotated[
    RoomId | None,
    Field(description="a room of the service, such as ROOM-2; any other place is words"),
]


class _Booking(CaseCommand, abstract=True):
    minutes: int = Field(default=60, ge=5, le=720, description="how long it takes")
    staff: Staff = ()
    room: Room = None
    interpreters: Interpreters = ()

    def who_comes(self, asking: Asking) -> tuple[str, ...]:
        """Return whoever of the service comes, each once."""
        return tuple(dict.fromkeys(self.staff or (asking.actor.id,)))

    def check_interpreters(self, case: Case) -> tuple[str, ...]:
        """Return the interpreters, each once. Raises `Nonsense` for somebody who is none."""
        for name in self.interpreters:
            if case.party(name).role not in THEIR_OWN_RIGHT:
                raise Nonsense(f"interpreters: {name} is no interpreter or intermediary")
        return tuple(dict.fromkeys(self.interpreters))


class BookAppointment(_Booking):
    """Record an appointment that was agreed with one person, apart from the other side: when, who
    comes, how and where. It says nothing of what they chose."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    starts: Moment = Field(description="when it begins")
    purpose: AppointmentFor = AppointmentFor.OTHER_TALK
    channel: Channel = Field(default=Channel.IN_PERSON, description="in which way they are met")
    place: Theirs | None = Field(default=None, description="where, if in no room of the service")
    instead_of: AppointmentId | None = Field(
        default=None, description="the appointment that is called off for it"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it was made, and the one that it replaces called off."""
        case.party(self.party)
        if self.starts < asking.on:
            raise Nonsense("starts lies in the past: what took place is recorded as what it was")
        if self.purpose is AppointmentFor.JOINT_MEETING:
            raise Nonsense("what joins people is planned first, and then arranged: arrange_meeting")
        if self.instead_of is not None:
            if not appointment(case, self.instead_of).open:
                raise Nonsense(f"{self.instead_of} was called off, or is over")
            yield happened.AppointmentCalledOff(appointment=self.instead_of)
        yield happened.AppointmentMade(
            appointment=asking.number("D", "appointment"),
            party=self.party,
            purpose=self.purpose,
            starts=self.starts,
            ends=self.starts + timedelta(minutes=self.minutes),
            staff=self.who_comes(asking),
            channel=self.channel,
            room=self.room,
            interpreters=self.check_interpreters(case),
            place=self.place,
        )


class ArrangeMeeting(_Booking):
    """Book staff, a room and interpreters for a meeting whose date is fixed. It makes nothing
    ready, and tells nobody anything."""

    act: ClassVar[Act] = Act.FACILITATE

    intervention: InterventionId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return what was booked, on the date of the meeting."""
        meeting = case.intervention(self.intervention)
        if meeting.over or meeting.for_when is None:
            raise Nonsense(f"{self.intervention} is over, or has no date yet: fix_date")
        yield happened.MeetingArranged(
            appointment=asking.number("D", "appointment"),
            intervention=self.intervention,
            starts=meeting.for_when,
            ends=meeting.for_when + timedelta(minutes=self.minutes),
            staff=self.who_comes(asking),
            channel=Channel.VIDEO if meeting.by_video else Channel.IN_PERSON,
            room=self.room,
            interpreters=self.check_interpreters(case),
        )


class CallOffAppointment(CaseCommand):
    """Record that an appointment is called off, and that whoever was to come knows: staff,
    interpreters, and whoever keeps the room."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    appointment: AppointmentId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it is off."""
        appointment(case, self.appointment)
        return (happened.AppointmentCalledOff(appointment=self.appointment),)


class EndAppointment(CaseCommand):
    """Record what became of an appointment. Somebody who did not come said nothing by it."""

    act: ClassVar[Act] = Act.INFORM

    appointment: AppointmentId
    outcome: AppointmentOutcome

    def fits(self, case: Case) -> bool:
        """Say whether it is open still."""
        return appointment(case, self.appointment).open

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return what became of it."""
        if asking.on < appointment(case, self.appointment).starts:
            raise Nonsense("it has not begun yet; if it does not take place, call it off")
        yield happened.AppointmentEnded(appointment=self.appointment, outcome=self.outcome)


class CheckIn(CaseCommand):
    """Say that you are out on a visit, and how long you expect it to take. If nobody checks you out
    by then, you are looked for. Said again, it takes longer. Nothing changes for whoever is
    visited."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    minutes: int = Field(ge=5, le=1440, description="how long from now, at most")
    party: PartyId | None = Field(default=None, description="who is visited")
    appointment: AppointmentId | None = Field(default=None, description="which appointment it is")
    practitioner: PractitionerId | None = Field(
        default=None, description="who is out; you, if left out"
    )
    place: Theirs | None = Field(default=None, description="where, if no appointment says so")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they are out."""
        booked = appointment(case, self.appointment) if self.appointment else None
        if self.party is not None:
            case.party(self.party)
        yield happened.VisitorCheckedIn(
            practitioner=self.practitioner or asking.actor.id,
            until=asking.on + timedelta(minutes=self.minutes),
            party=self.party or (booked.party if booked else None),
            appointment=self.appointment,
            place=self.place,
        )


class CheckOut(CaseCommand):
    """Say that your visit is over and that you are safe; or, as whoever made sure of it, that
    somebody else is."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    practitioner: PractitionerId | None = Field(
        default=None, description="who is safe; you, if left out"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they are safe, whether it was known that they were out or not."""
        who = self.practitioner or asking.actor.id
        return (happened.VisitorCheckedOut(practitioner=who),)
