"""What changes round a person, for anyone in the service to record as soon as they learn of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from domain.asking import Asking, At, CaseCommand
from domain.commands.suspending import How, suspended
from domain.events import changes as happened
from domain.ids import PartyId
from domain.stale import TABLE
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act, Change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Note = Annotated[TextRef, OwnedBy(CASE)]


class RecordChange(CaseCommand):
    """Record a prison move, a new order or licence, a new allegation, or a change of health."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId
    change: Literal[
        Change.MOVED_PRISON, Change.ORDER_OR_LICENCE, Change.NEW_ALLEGATION, Change.HEALTH
    ]
    account: Note | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the change, in each pair of theirs that is under way; what is booked there is
        put off."""
        case.party(self.party)
        threads = tuple(t.id for t in case.open_threads_of(self.party))
        yield happened.ChangeRecorded(
            party=self.party, change=self.change, threads=threads, account=self.account
        )
        how = How.FOR_NOW if TABLE[self.change].stops else How.A_BREAK
        yield from suspended(case, threads, how, asking.on, party=self.party, by="FACILITATOR")
