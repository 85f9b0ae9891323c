"""What may always be recorded: concerns, a death, an entry in error; and dealing with tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.commands.suspending import suspended, their_threads
from domain.errors import Nonsense
from domain.events import protection as happened
from domain.events.risk import RiskMadeStale
from domain.ids import PartyId
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act, Concern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Note = Annotated[TextRef, OwnedBy(CASE)]


class RaiseConcern(CaseCommand):
    """Record safeguarding, danger, an adverse event or a complaint."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    concern: Concern
    party: PartyId | None = Field(default=None, description="whom it is about, if one person")
    account: Note | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the concern; safeguarding and danger make the risk of the process stale."""
        threads = case.open_threads_of(self.party) if self.party else ()
        if self.party:
            case.party(self.party)
        yield happened.ConcernRaised(
            concern=self.concern,
            party=self.party,
            threads=tuple(t.id for t in threads),
            account=self.account,
        )
        if self.concern in (Concern.SAFEGUARDING, Concern.DANGER):
            about = threads or tuple(t for t in case.threads.values() if t.open)
            for thread in about:
                if thread.current.risk is not None:
                    yield RiskMadeStale(thread=thread.id, change=str(self.concern))


class RecordDeath(CaseCommand):
    """Record that a person died."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the death; what was booked with them does not go ahead."""
        threads = their_threads(case, self.party, ())
        yield happened.DeathRecorded(party=self.party)
        yield from suspended(case, threads, self.party, for_good=True)


class MarkEnteredInError(CaseCommand):
    """Mark an entry that should never have been made. A no or a doubt cannot be taken away so."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    entry: int = Field(ge=1, description="its number in the history of the case")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the correction."""
        if self.entry > case.version:
            raise Nonsense(f"there is no entry {self.entry} in this case")
        return (happened.EntryMarkedInError(entry=self.entry),)


class CompleteTask(CaseCommand):
    """Record that a task (a concern, a breach, a late entry) was dealt with."""

    act: ClassVar[Act] = Act.SUPERVISE

    task: str = Field(pattern=r"^T[1-9][0-9]{0,5}$")
    note: Note | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it is done."""
        if self.task not in case.tasks:
            raise Nonsense(f"there is no task {self.task} in this case")
        return (happened.TaskDone(task=self.task, note=self.note),)
