"""What an export of one case says of its end: where the case ended when a checkpoint was signed.

A few hashes lead from that end to the checkpoint, which the notary signed; whoever exports has no
key. So an end that was cut off, from the file or from the log, is seen by the notary's key alone.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit.checkpoint import open_checkpoint
from audit.merkle import HASH_BYTES, includes
from audit.note import LONGEST, Malformed, NotSigned
from audit.verify.ends import end_leaf
from audit.verify.entry import NotAnEntry, hash_of, prefix_of
from audit.verify.findings import Finding, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from audit.checkpoint import Checkpoint
    from audit.verify.entry import Recorded
    from audit.verify.findings import Report
    from audit.verify.trust import Trusted

_HASH = re.compile(r"[0-9a-f]{64}")
_MOST = 64
_LARGEST = 2**63
_ASK = "ask for a new export of the case, made after a newer checkpoint"


@dataclass(frozen=True, slots=True)
class Closing:
    """The last entry of a case under a checkpoint, and the proof of that."""

    version: int
    hash: bytes
    """Of that entry: 32 bytes."""
    index: int
    """The place of the case's end among the ends of all streams."""
    hashes: tuple[bytes, ...]
    note: str
    """The checkpoint, as it was signed."""

    def said(self) -> dict[str, Any]:
        """Return what is written of it, as JSON has it."""
        return {
            "version": self.version,
            "hash": self.hash.hex(),
            "index": self.index,
            "proof": [base64.b64encode(one).decode() for one in self.hashes],
            "checkpoint": self.note,
        }

    @classmethod
    def read(cls, said: object) -> Closing | None:
        """Return what is written like this; None for anything else."""
        try:
            version, own, index, hashes, note = (
                said[name]  # type: ignore[index]
                for name in ("version", "hash", "index", "proof", "checkpoint")
            )
            proof = tuple(base64.b64decode(one, validate=True) for one in hashes)
            numbers = type(version) is int and type(index) is int
            if not numbers or not (0 < version < _LARGEST and 0 <= index < _LARGEST):
                return None
            if not isinstance(note, str) or not _HASH.fullmatch(own) or len(proof) > _MOST:
                return None
            if any(len(one) != HASH_BYTES for one in proof):
                return None
        except (KeyError, TypeError, ValueError):
            return None
        return cls(version, bytes.fromhex(own), index, proof, note)


@dataclass(frozen=True, slots=True)
class Closed:
    """An export of one case: which, its entries, and what its last line says of its end."""

    case: str
    rows: Sequence[Recorded]
    said: object
    """As it stands in that line; None if nothing does."""

    def judge(
        self, report: Report, origin: str, keys: Trusted, kept: Collection[Checkpoint]
    ) -> None:
        """Say in the report whether the end of the case is there.

        `origin` is the name of the log, `kept` are the checkpoints that somebody kept of it.
        """
        if self.said is None:
            self._judge_without(report, kept)
            return
        closing = Closing.read(self.said)
        point = _checkpoint(closing, origin, keys) if closing else "it has not the form of one"
        if closing is None or isinstance(point, str):
            what = f"what is said of the end of {self.case} cannot be used: {point}; {_ASK}"
            report.findings.append(Finding(Kind.END_NOT_SHOWN, what, self.case))
            return
        report.findings += self._found(closing, point, kept)
        report.under_checkpoint = sum(row[1] <= closing.version for row in self.rows)
        report.not_shown = (
            f"what came to {self.case} after the checkpoint of {point.size} entries, under which "
            f"it had {closing.version}"
        )

    def _judge_without(self, report: Report, kept: Collection[Checkpoint]) -> None:
        report.not_shown = (
            f"whether these are all entries of {self.case}: an end that was cut off is seen in an "
            "export of the whole log; that the last of them stands in the log, `rj audit prove` "
            "shows"
        )
        if any(one.ends for one in kept):
            what = (
                f"nothing in this export says where {self.case} ended, and the checkpoint given "
                "could: the export is older, or its end was cut off, or the case was under no "
                f"checkpoint yet: {_ASK}"
            )
            report.findings.append(Finding(Kind.END_NOT_SHOWN, what, self.case))

    def _found(
        self, closing: Closing, point: Checkpoint, kept: Collection[Checkpoint]
    ) -> Iterator[Finding]:
        yield from _of_another_log(point, kept)
        if not self._is_shown(closing, point):
            what = f"what is said of the end of {self.case} is not what its checkpoint names"
            yield Finding(Kind.OTHER_PROOF, what, self.case)
            return
        newest = max((row[1] for row in self.rows), default=0)
        if newest < closing.version:
            what = (
                f"{self.case} had {closing.version} entries when the checkpoint of {point.size} "
                f"was signed, and this export has them up to {newest}: its end was cut off"
            )
            yield Finding(Kind.TRUNCATED, what, self.case, newest)
        elif not any(self._is_last(row, closing) for row in self.rows):
            what = (
                f"entry {closing.version} of {self.case} is not the one with which it ended when "
                f"the checkpoint of {point.size} entries was signed"
            )
            yield Finding(Kind.ALTERED, what, self.case, closing.version)
        if (later := max((one.size for one in kept), default=0)) > point.size:
            what = (
                f"where {self.case} ended is shown by the checkpoint of {point.size} entries, and "
                f"one of {later} was given: the export is older, or was made to look it: {_ASK}"
            )
            yield Finding(Kind.END_NOT_SHOWN, what, self.case)

    def _is_shown(self, closing: Closing, point: Checkpoint) -> bool:
        if point.ends is None:
            return False
        stream = self.case.encode(errors="surrogateescape")
        leaf = end_leaf(stream, closing.version, closing.hash)
        ends = point.ends
        return includes(closing.index, ends.streams, leaf, closing.hashes, ends.root)

    def _is_last(self, row: Recorded, closing: Closing) -> bool:
        stream, version, name, state, _ = row
        if version != closing.version:
            return False
        try:
            return hash_of(prefix_of(stream), version, name, state) == closing.hash
        except NotAnEntry:
            return False


def _checkpoint(closing: Closing, origin: str, keys: Trusted) -> Checkpoint | str:
    """Return the checkpoint that the end is shown by, or why there is none."""
    note = closing.note.encode(errors="surrogatepass")
    try:
        point = open_checkpoint(note[: LONGEST + 1], keys.notaries).checkpoint
    except (Malformed, NotSigned) as error:
        return str(error)
    if point.origin != origin:
        return f"its checkpoint is of another log ({point.origin})"
    return point


def _of_another_log(point: Checkpoint, kept: Collection[Checkpoint]) -> Iterator[Finding]:
    """Yield that two checkpoints of the same size are of different logs, if they are."""
    for one in kept:
        ends = one.ends if one.ends and point.ends else point.ends
        if one.size == point.size and (one.root, ends) != (point.root, point.ends):
            what = f"two checkpoints of {one.size} entries were signed, over different logs"
            yield Finding(Kind.OTHER_ROOT, what)
