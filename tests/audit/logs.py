"""Invented logs for attacks: real envelopes, chains and seals, as rows in memory."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit.checkpoint import Checkpoint
from audit.merkle import Edge
from audit.note import NoteSigner
from audit.verify.account import Account
from audit.verify.ends import ends_of
from audit.verify.trust import seal_key_line
from domain.ids import reference
from keys import Signer, Verifier
from store.mapper import Head, write
from store.seal import Seals
from tests.store.sample import MORNING, asked, step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from audit.verify.entry import Recorded

ORIGIN = "rj.example/log"


def private(number: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)


def signer_of(number: int) -> Signer:
    key = private(number)
    line = seal_key_line(key.public_key().public_bytes_raw())
    return Signer(line.split("+")[1], key)


SEAL, STRANGER = signer_of(1), signer_of(2)
"""The key that the log is sealed with, and one that is not known."""
NOTARY = NoteSigner(ORIGIN, private(3))
VERIFIER = Verifier({SEAL.id: SEAL.private.public_key()})
KEYS = [str(NOTARY.key), seal_key_line(SEAL.private.public_key().public_bytes_raw())]


def sealing(signer: Signer = SEAL) -> Seals:
    return Seals(signer, VERIFIER)


def case(number: int) -> str:
    return reference("RJ", f"attacked-{number:07d}")


@dataclass
class Made:
    """A log in the making: its rows, and where each stream stands."""

    rows: list[Recorded] = field(default_factory=list)
    heads: dict[str, Head] = field(default_factory=dict)
    position: int = 0

    def append(self, stream: str, size: int) -> None:
        head = self.heads.get(stream, Head())
        number = head.version
        at = MORNING + timedelta(minutes=len(self.rows))
        command = f"command-{stream[3:11]}-{number:05d}"
        drafts = [step(number + part, at) for part in range(1, size + 1)]
        stored, entries = write(stream, head, asked(command, at), drafts, sealing())
        for one in stored:
            self.position += 1
            self.rows.append(
                (
                    one.originator_id.encode(),  # type: ignore[union-attr]
                    one.originator_version,
                    one.topic.encode(),
                    one.state,
                    self.position,
                )
            )
        self.heads[stream] = Head(entries[-1].version, entries[-1].hash, entries[-1].recorded_at)


def made(seed: int, appends: int = 8, streams: int = 3) -> list[Recorded]:
    """Return a clean log: appends of 1 to 4 events to a few streams, holes in its positions."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    log = Made()
    for _ in range(appends):
        log.position += chance.choice((0, 0, 0, 2))
        log.append(case(chance.randrange(streams)), chance.choice((1, 1, 2, 3, 4)))
    return log.rows


def checkpoint(rows: Sequence[Recorded], size: int | None = None) -> Checkpoint:
    """Return the checkpoint of the first `size` of these rows, or of all."""
    tree = Edge()
    tree.extend(Account().take(rows if size is None else rows[:size]))
    return Checkpoint(ORIGIN, tree.size, tree.root())


def with_ends(rows: Sequence[Recorded], size: int | None = None) -> Checkpoint:
    """Return the same checkpoint as the notary makes it now: it names where each stream ended."""
    account = Account()
    account.take(rows if size is None else rows[:size])
    return replace(checkpoint(rows, size), ends=ends_of(account.strands))


def kept(folder: Path, *checkpoints: Checkpoint) -> Path:
    """Keep the checkpoints in this folder, signed."""
    for one in checkpoints:
        (folder / f"{one.size}.checkpoint").write_text(one.signed([NOTARY]))
    return folder


class Rows:
    """Rows in memory as a source to verify."""

    begins = None

    def __init__(self, rows: Sequence[Recorded]) -> None:
        self._rows = rows

    def stretches(self) -> Sequence[Sequence[Recorded]]:
        half = len(self._rows) // 2
        return [self._rows[:half], self._rows[half:]]

    def of(self, streams: Sequence[bytes]) -> dict[bytes, list[Recorded]]:
        return {one: [row for row in self._rows if row[0] == one] for one in streams}
