"""Keeping the register of what people ask about what is kept of them.

Whoever of the service hears of it puts it on record; everything else is the data-protection
officer's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, DossierCommand
from domain.dossier import HeldId, ItemId, Subject
from domain.errors import Nonsense
from domain.events import rights as happened
from domain.ids import CaseId
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import (
    FOR_GIVING,
    Act,
    AskedBack,
    Capacity,
    Channel,
    Handed,
    Identified,
    ItemGround,
    Right,
    RightsDecision,
    RightsGround,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.dossier import Dossier
    from domain.event import DossierEvent

Note = Annotated[TextRef, OwnedBy(CASE)]
MANY = 500
"""Items decided at once: all that a case may have."""


class RecordRightsRequest(DossierCommand):
    """Record that somebody asks about what is kept of them: to see it, or to have it corrected,
    erased, not used, or used again."""

    act: ClassVar[Act] = Act.REPORT_DATA
    opens: ClassVar[bool] = True

    right: Right
    capacity: Capacity = Field(
        default=Capacity.FOR_THEMSELVES, description="in which capacity; themselves if left out"
    )
    channel: Channel = Field(default=Channel.LETTER, description="how it came in")
    about: tuple[Subject, ...] = Field(
        default=(), description="whom it is about, where that is known: CASE=PARTY"
    )
    account: Note | None = Field(
        default=None, description="who asks, how they are reached, and what they ask for"
    )

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return the request, and whom it is about. Raises `Nonsense` where nobody asks, and it is
        not for what keeps their data from use to be lifted."""
        for_the_service = self.capacity is Capacity.SERVICE_ITSELF
        if for_the_service and self.right is not Right.LIFTING_OF_RESTRICTION:
            raise Nonsense("nobody but the person has this right: say in which capacity they ask")
        yield happened.RightsRequestReceived(
            right=self.right, capacity=self.capacity, channel=self.channel, account=self.account
        )
        yield from named(self.about, asking)


class NameSubjects(DossierCommand):
    """Name whom a request or a breach is about, as they appear in a case: as soon as it is known,
    also of an entry that is closed."""

    of_closed: ClassVar[bool] = True

    about: tuple[Subject, ...] = Field(min_length=1, description="whom it is about: CASE=PARTY")

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return their names, those that were not known. Raises `Nonsense` once its words are
        erased: nobody can tell any more whom it is about."""
        if not dossier.has_words:
            raise Nonsense(f"the words of {dossier.id} are erased, or are being erased")
        new = tuple(one for one in self.about if one not in dossier.subjects)
        return named(new, asking)


class AskRequester(DossierCommand):
    """Record that whoever asked was asked who they are, or which data they mean."""

    what: AskedBack

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return the question; nothing if it was asked."""
        if self.what not in dossier.the_request().asked_back:
            yield happened.RequesterAskedBack(what=self.what)


class IdentifyRequester(DossierCommand):
    """Record how it was made sure who asks, and that they may in their capacity."""

    how: Identified

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return that they are identified."""
        dossier.the_request()
        yield happened.RequesterIdentified(how=self.how)


class NoteRequestMadeClear(DossierCommand):
    """Record that whoever asked said which data they mean."""

    account: Note | None = None

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return that they said so."""
        if AskedBack.WHICH_DATA not in dossier.the_request().asked_back:
            raise Nonsense("whoever asked was not asked which data they mean")
        yield happened.RequestMadeClear(account=self.account)


class ExtendRequest(DossierCommand):
    """Record that whoever asked was told that it takes up to two months more, and why."""

    assessment: ClassVar[bool] = True

    reasons: Note

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return the extension."""
        yield happened.RequestExtended(reasons=self.reasons)


class DecideRequest(DossierCommand):
    """Decide on a request: what is granted, and where not, on which ground."""

    assessment: ClassVar[bool] = True

    decision: RightsDecision
    ground: RightsGround | None = Field(
        default=None, description="needed where not all of it is granted"
    )
    reasons: Note | None = None

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return the decision. Raises `Nonsense` without a ground where one is needed."""
        right, instead = dossier.the_request().right, RightsDecision.RESTRICTED_INSTEAD
        if right is Right.ACCESS and self.decision is instead:
            raise Nonsense("decision: what is asked to be seen is given, in full, in part or not")
        needs_none = (RightsDecision.WHOLLY_GRANTED, RightsDecision.NOTHING_HELD)
        if (self.ground is None) != (self.decision in needs_none):
            raise Nonsense("ground: needed where something is not granted, and only there")
        if self.ground is not None and self.reasons is None:
            raise Nonsense("reasons: whoever asked is told why")
        yield happened.RequestDecided(
            decision=self.decision, ground=self.ground, reasons=self.reasons
        )


