"""The event log: load a stream, append to it once, read everything in the order of recording."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from eventsourcing.persistence import IntegrityError, PersistenceError

from store.chain import check, check_seal
from store.errors import Altered, Conflict, OtherCommand, Unavailable, Unreadable
from store.mapper import Head, as_stored, hash_of, mean, read, write
from store.quick import entries_of, meanings
from store.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventsourcing.persistence import Notification, StoredEvent

    from domain.record import Draft, Entry
    from store.mapper import Asked, Stored
    from store.seal import Seals

_PAGE = 500
_SCANNED = 1_000

Recorded = tuple[bytes, int, bytes, bytes, int]
"""A row as it stands, unread: stream, version, name, recorded bytes, and its position."""


@dataclass(frozen=True, slots=True)
class Appended:
    """What one command recorded; the last entry is the stream's new head.

    `replayed` says that it had been recorded before, and that these are the entries of then.
    """

    entries: tuple[Entry, ...]
    replayed: bool


@dataclass(frozen=True, slots=True)
class Positioned:
    """An entry and its position in the order of recording, over all streams; holes are normal."""

    position: int
    entry: Entry


class Spot(NamedTuple):
    """Where one event stands, unread: its position, its stream, and its version there."""

    position: int
    stream: str
    version: int


class Moved(NamedTuple):
    """How far a stream moved on, unread: where its newest event stands, and by how many."""

    position: int
    stream: str
    version: int
    events: int


class Recorder(Protocol):
    """What a database has to offer to be an event log."""

    raw_errors: tuple[type[Exception], ...]
    """Errors of the driver that the library lets through."""

    def insert_events(self, stored_events: Sequence[StoredEvent]) -> Sequence[int] | None:
        """Record all of them or none."""

    def rows(self, stream: str, after: int | None, to: int | None) -> list[Stored]:
        """Return a stream's rows after one version and up to another, in their order."""

    def select_notifications(
        self, start: int | None, limit: int, *, inclusive_of_start: bool = True
    ) -> Sequence[Notification]:
        """Return events of all streams in the order of recording."""

    def max_notification_id(self) -> int | None:
        """Return the newest position."""

    def stream_ids(self, after: str, limit: int) -> list[str]:
        """Return ids of streams, sorted, after this one."""

    def scan(
        self, after: int, to: int | None, limit: int, stream: str | None = None
    ) -> list[Recorded]:
        """Return rows after this position and up to `to`, as they stand, in their order."""

    def whole(self, streams: Sequence[str], to: int) -> list[Recorded]:
        """Return the rows of these streams up to this position, each stream in its order."""

    def with_events(self, names: Sequence[str]) -> list[str]:
        """Return the ids of the streams that have an event of one of these names, sorted."""

    def moved(self, after: int, limit: int) -> list[tuple[int, str, int, int]]:
        """Return of each stream among the next `limit` events after this position the newest
        position and version, and how many there are of it."""

    def followed(self) -> list[tuple[int, str, int]]:
        """Return position, stream and version of what the vault has to follow, in its order."""

    def count(self, to: int) -> int:
        """Return how many rows there are up to this position."""

    def broken_guards(self) -> list[str]:
        """Return what is wrong with what keeps rows from being changed, a sentence each."""

    def rights_too_many(self) -> list[str]:
        """Return what the login in use may do to the table beside reading and appending."""

    def explain(self, error: BaseException) -> Unavailable:
        """Return what is wrong, as a code and in a sentence."""

    def close(self) -> None:
        """Close all connections."""


