"""Correcting what a person is in the case, their age, and who speaks for an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, At, CaseCommand
from domain.commands.coming_of_age import stand_down
from domain.commands.people import Details, letter_of, says_no_more_than_it_may
from domain.commands.suspending import How, suspended
from domain.errors import Nonsense
from domain.events import roles as happened
from domain.ids import PartyId
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import CHILD_ROLES, STAND_INS, Act, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.case import Case
    from domain.event import CaseEvent
    from domain.party import Party


class RecordUnderAge(CaseCommand):
    """Record that somebody taken for an adult is under 18: nothing goes on as if they were one."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return what was learnt; what they are booked for is put off."""
        case.party(self.party)
        threads = tuple(t.id for t in case.open_threads_of(self.party))
        yield happened.LearntUnderAge(party=self.party, threads=threads)
        yield from _put_off(case, self.party, asking)


class CorrectRole(CaseCommand):
    """Correct what a person is in this case: they are 18 now, or it was entered wrongly. They stay
    the same person, in the same pairs."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    role: Role = Field(description="what they are, on the same side as before")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return the correction; where it changes whose choice it is, what is booked is put off."""
        person = case.party(self.party)
        if person.role is self.role:
            raise Nonsense(f"{self.party} is recorded so already")
        if STAND_INS & {self.role, person.role}:
            raise Nonsense(f"{self.party}: a stand-in is added with add_stand_in, and stays one")
        if letter_of(self.role) != letter_of(person.role):
            raise Nonsense(
                f"{self.party} cannot become {self.role}: somebody of another side is added as a "
                "person of their own"
            )
        says_no_more_than_it_may(self.role)
        changes = _changes_whose_choice(person, self.role)
        threads = tuple(t.id for t in case.open_threads_of(self.party)) if changes else ()
        yield happened.RoleCorrected(party=self.party, role=self.role, threads=threads)
        if person.is_child and self.role not in CHILD_ROLES:
            yield from stand_down(case, self.party)
        if changes:
            yield from _put_off(case, self.party, asking)


class NominateRepresentative(CaseCommand):
    """Record who now speaks for an organisation that was harmed. What the one before chose is
    asked of them afresh."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    details: Details

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return who speaks for it; what is booked is put off."""
        _organisation(case, self.party)
        yield happened.RepresentativeNominated(
            party=self.party,
            details=self.details,
            threads=tuple(t.id for t in case.open_threads_of(self.party)),
        )
        yield from _put_off(case, self.party, asking)


class RecordAuthority(CaseCommand):
    """Record that an organisation gave its representative the authority to speak for it."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    shown: Annotated[TextRef, OwnedBy(CASE)] = Field(
        description="by whom and in what form it was given"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the authority."""
        _organisation(case, self.party)
        return (happened.AuthorityRecorded(party=self.party, shown=self.shown),)


def _organisation(case: Case, party: str) -> None:
    if case.party(party).role is not Role.CORPORATE_VICTIM_REP:
        raise Nonsense(f"{party} is no organisation: nobody else speaks for them")


def _changes_whose_choice(person: Party, role: Role) -> bool:
    kinds = (CHILD_ROLES, {Role.CORPORATE_VICTIM_REP})
    return any((person.role in kind) != (role in kind) for kind in kinds)


def _put_off(case: Case, party: str, asking: Asking) -> Iterator[At]:
    threads = tuple(t.id for t in case.open_threads_of(party))
    yield from suspended(case, threads, How.A_BREAK, asking.on, party=party, by="FACILITATOR")
