"""What the tests of the notary share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.note import NoteKey
from audit.places import Folder
from keys import KeyKind
from tests.store.sample import CASE, asked, step

if TYPE_CHECKING:
    from pathlib import Path

    from audit.checkpoint import Signed
    from keys import Keyring
    from store import Log

NAME = "rj.example/log"


def newest(folder: Path, keyring: Keyring) -> Signed:
    public = keyring.verifier(KeyKind.NOTARY).keys.values()
    found = Folder(folder).newest([NoteKey(NAME, key.public_bytes_raw()) for key in public])
    assert found is not None
    return found


def more(log: Log, stream: str = CASE) -> None:
    version = len(log.load(stream))
    log.append(stream, version, asked(f"command-more-{version}"), [step(version + 1)])
