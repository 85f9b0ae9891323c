"""What people choose: to hear more, to meet a facilitator, to take part. In their own time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.errors import Nonsense
from domain.events import choice as happened
from domain.ids import PartyId, ThreadId
from domain.texts import IsFile, OwnedBy, TextRef
from domain.words import (
    OWED_UNLESS_DECLINED,
    Act,
    AdultView,
    Channel,
    Choice,
    Explained,
    Form,
    Scope,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Words = Annotated[TextRef, OwnedBy("party")]
Scanned = Annotated[TextRef, OwnedBy("party"), IsFile()]


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

    way: Channel | None = Field(default=None, description="how they prefer to meet, if they said")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the offer."""
        self.check(case)
        offered = happened.FacilitatorMeetingOffered(
            thread=self.thread, party=self.party, way=self.way
        )
        return (offered,)


class RecordFacilitatorMeeting(_OfOnePair):
    """Record that a facilitator met a person, and what was gone through."""

    act: ClassVar[Act] = Act.FACILITATE

    explained: tuple[Explained, ...]
    understood: bool = Field(description="in a language and form that the person understands")
    needs: Words | None = Field(default=None, description="their story, needs and hopes")
    way: Channel | None = Field(default=None, description="how they met")

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
                way=self.way,
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
    scan: Scanned | None = Field(
        default=None, description="the signed form as it was scanned: PDF, JPEG or PNG"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the consent."""
        self.check(case)
        for scope in OWED_UNLESS_DECLINED & set(self.scopes):
            raise Nonsense(f"scopes: {scope} is no consent: everybody is asked, and may decline")
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
                scan=self.scan,
            ),
        )


class ConfirmConsent(_OfOnePair):
    """Record that a person, asked again after a change, says that their consent stands."""

    act: ClassVar[Act] = Act.FACILITATE

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it stands."""
        self.check(case)
        if case.thread(self.thread).side(self.party).choice is not Choice.CONSENTED:
            raise Nonsense(f"{self.party} has no consent to confirm in {self.thread}")
        return (happened.ConsentConfirmed(thread=self.thread, party=self.party),)


class AllowContact(CaseCommand):
    """Record that the person themselves asked to be contacted again."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the wish."""
        case.party(self.party)
        return (happened.ContactAllowed(party=self.party),)
