"""Restricting: data that are kept and not used, until that is lifted; and keeping them longer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from domain.events.erasing import AboutData, changed, followed
from domain.order import Ordered
from domain.personal_data import Restriction
from domain.texts import TextRef
from domain.words import Authority, KeepingGround, RestrictionGround, Right

if TYPE_CHECKING:
    from domain.case import Case, When


class DataRestricted(AboutData):
    """The data are kept and not used: why, at whose word, and until when at first."""

    carries_out: ClassVar[frozenset[Right]] = frozenset({Right.RESTRICTION_OF_USE, Right.OBJECTION})

    ground: RestrictionGround
    authority: Authority
    review_on: date
    reply: TextRef | None = None
    """None where it was decided for all of their cases at once: it stands in the dossier."""
    ordered: Ordered | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It wins over erasure until it is lifted."""
        case = followed(case, self.party, self.ordered, when)
        before = case.data.of(self.party).restriction
        since = before.since if before else when.recorded
        restriction = Restriction(self.ground, self.authority, self.review_on, since, when.actor)
        return changed(case, self.party, restriction=restriction, proposed=None)


class RestrictionLifted(AboutData):
    """The data may be used again, or erased."""

    carries_out: ClassVar[frozenset[Right]] = frozenset({Right.LIFTING_OF_RESTRICTION})

    reply: TextRef | None = None
    """None where it was decided for all of their cases at once: it stands in the dossier."""
    ordered: Ordered | None = None

    def apply(self, case: Case, when: When) -> Case:
        """Nothing else changes by that."""
        case = followed(case, self.party, self.ordered, when)
        return changed(case, self.party, restriction=None, proposed=None)


class DataKeptLonger(AboutData):
    """Somebody looked at whether the data are still needed: they are, and until when at first."""

    ground: KeepingGround
    review_on: date
    reasons: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It is looked at again then."""
        return changed(case, self.party, keep_until=self.review_on, proposed=None)
