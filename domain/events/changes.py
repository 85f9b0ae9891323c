"""Material changes round a person that are no step of the criminal case and no concern."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from domain.event import CaseEvent
from domain.ids import PartyId, ThreadId
from domain.stale import after
from domain.texts import TextRef
from domain.words import Change

if TYPE_CHECKING:
    from domain.case import Case, When


class ChangeRecorded(CaseEvent):
    """Something changed for a person that the work with them rests on."""

    closes: ClassVar[bool] = True

    party: PartyId
    change: Change
    threads: tuple[ThreadId, ...] = ()
    account: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """What the table says is stale is asked again; somebody looks at what else it touches."""
        case = after(case, self.change, self.threads, when.effective, party=self.party)
        return case.with_task("CHANGE", self.party, when)
