"""What becomes of the words of a closed entry of the data-protection register: kept longer, or
erased.

Each holds ids and codes only. That it was asked, when, what was decided of it as codes and to whom
something went stays in the record, whatever becomes of the words.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pydantic import AwareDatetime, Field

from domain.event import DossierEvent
from domain.events.erasing import KeyId
from domain.personal_data import Erasing, Erasure
from domain.texts import TextRef
from domain.words import ErasureGround, Extent, KeepingGround

if TYPE_CHECKING:
    from domain.case import When
    from domain.dossier import Dossier


class DossierKeptLonger(DossierEvent):
    """Somebody looked at whether the words of a closed entry are still needed: they are."""

    ground: KeepingGround
    review_on: date
    reasons: TextRef | None = None

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """It is looked at again then."""
        return dossier.changed(keep_until=self.review_on)


class DossierErasureDecided(DossierEvent):
    """The data-protection officer decided that the words of a closed entry are erased."""

    ground: ErasureGround
    kept_until: AwareDatetime
    """When it was to be looked at, by the retention table as it was then: in time, or before."""

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """It is carried out now."""
        return dossier.changed(erasing=Erasing(when.version, Extent.ALL, when.recorded))


class DossierErased(DossierEvent):
    """The key of the words was destroyed, and all that was under it deleted."""

    keys: tuple[KeyId, ...]
    decided: int = Field(ge=1)
    """The entry by which it was decided."""

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """It is final when the last backup of its key has expired."""
        done = Erasure(Extent.ALL, when.recorded, self.keys, self.decided)
        return dossier.changed(erasing=None, erased=done, keep_until=None)
