"""The file of recorded bytes: one line per event and version of its data, never changed.

Columns, separated by tabs: the event's stored name, the version of its data, its stream, its hash,
and the bytes as the log records them (JSON, so without tabs or line ends). The seals are made with
a key that everybody can make: it stands below.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.event import Event
from domain.ids import CASE_PREFIX, reference
from domain.record import Actor, Basis, BasisKind, Draft, Regime, Why
from domain.texts import TextRef
from keys import Signer, Verifier
from store.mapper import Asked, Head, Stored, write
from store.seal import Seals

FILE = Path(__file__).with_name("events.tsv")
_KEY = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"golden lines").digest())
SIGNER = Signer("0123456789abcdef", _KEY)
VERIFIER = Verifier({SIGNER.id: _KEY.public_key()})


class Line(NamedTuple):
    """One line of the file."""

    name: str
    version: int
    stream: str
    hash: str
    state: bytes

    @classmethod
    def read(cls, text: str) -> Line:
        name, version, stream, own, state = text.split("\t")
        return cls(name, int(version), stream, own, state.encode())

    def __str__(self) -> str:
        return "\t".join(
            (self.name, str(self.version), self.stream, self.hash, self.state.decode())
        )

    @property
    def stored(self) -> Stored:
        """The line as a row of the log."""
        return Stored(self.stream, 1, self.name, self.state)


def lines(file: Path = FILE) -> list[Line]:
    """Return the lines of the file; only a line feed ends one."""
    return [Line.read(text) for text in file.read_text().split("\n") if text]


def line(event: Event) -> Line:
    """Return the line for this event, as the log of today records it."""
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    asked = Asked(
        command_id="golden-command",
        digest=hashlib.sha256(b"as it was asked").hexdigest(),
        actor=Actor(id="PR-7K3M9QXA-5", identified="unverified"),
        asked_by="V1",
        origin="cli",
        at=at,
        rules="2026.1",
        controller="DERBYSHIRE_RJ",
        regime=Regime.UK_GDPR,
        read={"PR-7K3M9QXA-5": 3},
    )
    stream = reference(CASE_PREFIX, event.name())
    seals = Seals(SIGNER, VERIFIER)
    why = Why(code="ASKED", words=TextRef(id="T-0123456789ABCDEF", digest="ab" * 32))
    draft = Draft(event, at, Basis(kind=BasisKind.ASSESSMENT, whose="PR-7K3M9QXA-5"), why)
    (stored,), (entry,) = write(stream, Head(), asked, [draft], seals)
    return Line(entry.name, event.version, stream, entry.hash, stored.state)
