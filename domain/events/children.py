"""A child's adult says no, and what a supervisor decides in the child's best interest."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from domain.event import CaseEvent
from domain.ids import PartyId, ThreadId
from domain.standing import asked_again, stays_away
from domain.texts import TextRef
from domain.words import ForChild

if TYPE_CHECKING:
    from domain.case import Case, When


class AdultSaidNo(CaseEvent):
    """A child's parent, guardian or other suitable adult does not want it, or no longer."""

    closes: ClassVar[bool] = True

    threads: tuple[ThreadId, ...]
    party: PartyId
    """The child, whose own view stays on record as it is."""
    adult: PartyId | None = None

    def apply(self, case: Case, when: When) -> Case:
        """Nothing goes ahead while it stands; a supervisor looks at what is best for the child."""
        for thread in self.threads:
            case = case.with_side(
                thread, self.party, adult_no_at=when.effective, decided_for_child=None
            )
            case = asked_again(case, thread, self.party)
        return stays_away(case, self.adult) if self.adult else case


class DecidedForChild(CaseEvent):
    """A supervisor decided what is best for a child who says yes while their adult says no."""

    thread: ThreadId
    party: PartyId
    outcome: ForChild
    reasons: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """It opens nothing: the adult's no stands until they say yes themselves."""
        return case.with_side(self.thread, self.party, decided_for_child=self.outcome)
