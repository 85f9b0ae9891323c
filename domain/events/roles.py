"""What a person is in the case, corrected or changed; and who speaks for an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from domain.event import CaseEvent
from domain.ids import PartyId, ThreadId
from domain.stale import after
from domain.texts import TextRef
from domain.words import Change, Role

if TYPE_CHECKING:
    from domain.case import Case, When

AS_A_CHILD = {
    Role.DIRECT_VICTIM: Role.CHILD_VICTIM,
    Role.INDIRECT_VICTIM: Role.CHILD_VICTIM,
    Role.WITNESSING_VICTIM: Role.CHILD_VICTIM,
    Role.BEREAVED_CLOSE_FAMILY: Role.CHILD_VICTIM,
    Role.OFFENDER: Role.CHILD_OFFENDER,
    Role.CO_OFFENDER: Role.CHILD_OFFENDER,
}
"""What somebody taken for an adult is, if they are under 18; others stay what they are."""


class LearntUnderAge(CaseEvent):
    """Somebody who was taken for an adult is under 18."""

    closes: ClassVar[bool] = True

    party: PartyId
    threads: tuple[ThreadId, ...] = ()

    def apply(self, case: Case, when: When) -> Case:
        """They choose afresh, with their adult heard apart; a supervisor looks at what else rested
        on it."""
        role = case.party(self.party).role
        case = case.with_party(self.party, role=AS_A_CHILD.get(role, role))
        case = after(case, Change.WHOSE_CHOICE, self.threads, when.effective, party=self.party)
        return case.with_task("CHANGE", self.party, when)


class RoleCorrected(CaseEvent):
    """What a person is in this case was corrected, or changed with their age."""

    party: PartyId
    role: Role
    threads: tuple[ThreadId, ...] = ()
    """The pairs in which it changes whose choice it is."""

    def apply(self, case: Case, when: When) -> Case:
        """What was said until then is kept; where the choice is another's now, it is asked of them,
        and nobody else's no stands in its place."""
        case = case.with_party(self.party, role=self.role)
        if not case.party(self.party).is_child:
            for pair in case.threads_of(self.party):
                case = case.with_side(pair.id, self.party, adult_no_at=None, decided_for_child=None)
        case = after(case, Change.WHOSE_CHOICE, self.threads, when.effective, party=self.party)
        return case.with_task("CHANGE", self.party, when)


class RepresentativeNominated(CaseEvent):
    """Somebody else speaks for an organisation from now on."""

    party: PartyId
    details: TextRef
    threads: tuple[ThreadId, ...] = ()

    def apply(self, case: Case, when: When) -> Case:
        """They are another person: they are met, told and asked afresh, in ways safe for them, and
        their authority is shown first."""
        case = case.with_party(
            self.party,
            details=self.details,
            identified=True,
            died=False,
            authority_at=None,
            safe_ways=None,
            closed_ways=frozenset(),
            identity_doubted=False,
        )
        for thread in self.threads:
            case = case.with_side(
                thread, self.party, met_at=None, explained=frozenset(), understood=False
            )
        return after(case, Change.WHOSE_CHOICE, self.threads, when.effective, party=self.party)


class AuthorityRecorded(CaseEvent):
    """An organisation gave its representative the authority to speak for it."""

    party: PartyId
    shown: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """What they choose counts as the organisation's."""
        return case.with_party(self.party, authority_at=when.effective)
