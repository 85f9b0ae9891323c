"""Proofs from the log: that an entry stands in it, and that one checkpoint grew into another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from audit.merkle import Edge, Tree
from audit.verify.account import Account
from audit.verify.closing import Closing
from audit.verify.ends import end_proof
from audit.verify.export import line_of
from audit.verify.proof import Proof, Standing

if TYPE_CHECKING:
    from audit.checkpoint import Checkpoint, Signed
    from audit.record import Record


class NotThere(Exception):
    """There is nothing to prove it with; the text says what is missing."""


def prove(record: Record, stream: str, version: int, signed: Signed) -> str:
    """Return the proof that this version stands in the log under this checkpoint: JSON, one line.

    In it are the entry as it was recorded and a proof in the form of C2SP tlog-proof. Raises
    `NotThere`, and `Unavailable` of the log.
    """
    size = signed.checkpoint.size
    account, found = Account(), None
    leaves: list[bytes] = []
    for rows in record.pages():
        for number, row in enumerate(rows, len(leaves)):
            if row[:2] == (stream.encode(), version):
                found = number, row
        leaves += account.take(rows)
    if found is None:
        raise NotThere("there is no such entry")
    index, row = found
    if index >= size:
        raise NotThere("this entry is under no checkpoint yet: `rj audit checkpoint` signs one")
    if len(leaves) < size:
        raise NotThere("the log is shorter than its newest checkpoint: `rj audit verify` says more")
    tree = Tree(leaves[:size])
    if tree.root(size) != signed.checkpoint.root:
        raise NotThere(
            "the log is not what its newest checkpoint was made over, and proves nothing: "
            "`rj audit verify` says where"
        )
    proof = Proof(index, tree.inclusion(index, size), signed.note)
    return json.dumps(Standing.said(json.loads(line_of(row)), proof))


def ended(record: Record, case: str, signed: Signed) -> Closing:
    """Return where a case ended under this checkpoint, and the proof of it.

    Raises `NotThere`, and `Unavailable` of the log.
    """
    point = signed.checkpoint
    if point.ends is None:
        raise NotThere("the newest checkpoint does not name where cases end: sign a new one")
    account, edge = Account(), Edge()
    for rows in record.pages():
        edge.extend(account.take(rows[: point.size - edge.size]))
        if edge.size == point.size:
            break
    stream = case.encode()
    if edge.size != point.size or edge.root() != point.root:
        raise NotThere("the log is not what its newest checkpoint was made over")
    if stream not in account.strands:
        raise NotThere("this case is under no checkpoint yet: `rj audit checkpoint` signs one")
    strand, (index, hashes) = account.strands[stream], end_proof(account.strands, stream)
    own = bytes.fromhex(strand.hash.decode())
    return Closing(strand.version, own, index, tuple(hashes), signed.note)


def growth(record: Record, old: Checkpoint, new: Checkpoint) -> list[bytes]:
    """Return the proof that the log of one checkpoint grew into that of the other, from the log.

    Raises `NotThere` if the log is shorter, or its oldest entries went after their time, and
    `Unavailable` of the log.
    """
    if record.begins is not None:
        raise NotThere("its oldest entries went after their time, and it cannot be reckoned anew")
    account = Account()
    leaves = [leaf for rows in record.pages() for leaf in account.take(rows)]
    if len(leaves) < new.size:
        raise NotThere(
            f"the log has {len(leaves)} entries and the newer checkpoint is of {new.size}: the end "
            "of the log is missing"
        )
    return Tree(leaves).consistency(old.size, new.size)
