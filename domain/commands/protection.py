"""What may always be recorded: concerns, a death, a mistake; and dealing with each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, At, CaseCommand
from domain.commands.suspending import How, suspended, their_threads
from domain.errors import Nonsense
from domain.events import protection as happened
from domain.ids import PartyId, PractitionerId, ThreadId
from domain.slips import slip
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act, Concern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent
    from domain.record import Entry

Note = Annotated[TextRef, OwnedBy(CASE)]


class RaiseConcern(CaseCommand):
    """Record safeguarding, danger, an adverse event or a complaint."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    concern: Concern
    party: PartyId | None = Field(default=None, description="whom it is about, if one person")
    account: Note | None = None
    about: PractitionerId | None = Field(
        default=None, description="whom of the service a complaint is about, if one person"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the concern, about the pairs of that person, or about all; for safeguarding and
        danger, what is booked or under way there waits."""
        theirs = case.open_threads_of(self.party) if self.party else ()
        if self.party:
            case.party(self.party)
        about = theirs or tuple(t for t in case.threads.values() if t.open)
        yield happened.ConcernRaised(
            concern=self.concern,
            party=self.party,
            threads=tuple(t.id for t in about),
            account=self.account,
            about=self.about,
        )
        if self.concern in happened.SHAKES_RISK:
            threads = tuple(t.id for t in about)
            yield from suspended(case, threads, How.A_BREAK, asking.on, by="FACILITATOR")


class RecordMisleading(CaseCommand):
    """Record that a person's choice rests on what the service knows to be misleading."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    thread: ThreadId
    party: PartyId = Field(description="whose choice rests on it")
    account: Note | None = Field(default=None, description="what is misleading; they are not told")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return what was found; what was booked is put off."""
        case.thread(self.thread).own_side(self.party)
        yield happened.FoundMisleading(thread=self.thread, party=self.party, account=self.account)
        yield from suspended(case, (self.thread,), How.FOR_NOW, asking.on, by="FACILITATOR")


class RecordDeath(CaseCommand):
    """Record that a person died."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the death; what was booked with them does not go ahead."""
        threads = their_threads(case, self.party, ())
        yield happened.DeathRecorded(party=self.party)
        yield from suspended(
            case, threads, How.FOR_GOOD, asking.on, party=self.party, by="FACILITATOR"
        )


class CorrectDeath(CaseCommand):
    """Record that somebody recorded as having died is alive."""

    act: ClassVar[Act] = Act.SUPERVISE

    party: PartyId

    def fits(self, case: Case) -> bool:
        """Say whether they are recorded as having died."""
        return case.party(self.party).died

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the correction."""
        case.party(self.party)
        return (At(happened.DeathCorrected(party=self.party), asking.at),)


class ReportMistake(CaseCommand):
    """Report that an entry is wrong, whatever its age; a supervisor looks at it."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    entry: int = Field(ge=1, description="its number in the history of the case")
    account: Note | None = Field(default=None, description="what is wrong, and what is true")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the report."""
        _entry(self.entry, asking)
        return (happened.MistakeReported(entry=self.entry, account=self.account),)


class MarkEnteredInError(CaseCommand):
    """Mark a slip, with all that was entered in that step, as never made: one's own, or as the
    case's supervisor."""

    act: ClassVar[Act] = Act.INFORM

    entry: int | None = Field(
        default=None,
        ge=1,
        description="its number in the history of the case; what you entered last, if left out",
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the correction, entry by entry."""
        for entry in slip(self.entry, asking):
            yield At(happened.EntryMarkedInError(entry=entry.version), asking.at)


def _entry(number: int, asking: Asking) -> Entry:
    if number > len(asking.history):
        raise Nonsense(f"there is no entry {number} in this case")
    return asking.history[number - 1]


class CompleteTask(CaseCommand):
    """Record that a task (a concern, a breach, a late entry) was dealt with."""

    act: ClassVar[Act] = Act.SUPERVISE

    task: str = Field(pattern=r"^T[1-9][0-9]{0,5}$")
    note: Note | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it is done."""
        if self.task not in asking.now.tasks:
            raise Nonsense(f"there is no task {self.task} in this case")
        return (happened.TaskDone(task=self.task, note=self.note),)
