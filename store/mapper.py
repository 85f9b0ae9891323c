"""Between the domain's events and the recorded bytes, one event at a time.

The recorded bytes are the envelope's JSON in the model's field order, then the seal if the event
is the last of its append. The name of the event stands beside them, in the column `topic`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from eventsourcing.persistence import StoredEvent
from pydantic import TypeAdapter, ValidationError

from domain.event import EVENTS, UnknownEvent, read_event
from domain.record import START, Entry, Envelope
from store.errors import Altered, Unreadable
from store.seal import Seal, leaf, split

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from domain.record import Actor, Draft, Regime
    from store.seal import Sealed, Seals

_ENVELOPE = TypeAdapter(Envelope)
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """The command that the drafts of one append answer to, as the envelope will name it."""

    command_id: str
    digest: str
    """SHA-256 (hexadecimal) of the command in its canonical form."""
    actor: Actor
    asked_by: str | None
    origin: str
    at: datetime
    """The hour of recording; taken as the last event's if that is later."""
    rules: str
    controller: str
    regime: Regime
    read: Mapping[str, int]
    """Other streams that the decision rested on, and their versions."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a stream stands: its last version, that event's hash, and when it was recorded."""

    version: int = 0
    hash: str = START
    recorded_at: datetime = _NEVER


class Stored(NamedTuple):
    """A row of the log as it stands, unread."""

    originator_id: str
    originator_version: int
    topic: str
    state: bytes


as_stored: Callable[[tuple[str, int, str, bytes]], Stored] = partial(tuple.__new__, Stored)
"""Makes `Stored` of what a database gave, in half the time that it takes by itself."""


class Row(NamedTuple):
    """One recorded event, its envelope read, its place in the chain not yet checked."""

    stream: str
    version: int
    name: str
    envelope: Envelope
    hash: str
    sealed: Sealed | None

    @property
    def seal(self) -> Seal | None:
        """The seal on the append that ends here."""
        if self.sealed is None:
            return None
        message = leaf(self.stream, self.version, self.name, self.sealed.body)
        return Seal(self.sealed.key, self.sealed.signature, message)

    @property
    def last_of_append(self) -> bool:
        """Whether the append ends with this event."""
        return self.envelope.part == self.envelope.parts

    @property
    def head(self) -> Head:
        """Where the stream stands if this is its last event."""
        return Head(self.version, self.hash, self.envelope.recorded_at)


def _where(error: ValidationError) -> str:
    return ", ".join(
        f"{'.'.join(map(str, problem['loc'])) or 'the whole'} ({problem['type']})"
        for problem in error.errors(include_input=False, include_url=False, include_context=False)
    )


def read(stored: Stored | StoredEvent) -> Row:
    """Return a recorded event with its envelope read. Raises `Altered` if it is malformed."""
    stream, version = str(stored.originator_id), stored.originator_version
    if not isinstance(version, int) or version < 1:
        raise Altered(stream, version, "is not a version: they begin with 1")
    sealed = split(stored.state)
    body = stored.state if sealed is None else sealed.body
    try:
        envelope = Envelope.model_validate_json(body, strict=True)
    except ValidationError as error:
        raise Altered(stream, version, f"is not an envelope: {_where(error)}") from None
    if (envelope.part == envelope.parts) != (sealed is not None):
        what = "ends its append without a seal" if sealed is None else "has a seal in mid-append"
        raise Altered(stream, version, what)
    return Row(stream, version, stored.topic, envelope, hash_of(stored), sealed)


def hash_of(stored: Stored | StoredEvent) -> str:
    """Return the hash of a recorded event (SHA-256, hexadecimal), without reading what it says."""
    version = stored.originator_version
    return leaf(str(stored.originator_id), version, stored.topic, stored.state).hex()


def mean(row: Row) -> Entry:
    """Return what a recorded event means. Raises `Unreadable` if this release cannot tell."""
    try:
        event = read_event(row.name, row.envelope.v, row.envelope.data)
    except UnknownEvent as error:
        raise Unreadable(row.stream, row.version, str(error)) from error
    except ValidationError as error:
        what = f"{row.name} does not fit at {_where(error)}"
        raise Unreadable(row.stream, row.version, what) from None
    return Entry(row.stream, row.version, row.name, row.envelope, event, row.hash)


def write(
    stream: str, head: Head, asked: Asked, drafts: Sequence[Draft], seals: Seals
) -> tuple[list[StoredEvent], tuple[Entry, ...]]:
    """Return the drafts as the bytes to record after `head`, and as they will be read back.

    Raises `ValueError` for a draft that is not a registered event or would not read back equal,
    and pydantic's `ValidationError` for an `Asked` that does not fit the envelope.
    """
    recorded_at = max(asked.at.astimezone(UTC), head.recorded_at)
    stored: list[StoredEvent] = []
    entries: list[Entry] = []
    previous = head.hash
    for part, draft in enumerate(drafts, start=1):
        version, name = head.version + part, draft.event.name()
        if EVENTS.get(name) is not type(draft.event):
            raise ValueError(f"{name} is not a registered event")
        envelope = Envelope(
            v=draft.event.version,
            command=asked.command_id,
            digest=asked.digest,
            part=part,
            parts=len(drafts),
            previous=previous,
            actor=asked.actor,
            asked_by=draft.asked_by or asked.asked_by,
            recorded_at=recorded_at,
            effective_at=draft.effective_at.astimezone(UTC),
            rules=asked.rules,
            basis=draft.basis,
            controller=asked.controller,
            regime=asked.regime,
            origin=asked.origin,
            why=draft.why,
            read=dict(asked.read),
            data=draft.event.model_dump(mode="json"),
        )
        state = _ENVELOPE.dump_json(envelope)
        if part == len(drafts):
            state = seals.seal(stream, version, name, state)
        stored.append(StoredEvent(stream, version, name, state))
        entry = mean(read(stored[-1]))
        if entry.event != draft.event or entry.envelope != envelope:
            raise ValueError(f"{name} would not be read back as it is: it was not recorded")
        entries.append(entry)
        previous = entry.hash
    return stored, tuple(entries)