class Log:
    """An open event log. Safe for use by several threads at once.

    Every method raises `Unavailable` when the database cannot be used, and `Altered` when what it
    holds is not what was recorded.
    """

    def __init__(self, recorder: Recorder, seals: Seals) -> None:
        self._recorder = recorder
        self._seals = seals
        self._recent = Recent()
        self._errors: tuple[type[Exception], ...] = (PersistenceError, *recorder.raw_errors)

    def load(self, stream: str, *, afresh: bool = False) -> list[Entry]:
        """Return the whole stream in order, its chain and newest seal checked; [] if unknown.

        What was loaded and found unaltered before is taken from memory, as long as its last event
        still stands in the database as it was; with `afresh` nothing is taken from memory or kept
        there. Raises `Unreadable` for an event that this release has no meaning for.
        """
        if afresh:
            return self._read(stream, self._select(stream), Head())
        known = self._recent.of(stream)
        new = self._since(stream, known[-1]) if known else None
        if new is None:
            known, new = (), self._read(stream, self._select(stream), Head())
        if new:
            self._recent.keep(stream, (*known, *new))
        return [*known, *new]

    def readable(self, stream: str) -> list[Entry]:
        """Return what `load` does, and nothing of a stream that is not as it was recorded or has no
        meaning here: where one that is broken must not stop what is done about others."""
        try:
            return self.load(stream)
        except (Altered, Unreadable):
            return []

    def verify(self, stream: str) -> int:
        """Check the stream as `load` does, and every seal in it; return how many events it has."""
        rows = [read(stored) for stored in self._select(stream)]
        check(stream, rows, Head(), self._seals)
        for row in rows:
            if row.last_of_append:
                check_seal(row, self._seals)
        return len(rows)

    def append(self, stream: str, expected: int, asked: Asked, drafts: Sequence[Draft]) -> Appended:
        """Record the drafts, all or none, after version `expected`, which they were decided on.

        A command that is already there, right after that version, is answered with what it
        recorded then. Raises `Conflict` if another command is there, `OtherCommand` if it has the
        same id and other content, `KeyMissing` if the log was opened without a key to seal with,
        and `ValueError` if there is nothing to record or a draft could not be read back.
        """
        if not drafts:
            raise ValueError("there is nothing to append")
        near = self._select(stream, max(expected - 1, 0), expected + 1)
        head = self._head(stream, expected, near)
        if near and near[-1].originator_version == expected + 1:
            return self._answer(stream, head, asked)
        stored, entries = write(stream, head, asked, drafts, self._seals)
        try:
            with self._reaching():
                self._recorder.insert_events(stored)
        except IntegrityError as error:
            if not self._select(stream, expected, expected + 1):
                raise self._recorder.explain(error) from error
            return self._answer(stream, head, asked)
        self._recent.carry_on(stream, entries)
        return Appended(entries, replayed=False)

    def since(self, position: int, limit: int = _PAGE) -> list[Positioned]:
        """Return at most `limit` entries after this position, in the order of recording.

        An entry that was there when a later one was read never appears afterwards. The form of
        each is checked, its chain is not: that takes its stream. Raises `Unreadable` like `load`.
        """
        with self._reaching():
            found = self._recorder.select_notifications(position, limit, inclusive_of_start=False)
        return [Positioned(stored.id, mean(read(stored))) for stored in found]

    def moved(self, position: int, limit: int = _PAGE) -> list[Moved]:
        """Return which streams moved on with the next `limit` events after this position, without
        reading what was recorded: what cannot be read in one stream hides no other."""
        with self._reaching():
            return [*map(Moved._make, self._recorder.moved(position, limit))]

    def recorded(
        self, after: int = 0, to: int | None = None, *, stream: str | None = None
    ) -> Iterator[list[Recorded]]:
        """Yield what stands in the log, in the order of recording, some thousand rows at a time.

        Nothing of it is read or checked: this is for whoever reckons it all anew. It begins after
        one position and ends with another, or with what there is by then; of one stream if named.
        """
        while True:
            with self._reaching():
                page = self._recorder.scan(after, to, _SCANNED, stream)
            if not page:
                return
            yield page
            after = page[-1][-1]

    def whole(self, streams: Sequence[str], to: int) -> list[Recorded]:
        """Return what stands in these streams up to a position, unread: stream by stream, each in
        the order of its versions."""
        with self._reaching():
            return self._recorder.whole(streams, to)

    def meaning(self, rows: Sequence[Recorded], last: str) -> list[Entry]:
        """Return what the rows of a whole stream mean, whose links and newest seal were found good;
        `last` is the hash of the last one. Raises as `load` does."""
        stream = rows[0][0].decode()
        named = ((stream, at, name.decode(errors="replace"), what) for _, at, name, what, _ in rows)
        stored = [*map(as_stored, named)]
        return meanings(stream, stored, last) or self._read(stream, stored, Head())

    def with_events(self, names: Sequence[str]) -> list[str]:
        """Return the streams that have an event of one of these names, sorted."""
        with self._reaching():
            return self._recorder.with_events(names)

    def followed(self) -> list[Spot]:
        """Return where the events stand that the vault has to follow, in the order of recording."""
        with self._reaching():
            return [*map(Spot._make, self._recorder.followed())]

    def count(self, to: int) -> int:
        """Return how many entries there are up to this position."""
        with self._reaching():
            return self._recorder.count(to)

    def last(self) -> int:
        """Return the newest position, 0 if the log is empty."""
        with self._reaching():
            return self._recorder.max_notification_id() or 0

    def streams(self) -> Iterator[str]:
        """Yield the id of every stream, sorted."""
        after = ""
        while True:
            with self._reaching():
                page = self._recorder.stream_ids(after, _PAGE)
            if not page:
                return
            yield from page
            after = page[-1]

    def broken_guards(self) -> list[str]:
        """Return what is wrong with the triggers that keep the log from being changed, a sentence
        each; nothing if they are as they were made."""
        with self._reaching():
            return self._recorder.broken_guards()

    def rights_too_many(self) -> list[str]:
        """Return what the login in use may do to the log beside reading and appending."""
        with self._reaching():
            return self._recorder.rights_too_many()

    def close(self) -> None:
        """Close the log's connections."""
        self._recorder.close()

    def _since(self, stream: str, last: Entry) -> list[Entry] | None:
        """Return what came after an entry; None if that entry does not stand there as it was."""
        found = self._select(stream, last.version - 1)
        if not found or hash_of(found[0]) != last.hash:
            return None
        return self._read(stream, found[1:], _head_at(last))

    def _read(self, stream: str, stored: Sequence[Stored], after: Head) -> list[Entry]:
        """Return what rows that follow on from `after` mean, chain and newest seal checked."""
        entries = entries_of(stream, stored, after, self._seals)
        if entries is not None:
            return entries
        rows = [read(one) for one in stored]
        check(stream, rows, after, self._seals)
        return [mean(row) for row in rows]

    def _head(self, stream: str, expected: int, near: Sequence[Stored]) -> Head:
        if expected == 0:
            return Head()
        if not near or near[0].originator_version != expected:
            raise Altered(stream, expected, "has been there and is missing now")
        known = self._recent.of(stream)
        if known and known[-1].version == expected and known[-1].hash == hash_of(near[0]):
            return _head_at(known[-1])
        row = read(near[0])
        if not row.last_of_append:
            raise ValueError(f"version {expected} of {stream} is in the middle of an append")
        check_seal(row, self._seals)
        return row.head

    def _answer(self, stream: str, head: Head, asked: Asked) -> Appended:
        """Say what stands where the drafts were to stand: the same command's events, or others."""
        first = read(self._select(stream, head.version, head.version + 1)[0])
        if first.envelope.command != asked.command_id:
            raise Conflict(stream, head.version)
        if first.envelope.digest != asked.digest:
            raise OtherCommand(stream, asked.command_id)
        found = self._select(stream, head.version, head.version + first.envelope.parts)
        rows = [read(stored) for stored in found]
        check(stream, rows, head, self._seals)
        return Appended(tuple(mean(row) for row in rows), replayed=True)

    def _select(self, stream: str, after: int | None = None, to: int | None = None) -> list[Stored]:
        with self._reaching():
            return self._recorder.rows(stream, after, to)

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except self._errors as error:
            raise self._recorder.explain(error) from error


def _head_at(last: Entry) -> Head:
    return Head(last.version, last.hash, last.recorded_at)