class DecideItems(DossierCommand):
    """Decide what the person receives of items in which others are, too: rj rights items lists
    them."""

    assessment: ClassVar[bool] = True

    items: tuple[HeldId, ...] = Field(
        min_length=1, max_length=MANY, description="which, as the list names them"
    )
    handed: Handed
    ground: ItemGround
    redacted: Note | None = Field(
        default=None, description="for a text that is redacted: what is given in its place"
    )

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return the decision. Raises `Nonsense` if it, its ground and its text do not agree."""
        if dossier.the_request().right is not Right.ACCESS:
            raise Nonsense("this is no request to see what is kept")
        if (self.handed is Handed.GIVE) != (self.ground in FOR_GIVING):
            raise Nonsense("ground: some are for giving, the others for keeping")
        texts = [item for item in self.items if ":T-" in item]
        wanted = self.handed is Handed.REDACT and bool(texts)
        if wanted != (self.redacted is not None):
            raise Nonsense("redacted: what is given in the place of a text; else left out")
        if wanted and len(self.items) > 1:
            raise Nonsense("items: texts are redacted one by one")
        yield happened.ItemsDecided(
            items=self.items, handed=self.handed, ground=self.ground, redacted=self.redacted
        )


class PutInItems(DossierCommand):
    """Put texts in, in which the person is described though they are nobody of the case: rj rights
    search finds them."""

    assessment: ClassVar[bool] = True

    items: tuple[ItemId, ...] = Field(
        min_length=1, max_length=MANY, description="which texts, as the search names them"
    )

    def names_cases(self) -> frozenset[str]:
        """Return the cases that it names."""
        return frozenset({item.partition(":")[0] for item in self.items})

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return those that were not in it. Raises `Nonsense` for what is no text of a case."""
        request = dossier.the_request()
        if request.right is not Right.ACCESS:
            raise Nonsense("this is no request to see what is kept")
        if not all(":T-" in item for item in self.items):
            raise Nonsense("items: texts are put in, and no entries")
        for case in self.names_cases():
            there(case, asking)
        new = tuple(one for one in dict.fromkeys(self.items) if one not in request.put_in)
        if new:
            yield happened.ItemsPutIn(items=new)


class NoteCopyMade(DossierCommand):
    """Record that a copy of what is held was made: rj rights export does."""

    given: int = Field(ge=0, description="how many items are in it as they are")
    redacted: int = Field(ge=0, description="how many have parts taken out")
    withheld: int = Field(ge=0, description="how many are left out")
    cases: tuple[CaseId, ...] = Field(default=(), description="from which cases they are")
    undecided: int = Field(
        default=0, ge=0, description="in how many others are, too, and nobody decided on them"
    )

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return the copy."""
        if dossier.the_request().right is not Right.ACCESS:
            raise Nonsense("this is no request to see what is kept")
        yield happened.CopyMade(
            given=self.given, redacted=self.redacted, withheld=self.withheld, cases=self.cases
        )


class NoteCarriedOut(DossierCommand):
    """Record by which entry of a case what was decided was done: a correction, an erasure …"""

    case: CaseId = Field(description="the case in which it was recorded")
    entry: int = Field(ge=1, description="its number in the history of the case")

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return that it was done. Raises `Nonsense` for an entry that is no such thing."""
        if dossier.the_request().right is Right.ACCESS:
            raise Nonsense("what is asked to be seen is copied: rj rights export")
        request = dossier.the_request()
        instead = request.decision is RightsDecision.RESTRICTED_INSTEAD
        wanted = Right.RESTRICTION_OF_USE if instead else request.right
        done = there(self.case, asking).ledger.rights_done.get(self.entry, frozenset())
        if wanted not in done:
            raise Nonsense(f"entry {self.entry} of {self.case} does nothing of what was asked")
        yield happened.DecisionCarriedOut(case=self.case, entry=self.entry)


class AnswerRequest(DossierCommand):
    """Record the written answer: what was decided, why, and that they can complain to the
    Information Commissioner; it closes the request."""

    reply: Note
    channel: Channel

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return the answer."""
        yield happened.RequestAnswered(reply=self.reply, channel=self.channel)


class WithdrawRequest(DossierCommand):
    """Record that whoever asked does not wish it any longer."""

    def events(self, dossier: Dossier, asking: Asking) -> Iterable[DossierEvent]:
        """Return that it is over."""
        dossier.the_request()
        yield happened.RequestWithdrawn()


def named(about: Iterable[Subject], asking: Asking) -> Iterable[DossierEvent]:
    """Yield that these are whom it is about, if they are in their cases. Raises `Nonsense`."""
    subjects = tuple(dict.fromkeys(about))
    for one in subjects:
        if one.party not in there(one.case, asking).parties:
            raise Nonsense(f"about: there is no person {one.party} in {one.case}")
    if subjects:
        yield happened.SubjectsNamed(subjects=subjects)


def there(reference: str, asking: Asking) -> Case:
    """Return a case that the command names. Raises `Nonsense` if there is none."""
    if reference not in asking.cases:
        raise Nonsense(f"there is no case {reference}")
    return asking.cases[reference]
