"""What the person responsible says of what was done, pair by pair."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from domain.event import CaseEvent
from domain.ids import PartyId, ThreadId
from domain.texts import TextRef
from domain.words import Evidence, Responsibility

if TYPE_CHECKING:
    from domain.case import Case, When


class ResponsibilityRecorded(CaseEvent):
    """A trained practitioner found, in talking with the person, where they stand."""

    thread: ThreadId
    status: Responsibility
    evidence: Evidence
    account: TextRef | None = None

    @property
    def stands_from_recording(self) -> bool:
        """What closes the gate does."""
        return self.status is not Responsibility.ACCEPTS_RESPONSIBILITY

    def apply(self, case: Case, when: When) -> Case:
        """Only acceptance of responsibility opens the gate of this pair."""
        return case.with_episode(
            self.thread,
            responsibility=self.status,
            responsibility_at=when.effective,
            responsibility_again=False,
        )


class AcceptanceWithdrawn(CaseEvent):
    """The person responsible disputes what was done, or takes their acceptance back."""

    closes: ClassVar[bool] = True

    threads: tuple[ThreadId, ...]
    party: PartyId
    status: Responsibility
    account: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """The gate of the pair closes at once; a pass that has ended stays as it ended."""
        for thread in self.threads:
            if case.thread(thread).open:
                case = case.with_episode(
                    thread,
                    responsibility=self.status,
                    responsibility_at=when.effective,
                    responsibility_again=False,
                )
        return case.in_touch(self.party, when.effective)
