"""What the person responsible says of what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from domain.asking import Asking, At, CaseCommand
from domain.commands.suspending import How, suspended, their_threads
from domain.errors import Nonsense
from domain.events import responsibility as happened
from domain.ids import PartyId, ThreadId
from domain.texts import OwnedBy, TextRef
from domain.words import Act, Evidence, Responsibility, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Account = Annotated[TextRef, OwnedBy("party")]


class RecordResponsibility(CaseCommand):
    """Record what a trained practitioner found, in talking with the person responsible.

    That they dispute it or take acceptance back can be recorded by anyone: `record_dispute`.
    """

    act: ClassVar[Act] = Act.FACILITATE
    assessment: ClassVar[bool] = True

    thread: ThreadId
    party: PartyId = Field(description="the person responsible")
    status: Responsibility
    evidence: Evidence
    account: Account | None = Field(default=None, description="in their words")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the finding; where it is not acceptance, what was booked is put off."""
        if case.thread(self.thread).offender != self.party:
            raise Nonsense(f"{self.party} is not the person responsible in {self.thread}")
        yield happened.ResponsibilityRecorded(
            thread=self.thread,
            status=self.status,
            evidence=self.evidence,
            account=self.account,
        )
        if self.status is not Responsibility.ACCEPTS_RESPONSIBILITY:
            yield from suspended(
                asking.now, (self.thread,), How.FOR_NOW, asking.on, by="FACILITATOR"
            )


class RecordDispute(CaseCommand):
    """Record that the person responsible disputes what was done, or takes acceptance back."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId = Field(description="the person responsible")
    threads: tuple[ThreadId, ...] = Field(default=(), description="all of theirs if left out")
    status: Literal["DISPUTES_MATERIAL_FACTS", "WITHDREW_ACCEPTANCE", "DENIES"] = (
        "WITHDREW_ACCEPTANCE"
    )
    account: Account | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return that the gate closed; what was booked is put off."""
        person = case.party(self.party)
        if not (person.is_offender or person.role is Role.PROXY_OFFENDER):
            raise Nonsense(f"{self.party} is not a person responsible")
        threads = their_threads(case, self.party, self.threads)
        yield happened.AcceptanceWithdrawn(
            threads=threads,
            party=self.party,
            status=Responsibility(self.status),
            account=self.account,
        )
        yield from suspended(case, threads, How.FOR_NOW, asking.on, by="FACILITATOR")
