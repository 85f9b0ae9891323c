"""An access log on SQLite and on PostgreSQL, its spool, and keys of their own."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from access import Access, AccessLog, Spool, open_access
from keys import KeyKind, Keyring
from store.seal import Seals
from tests.access.sample import Attacker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

KINDS = ["sqlite", "postgres"]


@pytest.fixture(scope="session")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    ring = Keyring(tmp_path_factory.mktemp("keys"), environment={})
    ring.create_missing()
    return ring


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an access log that is not there yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'data' / 'access.db'}"
    make: Callable[[], str] = request.getfixturevalue("postgres_database")
    return make()


@pytest.fixture
def log(url: str, keyring: Keyring) -> Iterator[AccessLog]:
    signer, verifier = keyring.signer(KeyKind.SEAL), keyring.verifier(KeyKind.SEAL)
    with closing(open_access(url, signer, verifier)) as opened:
        yield opened


@pytest.fixture
def spool(tmp_path: Path, keyring: Keyring) -> Spool:
    signer, verifier = keyring.signer(KeyKind.SEAL), keyring.verifier(KeyKind.SEAL)
    return Spool(tmp_path / "spool" / "access-spool.jsonl", Seals(signer, verifier))


@pytest.fixture
def access(log: AccessLog, spool: Spool) -> Access:
    return Access(lambda: log, spool)


@pytest.fixture
def attacker(url: str) -> Attacker:
    return Attacker(url)
