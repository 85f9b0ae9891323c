"""A child's adult says no, and what a supervisor decides in the child's best interest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, At, CaseCommand
from domain.commands.suspending import How, suspended, their_threads
from domain.errors import Nonsense
from domain.events import children as happened
from domain.ids import PartyId, ThreadId
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act, ForChild

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.case import Case
    from domain.event import CaseEvent

Note = Annotated[TextRef, OwnedBy(CASE)]


class RecordAdultsNo(CaseCommand):
    """Record that a child's parent, guardian or other suitable adult says no, or no longer yes."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId = Field(description="the child")
    adult: PartyId | None = Field(default=None, description="who says no, if they are in the case")
    threads: tuple[ThreadId, ...] = Field(
        default=(), description="only these pairs; all of the child's if left out"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the no; what was booked is put off."""
        if not case.party(self.party).is_child:
            raise Nonsense(
                f"{self.party} is not recorded as under 18: their choice is their own. If somebody "
                "is worried about them, raise_concern takes that down"
            )
        if self.adult is not None:
            case.party(self.adult)
        yield from adults_no(case, self.party, self.adult, self.threads, asking)


def adults_no(
    case: Case, child: str, adult: str | None, named: tuple[str, ...], asking: Asking
) -> Iterator[CaseEvent | At]:
    """Yield an adult's no to what a child takes part in, and what it puts off."""
    threads = their_threads(case, child, named)
    yield happened.AdultSaidNo(threads=threads, party=child, adult=adult)
    yield from suspended(case, threads, How.FOR_NOW, asking.on, party=adult or "")


class DecideForChild(CaseCommand):
    """Decide in a child's best interest, where the child says yes and their adult no."""

    act: ClassVar[Act] = Act.SUPERVISE
    assessment: ClassVar[bool] = True

    thread: ThreadId
    party: PartyId = Field(description="the child")
    outcome: ForChild
    reasons: Note = Field(description="why this is best for the child, with any advice to be given")

    def fits(self, case: Case) -> bool:
        """Say whether an adult's no stands there."""
        return case.thread(self.thread).own_side(self.party).adult_no_at is not None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the decision."""
        case.thread(self.thread).own_side(self.party)
        return (
            happened.DecidedForChild(
                thread=self.thread, party=self.party, outcome=self.outcome, reasons=self.reasons
            ),
        )
