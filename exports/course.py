"""What an export tells of a case, whatever its format: what happened, and what it was about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = bool | int | float | str | datetime
"""A coded fact. Moments are in UTC."""


class Kind(StrEnum):
    """The kinds of thing that an event can be about."""

    CASE = "case"
    THREAD = "thread"
    """One victim and one offender of a case."""
    PARTY = "party"
    """A person, within one case."""
    PRACTITIONER = "practitioner"
    """Only where the purpose is about staff."""
    TEXT = "text"
    """That there is one; never what it says."""


class Link(NamedTuple):
    """What something is about, and how, such as `attending`."""

    kind: Kind
    id: str
    how: str


class Fact(NamedTuple):
    """What holds of a thing from a moment on."""

    name: str
    at: datetime
    value: Value


@dataclass(frozen=True, slots=True)
class Thing:
    """A case, a thread, a person, a text: what is known of it, and what it belongs to."""

    kind: Kind
    id: str
    facts: tuple[Fact, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """One event: what it was, when, its coded facts, and what it was about."""

    id: str
    activity: str
    """The stored name of the event, such as `consent_recorded`."""
    at: datetime
    """When it took effect."""
    recorded_at: datetime
    place: int
    """Its number in the order of recording, within its case."""
    facts: Mapping[str, Value]
    links: tuple[Link, ...]

    def ids(self, kind: Kind) -> list[str]:
        """Return what of this kind it is about, each once."""
        return list(dict.fromkeys(link.id for link in self.links if link.kind is kind))


@dataclass(frozen=True, slots=True)
class Course:
    """One case, from its first event to its last: in the order of taking effect."""

    id: str
    facts: Mapping[str, Value]
    happenings: tuple[Happening, ...]
    things: tuple[Thing, ...]
