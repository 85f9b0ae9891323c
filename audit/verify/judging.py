"""The verification: entries in their order, against the seals' keys and earlier checkpoints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Union

from audit.merkle import EMPTY, Edge
from audit.verify.account import Account
from audit.verify.diagnosis import diagnose
from audit.verify.ends import ends_of
from audit.verify.findings import Finding, Kind, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from audit.checkpoint import Checkpoint
    from audit.verify.entry import Beginning, Recorded, Seals

    Moved = Callable[[int], None]

MOST_DIAGNOSED = 200
"""Streams whose every fault is named; of more than these it is told that they are broken."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A stretch that was reckoned elsewhere: what it came to, and the hashes of its leaves."""

    account: Account
    leaves: list[bytes]


def reckon(rows: Iterable[Recorded]) -> Reckoned:
    """Return what entries that are not the log's first come to on their own."""
    account = Account(from_the_start=False)
    return Reckoned(account, account.take(rows))


Stretch = Union[Reckoned, "Sequence[Recorded]"]
"""Consecutive entries of a log: as they stand, or what they came to elsewhere."""


class Source(Protocol):
    """Where entries come from. Every method raises what reading them raises."""

    @property
    def begins(self) -> Beginning | None:
        """After what it begins, if older entries went after their time."""

    def stretches(self) -> Iterator[Stretch]:
        """Yield the log in order, stretch by stretch."""

    def of(self, streams: Collection[bytes]) -> dict[bytes, list[Recorded]]:
        """Return the entries of these streams, in the order of the log."""


def judge(
    source: Source,
    checkpoints: Collection[Checkpoint],
    seals: Seals,
    moved: Moved = lambda _: None,
    *,
    exported: bool = False,
) -> Report:
    """Return what the log comes to, and everything that is wrong with it.

    `moved` is called now and then with the number of entries so far. With `exported` it is not the
    log itself but what was exported of it at some time.
    """
    begins = source.begins
    whole = Account(begins=begins)
    tree = Heads({checkpoint.size for checkpoint in checkpoints}, begins)
    ends = _Ends(checkpoints)
    for stretch in source.stretches():
        for part in ends.parted(stretch, tree.edge.size):
            if isinstance(part, Reckoned):
                whole.join(part.account)
                tree.extend(part.leaves)
            else:
                tree.extend(whole.take(part))
            ends.look(whole, tree)
        moved(tree.edge.size)
    whole.settle(seals)
    gone = begins.version if begins else 0
    entries = tree.edge.size - gone
    report = Report(entries, len(whole.strands), root=tree.edge.root(), gone=gone)
    report.findings += broken_streams(source, whole, seals)
    size = tree.edge.size
    report.findings += against(checkpoints, tree.roots, size, gone, exported=exported)
    report.findings += ends.not_as_named
    report.under_checkpoint = max(0, under(checkpoints, tree) - gone)
    return report


def newest_with_ends(checkpoints: Iterable[Checkpoint]) -> Checkpoint | None:
    """Return the checkpoint of the most entries that names where streams ended."""
    return max((one for one in checkpoints if one.ends), key=lambda one: one.size, default=None)


class _Ends:
    """Whether the ends that the newest checkpoint names are those of the log that it is over.

    They are looked at where a stretch ends with that many entries.
    """

    def __init__(self, checkpoints: Iterable[Checkpoint]) -> None:
        self.not_as_named: list[Finding] = []
        self._point = newest_with_ends(checkpoints)

    def parted(self, stretch: Stretch, size: int) -> list[Stretch]:
        """Return a stretch after so many entries in parts that end there, if it can be parted."""
        at = self._point.size - size if self._point else 0
        if isinstance(stretch, Reckoned) or not 0 < at < len(stretch):
            return [stretch]
        return [stretch[:at], stretch[at:]]

    def look(self, whole: Account, tree: Heads) -> None:
        """Compare, if this is where the checkpoint is of."""
        point = self._point
        if point is None or tree.edge.size != point.size or whole.broken:
            return
        if tree.edge.root() == point.root and ends_of(whole.strands) != point.ends:
            what = (
                f"where streams ended by the checkpoint of {point.size} entries is not where they "
                "end in these entries"
            )
            self.not_as_named = [Finding(Kind.OTHER_ROOT, what)]


class Heads:
    """A growing tree that remembers its root at each of these sizes."""

    def __init__(self, sizes: Collection[int], begins: Beginning | None = None) -> None:
        self.edge = Edge() if begins is None else Edge.at(begins.version, begins.edge)
        self.roots = {0: EMPTY, self.edge.size: self.edge.root()}
        self._sizes = sorted(sizes)

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Take in the next leaves."""
        begin = self.edge.size
        for size in self._sizes:
            if self.edge.size < size <= begin + len(leaves):
                self.edge.extend(leaves[self.edge.size - begin : size - begin])
                self.roots[size] = self.edge.root()
        self.edge.extend(leaves[self.edge.size - begin :])


def under(checkpoints: Iterable[Checkpoint], tree: Heads) -> int:
    """Return the size of the newest checkpoint that is no larger than the log."""
    return max((one.size for one in checkpoints if one.size in tree.roots), default=0)


def broken_streams(source: Source, whole: Account, seals: Seals) -> Iterator[Finding]:
    """Yield what is wrong with each stream that is broken."""
    broken = [*whole.broken]
    near = broken[:MOST_DIAGNOSED]
    if near:
        rows = source.of(near)
        for stream in near:
            yield from diagnose(stream, rows.get(stream, []), seals, source.begins)
    if len(broken) > MOST_DIAGNOSED:
        more = len(broken) - MOST_DIAGNOSED
        yield Finding(Kind.ALTERED, f"{more} more streams are not as they were recorded")


def against(
    checkpoints: Iterable[Checkpoint],
    roots: dict[int, bytes],
    size: int,
    gone: int = 0,
    *,
    exported: bool = False,
) -> Iterator[Finding]:
    """Yield what is wrong with the log by the checkpoints; `roots` are its own, by size.

    Checkpoints of less than what went after its time say nothing of what is there. After one that
    does not fit none of a longer log can, so the first says where; of more entries than there are
    the longest says how many are missing.
    """
    fits, is_told = gone, False
    longest = size
    for checkpoint in sorted(checkpoints, key=lambda one: one.size):
        if checkpoint.size < gone:
            continue
        if checkpoint.size > size:
            longest = checkpoint.size
        elif roots[checkpoint.size] == checkpoint.root:
            fits, is_told = checkpoint.size, False
        elif checkpoint.size == fits:
            what = f"two checkpoints of {fits} entries were signed, over different logs"
            yield Finding(Kind.OTHER_ROOT, what)
        elif not is_told:
            is_told = True
            yield Finding(
                Kind.OTHER_ROOT,
                f"the first {checkpoint.size} entries are not those that the checkpoint of that "
                f"size was made over: from entry {fits + 1} to {checkpoint.size} something was "
                "altered, taken out, put in, or moved",
            )
    if longest > size:
        yield Finding(Kind.TRUNCATED, _short_of(longest, size, exported=exported))


def _short_of(longest: int, size: int, *, exported: bool) -> str:
    missing = f"{longest - size} are missing"
    if not exported:
        return (
            f"the log has {size} entries and had {longest} when a checkpoint was signed: {missing}"
        )
    return (
        f"this export ends with entry {size}, and the log had {longest} when a checkpoint was "
        f"signed: {missing}. Either they were cut off or the export is older than that, which "
        "looks the same: ask for an export made after it, or check this one by a checkpoint of no "
        f"more than {size} entries"
    )
