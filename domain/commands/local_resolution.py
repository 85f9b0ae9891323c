"""Local resolution on the spot, recorded afterwards in one command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.commands.opening import OpeningCommand
from domain.commands.outcome import NewItem, agreed
from domain.errors import Nonsense
from domain.events import local_resolution as happened
from domain.events.ending import ThreadEnded
from domain.events.outcome import AgreementReached
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import OFFENDER_ROLES, VICTIM_ROLES, Act, EndReason, Told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Note = Annotated[TextRef, OwnedBy(CASE)]


class RecordLocalResolution(OpeningCommand):
    """Record a local crime resolved on the spot: what happened, and what puts it right."""

    act: ClassVar[Act] = Act.LOCAL_RESOLUTION

    accepted: bool = Field(description="the person responsible accepted responsibility")
    agreed: bool = Field(description="the victim freely agreed, and had a say")
    talked_through: bool = Field(description="what happened and its effect were talked through")
    crime_recorded: bool = Field(description="the crime was recorded as usual")
    sensitive: bool = Field(
        default=False,
        description="sensitive or complex: domestic, sexual, hate, exploitation, living together …",
    )
    adult_present: bool = Field(
        default=False, description="for a child: a parent, guardian or other suitable adult"
    )
    youth_service_told: bool = Field(default=False, description="for a child")
    items: tuple[NewItem, ...] = Field(default=(), description="what puts it right")
    account: Note | None = Field(default=None, description="what happened and its impact")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the resolution, its items, and its end where all is done."""
        if case.version:
            raise Nonsense("a local resolution opens a case; this one is open already")
        victims = [p.party for p in self.parties if p.role in VICTIM_ROLES]
        offenders = [p.party for p in self.parties if p.role in OFFENDER_ROLES]
        if not victims or not offenders:
            raise Nonsense("a local resolution names a harmed person and a person responsible")
        known = {p.party for p in self.parties}
        if any(item.party not in known for item in self.items):
            raise Nonsense("items: each is undertaken by one of the people named")
        threads = tuple(f"{v}-{o}" for v in victims for o in offenders)
        who = asking.who
        yield happened.LocalResolutionRecorded(
            intervention="I1",
            threads=threads,
            practitioner=asking.actor.id,
            organisation=who.organisation,
            area=who.area,
            account=self.account,
        )
        number = 1
        for thread in threads:
            yield AgreementReached(thread=thread, intervention="I1")
            victim, _, offender = thread.partition("-")
            theirs = tuple(
                i
                for i in self.items
                if (i.party == offender and victim == victims[0]) or i.party == victim
            )
            yield from agreed(case, thread, theirs, number)
            number += len(theirs)
            if all(item.done for item in theirs):
                told = {victim: Told.TOLD_IT_ENDED, offender: Told.TOLD_IT_ENDED}
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
