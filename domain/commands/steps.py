"""The steps towards the offender that a victim agrees to, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from domain.asking import Asking, At, CaseCommand
from domain.commands.suspending import How, suspended, their_threads
from domain.errors import Nonsense
from domain.events import steps as happened
from domain.ids import PartyId, ThreadId
from domain.words import Act, TowardsThem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent


class AgreeStep(CaseCommand):
    """Record that a victim agrees to one step towards the offender, until they take it back."""

    act: ClassVar[Act] = Act.INFORM

    thread: ThreadId
    party: PartyId = Field(description="the victim of this pair")
    step: TowardsThem

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they agree. Raises `Nonsense` for anybody but the victim of the pair."""
        if self.party != case.thread(self.thread).victim:
            raise Nonsense(f"{self.party} is not the victim of the pair {self.thread}")
        yield happened.StepAgreed(thread=self.thread, party=self.party, step=self.step)


class TakeBackStep(CaseCommand):
    """Record that a victim no longer agrees to a step towards the offender."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId
    threads: tuple[ThreadId, ...] = Field(default=(), description="all of theirs if none")
    steps: tuple[TowardsThem, ...] = Field(default=(), description="all of them if none")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the wish; what is booked with the offender is put off."""
        threads = their_threads(case, self.party, self.threads)
        yield happened.StepTakenBack(party=self.party, threads=threads, steps=self.steps)
        if not self.steps or TowardsThem.SAY_WHO_ASKS in self.steps:
            waiting = tuple(
                t
                for t in threads
                if case.is_the_victims_pace(t) and case.thread(t).victim == self.party
            )
            yield from suspended(case, waiting, How.FOR_NOW, asking.on, party=self.party)
