"""Local resolution on the spot, recorded afterwards in one command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.commands.opening import OpeningCommand
from domain.commands.outcome import NewItem, agreed, named
from domain.errors import Nonsense
from domain.events import local_resolution as happened
from domain.events.ending import ThreadEnded
from domain.events.outcome import AgreementReached
from domain.ids import ThreadId
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import OFFENDER_ROLES, VICTIM_ROLES, Act, CommunityRemedy, EndReason, Told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Note = Annotated[TextRef, OwnedBy(CASE)]


class SpotItem(NewItem):
    """One thing that puts it right on the spot, between the people of one pair."""

    thread: ThreadId | None = Field(
        default=None, description="the pair that it is between; only where there are several"
    )
    remedy: CommunityRemedy | None = Field(
        default=None, description="which option of the community remedy it is, if it is one"
    )


class RecordLocalResolution(OpeningCommand):
    """Record a local crime resolved on the spot: what happened, and what puts it right."""

    act: ClassVar[Act] = Act.LOCAL_RESOLUTION

    accepted: bool = Field(description="each person responsible accepted responsibility")
    agreed: bool = Field(description="each victim freely agreed, and had a say")
    talked_through: bool = Field(description="what happened and its effect were talked through")
    crime_recorded: bool = Field(description="the crime was recorded as usual")
    bars_ruled_out: bool = Field(
        description="no order, bail or licence bars contact between them: it was looked up"
    )
    sensitivity_ruled_out: bool = Field(
        description="not sensitive or complex: not domestic, sexual, hate, exploitation, "
        "living together …"
    )
    adult_present: bool = Field(
        default=False, description="for a child: a parent, guardian or other suitable adult"
    )
    youth_service_told: bool = Field(default=False, description="for a child")
    items: tuple[SpotItem, ...] = Field(default=(), description="what puts it right")
    account: Note | None = Field(default=None, description="what happened and its impact")

    def home(self, asking: Asking) -> tuple[str, str]:
        """Return the service and the area of whoever resolved it."""
        return asking.who.organisation, asking.who.area

    def pairs(self) -> tuple[str, ...]:
        """Return the pairs of the people named."""
        victims = [p.party for p in self.parties if p.role in VICTIM_ROLES]
        offenders = [p.party for p in self.parties if p.role in OFFENDER_ROLES]
        return tuple(f"{v}-{o}" for v in victims for o in offenders)

    def of_pair(self, item: SpotItem) -> str:
        """Return the pair that an item is between. Raises `Nonsense` if that is not clear."""
        if item.party not in {p.party for p in self.parties}:
            raise Nonsense("items: each is undertaken by one of the people named")
        if item.thread is not None and item.thread not in self.pairs():
            raise Nonsense("items: thread is not a pair of the people named")
        theirs = [t for t in self.pairs() if item.party in t.split("-")] or list(self.pairs())
        if item.thread is None and len(theirs) > 1:
            raise Nonsense("items: where there are several pairs, say between whom (thread)")
        return item.thread or theirs[0]

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the resolution, its items, and the end of each pair in which all is done."""
        if case.version:
            raise Nonsense("a local resolution opens a case; this one is open already")
        threads = self.pairs()
        if not threads:
            raise Nonsense("a local resolution names a harmed person and a person responsible")
        items = [(self.of_pair(i), name, i) for name, i in named(self.items, asking)]
        intervention = asking.number("I", "intervention")
        yield happened.LocalResolutionRecorded(
            intervention=intervention,
            threads=threads,
            practitioner=asking.actor.id,
            account=self.account,
        )
        for thread in threads:
            theirs = [(name, item) for pair, name, item in items if pair == thread]
            yield AgreementReached(thread=thread, intervention=intervention)
            yield from agreed(thread, theirs)
            if all(item.done for _, item in theirs):
                told = dict.fromkeys(thread.split("-"), Told.TOLD_IT_ENDED)
                yield ThreadEnded(thread=thread, reason=EndReason.RESOLVED_LOCALLY, told=told)


class ReviewLocalResolution(CaseCommand):
    """Record that a supervisor looked at how a local resolution was done."""

    act: ClassVar[Act] = Act.SUPERVISE

    note: Note | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the review."""
        if case.resolution_at is None:
            raise Nonsense("nothing was resolved locally in this case")
        return (happened.LocalResolutionReviewed(note=self.note),)
