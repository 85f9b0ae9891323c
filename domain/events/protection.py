"""Protective facts, breaches, corrections: always recordable, whatever the state of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from domain.case import Task
from domain.event import CaseEvent
from domain.ids import PartyId, ThreadId
from domain.texts import TextRef
from domain.words import Concern

if TYPE_CHECKING:
    from domain.case import Case, When


class ConcernRaised(CaseEvent):
    """Safeguarding, danger, an adverse event or a complaint; a supervisor looks at it."""

    closes: ClassVar[bool] = True

    concern: Concern
    party: PartyId | None = None
    threads: tuple[ThreadId, ...] = ()
    account: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It is a task until somebody has dealt with it."""
        return _tasked(case, when, "CONCERN", self.party or case.id, self.concern)


class DeathRecorded(CaseEvent):
    """A person died. Everything still to be done with or to them stops."""

    closes: ClassVar[bool] = True

    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """The record, and the rights and threads of everyone else, stay."""
        case = case.with_party(self.party, died=True, no_contact=True, next_contact=None)
        return _tasked(case, when, "DEATH", self.party)


class ActedInBreach(CaseEvent):
    """Something was done that a rule speaks against. It is on record, and opens nothing."""

    command: str
    rules: tuple[str, ...]
    done: dict[str, Any] = Field(default_factory=dict)
    """The coded facts of what was done; words are in the vault."""

    def apply(self, case: Case, when: When) -> Case:
        """A supervisor reviews it; somebody who may has to do it properly."""
        return _tasked(case, when, "BREACH", case.id)


class LateEntryNoted(CaseEvent):
    """A fact was recorded that lies before a later one on the same subject."""

    name_of: str
    subject: str

    def apply(self, case: Case, when: When) -> Case:
        """A person looks at what rested on the later one."""
        return _tasked(case, when, "LATE_ENTRY", self.subject)


class EntryMarkedInError(CaseEvent):
    """An entry should never have been made. It stays readable to those who review, and counts
    for nothing."""

    entry: int = Field(ge=1)
    """Its version in this case."""

    def apply(self, case: Case, when: When) -> Case:
        """The fold leaves that entry out."""
        return case


class TaskDone(CaseEvent):
    """Somebody dealt with a task."""

    task: str
    note: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It is no longer waited for."""
        return case.changed(tasks={k: t for k, t in case.tasks.items() if k != self.task})


def _tasked(
    case: Case, when: When, kind: str, subject: str, concern: Concern | None = None
) -> Case:
    task = Task(f"T{when.version}", kind, subject, when.recorded, concern)
    return case.changed(tasks={**case.tasks, task.id: task})
