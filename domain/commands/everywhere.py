"""Deciding about one person's data in all their cases at once: to erase them, to keep them without
use, or to lift that; and having each case record it.

Each case that it is to be done in is named, and each in which it is not, with why: so nothing is
left out in silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from domain.asking import Asking, At, CaseCommand, DossierCommand
from domain.calendar import Day
from domain.commands.erasing import ended
from domain.commands.restricting import LONGEST_WITHOUT_A_LOOK, ahead
from domain.commands.rights import there
from domain.dossier import Subject
from domain.errors import Nonsense
from domain.events import everywhere as happened
from domain.events.erasing import ErasureDecided
from domain.events.restricting import DataRestricted, RestrictionLifted
from domain.ids import CaseId, DossierId, PartyId
from domain.order import (
    Ordered,
    Staying,
    ToErase,
    ToLift,
    ToRestrict,
    is_in_the_way,
    left_to_do,
)
from domain.words import Act, Authority, ErasureGround, Extent, RestrictionGround

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.case import Case
    from domain.dossier import Dossier
    from domain.event import CaseEvent, DossierEvent
    from domain.order import Order


class _Everywhere(DossierCommand, abstract=True):
    assessment: ClassVar[bool] = True

    about: tuple[Subject, ...] = Field(
        min_length=1, description="as whom they appear, where it is to be done: CASE=PARTY"
    )
    stays: tuple[Staying, ...] = Field(
        default=(), description="where it is not to be done, and why: CASE, party, why"
    )

    def names_cases(self) -> frozenset[str]:
        """Return the cases that it names."""
        return frozenset({o.case for o in self.about} | {o.case for o in self.stays})

    def check(self, dossier: Dossier, asking: Asking) -> None:
        """See that each is there, and nobody of the dossier left out. Raises `Nonsense`."""
        dossier.the_request()
        named = {*self.about, *(one.subject for one in self.stays)}
        for one in named:
            if one.party not in there(one.case, asking).parties:
                raise Nonsense(f"about: there is no person {one.party} in {one.case}")
        for one in dossier.subjects:
            if one not in named:
                raise Nonsense(f"about: {one.case}={one.party} is neither in it nor said to stay")


class EraseEverywhere(_Everywhere):
    """Decide that a person's data are erased in all their cases: rj rights erase does."""

    ground: ErasureGround
    suppress: bool = Field(
        default=False,
        description="whether the matcher goes on knowing, by yes or no, that they asked not to be "
        "contacted, where they did",
    )
    told_of_it: bool = Field(
        default=False, description="whether they were told that this is kept of them"
    )

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return the order."""
        self.check(dossier, asking)
        yield happened.ErasureOrdered(
            where=self.about, stays=self.stays, ground=self.ground, suppress=self.suppress
        )


class RestrictEverywhere(_Everywhere):
    """Decide that a person's data are kept and not used in all their cases: rj rights restrict
    does."""

    ground: RestrictionGround
    authority: Authority = Field(description="at whose word")
    review_on: Day = Field(description="when it is looked at again, within a year")

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return the order."""
        self.check(dossier, asking)
        ahead(self.review_on, asking, LONGEST_WITHOUT_A_LOOK)
        yield happened.RestrictionOrdered(
            where=self.about,
            stays=self.stays,
            ground=self.ground,
            authority=self.authority,
            review_on=self.review_on,
        )


class LiftEverywhere(_Everywhere):
    """Decide that what is kept and not used on one ground, at one's word, may be used again in all
    of a person's cases: rj rights lift does."""

    ground: RestrictionGround = Field(description="on which ground it is kept and not used")
    authority: Authority = Field(description="at whose word it is")
    told_of_it: bool = Field(
        default=False, description="whether they were told beforehand that it is lifted"
    )

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return the order."""
        self.check(dossier, asking)
        yield happened.LiftingOrdered(
            where=self.about,
            stays=self.stays,
            ground=self.ground,
            authority=self.authority,
            told_of_it=self.told_of_it,
        )


class NoteOrderFollowed(DossierCommand):
    """Note that what was ordered is done in one case: the service looked there."""

    act: ClassVar[Act] = Act.BY_THE_SERVICE

    case: CaseId
    party: PartyId

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return that it is done; nothing, if it is not, or that is known."""
        subject = Subject(case=self.case, party=self.party)
        entry = followed(dossier, there(self.case, asking), self.party)
        if entry is not None and subject in left_to_do(dossier):
            yield happened.OrderFollowed(case=self.case, party=self.party, entry=entry)


class FollowOrder(CaseCommand):
    """Do in this case what was decided of a person in all of theirs: the service does, from the
    order that stands in the dossier."""

    act: ClassVar[Act] = Act.BY_THE_SERVICE
    protective: ClassVar[bool] = True

    party: PartyId
    dossier: DossierId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return what is decided here; nothing, if it is, or something stands against it by now."""
        now, dossier = asking.now, asking.dossiers.get(self.dossier)
        subject = Subject(case=now.id, party=self.party)
        order = dossier.request.order if dossier and dossier.request else None
        if dossier is None or order is None or subject not in left_to_do(dossier):
            return
        data = now.data.of(now.party(self.party).id)
        if is_in_the_way(order.what, data.restriction) or data.erasing:
            return
        if followed(dossier, now, self.party) is not None:
            return
        ordered = Ordered(dossier=dossier.id, entry=order.entry)
        yield from _done_here(now, self.party, order, ordered, asking)


def followed(dossier: Dossier, case: Case, party: str) -> int | None:
    """Return the entry of a case by which this dossier's order is done there; None if it is not."""
    order = dossier.request.order if dossier.request else None
    done = case.data.of(party).followed.get(dossier.id)
    return done[1] if order and done and done[0] == order.entry else None


def _done_here(
    case: Case, party: str, order: Order, ordered: Ordered, asking: Asking
) -> Iterator[CaseEvent | At]:
    match order.what:
        case ToErase(ground=ground, suppress=suppress):
            yield from ended(case, party, asking)
            yield ErasureDecided(
                party=party,
                extent=Extent.ALL,
                ground=ground,
                suppress=suppress and case.party(party).no_contact,
                ordered=ordered,
            )
        case ToRestrict(ground=why, authority=authority, review_on=review_on):
            yield DataRestricted(
                party=party, ground=why, authority=authority, review_on=review_on, ordered=ordered
            )
        case ToLift():
            yield RestrictionLifted(party=party, ordered=ordered)
