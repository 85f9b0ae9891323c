"""A proof that the log of one checkpoint grew into that of a later one: both, and a few hashes.

The hashes are those of RFC 9162 section 2.1.4. It takes the notary's public key and one of the two
checkpoints, kept apart from the proof.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit.checkpoint import open_checkpoint
from audit.merkle import HASH_BYTES, grew
from audit.note import LONGEST, Malformed, NotSigned
from audit.verify.export import FORM, LONGEST_LINE, parsed
from audit.verify.findings import CouldNotVerify, Finding, Kind, Report
from audit.verify.trust import checkpoints

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from audit.checkpoint import Checkpoint
    from audit.verify.trust import Trusted

BEGINS = re.compile(rb'\s*\{\s*"rj_growth"\s*:')
_MOST = 128


@dataclass(frozen=True, slots=True)
class Growth:
    """Two checkpoints of a log as they were signed, and the hashes that lead from one to the
    other."""

    old: str
    new: str
    hashes: tuple[bytes, ...]

    def said(self) -> dict[str, Any]:
        """Return what is written of it, as JSON has it."""
        proof = [base64.b64encode(one).decode() for one in self.hashes]
        return {"rj_growth": FORM, "checkpoints": [self.old, self.new], "proof": proof}

    @classmethod
    def read(cls, path: Path) -> Growth:
        """Return what is in a file. Raises `CouldNotVerify`."""
        with path.open("rb") as file:
            found = parsed(file.read(LONGEST_LINE))
        try:
            old, new = found["checkpoints"]
            hashes = tuple(base64.b64decode(one, validate=True) for one in found["proof"])
        except (KeyError, TypeError, ValueError):
            old = new = None
        is_one = found.get("rj_growth") == FORM and isinstance(old, str) and isinstance(new, str)
        if not is_one or len(hashes) > _MOST or any(len(one) != HASH_BYTES for one in hashes):
            raise CouldNotVerify("this is not a proof that one checkpoint grew into another")
        return cls(old, new, hashes)


def growth(path: Path, keys: Trusted, given: Sequence[Path]) -> Report:
    """Return whether the log of one checkpoint in this file grew into that of the other.

    One of the two must be among the checkpoints that were kept, in these files and folders. Raises
    `CouldNotVerify`.
    """
    found = Growth.read(path)
    old, new = (_opened(note, keys) for note in (found.old, found.new))
    if old.origin != new.origin:
        raise CouldNotVerify(f"this proof is of two logs, {old.origin} and {new.origin}")
    if old.size > new.size:
        raise CouldNotVerify("the first checkpoint in this proof is of more entries than the other")
    kept = [one for one in checkpoints(given, keys, old.origin) if one.origin == old.origin]
    if {one.size for one in kept}.isdisjoint((old.size, new.size)):
        raise CouldNotVerify(
            f"this proof leads from {old.size} entries to {new.size}, and no checkpoint of either "
            "was given"
        )
    about = f"growth of {old.origin} from {old.size} entries to {new.size}"
    report = Report(under_checkpoint=new.size, root=new.root, about=about)
    report.findings += _not_those_kept((old, new), kept)
    if not grew(old.size, new.size, old.root, new.root, found.hashes):
        what = (
            f"the proof does not show that the log of {old.size} entries grew into that of "
            f"{new.size}"
        )
        report.findings.append(Finding(Kind.OTHER_PROOF, what))
    return report


def _not_those_kept(proved: Sequence[Checkpoint], kept: Sequence[Checkpoint]) -> Iterator[Finding]:
    for point in proved:
        if any(one.size == point.size and one.root != point.root for one in kept):
            what = f"two checkpoints of {point.size} entries were signed, over different logs"
            yield Finding(Kind.OTHER_ROOT, what)


def _opened(note: str, keys: Trusted) -> Checkpoint:
    try:
        text = note.encode(errors="surrogatepass")[: LONGEST + 1]
        return open_checkpoint(text, keys.notaries).checkpoint
    except (Malformed, NotSigned) as error:
        raise CouldNotVerify(f"a checkpoint in this proof: {error}") from None
