"""What fell due. A missed wait binds the service and never changes anybody's choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import AwareDatetime

from domain.case import wait_key
from domain.event import CaseEvent

if TYPE_CHECKING:
    from domain.case import Case, When


class WaitMissed(CaseEvent):
    """The service did not do in time what it owed; it is still owed."""

    is_work: ClassVar[bool] = False

    wait: str
    subject: str
    due: AwareDatetime

    def apply(self, case: Case, when: When) -> Case:
        """It stays in the work queue as overdue, and is not told again."""
        key = wait_key(self.wait, self.subject, self.due)
        return case.changed(missed=case.missed | {key})
