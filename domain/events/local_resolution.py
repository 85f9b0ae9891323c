"""A local crime resolved on the spot by a trained practitioner, recorded in one command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.event import CaseEvent
from domain.exchange import Intervention
from domain.ids import InterventionId, PractitionerId, ThreadId
from domain.texts import TextRef
from domain.words import InterventionState, InterventionType, Sensitivity

if TYPE_CHECKING:
    from domain.case import Case, When


class LocalResolutionRecorded(CaseEvent):
    """What happened and its effect were talked through, and something puts it right."""

    intervention: InterventionId
    threads: tuple[ThreadId, ...]
    practitioner: PractitionerId
    account: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """A supervisor looks at it afterwards; it never counts as a meeting."""
        held = Intervention(
            id=self.intervention,
            type=InterventionType.LOCAL_RESOLUTION,
            threads=self.threads,
            state=InterventionState.COMPLETED,
            planned_at=when.effective,
            since=when.effective,
            episodes={t: case.thread(t).current.number for t in self.threads},
            facilitators=(self.practitioner,),
            ended_at=when.effective,
        )
        return case.changed(
            interventions={**case.interventions, self.intervention: held},
            sensitivity=Sensitivity.STANDARD,
            resolution_at=when.effective,
        )


class LocalResolutionReviewed(CaseEvent):
    """A supervisor looked at how it was done."""

    note: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """Nothing more is due on it."""
        return case.changed(resolution_reviewed=True)
