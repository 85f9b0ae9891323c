"""Who works on a case: allocation, hand-over, conflicts of interest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from domain.asking import Asking, CaseCommand
from domain.errors import Nonsense
from domain.events import staff as happened
from domain.ids import PractitionerId
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Note = Annotated[TextRef, OwnedBy(CASE)]


class AllocateCase(CaseCommand):
    """Name who works on the case; what is left out stays as it is."""

    act: ClassVar[Act] = Act.SUPERVISE

    case_worker: PractitionerId | None = None
    lead: PractitionerId | None = None
    co: PractitionerId | None = None
    supervisor: PractitionerId | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the allocation."""
        named = [self.case_worker, self.lead, self.co, self.supervisor]
        if not any(named):
            raise Nonsense("name a case worker, a lead, a co-facilitator or a supervisor")
        if self.lead is not None and self.lead == (self.co or case.co):
            raise Nonsense("lead and co-facilitator are two people")
        for practitioner in filter(None, named):
            asking.practitioner(practitioner)
        return (
            happened.CaseAllocated(
                case_worker=self.case_worker,
                lead=self.lead,
                co=self.co,
                supervisor=self.supervisor,
            ),
        )


class HandOver(CaseCommand):
    """Hand the case back, so that a supervisor allocates it afresh."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    practitioner: PractitionerId
    note: Note | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the hand-over."""
        return (happened.CaseHandedOver(practitioner=self.practitioner, note=self.note),)


class DeclareConflict(CaseCommand):
    """Declare a practitioner's conflict of interest: one's own, or one that was noticed."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    practitioner: PractitionerId
    note: Note | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the conflict."""
        asking.practitioner(self.practitioner)
        return (happened.ConflictDeclared(practitioner=self.practitioner, note=self.note),)
