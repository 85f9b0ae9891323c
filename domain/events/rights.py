"""Requests of people about what is kept of them: asked, identified, decided, done, answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from domain.calendar import local_day
from domain.dossier import Decided, HeldId, ItemId, Request, Subject
from domain.event import DossierEvent
from domain.ids import CaseId
from domain.texts import TextRef
from domain.words import (
    AskedBack,
    Capacity,
    Channel,
    DossierKind,
    Handed,
    Identified,
    ItemGround,
    Right,
    RightsDecision,
    RightsGround,
)

if TYPE_CHECKING:
    from domain.case import When
    from domain.dossier import Dossier


class RightsRequestReceived(DossierEvent):
    """Somebody asked to see what is kept of them, or to have it changed, erased or not used."""

    founding: ClassVar[bool] = True

    right: Right
    capacity: Capacity
    channel: Channel
    account: TextRef | None = None
    """Who asked, how they are reached, and what they asked for."""

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """Their month begins."""
        return dossier.changed(
            kind=DossierKind.RIGHTS_REQUEST_MADE,
            opened_at=when.effective,
            opened_by=when.actor,
            request=Request(self.right, self.capacity),
        )


class SubjectsNamed(DossierEvent):
    """It is known in which cases those appear whom it is about."""

    subjects: tuple[Subject, ...]

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """These come to those that were known."""
        known = dict.fromkeys((*dossier.subjects, *self.subjects))
        return dossier.changed(subjects=tuple(known))


class RequesterAskedBack(DossierEvent):
    """Whoever asked was asked who they are, or which data they mean."""

    what: AskedBack

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """Their answer is awaited."""
        asked = dossier.request.asked_back if dossier.request else {}
        return dossier.with_request(asked_back={**asked, self.what: when.effective})


class RequesterIdentified(DossierEvent):
    """It was made sure who asked, and that they may ask in that capacity."""

    how: Identified

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """Where they had to be asked, the month begins now."""
        asked = dict(dossier.request.asked_back) if dossier.request else {}
        awaited = asked.pop(AskedBack.WHO_THEY_ARE, None)
        begins = {"begins_at": when.effective} if awaited else {}
        return dossier.with_request(identified_at=when.effective, asked_back=asked, **begins)


class RequestMadeClear(DossierEvent):
    """Whoever asked said which data they mean."""

    account: TextRef | None = None

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """The days from the question to the answer, both included, do not count."""
        request = dossier.request
        asked = dict(request.asked_back) if request else {}
        since = asked.pop(AskedBack.WHICH_DATA, None)
        out = request.days_out if request else 0
        if since is not None:
            out += max((local_day(when.effective) - local_day(since)).days + 1, 0)
        return dossier.with_request(asked_back=asked, days_out=out)


class RequestExtended(DossierEvent):
    """Whoever asked was told that it takes up to two months more, and why."""

    reasons: TextRef

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """It is due two months later."""
        return dossier.with_request(extended_at=when.effective)


class RequestDecided(DossierEvent):
    """The data-protection officer decided on a request."""

    decision: RightsDecision
    ground: RightsGround | None = None
    reasons: TextRef | None = None

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """It can be done, and answered."""
        return dossier.with_request(
            decision=self.decision,
            ground=self.ground,
            decided_at=when.effective,
            decided_by=when.actor,
        )


class ItemsDecided(DossierEvent):
    """It was decided of items in which others are, too, what the person receives of them."""

    items: tuple[HeldId, ...] = Field(min_length=1)
    handed: Handed
    ground: ItemGround
    redacted: TextRef | None = None
    """For one text that is redacted: what is given in its place."""

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """The latest decision on an item counts."""
        known = dossier.request.items if dossier.request else {}
        decided = Decided(self.handed, self.ground, when.version)
        return dossier.with_request(items={**known, **dict.fromkeys(self.items, decided)})


class ItemsPutIn(DossierEvent):
    """Texts of others' records were found in which the person is described: they belong to what is
    kept of them."""

    items: tuple[ItemId, ...] = Field(min_length=1)

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """Each waits for a decision like every item in which others are."""
        known = dossier.request.put_in if dossier.request else ()
        return dossier.with_request(put_in=tuple(dict.fromkeys((*known, *self.items))))


class CopyMade(DossierEvent):
    """A copy of what is held of the person was made, to be given to them."""

    given: int = Field(ge=0)
    redacted: int = Field(ge=0)
    withheld: int = Field(ge=0)
    cases: tuple[CaseId, ...] = ()
    """How many items of each kind, of which cases."""

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """It can be sent with the answer."""
        return dossier.with_request(copied_at=when.effective)


class DecisionCarriedOut(DossierEvent):
    """What was decided was done: by this entry of this case."""

    case: CaseId
    entry: int = Field(ge=1)

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """It is on record where."""
        done = dossier.request.carried_out if dossier.request else ()
        return dossier.with_request(carried_out=(*done, (self.case, self.entry)))


class RequestAnswered(DossierEvent):
    """Whoever asked was answered in writing: what was decided, why, and to whom to complain."""

    reply: TextRef
    channel: Channel

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """It is closed."""
        return dossier.with_request(answered_at=when.effective).closed(when)


class RequestWithdrawn(DossierEvent):
    """Whoever asked does not wish it any longer."""

    def apply(self, dossier: Dossier, when: When) -> Dossier:
        """It is closed."""
        return dossier.with_request(withdrawn=True).closed(when)
