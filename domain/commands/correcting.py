"""Correcting what was wrong for longer than a slip: a supervisor's act, with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.about import pairs
from domain.asking import Asking, At, CaseCommand
from domain.commands.suspending import How, suspended
from domain.errors import Nonsense
from domain.events import correcting as happened
from domain.events.protection import EntryMarkedInError
from domain.handling import CODE, Handling
from domain.record import Regime
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Note = Annotated[TextRef, OwnedBy(CASE)]


class RetractEntry(CaseCommand):
    """Retract an entry that was wrong, whatever its age; what is true is recorded afresh."""

    act: ClassVar[Act] = Act.SUPERVISE
    assessment: ClassVar[bool] = True

    entry: int = Field(ge=1, description="its number in the history of the case")
    reasons: Note = Field(description="what is wrong with it, and who was told of it")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the correction; what is booked in the pairs that it is about is put off.

        Raises `Nonsense` for an entry that is not there, or counts no more.
        """
        if self.entry > len(asking.history):
            raise Nonsense(f"there is no entry {self.entry} in this case")
        gone = {e.event.entry for e in asking.history if isinstance(e.event, EntryMarkedInError)}
        if self.entry in gone:
            raise Nonsense(f"entry {self.entry} counts no more already")
        threads = pairs(asking.now, asking.history[self.entry - 1].event)
        yield At(EntryMarkedInError(entry=self.entry), asking.at)
        retracted = happened.EntryRetracted(entry=self.entry, threads=threads, reasons=self.reasons)
        yield At(retracted, asking.at)
        yield from suspended(asking.now, threads, How.FOR_NOW, asking.at, by="FACILITATOR")


class CorrectHandling(CaseCommand):
    """Correct whose data the case is, or under which law: an act of the data-protection officer or
    of its supervisor."""

    act: ClassVar[Act] = Act.DECIDE_HANDLING
    assessment: ClassVar[bool] = True

    controller: str = Field(pattern=CODE, description="a code, such as DERBYSHIRE_CONSTABULARY")
    regime: Regime
    reasons: Note = Field(description="why it is so, and what is to be done about what went before")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the correction. Raises `Nonsense` if it is as it stands."""
        if asking.now.handling == Handling(controller=self.controller, regime=self.regime):
            raise Nonsense("controller, regime: this is how the case stands already")
        yield happened.HandlingCorrected(
            controller=self.controller, regime=self.regime, reasons=self.reasons
        )
