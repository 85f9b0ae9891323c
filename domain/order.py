"""What is decided about one person's data in all their cases at once, and how far it is done.

The order stands in the dossier; each case records for itself what is done in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from domain.dossier import Subject
from domain.ids import CaseId, DossierId, PartyId
from domain.merged import merged_with
from domain.words import Stays

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from domain.case import Case
    from domain.dossier import Dossier
    from domain.personal_data import Restriction
    from domain.words import Authority, ErasureGround, RestrictionGround


class Staying(BaseModel):
    """Where it is not done, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    case: CaseId
    party: PartyId = Field(description="their name there")
    why: Stays

    @property
    def subject(self) -> Subject:
        """Whose data stay."""
        return Subject(case=self.case, party=self.party)


class Ordered(BaseModel):
    """By which entry of which dossier something is done in a case."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    dossier: DossierId
    entry: int = Field(ge=1)


@dataclass(frozen=True, slots=True)
class ToErase:
    """Everything of theirs is erased, on this ground."""

    ground: ErasureGround
    suppress: bool = False
    """Whether the matcher goes on knowing, by yes or no, where they asked not to be contacted."""


@dataclass(frozen=True, slots=True)
class ToRestrict:
    """Everything of theirs is kept and not used: why, at whose word, and until when at first."""

    ground: RestrictionGround
    authority: Authority
    review_on: date


@dataclass(frozen=True, slots=True)
class ToLift:
    """What is kept and not used on this ground, at this one's word, may be used again."""

    ground: RestrictionGround
    authority: Authority

    def fits(self, restriction: Restriction) -> bool:
        """Say whether it is this restriction that is lifted: what is evidence in one case is not
        released by what holds in another."""
        return (restriction.ground, restriction.authority) == (self.ground, self.authority)


What: TypeAlias = ToErase | ToRestrict | ToLift


@dataclass(frozen=True)
class Order:
    """What is to be done in these cases; the latest of a dossier counts."""

    entry: int
    """The version of the dossier at which it was ordered."""
    since: datetime
    what: What
    where: tuple[Subject, ...]
    done: frozenset[Subject] = frozenset()

    @property
    def left(self) -> tuple[Subject, ...]:
        """Where it is still to be done."""
        return tuple(one for one in self.where if one not in self.done)


def is_in_the_way(what: What, restriction: Restriction | None) -> bool:
    """Say whether this is not done, where data are restricted so."""
    if restriction is None:
        return False
    return not (isinstance(what, ToLift) and what.fits(restriction))


def left_to_do(dossier: Dossier | None) -> tuple[Subject, ...]:
    """Return where a dossier's order is still to be done; nowhere, once it is closed."""
    if dossier is None or not dossier.open or dossier.request is None:
        return ()
    order = dossier.request.order
    return order.left if order else ()


def joined(known: Iterable[Subject], cases: Mapping[str, Case]) -> frozenset[Subject]:
    """Return these, and as whom the same people are on record in the other of these cases."""
    found: set[Subject] = set()
    left = [*known]
    while left:
        one = left.pop()
        case = cases.get(one.case)
        if one not in found and case is not None and one.party in case.parties:
            found.add(one)
            left += _elsewhere(case, one.party, cases)
    return frozenset(found)


def _elsewhere(case: Case, party: str, cases: Mapping[str, Case]) -> Iterator[Subject]:
    for there, name in merged_with(case, party):
        yield Subject(case=there, party=name)
    mine = case.persons.get(party)
    if mine is None or mine.undone:
        return
    for other in cases.values():
        for name, linked in other.persons.items():
            if linked.person == mine.person and not linked.undone:
                yield Subject(case=other.id, party=name)
