"""Two cases of the same matter: proposed, merged, taken over, undone; each in its own stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from domain.case import Attempt, latest
from domain.event import CaseEvent
from domain.ids import CaseId, PartyId, ThreadId
from domain.merged import FollowUp, Merged, Received
from domain.texts import TextRef
from domain.words import Channel, ContactOutcome, Initiator, Source, Strength

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case, When

_FROZEN = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class DuplicateProposed(CaseEvent):
    """Somebody, or the matcher, thinks that this case and another are the same matter."""

    case: CaseId
    account: TextRef | None = None
    strength: Strength | None = None
    """How much the matcher found to speak for it; None from a person."""

    def apply(self, case: Case, when: When) -> Case:
        """A supervisor looks at both; nothing is merged by it."""
        return case.with_task("DUPLICATE", self.case, when)


class DuplicateDismissed(CaseEvent):
    """A supervisor looked at both: this case and another are not the same matter."""

    is_work: ClassVar[bool] = False

    case: CaseId
    reasons: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """The two are not proposed again."""
        return _told_apart(_answered(case, self.case), self.case)


class CaseMerged(CaseEvent):
    """This case goes on in another, which is of the same matter."""

    closes: ClassVar[bool] = True

    into: CaseId
    people: dict[PartyId, PartyId]
    """From their name here to their name there."""

    def apply(self, case: Case, when: When) -> Case:
        """Nobody is contacted here any more; the other case is to take it over."""
        return _answered(case, self.into).changed(
            merged=Merged(self.into, when.actor, self.people),
            follow_up=FollowUp(self.into, when.recorded, when.version),
        )


class Tried(BaseModel):
    """One attempt to reach somebody, made in the other case."""

    model_config = _FROZEN

    at: AwareDatetime
    channel: Channel
    outcome: ContactOutcome


class PersonKnown(BaseModel):
    """What was done with somebody in the other case, so that it is not done with them twice."""

    model_config = _FROZEN

    party: PartyId
    informed_at: AwareDatetime | None = None
    last_contact: AwareDatetime | None = None
    heard_at: AwareDatetime | None = None
    support_offered_at: AwareDatetime | None = None
    feedback_offered_at: AwareDatetime | None = None
    attempts: tuple[Tried, ...] = ()


class SideKnown(BaseModel):
    """What somebody was offered in one pair of the other case, and that they are interested."""

    model_config = _FROZEN

    thread: ThreadId
    party: PartyId
    interested_at: AwareDatetime | None = None
    offers: tuple[AwareDatetime, ...] = ()
    meeting_offers: tuple[AwareDatetime, ...] = ()


class CaseReceived(CaseEvent):
    """Another case of the same matter goes on in this one; both were referred, and stay so."""

    closes: ClassVar[bool] = True

    other: CaseId
    read: int = Field(ge=1)
    """The version of the other case, as it was looked at."""
    people: dict[PartyId, PartyId]
    """From their name there to their name here."""
    source: Source | None = None
    initiator: Initiator | None = None
    referred_at: AwareDatetime | None = None
    reported_at: AwareDatetime | None = None
    accepted_at: AwareDatetime | None = None
    known: tuple[PersonKnown, ...] = ()
    sides: tuple[SideKnown, ...] = ()

    def apply(self, case: Case, when: When) -> Case:
        """The earliest clock counts; no choice, responsibility or risk comes over, and what this
        case knows is not overwritten."""
        received = Received(when.actor, self.read, self.people)
        case = _answered(case, self.other).changed(
            received={**case.received, self.other: received},
            referred_at=_earlier(case.referred_at, self.referred_at),
            reported_at=_earlier(case.reported_at, self.reported_at),
            accepted_at=_earlier(case.accepted_at, self.accepted_at),
            source=case.source or self.source,
            initiator=case.initiator or self.initiator,
            enquiry_ended=case.enquiry_ended and self.referred_at is None,
        )
        for person in self.known:
            case = _with_known(case, person) if person.party in case.parties else case
        for side in self.sides:
            case = _with_offers(case, side) if side.thread in case.threads else case
        return case


class WishesCarriedOver(CaseEvent):
    """What was said since in a case that goes on in this one was looked at, and counts here too."""

    closes: ClassVar[bool] = True
    is_work: ClassVar[bool] = False

    other: CaseId
    read: int = Field(ge=1)

    def apply(self, case: Case, when: When) -> Case:
        """Each no that was said there is an entry of its own here."""
        known = case.received.get(self.other)
        if known is None:
            return case
        seen = Received(known.by, max(known.version, self.read), known.people)
        return case.changed(received={**case.received, self.other: seen})


class FollowUpNoted(CaseEvent):
    """The other case recorded what follows there from what was recorded here."""

    closes: ClassVar[bool] = True
    is_work: ClassVar[bool] = False

    case: CaseId

    def apply(self, case: Case, when: When) -> Case:
        """Nothing of it is under way any more."""
        return case.changed(follow_up=None)


class MergeUndone(CaseEvent):
    """It was not the same matter after all: this case goes on by itself, as it was."""

    closes: ClassVar[bool] = True

    into: CaseId
    reasons: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """The other case is to give back what it took over."""
        follow_up = FollowUp(self.into, when.recorded, when.version)
        return _told_apart(case, self.into).changed(merged=None, follow_up=follow_up)


class CaseGivenBack(CaseEvent):
    """What was taken over from another case counts here no longer."""

    closes: ClassVar[bool] = True

    other: CaseId

    def apply(self, case: Case, when: When) -> Case:
        """The entries by which it was taken over are marked as made in error, one by one."""
        rest = {name: one for name, one in case.received.items() if name != self.other}
        return _told_apart(case, self.other).changed(received=rest)


def _answered(case: Case, other: str) -> Case:
    rest = {k: t for k, t in case.tasks.items() if (t.kind, t.subject) != ("DUPLICATE", other)}
    return case.changed(tasks=rest)


def _told_apart(case: Case, other: str) -> Case:
    return case.changed(not_the_same=case.not_the_same | {other})


def _with_known(case: Case, known: PersonKnown) -> Case:
    person = case.party(known.party)
    there = tuple(Attempt(a.at, a.channel, a.outcome) for a in known.attempts)
    return case.with_party(
        known.party,
        informed_at=_earlier(person.informed_at, known.informed_at),
        last_contact=_later(person.last_contact, known.last_contact),
        heard_at=_later(person.heard_at, known.heard_at),
        support_offered_at=_later(person.support_offered_at, known.support_offered_at),
        feedback_offered_at=_later(person.feedback_offered_at, known.feedback_offered_at),
        attempts=tuple(sorted((*person.attempts, *there), key=lambda a: a.at)),
    )


def _with_offers(case: Case, known: SideKnown) -> Case:
    thread = case.thread(known.thread)
    side = thread.own_side(known.party)
    if not thread.open:
        return case
    offers = tuple(sorted((*side.offers, *known.offers)))
    meetings = tuple(sorted((*side.meeting_offers, *known.meeting_offers)))
    return case.with_side(
        known.thread,
        known.party,
        interested_at=_earlier(side.interested_at, known.interested_at),
        offers=offers,
        offered_at=offers[-1] if offers else side.offered_at,
        meeting_offers=meetings,
        meeting_offered_at=meetings[-1] if meetings else side.meeting_offered_at,
    )


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return one if other is None else latest(one, other)
