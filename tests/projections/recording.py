"""Recording in a log what a story told, command by command."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from domain.ids import reference
from domain.record import Draft
from store import Asked
from tests.beyond import SERVICE, told
from tests.domain.matters import two
from tests.paths import PATHS, Path
from tests.playing import play
from tests.register import opened
from tests.story import Story

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.event import Event
    from domain.record import Entry
    from store import Log
    from tests.paths import Step


@dataclass
class Told:
    """A log with stories in it: the staff once, and any number of cases."""

    log: Log
    staff: Story = field(default_factory=Story)
    cases: int = 0

    def __post_init__(self) -> None:
        self.staff_moved_on()

    def staff_moved_on(self) -> None:
        """Record what was told of the staff since."""
        for person in self.staff.staff.values():
            known = len(self.log.load(person))
            record(self.log, self.staff.streams[person][known:], person)

    def path(self, name: str, origin: str | None = None) -> str:
        """Play a path and record its case; return the case's reference."""
        return self.add(play(PATHS[name]).history, origin)

    def case(self, *steps: Step) -> str:
        """Take these steps and record their case; return the case's reference."""
        return self.add(taken(*steps).history)

    def person(self) -> str:
        """Record two cases of one person, who has just said more in one; return their stream."""
        story, earlier = two()
        given = {"party": "V1", "there": "V1", "other": earlier}
        story.do("worker", "link_person", **given)
        told(story)
        stream = story.case.persons["V1"].person
        story.do("auditor", "stop_contact", party="V1")
        of = {"case": story.case_id, "party": "V1"}
        story.ask(stream, SERVICE, "note_appearance", **of)
        for one, entries in story.streams.items():
            if not self.log.load(one):
                record(self.log, entries, one)
        return stream

    def dossier(self) -> str:
        """Record a request of somebody about their data, and what was missed on it."""
        kept = opened("record_rights_request", right="ACCESS")
        kept.later(days=20)
        self.cases += 1
        stream = reference("DP", f"dossier-{self.cases:06d}")
        record(self.log, kept.story.streams[kept.stream], stream)
        return stream

    def add(self, entries: Sequence[Entry], origin: str | None = None) -> str:
        """Record these entries as a case of its own; return its reference."""
        self.cases += 1
        stream = reference("RJ", f"case-{self.cases:06d}")
        record(self.log, entries, stream, origin)
        return stream


def taken(*steps: Step) -> Story:
    """Return the story in which these steps were taken."""
    return play(Path("Steps of a test", steps, stage=""))


def record(log: Log, entries: Sequence[Entry], stream: str, origin: str | None = None) -> None:
    """Append the entries to a stream that ends where they begin, as they were asked for."""
    for command in commands(entries):
        first = command[0]
        log.append(stream, first.version - 1, asked(first, origin), drafts(command, stream))


def commands(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Yield the entries of each command."""
    for _, together in groupby(entries, key=lambda e: e.envelope.command):
        yield list(together)


def asked(entry: Entry, origin: str | None = None) -> Asked:
    envelope = entry.envelope
    return Asked(
        command_id=envelope.command,
        digest=envelope.digest,
        actor=envelope.actor,
        asked_by=envelope.asked_by,
        origin=origin or envelope.origin,
        at=envelope.recorded_at,
        rules=envelope.rules,
        controller=envelope.controller,
        regime=envelope.regime,
        read=envelope.read,
    )


def drafts(entries: Sequence[Entry], stream: str) -> list[Draft]:
    return [
        Draft(_about(stream, e), e.effective_at, e.envelope.basis, e.envelope.why) for e in entries
    ]


def _about(stream: str, entry: Entry) -> Event:
    """Return the event as if the story had been told of this stream."""
    if getattr(entry.event, "subject", None) == entry.stream:
        return entry.event.model_copy(update={"subject": stream})
    return entry.event
