"""Keeping the access log: the spool merged, each past month sealed, and what is past its time gone.

A worker does it in the background. What goes is whole segments, oldest first; their signed roots
stay, and what comes after them still follows on. On PostgreSQL the service may only add, so there
the owner of the tables lets them go: `rj audit retire`.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import IntegrityError

from access.chain import LOG, Head, check_end, followed, read
from access.look import Look
from access.segments import Root, due, edge_of, sealed
from access.tables import ENTRIES, SEGMENTS
from audit.merkle import Edge, leaf_hash, root_of
from domain.permissions import View
from domain.record import START, Actor
from domain.words import Operation
from keys import KeyMissing
from store.errors import Altered
from trouble import Trouble
from vault.problems import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from access.chain import Linked
    from access.log import AccessLog
    from access.segments import Segment
    from access.writing import Access

EVERY = timedelta(minutes=1)
"""How often the spool is looked at; months are sealed when they are over."""
_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Month:
    """Entries that follow each other and were written in the same month."""

    before: str
    """The hash of the entry before the first."""
    first: Linked
    last: Linked
    leaves: list[bytes]
    hashes: list[bytes]
    """Of the entries themselves, which are the leaves of the tree over the whole log."""


def seal_months(log: AccessLog, at: datetime) -> list[Segment]:
    """Seal each month (UTC) that is over and not sealed yet; return all segments there are then.

    Every entry of them is checked first. Raises `Altered`, `UnknownSeal`, `KeyMissing` and the
    vault's `Unavailable`.
    """
    segments = log.segments()
    head = segments[-1].head if segments else Head()
    entries = followed(LOG, head, log.rows(head.number), log.seals)
    for month in _months(entries, head, _beginning(at)):
        check_end(LOG, month.last, log.seals)
        root = _root(log.segments(), month, at)
        row = {"number": root.number, "first": root.first, "last": root.last}
        try:
            log.database.run(sa.insert(SEGMENTS), {**row, "state": sealed(root, log.seals)})
        except IntegrityError:
            # Another worker was quicker.
            break
    return log.segments()


def _months(entries: Iterator[Linked], head: Head, end: datetime) -> Iterator[_Month]:
    month: _Month | None = None
    before = head.hash
    for entry in entries:
        written_at = entry.link.recorded_at
        if month is not None and _beginning(written_at) != _beginning(month.first.link.recorded_at):
            yield month
            before, month = month.last.hash, None
        if written_at >= end:
            return
        if month is None:
            month = _Month(before, entry, entry, [], [])
        month.last = entry
        month.leaves.append(leaf_hash(entry.bytes))
        month.hashes.append(bytes.fromhex(entry.hash))
    if month is not None:
        yield month


def _root(segments: Sequence[Segment], month: _Month, at: datetime) -> Root:
    newest = segments[-1] if segments else None
    return Root(
        number=len(segments) + 1,
        previous=newest.hash if newest else START,
        first=month.first.link.number,
        last=month.last.link.number,
        before=month.before,
        head=month.last.hash,
        root=root_of(month.leaves).hex(),
        edge=_edge_after(newest, month),
        begun_at=month.first.link.recorded_at,
        ended_at=month.last.link.recorded_at,
        sealed_at=at,
    )


def _edge_after(newest: Segment | None, month: _Month) -> tuple[str, ...] | None:
    if newest is None:
        edge = Edge()
    elif newest.root.edge is None:
        return None
    else:
        edge = edge_of(newest.root)
    edge.extend(map(leaf_hash, month.hashes))
    return tuple(node.hex() for node in edge.nodes)


def _beginning(moment: datetime) -> datetime:
    """Return the beginning of this moment's month, in UTC."""
    day = moment.astimezone(UTC)
    return day.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _is_due(log: AccessLog, at: datetime) -> bool:
    segments = log.segments()
    rows = log.rows(segments[-1].head.number if segments else 0, limit=1)
    oldest = next((read(LOG, *row) for row in rows), None)
    return oldest is not None and oldest.link.recorded_at < _beginning(at)


