"""What a case takes over from another of the same matter, in its own names; and gives back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.asking import At
from domain.case import When
from domain.commands.people import NewParty, letter_of
from domain.commands.suspending import How, suspended
from domain.events import interventions
from domain.events.changes import ChangeRecorded
from domain.events.ending import ThreadEnded
from domain.events.merging import (
    CaseReceived,
    PersonKnown,
    SideKnown,
    Tried,
    WishesCarriedOver,
)
from domain.events.people import PartyAdded, ThreadOpened
from domain.events.protection import EntryMarkedInError
from domain.words import SAYS_TOO_MUCH, STAND_INS, EndReason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from domain.asking import Asking
    from domain.case import Case
    from domain.event import CaseEvent
    from domain.party import Party

STAYS = (
    PartyAdded,
    ThreadOpened,
    ChangeRecorded,
    interventions.InterventionCancelled,
    interventions.InterventionPaused,
    interventions.InterventionPostponed,
    interventions.InterventionStopped,
)
"""What is not undone with a merge: others may have worked with those who were added, and what was
put off is planned afresh or not at all."""


def renamed(
    other: Case, known: Mapping[str, str], asking: Asking
) -> tuple[tuple[NewParty, ...], dict[str, str]]:
    """Return the people of the other case who are not here yet, under names that are free here, and
    who is who: from their name there to their name here.

    What is personal about them stays where it was told; here it is asked for and entered.
    """
    taken = {e.event.party for e in asking.history if isinstance(e.event, PartyAdded)}
    people = dict(known)
    for person in other.parties.values():
        if person.id not in people:
            letter = letter_of(person.role)
            people[person.id] = next(
                name for n in range(1, 1000) if (name := f"{letter}{n}") not in taken
            )
            taken.add(people[person.id])
    new = (p for p in other.parties.values() if p.id not in known)
    return tuple(_newcomer(p, people) for p in new), people


def stand_ins_of(
    other: Case, newcomers: Iterable[NewParty], people: Mapping[str, str]
) -> Iterator[CaseEvent]:
    """Yield each stand-in of the other case who is not here yet, and the pair that they make.

    A pair that had ended there before the merge has ended here too, and why.
    """
    for person in newcomers:
        if person.role not in STAND_INS:
            continue
        yield PartyAdded(**dict(person))
        for pair in other.threads.values():
            if person.party not in (people[one] for one in pair.people):
                continue
            victim, offender = people[pair.victim], people[pair.offender]
            thread = f"{victim}-{offender}"
            yield ThreadOpened(thread=thread, victim=victim, offender=offender)
            ended = pair.current.ended
            if ended is not None and ended.reason is not EndReason.DUPLICATE_MERGED:
                told = {people[one]: said for one, said in ended.told.items()}
                yield ThreadEnded(thread=thread, reason=ended.reason, told=told)


def with_newcomers(case: Case, joining: Iterable[At], asking: Asking) -> Case:
    """Return the case with those in it who join by these events."""
    for one in joining:
        when = When(one.effective, asking.at, asking.actor.id, case.version, "", asking.origin)
        case = one.event.apply(case, when)
    return case


def known_of(other: Case, people: Mapping[str, str]) -> tuple[PersonKnown, ...]:
    """Return what was done with each person there, so that it is not done twice."""
    return tuple(_known(person, people[person.id]) for person in other.parties.values())


def sides_of(other: Case, people: Mapping[str, str]) -> tuple[SideKnown, ...]:
    """Return what each was offered there in each pair, and that they are interested."""
    return tuple(
        SideKnown(
            thread=f"{people[thread.victim]}-{people[thread.offender]}",
            party=people[name],
            interested_at=side.interested_at,
            offers=side.offers,
            meeting_offers=side.meeting_offers,
        )
        for thread in other.threads.values()
        for name in thread.people
        if (side := thread.side(name)).interested_at or side.offers or side.meeting_offers
    )


def given_back(case: Case, other: str, asking: Asking) -> Iterator[CaseEvent | At]:
    """Yield what undoes the taking over: each entry of it counts no longer, and the pairs that came
    with it end as entered in error."""
    steps = {
        e.recorded.command
        for e in asking.history
        if isinstance(e.event, CaseReceived | WishesCarriedOver) and e.event.other == other
    }
    theirs = [e for e in asking.history if e.recorded.command in steps]
    came = {e.event.thread for e in theirs if isinstance(e.event, ThreadOpened)}
    pairs = tuple(t.id for t in case.threads.values() if t.open and t.id in came)
    yield from suspended(case, pairs, How.FOR_GOOD, asking.on, by="FACILITATOR")
    for pair in pairs:
        yield ThreadEnded(thread=pair, reason=EndReason.ENTERED_IN_ERROR)
    for entry in theirs:
        ending = isinstance(entry.event, ThreadEnded) and entry.event.thread in came
        if not ending and not isinstance(entry.event, STAYS):
            yield At(EntryMarkedInError(entry=entry.version), asking.at)


def _newcomer(person: Party, people: Mapping[str, str]) -> NewParty:
    return NewParty(
        party=people[person.id],
        role=SAYS_TOO_MUCH.get(person.role, person.role),
        identified=person.identified,
        of=people[person.of] if person.of else None,
        enhanced_rights=person.enhanced_rights,
        stage=person.stage,
        contact_by=person.contact_by,
        safe_ways=tuple(sorted(person.safe_ways or ())),
    )


def _known(person: Party, name: str) -> PersonKnown:
    return PersonKnown(
        party=name,
        informed_at=person.informed_at,
        last_contact=person.last_contact,
        heard_at=person.heard_at,
        support_offered_at=person.support_offered_at,
        feedback_offered_at=person.feedback_offered_at,
        attempts=tuple(
            Tried(at=a.at, channel=a.channel, outcome=a.outcome) for a in person.attempts
        ),
    )
