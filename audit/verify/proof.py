"""A proof that one entry stands in a log: the entry, its place, a few hashes and a checkpoint.

Its own part has the form of C2SP tlog-proof (https://c2sp.org/tlog-proof), which other tools read;
the data of the leaf are the entry's hash.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit.checkpoint import open_checkpoint
from audit.merkle import includes
from audit.note import LONGEST, Malformed, NotSigned
from audit.verify.entry import NotAnEntry, Seal, hash_of, leaf_of, prefix_of
from audit.verify.export import FORM, LONGEST_LINE, entry_of, parsed
from audit.verify.findings import CouldNotVerify, Finding, Kind, Report
from audit.verify.trust import checkpoints

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from audit.verify.entry import Recorded
    from audit.verify.trust import Trusted

_FIRST = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")
_HASH = re.compile(r"[A-Za-z0-9+/]{43}=")
_MOST = 64
BEGINS = re.compile(rb'\s*\{\s*"rj_proof"\s*:')


@dataclass(frozen=True, slots=True)
class Proof:
    """The index of an entry, the hashes from its sibling up, and the checkpoint's note."""

    index: int
    hashes: list[bytes]
    note: str

    def __str__(self) -> str:
        lines = [_FIRST, f"index {self.index}"]
        lines += [base64.b64encode(one).decode() for one in self.hashes]
        return "\n".join(lines) + f"\n\n{self.note}"

    @classmethod
    def read(cls, text: str) -> Proof:
        """Return the proof in a text. Raises `CouldNotVerify`."""
        head, _, note = text.partition("\n\n")
        first, _, rest = head.partition("\n")
        index, *hashes = rest.split("\n")
        found = _INDEX.fullmatch(index)
        if first != _FIRST or found is None or len(hashes) > _MOST or not note:
            raise CouldNotVerify("this is not a proof that an entry is in a log")
        if not all(_HASH.fullmatch(one) for one in hashes):
            raise CouldNotVerify("a line of this proof is no hash")
        return cls(int(found[1]), [base64.b64decode(one) for one in hashes], note)


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry and the proof of where it stands."""

    row: Recorded
    proof: Proof

    @staticmethod
    def said(entry: dict[str, Any], proof: Proof) -> dict[str, Any]:
        """Return what is written of them, as JSON has it."""
        return {"rj_proof": FORM, "entry": entry, "proof": str(proof)}

    @classmethod
    def read(cls, path: Path) -> Standing:
        """Return what is in a file. Raises `CouldNotVerify`."""
        with path.open("rb") as file:
            found = parsed(file.read(LONGEST_LINE))
        entry, proof = found.get("entry"), found.get("proof")
        row = entry_of(entry) if isinstance(entry, dict) else None
        if found.get("rj_proof") != FORM or row is None or not isinstance(proof, str):
            raise CouldNotVerify("this is not a proof that an entry is in a log")
        return cls(row, Proof.read(proof))


def standing(path: Path, keys: Trusted, given: Sequence[Path]) -> Report:
    """Return whether the entry in this file stands where its proof says, under a signed checkpoint.

    Of the checkpoints that were kept, in these files and folders, those of the same size must be
    the same. Raises `CouldNotVerify`.
    """
    found = Standing.read(path)
    note = found.proof.note.encode(errors="surrogatepass")
    try:
        checkpoint = open_checkpoint(note[: LONGEST + 1], keys.notaries).checkpoint
    except (Malformed, NotSigned) as error:
        raise CouldNotVerify(f"the checkpoint in this proof: {error}") from None
    kept = checkpoints(given, keys, checkpoint.origin)
    if checkpoint.origin not in {one.origin for one in kept}:
        raise CouldNotVerify(
            f"the checkpoint in this proof is of another log ({checkpoint.origin}) than those kept"
        )
    stream, version, name, state, _ = found.row
    try:
        own = hash_of(prefix_of(stream), version, name, state)
    except NotAnEntry:
        raise CouldNotVerify("the entry in this proof has not the form of one") from None
    about = f"entry {found.proof.index + 1} of the {checkpoint.size} of {checkpoint.origin}"
    report = Report(1, 1, checkpoint.size, checkpoint.root, about=about)
    index, hashes = found.proof.index, found.proof.hashes
    if not includes(index, checkpoint.size, leaf_of(own), hashes, checkpoint.root):
        what = f"the proof does not show that this is entry {index + 1} of the log"
        report.findings.append(Finding(Kind.OTHER_PROOF, what))
    seal = Seal.on(stream, version, name, state)
    if not keys.seals:
        report.not_shown = "whether its seal is good: no key of the seals was given"
    elif seal is not None and seal.key in keys.seals and not seal.good(keys.seals):
        report.findings.append(Finding(Kind.BROKEN_SEAL, "the seal does not fit this entry"))
    for one in kept:
        if (one.origin, one.size) == (checkpoint.origin, checkpoint.size) and one != checkpoint:
            what = f"two checkpoints of {one.size} entries were signed, over different logs"
            report.findings.append(Finding(Kind.OTHER_ROOT, what))
    return report
