"""Two cases of the same matter: one goes on in the other, and the other takes it over.

Each command is about one stream and looks at the other. What follows in the other stream is a
command of its own; until it is recorded the first case waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, At, CaseCommand
from domain.commands.carrying import Two, carried_over
from domain.commands.people import NewParty, added, joined_by
from domain.commands.taking_over import (
    given_back,
    known_of,
    renamed,
    sides_of,
    stand_ins_of,
    with_newcomers,
)
from domain.errors import Nonsense
from domain.events import merging as happened
from domain.events.changes import ChangeRecorded
from domain.events.ending import ThreadEnded
from domain.events.linking import PersonKnownTwice
from domain.events.opening import EnquiryEnded
from domain.events.protection import EntryMarkedInError
from domain.ids import CaseId, PartyId
from domain.permissions import may
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import STAND_INS, Act, Change, EndReason, Strength

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from domain.case import Case
    from domain.event import CaseEvent

Note = Annotated[TextRef, OwnedBy(CASE)]


class ProposeDuplicate(CaseCommand):
    """Propose that this case and another are the same matter; a supervisor looks at both."""

    act: ClassVar[Act] = Act.INFORM

    case: CaseId = Field(description="the other case")
    account: Note | None = Field(default=None, description="what makes you think so")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the proposal."""
        if self.case == case.id:
            raise Nonsense("case: this is the case itself")
        return (happened.DuplicateProposed(case=self.case, account=self.account),)


class ReportLikeness(CaseCommand):
    """Report that this case and another were found to be like, as the service itself does."""

    act: ClassVar[Act] = Act.BY_THE_SERVICE
    protective: ClassVar[bool] = True

    other: CaseId = Field(description="the other case")
    strength: Strength = Field(description="how much speaks for it")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the proposal; nothing, if the two were ever proposed, or told apart, before, or
        there is no such case."""
        other = asking.cases.get(self.other)
        if other is None or other.id == case.id:
            return
        before = (e.event for e in asking.history)
        if any(isinstance(e, happened.DuplicateProposed) and e.case == other.id for e in before):
            return
        if case.merged or other.merged or not may_be_one(case, other):
            return
        yield happened.DuplicateProposed(case=other.id, strength=self.strength)


class DismissDuplicate(CaseCommand):
    """Record that this case and another that was proposed are not the same matter."""

    act: ClassVar[Act] = Act.SUPERVISE

    case: CaseId = Field(description="the other case")
    reasons: Note | None = Field(default=None, description="what shows that it is another matter")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they are two. Raises `Nonsense` if it is not asked whether they are one."""
        if self.case in asking.now.not_the_same:
            return
        if not asking.now.is_proposed(self.case):
            raise Nonsense("case: nobody proposed that case here, or it was answered already")
        yield happened.DuplicateDismissed(case=self.case, reasons=self.reasons)


def may_be_one(case: Case, other: Case) -> bool:
    """Say whether it is open if two cases are one matter: neither told apart, joined or asked."""
    told_apart = other.id in case.not_the_same or case.id in other.not_the_same
    joined = other.id in case.received or case.id in other.received
    return not (told_apart or joined or case.is_proposed(other.id) or other.is_proposed(case.id))


