"""A log on SQLite and on PostgreSQL, somebody who attacks it, and its notary."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from audit.notary import Notary
from audit.places import places
from keys import KeyKind, Keyring
from store import open_log
from tests.audit.signing import NAME
from tests.store.attack import Attacker
from tests.store.conftest import postgres_log, sqlite_log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from store import Log

__all__ = ["postgres_log", "sqlite_log"]


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    ring = Keyring(tmp_path / "keys", environment={})
    ring.create_missing()
    return ring


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_log"))


@pytest.fixture
def log(url: str, keyring: Keyring) -> Iterator[Log]:
    seal, seals = keyring.signer(KeyKind.SEAL), keyring.verifier(KeyKind.SEAL)
    with closing(open_log(url, seal, seals)) as opened:
        yield opened


@pytest.fixture
def attacker(url: str) -> Attacker:
    return Attacker(url)


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    return [tmp_path / "one", tmp_path / "two"]


@pytest.fixture
def notary(log: Log, keyring: Keyring, folders: list[Path]) -> Callable[[], Notary]:
    """Return a function that starts a notary, which knows nothing yet."""
    return lambda: Notary(log, keyring, NAME, places(folders, to_output=False))
