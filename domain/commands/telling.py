"""Letting the other person know something, item by item; and telling that something is off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.commands.suspending import their_threads
from domain.errors import Nonsense
from domain.events import telling as happened
from domain.ids import InterventionId, PartyId, ThreadId
from domain.interventions import participants
from domain.texts import OwnedBy, TextRef
from domain.words import Act, InterventionState, Passable, WhereItStands

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Words = Annotated[TextRef, OwnedBy("party")]
LEAST = {
    InterventionState.POSTPONED: WhereItStands.TOLD_POSTPONED,
    InterventionState.CANCELLED: WhereItStands.TOLD_NOT_GOING_AHEAD,
}


class AllowToPass(CaseCommand):
    """Record that a person wishes the other of a pair to know one thing about them."""

    act: ClassVar[Act] = Act.INFORM

    thread: ThreadId
    party: PartyId = Field(description="whose it is")
    what: Passable
    words: Words | None = Field(default=None, description="what exactly, as gone through with them")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the wish."""
        case.thread(self.thread).own_side(self.party)
        yield happened.AllowedToPass(
            thread=self.thread, party=self.party, what=self.what, words=self.words
        )


class KeepToThemselves(CaseCommand):
    """Record that a person no longer wishes the other to know something."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId
    threads: tuple[ThreadId, ...] = Field(default=(), description="all of theirs if none")
    what: tuple[Passable, ...] = Field(default=(), description="everything if none")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the wish."""
        threads = their_threads(case, self.party, self.threads)
        yield happened.KeptToThemselves(party=self.party, threads=threads, what=self.what)


class PassOn(CaseCommand):
    """Record that a person was told one thing that the other of the pair lets them know."""

    act: ClassVar[Act] = Act.FACILITATE

    thread: ThreadId
    party: PartyId = Field(description="who is told")
    what: Passable

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return what passed."""
        case.thread(self.thread).own_side(self.party)
        yield happened.PassedOn(thread=self.thread, party=self.party, what=self.what)


class TellWhereItStands(CaseCommand):
    """Record that somebody was told that something is put off or not going ahead, and no more."""

    act: ClassVar[Act] = Act.INFORM

    intervention: InterventionId
    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return what they were told. Raises `Nonsense` if it is not off, or not theirs."""
        intervention = case.intervention(self.intervention)
        if self.party not in participants(case, intervention):
            raise Nonsense(f"{self.party} was not to take part in {self.intervention}")
        told = LEAST.get(intervention.state)
        if told is None:
            raise Nonsense(f"{self.intervention} is neither put off nor cancelled")
        yield happened.WhereItStandsTold(
            intervention=self.intervention, party=self.party, told=told
        )