class MergeInto(CaseCommand):
    """Merge this case into another of the same matter: it ends here and goes on there."""

    act: ClassVar[Act] = Act.SUPERVISE

    into: CaseId = Field(description="the case that it goes on in")
    people: dict[PartyId, PartyId] = Field(
        min_length=1, description="who is who: from their name here to their name there"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the ending of each pair, and where it goes on; nothing, if it does already."""
        case = asking.now
        if case.merged is not None:
            if (case.merged.into, case.merged.people) == (self.into, self.people):
                return
            raise Nonsense(f"this case was merged into {case.merged.into} already")
        other = _supervised(asking, case, self.into)
        if other.merged is not None:
            raise Nonsense("into: that case goes on in another itself; merge into that one")
        _check_people(self.people, case, other)
        for thread in case.threads.values():
            if thread.open:
                yield ThreadEnded(thread=thread.id, reason=EndReason.DUPLICATE_MERGED)
        if not case.referred_at and not case.threads and not case.enquiry_ended:
            yield EnquiryEnded()
        yield happened.CaseMerged(into=self.into, people=self.people)


class ReceiveCase(CaseCommand):
    """Take over a case that was merged into this one: its clock, its people, and every no."""

    act: ClassVar[Act] = Act.FINISH_FOLLOW_UP

    other: CaseId = Field(description="the case that was merged into this one")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return what is taken over; nothing, if it was before."""
        case = asking.now
        other = _supervised(asking, case, self.other, Act.FINISH_FOLLOW_UP)
        if other.merged is None or other.merged.into != case.id or case.merged is not None:
            raise Nonsense("other: that case was not merged into this one")
        if self.other in case.received:
            return
        newcomers, people = renamed(other, other.merged.people, asking)
        joining = [At(e, since) for e, since in _joining(newcomers, other, people, asking)]
        taking = with_newcomers(case, joining, asking)
        yield from joining
        for person in newcomers:
            pairs = joined_by(case, person.role)
            others = tuple(t.id for t in pairs if t.open and t.current.risk)
            if others:
                joined = Change.SOMEBODY_JOINED
                yield ChangeRecorded(party=person.party, change=joined, threads=others)
        yield happened.CaseReceived(
            other=self.other,
            read=other.version,
            people=people,
            source=other.source,
            initiator=other.initiator,
            referred_at=other.referred_at,
            reported_at=other.reported_at,
            accepted_at=other.accepted_at,
            known=known_of(other, people),
            sides=sides_of(other, people),
        )
        yield from carried_over(Two(taking, other, people, asking.on))
        yield from _known_twice(case, other, people)


class CarryOverWishes(CaseCommand):
    """Have every no count here that was said since in a case that goes on in this one."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    other: CaseId = Field(description="the case that was merged into this one")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return each no that does not count here yet; nothing, if there is none to look at."""
        other, known = asking.cases.get(self.other), case.received.get(self.other)
        if other is None or known is None or other.merged is None:
            return
        waiting = other.follow_up
        if other.merged.into != case.id or waiting is None or known.version >= waiting.version:
            return
        yield happened.WishesCarriedOver(other=self.other, read=other.version)
        yield from carried_over(Two(case, other, known.people, asking.on, known.version))


class NoteFollowUp(CaseCommand):
    """Note that the other case recorded what follows there from what was recorded here."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    other: CaseId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it did; nothing, as long as the other case does not say so."""
        other, waiting = asking.cases.get(self.other), case.follow_up
        if other is None or waiting is None or waiting.case != self.other:
            return
        received = other.received.get(case.id)
        done = received is None
        if case.merged is not None:
            done = received is not None and received.version >= waiting.version
        if done:
            yield happened.FollowUpNoted(case=self.other)


class UnmergeCase(CaseCommand):
    """Undo a merge: it was not the same matter, and this case goes on by itself, as it was."""

    act: ClassVar[Act] = Act.SUPERVISE

    into: CaseId = Field(description="the case that it was merged into")
    reasons: Note = Field(description="what shows that it was not the same matter")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return that its pairs did not end, and that it was undone; nothing, if it was before."""
        case = asking.now
        if case.merged is None and case.follow_up and case.follow_up.case == self.into:
            return
        if case.merged is None or case.merged.into != self.into:
            raise Nonsense("into: this case was not merged into that one")
        _supervised(asking, case, self.into)
        merging = [e for e in asking.history if isinstance(e.event, happened.CaseMerged)]
        step = merging[-1].recorded.command
        for entry in asking.history:
            ended = isinstance(entry.event, ThreadEnded | EnquiryEnded)
            if ended and entry.recorded.command == step:
                yield At(EntryMarkedInError(entry=entry.version), asking.at)
        yield happened.MergeUndone(into=self.into, reasons=self.reasons)


class GiveCaseBack(CaseCommand):
    """Give back what was taken over from a case whose merge was undone."""

    act: ClassVar[Act] = Act.FINISH_FOLLOW_UP

    other: CaseId = Field(description="the case whose merge was undone")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return that it counts no longer; nothing, if it was given back before."""
        case = asking.now
        other = _supervised(asking, case, self.other, Act.FINISH_FOLLOW_UP)
        if other.merged is not None and other.merged.into == case.id:
            raise Nonsense("other: that case is merged into this one; undo it there first")
        if self.other not in case.received:
            return
        yield from given_back(case, self.other, asking)
        yield happened.CaseGivenBack(other=self.other)


def _supervised(asking: Asking, case: Case, reference: str, act: Act = Act.SUPERVISE) -> Case:
    other = asking.cases.get(reference)
    if other is None or reference == case.id or not may(asking.who_now, act, other):
        raise Nonsense("there is no other case under this reference that you supervise")
    return other


def _known_twice(case: Case, other: Case, people: dict[str, str]) -> Iterator[CaseEvent]:
    """Yield who is linked with a further case there, and has another stream of their own here."""
    for there, here in people.items():
        theirs, mine = other.persons.get(there), case.persons.get(here)
        apart = theirs and mine and theirs.person != mine.person
        if apart and theirs and theirs.joined and mine and not mine.undone:
            yield PersonKnownTwice(party=here, other=other.id, there=there)


def _check_people(people: dict[str, str], case: Case, other: Case) -> None:
    for here, there in people.items():
        case.party(here)
        if there not in other.parties:
            raise Nonsense(f"people: there is no person {there} in that case")
        if here[0] != there[0]:
            raise Nonsense(f"people: {here} and {there} are not of the same side")
        if case.party(here).is_stand_in != other.party(there).is_stand_in:
            raise Nonsense(f"people: of {here} and {there} one is a stand-in, and the other is not")
    if len(set(people.values())) < len(people):
        raise Nonsense("people: two people here cannot be one person there")


def _joining(
    newcomers: tuple[NewParty, ...], other: Case, people: dict[str, str], asking: Asking
) -> Iterator[tuple[CaseEvent, datetime]]:
    since = {here: other.parties[there].since for there, here in people.items()}
    of_the_matter = tuple(one for one in newcomers if one.role not in STAND_INS)
    coming = (*added(of_the_matter, asking), *stand_ins_of(other, newcomers, people))
    for event in coming:
        yield event, since.get(getattr(event, "party", ""), asking.on)