def retire(log: AccessLog, before: datetime) -> list[Segment]:
    """Let go of the segments that ended before a moment; return which.

    Raises the vault's `Unavailable`, also where this login may only add.
    """
    old = due(log.segments(), log.first(), before)
    for one in old:
        within = ENTRIES.c.number.between(one.root.first, one.root.last)
        log.database.run(sa.delete(ENTRIES).where(within))
    if old:
        log.database.vacuum(ENTRIES.name)
    return old


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of the whole log found: entries there, and segments sealed and gone."""

    entries: int
    sealed: int
    gone: int


def verify(log: AccessLog, before: datetime) -> Verified:
    """Check every entry, every seal, every segment against its root, and that none went too soon.

    What ended before a moment may be gone. Raises `Altered` and `UnknownSeal`.
    """
    segments = log.segments()
    first = log.first()
    gone = [one for one in segments if first is None or one.root.last < first]
    for one in gone:
        if one.root.ended_at >= before:
            raise Altered(LOG, one.root.first, "went before its time, with all of its segment")
    there = iter(segments[len(gone) :])
    segment, leaves, count = next(there, None), list[bytes](), 0
    edge = edge_of(gone[-1].root) if gone else Edge()
    for entry in log.entries(every_seal=True):
        count += 1
        leaves.append(leaf_hash(entry.bytes))
        edge.add(leaf_hash(bytes.fromhex(entry.hash)))
        if segment is not None and entry.link.number == segment.root.last:
            if (entry.hash, root_of(leaves).hex()) != (segment.root.head, segment.root.root):
                raise Altered(LOG, segment.root.last, "does not go with the root of its segment")
            if segment.root.edge is not None and edge_of(segment.root).nodes != edge.nodes:
                raise Altered(LOG, segment.root.last, "does not go with the edge of its segment")
            segment, leaves = next(there, None), []
    if segment is not None:
        raise Altered(LOG, segment.root.last, "is missing: its segment was sealed with it")
    return Verified(count, len(segments), len(gone))


@dataclass(frozen=True, slots=True)
class Keeping:
    """Does all of it. May be broken off and repeated, and done by several workers at once."""

    access: Access
    kept_for: timedelta

    def once(self, now: datetime) -> None:
        """Do what is due. Raises what the log raises."""
        self.access.merge()
        log = self.access.log
        if _is_due(log, now):
            seal_months(log, now)
        try:
            self.retire(now)
        except Unavailable as error:
            if error.trouble is not Trouble.READ_ONLY:
                raise
            _log.warning("access_segments_to_retire", what="rj audit retire, as their owner")

    def retire(self, now: datetime) -> int:
        """Let go of what is past its time, written down before; return how many entries that is.

        Raises the vault's `Unavailable`, also where this login may only add.
        """
        log = self.access.log
        old = due(log.segments(), log.first(), now - self.kept_for)
        if not old:
            return 0
        first, last = old[0].root.first, old[-1].root.last
        # Twice the same, if it has to be repeated: by its id it is written once.
        own = hashlib.sha256(f"retired {first} {last}".encode()).hexdigest()[:32]
        look = Look(
            id=own,
            at=now,
            actor=Actor(id="service:worker", identified="service"),
            operation=Operation.ERASURE,
            view=View.ACCESS_LOG,
            purpose="retention",
            asked={"first": str(first), "last": str(last)},
        )
        self.access.write(look)
        retire(log, now - self.kept_for)
        return last - first + 1

    def start(self, every: timedelta = EVERY) -> Callable[[], None]:
        """Do it at once and then again and again, in a thread; return what stops it."""
        stopping = threading.Event()

        def run() -> None:
            while True:
                self._quietly()
                if stopping.wait(every.total_seconds()):
                    return

        thread = threading.Thread(target=run, name="keep_access", daemon=True)
        thread.start()

        def stop() -> None:
            stopping.set()
            thread.join()
            self.access.close()

        return stop

    def _quietly(self) -> None:
        try:
            self.once(datetime.now(UTC))
        except (Unavailable, KeyMissing, OSError) as error:
            _log.warning("access_log_not_kept", why=str(error))
        except Altered as error:
            _log.error("access_log_altered", what=error.what, entry=error.version)
        except Exception as error:  # noqa: BLE001 - written down; tried again in a minute
            _log.error("access_log_not_kept", exc_info=error)
