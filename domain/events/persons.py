"""The stream of a person: in which cases they appear, what they said there, that they are 18."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from domain.changing import with_changes
from domain.event import PersonEvent
from domain.ids import CaseId, PartyId
from domain.person import Appearance, Key, Word

if TYPE_CHECKING:
    from domain.case import When
    from domain.person import Person

Matter = Annotated[str, Field(pattern=r"^M[1-9][0-9]{0,3}$")]


class AppearanceNoted(PersonEvent):
    """A person appears in a case, and this is what they said there that may hold in others."""

    case: CaseId
    party: PartyId
    matter: Matter
    read: int = Field(ge=0)
    """The version of the case that was looked at; 0 if only the link is known."""
    word: Word = Word()
    through: CaseId | None = None
    """The case that goes on in this one, if it is known by that."""

    def apply(self, person: Person, when: When) -> Person:
        """Their other cases are to be told, and this one too if it is new among them."""
        key = Key(self.case, self.party)
        before = person.appearances.get(key)
        known = before or Appearance(self.matter, 0, Word())
        now = with_changes(
            known, matter=self.matter, read=self.read, word=self.word, through=self.through
        )
        person = person.with_appearance(key, now)
        if before and (before.matter, before.word) == (now.matter, now.word):
            return person
        others = [other for other in person.appearances if other != key]
        came = person.came_of_age or 0
        unheard = now.word.child and came > now.told
        itself = [key] if unheard or before is None or before.matter != now.matter else []
        return person.telling([*others, *itself] if others else [], when.version)


class AppearanceRemoved(PersonEvent):
    """Somebody in a case is another person after all."""

    case: CaseId
    party: PartyId
    read: int = Field(ge=0)

    def apply(self, person: Person, when: When) -> Person:
        """What was said there holds in no other case of this person."""
        gone = Key(self.case, self.party)
        rest = {
            key: one
            for key, one in person.appearances.items()
            if key != gone and one.through != self.case
        }
        return person.changed(appearances=rest, removed=when.version).telling(rest, when.version)


class CameOfAge(PersonEvent):
    """It is on record that a person is an adult; not since when."""

    def apply(self, person: Person, when: When) -> Person:
        """Each case in which they are recorded as a child is to be told."""
        children = [key for key, one in person.appearances.items() if one.word.child]
        return person.changed(came_of_age=when.version).telling(children, when.version)


class CaseToldNoted(PersonEvent):
    """A case has looked at what this person said elsewhere."""

    case: CaseId
    party: PartyId
    read: int = Field(ge=1)
    """The version of this stream that it has looked at."""

    def apply(self, person: Person, when: When) -> Person:
        """It waits for nothing more, unless more was said since."""
        key = Key(self.case, self.party)
        known = person.appearances.get(key)
        if known is None:
            return person
        told = with_changes(known, told=max(known.told, self.read))
        return person.with_appearance(key, told)
