"""A demonstration that is played by the rules alone: what would go to the door, decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from cli.demo.enter import Asked, Cast, Demonstration
from client.rehearsing import Rehearsal
from domain.commands.opening import SERVICE
from domain.contact_plan import USUAL
from domain.ids import PRACTITIONER_PREFIX, reference
from domain.matrix import DEFAULT
from domain.record import Actor
from domain.visit import VISIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.record import Entry

INSTALLATION, SETUP = "0123456789abcdef", "service:setup"
ADMINISTRATOR = reference(PRACTITIONER_PREFIX, "demo-administrator")


@dataclass
class Rehearsed:
    """A demonstration as if all of it were recorded at its anchor."""

    cast: Cast
    anchor: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    register: dict[str, Sequence[Entry]] = field(default_factory=dict)
    cases: dict[str, Sequence[Entry]] = field(default_factory=dict)
    """By the name of the case."""

    def __post_init__(self) -> None:
        first = {"kind": "SERVICE_STAFF", "organisation": SERVICE, "credentials": ["SUPERVISION"]}
        first |= {"roles": ["ADMINISTRATOR", "SUPERVISOR"], "effective_at": "2010-01-01T12:00:00Z"}
        one = Asked(SETUP, "register_practitioner", first, ADMINISTRATOR, "demo-administrator")
        self.register[ADMINISTRATOR] = self._played([one])
        demo = Demonstration(self.cast, INSTALLATION, ADMINISTRATOR, self.anchor)
        for practitioner in demo.practitioners():
            self.register[practitioner[0].stream] = self._played(practitioner)
        for asked in demo.cases():
            for _, several in groupby(asked, lambda one: one.stream):
                commands = [*several]
                self.cases[commands[0].id.split(":")[-2]] = self._played(commands)

    @property
    def entries(self) -> Iterable[Entry]:
        """Every entry of every case."""
        return (entry for entries in self.cases.values() for entry in entries)

    def _played(self, commands: Sequence[Asked]) -> Sequence[Entry]:
        stream = commands[0].stream
        others = {entries[0].stream: entries for entries in self.cases.values()}
        tried = Rehearsal(
            stream,
            lambda who: self.register.get(who, ()),
            DEFAULT,
            USUAL,
            self.anchor,
            "demo",
            others=lambda case: others.get(case, ()),
        )
        for asked in commands:
            self._take(tried, asked)
        return tried.history

    def _take(self, tried: Rehearsal, asked: Asked) -> None:
        known = "service" if asked.actor == SETUP else "unverified"
        actor = Actor(id=asked.actor, identified=known)
        parts: list[dict[str, Any]] = [{"name": asked.command, "body": asked.given}]
        for part in asked.given["parts"] if asked.command == VISIT else parts:
            tried.take(actor, part["name"], part["body"], asked.id)
