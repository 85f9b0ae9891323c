"""A person beyond one case: where they appear, what they said there, and what holds everywhere.

Nothing here says who they are. A link between appearances finds wishes about contact, conflicts and
danger; it never opens one case from another.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict

from domain.changing import with_changes
from domain.ids import PERSON_PREFIX, reference
from domain.linked import Fact
from domain.words import Channel, ContactBy, FutureOffers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from domain.case import Case


class Key(NamedTuple):
    """One appearance: a case, and the name that the person has there."""

    case: str
    party: str


class Word(BaseModel):
    """What a person said in one case that may hold in others, and when it was recorded."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    no_contact: bool = False
    contact_at: AwareDatetime | None = None
    later_offers: FutureOffers = FutureOffers.NOT_SAID
    later_offers_at: AwareDatetime | None = None
    withheld: bool = False
    """They asked that their details are not passed on."""
    details_at: AwareDatetime | None = None
    safe_ways: tuple[Channel, ...] | None = None
    closed_ways: tuple[Channel, ...] = ()
    ways_at: AwareDatetime | None = None
    child: bool = False
    died: bool = False
    danger_at: AwareDatetime | None = None
    """When a concern of safeguarding or danger about them was last raised there."""
    side: Literal["VICTIM", "OFFENDER"] | None = None
    """On which side of a pair they are there."""
    staff: tuple[str, ...] = ()
    """The practitioners who work with the people of that case."""
    conflicts: tuple[str, ...] = ()
    """Practitioners who have a conflict of interest there that is, or may be, about them."""
    barred: tuple[str, ...] = ()
    """Everybody who has a conflict of interest there, whomever it is about."""


@dataclass(frozen=True)
class Appearance:
    """A person as they appear in one case."""

    matter: str
    """Appearances with the same one are of the same matter: M1, M2 …"""
    read: int
    """The version of the case at which it was looked at; 0 if only its link is known."""
    word: Word
    through: str | None = None
    """The case that goes on in this one, if it is known by that."""
    due: int = 0
    """The version of this stream that the case is still to be told of."""
    told: int = 0
    """The version that it has looked at."""


@dataclass(frozen=True)
class Person:
    """A person, folded from their own stream."""

    id: str
    version: int = 0
    head: str = ""
    appearances: Mapping[Key, Appearance] = field(default_factory=dict)
    came_of_age: int | None = None
    """The version at which it was put on record that they are an adult."""
    removed: int = 0
    """The version at which an appearance was last found to be somebody else's."""

    @property
    def untold(self) -> tuple[Key, ...]:
        """The appearances whose case is still to be told of something."""
        return tuple(key for key, one in self.appearances.items() if one.due > one.told)

    @property
    def awaits_age(self) -> bool:
        """Whether they are recorded as a child somewhere, and not known to be an adult."""
        return self.came_of_age is None and any(a.word.child for a in self.appearances.values())

    @property
    def barred(self) -> frozenset[str]:
        """Everybody who has a conflict of interest in one of their cases."""
        return frozenset(who for one in self.appearances.values() for who in one.word.barred)

    def next_matter(self) -> str:
        """Return a name for a matter that no appearance has."""
        numbers = (int(one.matter[1:]) for one in self.appearances.values())
        return f"M{max(numbers, default=0) + 1}"

    def changed(self, **changes: Any) -> Person:
        """Return the person with these fields changed."""
        return with_changes(self, **changes)

    def with_appearance(self, key: Key, appearance: Appearance) -> Person:
        """Return the person with this appearance as given."""
        return self.changed(appearances={**self.appearances, key: appearance})

    def telling(self, keys: Iterable[Key], version: int) -> Person:
        """Return the person with it noted that these cases are to be told of this version."""
        due = {key: with_changes(self.appearances[key], due=version) for key in keys}
        return self.changed(appearances={**self.appearances, **due})


@dataclass(frozen=True, slots=True)
class Other:
    """What a person said in one other case."""

    word: Word
    same_matter: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a person's other cases mean for this one, as far as they did not say otherwise here."""

    no_contact: bool = False
    """In this matter, and not lifted by them since."""
    later_offers_refused: bool = False
    to_see_at: datetime | None = None
    """When they last said something of contact in another matter, or of their details."""
    later_to_see_at: datetime | None = None
    """When they last refused later offers in another matter."""
    ways: Word | None = None
    """The latest word on safe ways, if it was said elsewhere, with every way that was closed in any
    case and not opened since."""
    died: bool = False
    danger_at: datetime | None = None
    """When a concern of safeguarding or danger about them was last raised in another case."""
    conflicts: frozenset[str] = frozenset()
    """Practitioners who declared a conflict of interest about them in another case, or who work
    with them there on the other side."""
    unreadable: bool = False
    """Something of it could not be read: then the stricter value holds."""

    def closes(self, channel: Channel) -> bool:
        """Say whether this way is not safe, as they said elsewhere."""
        ways = self.ways
        if ways is None:
            return False
        named = ways.safe_ways is None or channel in ways.safe_ways
        return not named or channel in ways.closed_ways


def own_stream(case: str, party: str, times: int = 0) -> str:
    """Return the reference of the stream that this appearance opens, if it joins none.

    `times` is how often it was unlinked before.
    """
    return reference(PERSON_PREFIX, opening_id(case, party, times))


