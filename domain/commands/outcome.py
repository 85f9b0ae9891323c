"""What was agreed item by item, what became of it, and following up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from domain.asking import Asking, CaseCommand
from domain.calendar import Moment
from domain.errors import Nonsense
from domain.events import outcome as happened
from domain.ids import InterventionId, ItemId, PartyId, PractitionerId, ThreadId
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act, ItemKind, ItemState, NotDone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from domain.case import Case
    from domain.event import CaseEvent

Note = Annotated[TextRef, OwnedBy(CASE)]
Words = Annotated[TextRef, OwnedBy("party")]
AnItem = TypeVar("AnItem", bound="NewItem")


class NewItem(BaseModel):
    """One thing that is agreed: who undertakes it, what, and by when."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    party: PartyId = Field(description="who undertakes it")
    kind: ItemKind
    due: Moment | None = None
    what: Words | None = None
    monitor: PractitionerId | None = Field(default=None, description="who looks after it, if named")
    done: bool = Field(default=False, description="done there and then")


def named(items: Sequence[AnItem], asking: Asking) -> list[tuple[str, AnItem]]:
    """Return each item with its name, numbered on from those of the case."""
    first = int(asking.number("A", "item")[1:])
    return [(f"A{number}", item) for number, item in enumerate(items, first)]


def agreed(thread: str, items: Iterable[tuple[str, AnItem]]) -> Iterator[CaseEvent]:
    """Yield the agreed items of one pair, each under its name."""
    for name, item in items:
        yield happened.ItemAgreed(
            item=name,
            thread=thread,
            owner=item.party,
            kind=item.kind,
            due=item.due,
            what=item.what,
            monitor=item.monitor,
            remedy=getattr(item, "remedy", None),
        )
        if item.done:
            yield happened.ItemProgressRecorded(item=name, state=ItemState.COMPLETED)


class RecordAgreement(CaseCommand):
    """Record what one pair agreed; without items, the dialogue itself was the outcome."""

    act: ClassVar[Act] = Act.FACILITATE

    thread: ThreadId
    intervention: InterventionId | None = None
    items: tuple[NewItem, ...] = ()
    signed: Note | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the agreement and its items."""
        case.thread(self.thread)
        if self.intervention is not None:
            intervention = case.intervention(self.intervention)
            if self.thread not in intervention.threads:
                raise Nonsense(f"{self.intervention} is not between the people of {self.thread}")
        for item in self.items:
            case.party(item.party)
            if item.monitor is not None:
                asking.practitioner(item.monitor)
        yield happened.AgreementReached(
            thread=self.thread, intervention=self.intervention, signed=self.signed
        )
        yield from agreed(self.thread, named(self.items, asking))


class RecordItemProgress(CaseCommand):
    """Record what became of an agreed item."""

    act: ClassVar[Act] = Act.INFORM

    item: ItemId
    state: ItemState
    due: Moment | None = Field(default=None, description="a new date, agreed by all")
    agreed_by: tuple[PartyId, ...] = Field(default=(), description="who agreed to vary it")
    not_done: NotDone | None = Field(default=None, description="why not, if it was not done")
    evidence: Note | None = Field(default=None, description="what shows it")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return what became of it."""
        case.item(self.item)
        if self.due is not None and self.state is not ItemState.VARIED:
            raise Nonsense("due: a new date goes with the state VARIED")
        if self.state is ItemState.PROPOSED:
            raise Nonsense("state: what was agreed is no proposal any more: propose_item")
        if self.state is ItemState.NOT_COMPLETED and self.not_done is None:
            raise Nonsense("not_done: say why it was not done, as far as it is known")
        return (
            happened.ItemProgressRecorded(
                item=self.item,
                state=self.state,
                due=self.due,
                agreed_by=self.agreed_by,
                not_done=self.not_done,
                evidence=self.evidence,
            ),
        )


class TellItemProgress(CaseCommand):
    """Record that the harmed person, who wanted to know, was told what became of an item."""

    act: ClassVar[Act] = Act.INFORM

    item: ItemId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they were told."""
        case.item(self.item)
        return (happened.ItemProgressTold(item=self.item),)


class RecordFollowUp(CaseCommand):
    """Record that somebody asked a person how they are, after it was held."""

    act: ClassVar[Act] = Act.INFORM

    thread: ThreadId
    party: PartyId
    note: Words | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the follow-up."""
        thread = case.thread(self.thread)
        if self.party not in (thread.victim, thread.offender):
            raise Nonsense(f"{self.party} is not one of the pair {self.thread}")
        if not case.held(self.thread):
            raise Nonsense(f"nothing was held for {self.thread} yet: there is nothing to follow up")
        return (happened.FollowUpHeld(thread=self.thread, party=self.party, note=self.note),)


class DeclineFollowUp(CaseCommand):
    """Record that a person does not want follow-up."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return their wish."""
        case.party(self.party)
        return (happened.FollowUpDeclined(party=self.party),)
