"""Deciding what becomes of the words of a closed entry of the data-protection register, once its
time is over: who asked, how they were identified, accounts, reasons, replies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, DossierCommand
from domain.calendar import Day, end_of
from domain.commands.restricting import LONGEST_KEPT, ahead
from domain.errors import Nonsense
from domain.events import kept_dossiers as happened
from domain.events.erasing import KeyId
from domain.retention import kept_until, time_of
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act, ErasureGround, KeepingGround

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.dossier import Dossier
    from domain.event import DossierEvent

Note = Annotated[TextRef, OwnedBy(CASE)]


class _OfClosed(DossierCommand, abstract=True):
    of_open: ClassVar[bool] = False
    of_closed: ClassVar[bool] = True


class KeepDossierLonger(_OfClosed):
    """Decide, on looking at whether the words of a closed entry are still needed, that they are."""

    assessment: ClassVar[bool] = True

    ground: KeepingGround
    review_on: Day = Field(
        description="when it is looked at again: after its time is over, within ten years"
    )
    reasons: Note | None = None

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return the decision. Raises `Nonsense` for what has no words, or a day that is sooner."""
        _see_that_there_are_words(dossier)
        ahead(self.review_on, asking, LONGEST_KEPT)
        over = time_of(dossier, asking.retention)
        if over is not None and end_of(self.review_on) < over:
            raise Nonsense("review_on: by the retention table its words are kept longer than that")
        yield happened.DossierKeptLonger(
            ground=self.ground, review_on=self.review_on, reasons=self.reasons
        )


class DecideDossierErasure(_OfClosed):
    """Decide that the words of a closed entry are erased: their key is destroyed at once, and for
    good. That it was asked, when and what was decided stays, as codes."""

    assessment: ClassVar[bool] = True

    ground: ErasureGround

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return the decision. Raises `Nonsense` for what has no words."""
        _see_that_there_are_words(dossier)
        until = kept_until(dossier, asking.retention)
        if until is not None:
            yield happened.DossierErasureDecided(ground=self.ground, kept_until=until)


class NoteDossierErased(_OfClosed):
    """Note that the words of a closed entry were erased: the service did, and destroyed these
    keys."""

    act: ClassVar[Act] = Act.BY_THE_SERVICE

    keys: tuple[KeyId, ...] = ()

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return that it is done; nothing, if it is known."""
        if dossier.erasing is not None:
            yield happened.DossierErased(keys=self.keys, decided=dossier.erasing.entry)


def _see_that_there_are_words(dossier: Dossier) -> None:
    if not dossier.has_words:
        raise Nonsense(f"the words of {dossier.id} are erased")
