"""What follows in a person's other cases from what was recorded in one, step by step.

Two streams are never appended together. Each step has an id of its own, made from the first event,
and is the service's own act; so whoever finishes what was broken off does the same and nothing
twice. Until it is done, the case or the person waits for it.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from typing import TYPE_CHECKING

import structlog

from client.merging import NOT_NOW
from domain.fold import fold, fold_person
from domain.ids import CASE_PREFIX
from domain.linked import FOLLOWING
from domain.person import Key, opening_id, own_stream

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from client.door import Door
    from domain.linked import Linked
    from domain.record import Entry

ORIGIN = "follow_up"
ROUNDS = 3
"""How often one stream is looked at in one go: to be told, to learn of more, and to tell that."""
TOLD_AT_ONCE = frozenset(
    {
        "person_linked",
        "person_unlinked",
        "case_merged",
        "merge_undone",
        "contact_stopped",
        "contact_allowed",
        "later_offers_wish_recorded",
        "details_withheld",
        "contact_agreed_to",
        "safe_ways_recorded",
        "ways_closed",
        "death_recorded",
        "role_corrected",
        "concern_raised",
        "conflict_declared",
        "conflict_decided",
    }
)
"""Events after which a person's other cases are told before the answer is given; what else there
is to be told, the worker sees to within seconds."""

_log = structlog.get_logger(__name__)


async def told_at_once(door: Door, stream: str, events: Iterable[str]) -> None:
    """Have what was just recorded in a case hold in the other cases of those it is about.

    It stands where it was recorded whatever becomes of this; what cannot be done now is waited
    for.
    """
    if not TOLD_AT_ONCE.isdisjoint(events):
        await follow(door, stream)


async def follow(door: Door, stream: str) -> bool:
    """Do everything that follows from this case or person in others, as far as it can be done now.

    Says whether nothing stood in its way. A case that cannot be told keeps no other from being
    told. To repeat it is safe.
    """
    done, waiting, looked_at = True, [stream], Counter[str]()
    while waiting:
        one = waiting.pop(0)
        looked_at[one] += 1
        if looked_at[one] > ROUNDS:
            continue
        step = _from_case if one.startswith(CASE_PREFIX) else _from_person
        try:
            async for told in step(door, one):
                if told is None:
                    done = False
                else:
                    waiting.append(told)
        except NOT_NOW as error:
            done = _not_yet(one, error)
    return done


def _not_yet(stream: str, error: Exception) -> bool:
    _log.warning("not_followed_yet", stream=stream, why=type(error).__name__)
    return False


async def settled(door: Door, case: str) -> bool:
    """Say whether everybody's other cases know of what was said in this one."""
    known = fold(await _load(door, case))
    return all(linked.pending is None for linked in known.persons.values())


async def _from_case(door: Door, stream: str) -> AsyncIterator[str | None]:
    """Tell each person's stream of what was said in this case; yield those that were told, and None
    for one that could not be."""
    entries = await _load(door, stream)
    for party, linked in fold(entries).persons.items():
        if linked.pending is None:
            continue
        key = _key(stream, linked.pending, entries[linked.pending - 1].hash, party)
        try:
            await _tell_person(door, Key(stream, party), linked, key)
        except NOT_NOW as error:
            _not_yet(linked.person, error)
            yield None
        else:
            yield linked.person


async def _tell_person(door: Door, here: Key, linked: Linked, key: str) -> None:
    if linked.left:
        await _note(door, linked.left, here, f"left:{key}")
    await _opened(door, linked)
    await _note(door, linked.person, here, key, linked)
    told = f"note_person_told:{key}"
    await _step(door, here.case, "note_person_told", told, party=here.party)


async def _from_person(door: Door, stream: str) -> AsyncIterator[str | None]:
    """Tell each case of this person what is to hold there of what was said elsewhere; yield those
    that were told, which may have learnt only now that this person is somebody of theirs, and None
    for one that could not be."""
    entries = await _load(door, stream)
    person = fold_person(entries)
    for to in person.untold:
        due = person.appearances[to].due
        key = _key(stream, due, entries[due - 1].hash, *to)
        try:
            await _tell_case(door, stream, to, key)
        except NOT_NOW as error:
            _not_yet(to.case, error)
            yield None
        else:
            yield to.case


async def _tell_case(door: Door, person: str, to: Key, key: str) -> None:
    given = {"party": to.party, "person": person}
    await _step(door, to.case, "follow_person", f"follow_person:{key}", **given)
    of = {"case": to.case, "party": to.party}
    await _step(door, person, "note_case_told", f"note_case_told:{key}", **of)


async def _opened(door: Door, linked: Linked) -> None:
    """Have the stream that somebody joins opened first by whoever it belongs to."""
    if not linked.other or not linked.there or await _load(door, linked.person):
        return
    theirs = fold(await _load(door, linked.other)).persons.get(linked.there)
    if theirs and theirs.person == linked.person and theirs.pending is not None:
        await _note(door, linked.person, Key(linked.other, linked.there), "", theirs)


async def _note(door: Door, person: str, to: Key, key: str, linked: Linked | None = None) -> None:
    """Have a person's stream look at a case; open it, if it is this one's own and is not there."""
    there = await _load(door, person)
    if not there and (linked is None or linked.undone):
        return
    given = {"case": to.case, "party": to.party}
    if not there and linked is not None and own_stream(*to, linked.times) == person:
        await _step(door, None, "note_appearance", opening_id(*to, linked.times), **given)
        return
    await _step(door, person, "note_appearance", f"note_appearance:{key}", **given)


async def _step(door: Door, stream: str | None, name: str, command_id: str, **given: str) -> None:
    await door.do(
        FOLLOWING, "service", name, given, stream=stream, command_id=command_id, origin=ORIGIN
    )


async def _load(door: Door, stream: str) -> list[Entry]:
    return await asyncio.to_thread(door.admission.log.load, stream)


def _key(stream: str, version: int, head: str, *more: str) -> str:
    """Return what names the event that all this follows from, for the ids of what follows."""
    named = " ".join((stream, str(version), head, *more))
    return hashlib.sha256(named.encode()).hexdigest()[:32]
