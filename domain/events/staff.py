"""Who works on a case: allocation, hand-over and conflicts of interest."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import AwareDatetime

from domain.event import CaseEvent
from domain.ids import PartyId, PractitionerId
from domain.texts import TextRef

if TYPE_CHECKING:
    from domain.case import Case, When


class CaseOpened(CaseEvent):
    """The case exists; whoever entered it is its case worker until a supervisor allocates it."""

    founding: ClassVar[bool] = True

    case_worker: PractitionerId
    organisation: str
    """The service that takes it on, and whose supervisors answer for it."""
    area: str

    def apply(self, case: Case, when: When) -> Case:
        """It lives from here."""
        return case.changed(
            opened_at=when.effective,
            opened_by=when.actor,
            origin=when.origin,
            organisation=self.organisation,
            area=self.area,
            handling=when.handling,
            case_worker=self.case_worker,
            ever_allocated=frozenset({self.case_worker}),
        )


class CaseAllocated(CaseEvent):
    """A supervisor named who works on it."""

    case_worker: PractitionerId | None = None
    lead: PractitionerId | None = None
    co: PractitionerId | None = None
    supervisor: PractitionerId | None = None

    def apply(self, case: Case, when: When) -> Case:
        """Each that is named replaces the one before."""
        named = filter(None, (self.case_worker, self.lead, self.co, self.supervisor))
        anew = self.lead is not None and self.lead != case.lead
        return case.changed(
            case_worker=self.case_worker or case.case_worker,
            lead_since=when.effective if anew else case.lead_since,
            lead=self.lead or case.lead,
            co=self.co or case.co,
            supervisor=self.supervisor or case.supervisor,
            ever_allocated=case.ever_allocated | set(named),
            unallocated_since=None if self.lead else case.unallocated_since,
        )


class ActedAsCover(CaseEvent):
    """What is recorded with it was done by somebody who covered for these, who were away."""

    is_work: ClassVar[bool] = False

    of: tuple[PractitionerId, ...]

    def apply(self, case: Case, when: When) -> Case:
        """Whoever acted as cover has a part in the case: they sign nothing as a second person."""
        return case.changed(
            ever_allocated=case.ever_allocated | {when.actor},
            covered_by=case.covered_by | {when.actor},
        )


class CaseHandedOver(CaseEvent):
    """A practitioner handed the case back; a supervisor is to allocate it afresh."""

    closes: ClassVar[bool] = True

    practitioner: PractitionerId
    note: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """A gap in allocation ends nothing."""
        return _without(case, self.practitioner, when)


class ConflictDeclared(CaseEvent):
    """A conflict of interest: only protective acts and hand-over are open to them from now."""

    closes: ClassVar[bool] = True

    practitioner: PractitionerId
    note: TextRef | None = None
    began: AwareDatetime | None = None
    """Since when it is one, if that is known."""
    party: PartyId | None = None
    """Whom of the case it is about, if it is one person."""

    def apply(self, case: Case, when: When) -> Case:
        """A supervisor without one decides whether it is one."""
        case = _without(case, self.practitioner, when)
        before, one = case.conflict_with.get(self.practitioner), self.party
        about = frozenset({one, *(before or ())} if one and before != frozenset() else ())
        case = case.changed(
            conflicted=case.conflicted | {self.practitioner},
            conflict_with={**case.conflict_with, self.practitioner: about},
            no_conflict=case.no_conflict - {self.practitioner},
        )
        return case.with_task("CONFLICT", self.practitioner, when)


class ConflictDecided(CaseEvent):
    """A supervisor without one decided whether there is a conflict of interest."""

    practitioner: PractitionerId
    conflicted: bool
    reasons: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """Where there is none they may be allocated again; nobody is by this. Where there is one,
        somebody looks again at what they did in the case since it began."""
        theirs = {self.practitioner}
        if not self.conflicted:
            return case.changed(
                conflicted=case.conflicted - theirs,
                conflict_with={p: w for p, w in case.conflict_with.items() if p not in theirs},
                no_conflict=case.no_conflict | theirs,
            )
        case = _without(case, self.practitioner, when).changed(
            conflicted=case.conflicted | theirs, no_conflict=case.no_conflict - theirs
        )
        return case.with_task("SINCE_CONFLICT", self.practitioner, when)


def _without(case: Case, practitioner: str, when: When) -> Case:
    gap = when.recorded if case.lead == practitioner else case.unallocated_since
    return case.changed(
        lead=None if case.lead == practitioner else case.lead,
        co=None if case.co == practitioner else case.co,
        case_worker=None if case.case_worker == practitioner else case.case_worker,
        supervisor=None if case.supervisor == practitioner else case.supervisor,
        unallocated_since=gap,
    )