def opening_id(case: str, party: str, times: int = 0) -> str:
    """Return the id of the command that opens that stream."""
    named = hashlib.sha256(f"{case} {party} {times}".encode()).hexdigest()
    return f"note_appearance:{named[:32]}"


def word_of(case: Case, party: str) -> Word:
    """Return what this person said in this case; what was only taken over from another is left out,
    so that nobody's word comes back to them as another one."""
    person, linked = case.parties[party], case.persons.get(party)
    taken = linked.carried if linked else frozenset()
    said: dict[str, Any] = {"child": person.is_child}
    if Fact.CONTACT not in taken:
        at = person.no_contact_since if person.no_contact else person.contact_allowed_at
        said |= {"no_contact": person.no_contact, "contact_at": at}
    if Fact.LATER_OFFERS not in taken:
        said |= {"later_offers": person.later_offers, "later_offers_at": person.later_offers_at}
    if Fact.DETAILS not in taken:
        withheld = person.contact_by is ContactBy.REFERRER_ONLY
        said |= {"withheld": withheld, "details_at": person.contact_by_at}
    # What was closed is told in any case: it closes there at most what is closed here.
    said["closed_ways"] = tuple(sorted(person.closed_ways))
    if Fact.WAYS not in taken:
        safe = None if person.safe_ways is None else tuple(sorted(person.safe_ways))
        said |= {"safe_ways": safe, "ways_at": person.ways_at}
    if Fact.DEATH not in taken:
        said["died"] = person.died
    return Word(**said, danger_at=person.danger_at, **_of_those_who_act(case, party))


def elsewhere(mine: Word, others: Iterable[Other], *, unreadable: bool = False) -> Elsewhere:
    """Return what the words in other cases mean for the one in which `mine` was said.

    The latest word counts, wherever it was said: only in the same matter for a wish about contact.
    """
    known = list(others)
    same = [one.word for one in known if one.same_matter]
    apart = [one.word for one in known if not one.same_matter]
    contact = _latest("contact_at", mine, same)
    offers = _latest("later_offers_at", mine, same)
    details = _latest("details_at", mine, [one.word for one in known])
    to_see = [w.contact_at for w in apart if w.no_contact]
    to_see += [details.details_at] if details and details.withheld else []
    refused = [w.later_offers_at for w in apart if w.later_offers is FutureOffers.REFUSED]
    return Elsewhere(
        no_contact=contact is not None and contact.no_contact,
        later_offers_refused=bool(offers and offers.later_offers is FutureOffers.REFUSED),
        to_see_at=max((at for at in to_see if at), default=None),
        later_to_see_at=max((at for at in refused if at), default=None),
        ways=_ways(mine, [one.word for one in known]),
        died=any(one.word.died for one in known),
        danger_at=max((one.word.danger_at for one in known if one.word.danger_at), default=None),
        conflicts=frozenset(who for one in known for who in _conflicts(mine, one.word)),
        unreadable=unreadable,
    )


def others_of(person: Person, key: Key) -> dict[Key, Other]:
    """Return the other appearances of this person, as their stream knows them."""
    here = person.appearances.get(key)
    return {
        other: Other(one.word, here is not None and one.matter == here.matter)
        for other, one in person.appearances.items()
        if other != key
    }


def _of_those_who_act(case: Case, party: str) -> dict[str, Any]:
    """Return who works with somebody in a case and on which side, and who has a conflict there."""
    person, about = case.parties[party], case.conflict_with
    conflicts = (p for p in case.conflicted if not about.get(p) or party in about[p])
    return {
        "side": "VICTIM" if person.is_victim else "OFFENDER" if person.is_offender else None,
        "staff": tuple(sorted({p for p in (case.case_worker, *case.facilitators) if p})),
        "conflicts": tuple(sorted(conflicts)),
        "barred": tuple(sorted(case.conflicted)),
    }


def _conflicts(mine: Word, other: Word) -> tuple[str, ...]:
    """Return who has, or may have, a conflict of interest because of this word of another case."""
    across = mine.side and other.side and mine.side != other.side
    return (*other.conflicts, *(other.staff if across else ()))


def _ways(mine: Word, others: list[Word]) -> Word | None:
    """Return what other cases say of safe ways: a way that one of them closed stays so until the
    person names it as safe, whatever was said of others since."""
    named = [word for word in (mine, *others) if word.safe_ways and word.ways_at]
    closed = {
        way
        for word in others
        for way in word.closed_ways
        if not any(way in (one.safe_ways or ()) and _after(one, word) for one in named)
    }
    last = _latest("ways_at", mine, others)
    if last is None and not closed:
        return None
    return (last or Word()).model_copy(update={"closed_ways": tuple(sorted(closed))})


def _after(one: Word, other: Word) -> bool:
    """Say whether this was said of safe ways after the other; one without a moment was first."""
    return one.ways_at is not None and (other.ways_at is None or one.ways_at > other.ways_at)


def _latest(when: str, mine: Word, others: list[Word]) -> Word | None:
    """Return the word of another case that was said last of all; None if it was said here."""
    said = [word for word in others if getattr(word, when) is not None]
    last = max(said, key=lambda word: getattr(word, when), default=None)
    own = getattr(mine, when)
    return None if last is None or (own and own >= getattr(last, when)) else last
