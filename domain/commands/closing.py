"""What people may say at any moment, to anyone: not now, not this, no, no more, I am in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from domain.asking import Asking, At, CaseCommand
from domain.calendar import Moment
from domain.commands.children import adults_no
from domain.commands.suspending import How, child_of, suspended, their_threads
from domain.events import choice as happened
from domain.events.people import NextContactAgreed, WishRecorded
from domain.ids import PartyId, ThreadId
from domain.words import Act, Scope, Wish, WithdrawalCause

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent


class _Closing(CaseCommand, abstract=True):
    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId


class _InPairs(_Closing, abstract=True):
    """From a child's adult, each of these is that adult's no: it is put off, and the child's own
    view stays as it is."""

    how: ClassVar[How]
    """What becomes of what is booked or under way."""

    threads: tuple[ThreadId, ...] = Field(
        default=(), description="only these pairs; all of the person's if left out"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return what they said, and what it puts off or ends."""
        child = child_of(case, self.party)
        if child is not None:
            yield from adults_no(case, child, self.party, self.threads, asking)
            return
        threads = their_threads(case, self.party, self.threads)
        yield self.said(threads)
        yield from suspended(case, threads, self.how, asking.on, party=self.party)

    def said(self, threads: tuple[str, ...]) -> CaseEvent:
        """Return what they said, of these pairs."""
        raise NotImplementedError(self.name())


class RecordNeedForTime(_InPairs):
    """Record that a person needs time. The offer stays open, with no end."""

    how: ClassVar[How] = How.FOR_NOW

    def said(self, threads: tuple[str, ...]) -> CaseEvent:
        """Return that they need time."""
        return happened.TimeAskedFor(threads=threads, party=self.party)


class DeferChoice(_InPairs):
    """Record "not now": when to ask again is the person's to set."""

    how: ClassVar[How] = How.FOR_NOW

    ask_at: Moment | None = Field(default=None, description="when they want to be asked")

    def said(self, threads: tuple[str, ...]) -> CaseEvent:
        """Return the deferral."""
        return happened.ChoiceDeferred(threads=threads, party=self.party, ask_at=self.ask_at)


class DeclineOffer(_InPairs):
    """Record "not this": the person declines this offer, and the door stays open."""

    how: ClassVar[How] = How.FOR_GOOD

    def said(self, threads: tuple[str, ...]) -> CaseEvent:
        """Return the no."""
        return happened.OfferDeclined(threads=threads, party=self.party)


class StopContact(_Closing):
    """Record that a person asked not to be contacted in this matter."""

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the wish, in every pair of theirs."""
        threads = their_threads(case, self.party, ())
        yield happened.ContactStopped(party=self.party)
        yield from suspended(case, threads, How.FOR_GOOD, asking.on, party=self.party)


class PauseParticipation(_InPairs):
    """Record a person's doubt. It is a pause, at once, and needs no reason."""

    how: ClassVar[How] = How.A_BREAK

    def said(self, threads: tuple[str, ...]) -> CaseEvent:
        """Return the pause."""
        return happened.ParticipationPaused(threads=threads, party=self.party)


class NarrowConsent(_InPairs):
    """Record that a person takes back part of their consent: these scopes, and no others."""

    how: ClassVar[How] = How.A_BREAK

    scopes: tuple[Scope, ...] = Field(min_length=1, description="what they no longer agree to")

    def said(self, threads: tuple[str, ...]) -> CaseEvent:
        """Return what is taken back."""
        return happened.ConsentNarrowed(threads=threads, party=self.party, scopes=self.scopes)


class DeclineToBeTold(_Closing):
    """Record that a person does not want to be told how it goes on."""

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the wish; it comes before any telling."""
        case.party(self.party)
        yield WishRecorded(party=self.party, wish=Wish.NOT_BE_TOLD)


class LeaveContactToThem(_Closing):
    """Record that a person will be in touch themselves, and the service is not to be."""

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return that they will ring."""
        case.party(self.party)
        yield NextContactAgreed(party=self.party)


class WithdrawConsent(_InPairs):
    """Record that a person takes their consent back, at any moment, in whatever words."""

    how: ClassVar[How] = How.FOR_GOOD

    cause: WithdrawalCause = Field(
        default=WithdrawalCause.NO_REASON_GIVEN,
        description="why, if they said so of themselves: nobody is asked",
    )

    def said(self, threads: tuple[str, ...]) -> CaseEvent:
        """Return the withdrawal."""
        return happened.ConsentWithdrawn(threads=threads, party=self.party, cause=self.cause)
