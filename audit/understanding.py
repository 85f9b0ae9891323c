"""The log verified and understood at once: each stream read, checked, given its meaning, folded.

So what is folded is the very bytes that were verified, and they are read and hashed once. As soon
as anything is not as it should be, the log is judged anew in its own order, and that is told.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import domain.events.every  # noqa: F401 - so that whatever was recorded can be read
from audit.record import Record
from audit.verify.account import Account
from audit.verify.cores import reckoned
from audit.verify.findings import Finding, Kind, Report
from audit.verify.judging import Heads, against, judge, under
from collecting import seldom
from domain.fold import folded
from keys import KeyKind, Keyring
from store import Altered, Unreadable, open_log

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    from audit.checkpoint import Checkpoint
    from audit.verify.entry import Seals
    from store import Log, Recorded

_LOT = 20
"""Streams that one process reads at a time."""


@dataclass(slots=True)
class Understood:
    """What some streams come to: the leaves of their entries by position, and what is wrong."""

    leaves: dict[int, bytes] = field(default_factory=dict)
    streams: int = 0
    sound: bool = True
    """Whether each is as it was recorded."""
    findings: list[Finding] = field(default_factory=list)
    """What was recorded and has no meaning."""

    def add(self, other: Understood) -> None:
        """Take in what other streams come to."""
        self.leaves |= other.leaves
        self.streams += other.streams
        self.sound = self.sound and other.sound
        self.findings += other.findings


@dataclass(frozen=True, slots=True)
class Place:
    """Where a log is, and the folder of the keys that its seals are checked with."""

    url: str
    keys: Path

    @property
    def seals(self) -> Seals:
        """The public keys that seals are checked against, by id."""
        return Keyring(self.keys).verifier(KeyKind.SEAL).keys

    def understood(self, lot: tuple[Sequence[str], int]) -> Understood:
        """Return what these streams come to up to this position. Raises `Unavailable`."""
        seldom()
        seals = Keyring(self.keys).verifier(KeyKind.SEAL)
        with closing(open_log(self.url, None, seals, create=False)) as log:
            return _understood(log, seals.keys, lot)


def understand(
    log: Log,
    place: Place,
    checkpoints: Collection[Checkpoint],
    cores: int = 1,
    moved: Callable[[int, int], None] = lambda *_: None,
) -> Report:
    """Verify the log as it stands, give every entry its meaning, and fold every stream.

    `moved` is told how many entries are done, and at which position the last one stands: about how
    many there are. Raises `Unavailable`.
    """
    record = Record(log)
    to = record.last
    streams = [*log.streams()]
    lots = [(streams[at : at + _LOT], to) for at in range(0, len(streams), _LOT)]
    found = Understood()
    for part in _each(log, place, lots, cores):
        found.add(part)
        moved(len(found.leaves), to)
    report = _as_recorded(found, record, checkpoints)
    if report is None:
        report = judge(record, checkpoints, place.seals, lambda done: moved(done, to))
    report.findings += found.findings
    return report


def _each(
    log: Log, place: Place, lots: Sequence[tuple[Sequence[str], int]], cores: int
) -> Iterator[Understood]:
    if cores == 1:
        return map(partial(_understood, log, place.seals), lots)
    return reckoned(lots, place.understood, cores, len(lots))


def _understood(log: Log, seals: Seals, lot: tuple[Sequence[str], int]) -> Understood:
    found = Understood()
    for _, stream in groupby(log.whole(*lot), itemgetter(0)):
        _take(log, [*stream], seals, found)
    return found


def _take(log: Log, rows: list[Recorded], seals: Seals, found: Understood) -> None:
    """Take in one stream: what is not as it was recorded is not asked for its meaning."""
    account = Account()
    leaves = account.take(rows)
    account.settle(seals)
    found.streams += 1
    places = [row[-1] for row in rows]
    found.leaves.update(zip(places, leaves, strict=True))
    if account.broken or places != sorted(places):
        found.sound = False
        return
    last = account.strands[rows[0][0]].hash.decode()
    found.findings += _without_meaning(log, rows, last)


def _without_meaning(log: Log, rows: list[Recorded], last: str) -> Iterator[Finding]:
    """Yield what of a stream that is as it was recorded cannot be read or folded."""
    try:
        folded(log.meaning(rows, last), afresh=True)
    except Unreadable as error:
        yield Finding(Kind.NO_MEANING, str(error), error.stream, error.version)
    except Altered as error:
        # Well sealed, and yet of no form that this release would have recorded.
        yield Finding(Kind.MALFORMED, str(error), error.stream, error.version)
    except Exception as error:  # noqa: BLE001 - told as what it is; the others are still looked at
        stream = rows[0][0].decode()
        what = f"{stream} cannot be folded by this release: {type(error).__name__}"
        yield Finding(Kind.NO_MEANING, what, stream)


def _as_recorded(
    found: Understood, record: Record, checkpoints: Collection[Checkpoint]
) -> Report | None:
    """Return what the log comes to if all of it is as it was recorded; None if it may not be."""
    if not found.sound or not _is_all(found.leaves, record):
        return None
    tree = Heads({checkpoint.size for checkpoint in checkpoints})
    tree.extend(_in_order(found.leaves))
    if any(against(checkpoints, tree.roots, tree.edge.size)):
        return None
    report = Report(tree.edge.size, found.streams, root=tree.edge.root())
    report.under_checkpoint = under(checkpoints, tree)
    return report


def _is_all(leaves: dict[int, bytes], record: Record) -> bool:
    """Say whether these are all there are. To count them is a pass of its own, for which there is
    no need where something stood at every position up to the last."""
    everywhere = min(leaves, default=1) == 1 and len(leaves) == record.last
    return everywhere or len(leaves) == record.entries


def _in_order(leaves: dict[int, bytes]) -> list[bytes]:
    """Return the leaves in the order of the log; positions may have holes, and mostly have none."""
    first, last = min(leaves, default=1), max(leaves, default=0)
    dense = last - first + 1 == len(leaves)
    return [leaves[at] for at in (range(first, last + 1) if dense else sorted(leaves))]
