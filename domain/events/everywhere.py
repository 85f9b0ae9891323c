"""What was decided of a person in all their cases at once, and that it is done in one of them.

Codes and references only; the written reply is that of the dossier.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field

from domain.changing import with_changes
from domain.dossier import Subject
from domain.event import DossierEvent
from domain.ids import CaseId, PartyId
from domain.order import Order, Staying, ToErase, ToLift, ToRestrict
from domain.words import Authority, ErasureGround, RestrictionGround

if TYPE_CHECKING:
    from domain.case import When
    from domain.dossier import Dossier
    from domain.order import What


class _Ordered(DossierEvent, abstract=True):
    where: tuple[Subject, ...] = Field(min_length=1)
    stays: tuple[Staying, ...] = ()
    """Where it is not done, and why."""

    def ordered(self, dossier: Dossier, what: What, when: When) -> Dossier:
        """Return the dossier with this as its order: what was left of an earlier one is given up,
        what was done by it stays done."""
        return dossier.with_request(order=Order(when.version, when.recorded, what, self.where))


class ErasureOrdered(_Ordered):
    """The data-protection officer decided that a person is erased in all these cases."""

    ground: ErasureGround
    suppress: bool = False

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """It is to be done in each."""
        return self.ordered(dossier, ToErase(self.ground, self.suppress), when)


class RestrictionOrdered(_Ordered):
    """The data-protection officer decided that a person's data are kept and not used in all these
    cases."""

    ground: RestrictionGround
    authority: Authority
    review_on: date

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """It is to be done in each."""
        what = ToRestrict(self.ground, self.authority, self.review_on)
        return self.ordered(dossier, what, when)


class LiftingOrdered(_Ordered):
    """The data-protection officer decided that what is kept and not used on one ground, at one's
    word, may be used again in all these cases."""

    ground: RestrictionGround
    authority: Authority
    told_of_it: bool = False
    """Whether they were told beforehand (UK GDPR Article 18(3))."""

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """It is to be done in each."""
        return self.ordered(dossier, ToLift(self.ground, self.authority), when)


class OrderFollowed(DossierEvent):
    """What was ordered is done in one case: by this entry of it."""

    case: CaseId
    party: PartyId
    entry: int = Field(ge=1)

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """Nothing is left of it there."""
        request = dossier.request
        if request is None or request.order is None:
            return dossier
        done = request.order.done | {Subject(case=self.case, party=self.party)}
        return dossier.with_request(
            order=with_changes(request.order, done=done),
            carried_out=(*request.carried_out, (self.case, self.entry)),
        )
