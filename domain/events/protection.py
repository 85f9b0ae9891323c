"""Protective facts, breaches, corrections: always recordable, whatever the state of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from domain.event import CaseEvent
from domain.ids import PartyId, PractitionerId, ThreadId
from domain.passing_on import to_be_passed_on
from domain.quality import on_its_track
from domain.stale import after
from domain.standing import asked_again
from domain.texts import TextRef
from domain.words import Change, Concern

if TYPE_CHECKING:
    from domain.case import Case, When

SHAKES_RISK = frozenset({Concern.SAFEGUARDING, Concern.DANGER})


class ConcernRaised(CaseEvent):
    """Safeguarding, danger, an adverse event or a complaint; a supervisor looks at it."""

    closes: ClassVar[bool] = True

    concern: Concern
    party: PartyId | None = None
    threads: tuple[ThreadId, ...] = ()
    account: TextRef | None = None
    about: PractitionerId | None = None
    """The practitioner whom a complaint is about, if it is about one."""

    def apply(self, case: Case, when: When) -> Case:
        """It is a task until somebody has dealt with it; safeguarding and danger make the risk of
        the process stale."""
        case = case.with_task("CONCERN", self.party or case.id, when, self.concern)
        if self.concern not in SHAKES_RISK:
            return on_its_track(case, when, self.about)
        for party in [self.party] if self.party else _of_the_pairs(case):
            case = case.with_party(party, danger_at=when.recorded)
        case = after(case, Change(self.concern), self.threads, when.effective)
        return to_be_passed_on(case, when)


def _of_the_pairs(case: Case) -> list[str]:
    return [party.id for party in case.parties.values() if party.is_of_a_pair]


class FoundMisleading(CaseEvent):
    """What a person was told, and rests their choice on, is known to be misleading."""

    closes: ClassVar[bool] = True

    thread: ThreadId
    party: PartyId
    """Whose choice rests on it."""
    account: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """Only a new consent, given knowing what they need to know, ends it."""
        case = case.with_side(self.thread, self.party, misled=True)
        return asked_again(case, self.thread, self.party)


class DeathRecorded(CaseEvent):
    """A person died. Everything still to be done with or to them stops."""

    closes: ClassVar[bool] = True

    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """The record, and the rights and threads of everyone else, stay."""
        case = case.with_party(
            self.party, died=True, died_at=when.effective, next_contact=None, interested_at=None
        )
        return case.with_task("DEATH", self.party, when)


class DeathCorrected(CaseEvent):
    """It was recorded in error that a person died."""

    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """What did not go ahead because of it stays as it is, until it is planned afresh."""
        return case.with_party(self.party, died=False)


class ActedInBreach(CaseEvent):
    """Something was done that a rule speaks against. It is on record, and opens nothing."""

    command: str
    rules: tuple[str, ...]
    done: dict[str, Any] = Field(default_factory=dict)
    """The coded facts of what was done; words are in the vault."""

    def apply(self, case: Case, when: When) -> Case:
        """A supervisor reviews it; somebody who may has to do it properly."""
        return case.with_task("BREACH", case.id, when)


class LateEntryNoted(CaseEvent):
    """A fact was recorded that lies before a later one on the same subject."""

    closes: ClassVar[bool] = True
    is_work: ClassVar[bool] = False

    name_of: str
    subject: str

    def apply(self, case: Case, when: When) -> Case:
        """A person looks at what rested on the later one."""
        return case.with_task("LATE_ENTRY", self.subject, when)


class MistakeReported(CaseEvent):
    """Somebody says that an entry is wrong. It counts until a person has looked at it."""

    closes: ClassVar[bool] = True
    is_work: ClassVar[bool] = False

    entry: int = Field(ge=1)
    """Its version in this case."""
    account: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """A supervisor reviews it, and what rested on it."""
        return case.with_task("MISTAKE", case.id, when)


class EntryMarkedInError(CaseEvent):
    """An entry should never have been made. It stays readable to those who review, and counts
    for nothing."""

    is_work: ClassVar[bool] = False

    entry: int = Field(ge=1)
    """Its version in this case."""

    def apply(self, case: Case, when: When) -> Case:
        """The fold leaves that entry out."""
        return case


class TaskDone(CaseEvent):
    """Somebody dealt with a task."""

    closes: ClassVar[bool] = True

    task: str
    note: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It is no longer waited for."""
        return case.changed(tasks={k: t for k, t in case.tasks.items() if k != self.task})
