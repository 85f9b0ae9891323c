"""What people choose: to hear more, to take part, to wait, to stop. In their own time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import AwareDatetime, Field

from domain.asking import Asking, CaseCommand
from domain.commands.suspending import suspended, their_threads
from domain.errors import Nonsense
from domain.events import choice as happened
from domain.ids import PartyId, ThreadId
from domain.texts import OwnedBy, TextRef
from domain.words import Act, AdultView, Explained, Form, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Words = Annotated[TextRef, OwnedBy("party")]


class _OfOnePair(CaseCommand, abstract=True):
    thread: ThreadId = Field(description="the pair, such as V1-O1")
    party: PartyId

    def check(self, case: Case) -> None:
        """Raise `Nonsense` unless the person is one of the pair."""
        thread = case.thread(self.thread)
        if self.party not in (thread.victim, thread.offender):
            raise Nonsense(f"{self.party} is not one of the pair {self.thread}")


class MakeOffer(_OfOnePair):
    """Offer a person to take part in one pair. No answer is expected by any date."""

    act: ClassVar[Act] = Act.INFORM

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the offer."""
        self.check(case)
        return (happened.OfferMade(thread=self.thread, party=self.party),)


class RecordInterest(_OfOnePair):
    """Record that a person would like to meet a facilitator and hear more, nothing else."""

    act: ClassVar[Act] = Act.INFORM

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return their interest."""
        self.check(case)
        return (happened.InterestRecorded(thread=self.thread, party=self.party),)


class OfferFacilitatorMeeting(_OfOnePair):
    """Record that a person was offered a facilitator's meeting, in the way they prefer."""

    act: ClassVar[Act] = Act.INFORM

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the offer."""
        self.check(case)
        return (happened.FacilitatorMeetingOffered(thread=self.thread, party=self.party),)


class RecordFacilitatorMeeting(_OfOnePair):
    """Record that a facilitator met a person, and what was gone through."""

    act: ClassVar[Act] = Act.FACILITATE

    explained: tuple[Explained, ...]
    understood: bool = Field(description="in a language and form that the person understands")
    needs: Words | None = Field(default=None, description="their story, needs and hopes")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the meeting."""
        self.check(case)
        return (
            happened.FacilitatorMeetingHeld(
                thread=self.thread,
                party=self.party,
                explained=self.explained,
                understood=self.understood,
                needs=self.needs,
            ),
        )


class RecordMeetingNotWanted(_OfOnePair):
    """Record that a person does not want to meet a facilitator."""

    act: ClassVar[Act] = Act.INFORM

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return their wish."""
        self.check(case)
        return (happened.FacilitatorMeetingNotWanted(thread=self.thread, party=self.party),)


class RecordConsent(_OfOnePair):
    """Record a person's written consent, scope by scope, for one pair."""

    act: ClassVar[Act] = Act.FACILITATE

    scopes: tuple[Scope, ...] = Field(min_length=1)
    form: Form
    signed: Words | None = Field(default=None, description="the form, or what was said")
    adult: PartyId | None = Field(
        default=None, description="for a child: the parent, guardian or other suitable adult"
    )
    adult_view: AdultView | None = Field(default=None, description="what that adult says")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the consent."""
        self.check(case)
        if self.adult is not None:
            case.party(self.adult)
        return (
            happened.ConsentRecorded(
                thread=self.thread,
                party=self.party,
                scopes=self.scopes,
                form=self.form,
                signed=self.signed,
                adult=self.adult,
                adult_view=self.adult_view,
            ),
        )


class _Closing(CaseCommand, abstract=True):
    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId
    threads: tuple[ThreadId, ...] = Field(
        default=(), description="only these pairs; all of the person's if left out"
    )


class RecordNeedForTime(_Closing):
    """Record that a person needs time. The offer stays open, with no end."""

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they need time; what was booked is put off."""
        threads = their_threads(case, self.party, self.threads)
        yield happened.TimeAskedFor(threads=threads, party=self.party)
        yield from suspended(case, threads, self.party)


class DeferChoice(_Closing):
    """Record "not now": when to ask again is the person's to set."""

    ask_at: AwareDatetime | None = Field(default=None, description="when they want to be asked")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the deferral; what was booked is put off."""
        threads = their_threads(case, self.party, self.threads)
        yield happened.ChoiceDeferred(threads=threads, party=self.party, ask_at=self.ask_at)
        yield from suspended(case, threads, self.party)


class DeclineOffer(_Closing):
    """Record "not this": the person declines this offer, and the door stays open."""

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the no; what was booked does not go ahead."""
        threads = their_threads(case, self.party, self.threads)
        yield happened.OfferDeclined(threads=threads, party=self.party)
        yield from suspended(case, threads, self.party, for_good=True)


class StopContact(CaseCommand):
    """Record that a person asked not to be contacted in this matter."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the wish, in every pair of theirs."""
        threads = their_threads(case, self.party, ())
        yield happened.ContactStopped(party=self.party, threads=threads)
        yield from suspended(case, threads, self.party, for_good=True)


class AllowContact(CaseCommand):
    """Record that the person themselves asked to be contacted again."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the wish."""
        case.party(self.party)
        return (happened.ContactAllowed(party=self.party),)


class PauseParticipation(_Closing):
    """Record a person's doubt. It is a pause, at once, and needs no reason."""

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the pause; what is under way takes a break, what was booked is put off."""
        threads = their_threads(case, self.party, self.threads)
        yield happened.ParticipationPaused(threads=threads, party=self.party)
        yield from suspended(case, threads, self.party, break_only=True)


class WithdrawConsent(_Closing):
    """Record that a person takes their consent back, at any moment, in whatever words."""

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the withdrawal; what is under way stops, what was booked does not go ahead."""
        threads = their_threads(case, self.party, self.threads)
        yield happened.ConsentWithdrawn(threads=threads, party=self.party)
        yield from suspended(case, threads, self.party, for_good=True)
