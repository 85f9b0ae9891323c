"""What people may say at any moment, to anyone: not now, not this, no, no more, I am in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from domain.asking import Asking, At, CaseCommand
from domain.calendar import Moment
from domain.commands.suspending import How, suspended, their_threads
from domain.events import choice as happened
from domain.ids import PartyId, ThreadId
from domain.words import Act

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent


class _Closing(CaseCommand, abstract=True):
    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId


class _InPairs(_Closing, abstract=True):
    threads: tuple[ThreadId, ...] = Field(
        default=(), description="only these pairs; all of the person's if left out"
    )


class RecordNeedForTime(_InPairs):
    """Record that a person needs time. The offer stays open, with no end."""

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return that they need time; what was booked is put off."""
        threads = their_threads(case, self.party, self.threads)
        yield happened.TimeAskedFor(threads=threads, party=self.party)
        yield from suspended(case, threads, How.FOR_NOW, asking.on, party=self.party)


class DeferChoice(_InPairs):
    """Record "not now": when to ask again is the person's to set."""

    ask_at: Moment | None = Field(default=None, description="when they want to be asked")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the deferral; what was booked is put off."""
        threads = their_threads(case, self.party, self.threads)
        yield happened.ChoiceDeferred(threads=threads, party=self.party, ask_at=self.ask_at)
        yield from suspended(case, threads, How.FOR_NOW, asking.on, party=self.party)


class DeclineOffer(_InPairs):
    """Record "not this": the person declines this offer, and the door stays open."""

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the no; what was booked does not go ahead."""
        threads = their_threads(case, self.party, self.threads)
        yield happened.OfferDeclined(threads=threads, party=self.party)
        yield from suspended(case, threads, How.FOR_GOOD, asking.on, party=self.party)


class StopContact(_Closing):
    """Record that a person asked not to be contacted in this matter."""

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the wish, in every pair of theirs."""
        threads = their_threads(case, self.party, ())
        yield happened.ContactStopped(party=self.party)
        yield from suspended(case, threads, How.FOR_GOOD, asking.on, party=self.party)


class PauseParticipation(_InPairs):
    """Record a person's doubt. It is a pause, at once, and needs no reason."""

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the pause; what is under way takes a break, what was booked is put off."""
        threads = their_threads(case, self.party, self.threads)
        yield happened.ParticipationPaused(threads=threads, party=self.party)
        yield from suspended(case, threads, How.A_BREAK, asking.on, party=self.party)


class WithdrawConsent(_InPairs):
    """Record that a person takes their consent back, at any moment, in whatever words."""

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the withdrawal; what is under way stops, what was booked does not go ahead."""
        threads = their_threads(case, self.party, self.threads)
        yield happened.ConsentWithdrawn(threads=threads, party=self.party)
        yield from suspended(case, threads, How.FOR_GOOD, asking.on, party=self.party)
