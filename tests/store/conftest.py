"""An event log on SQLite and on PostgreSQL, with keys of its own."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from keys import KeyKind, Keyring
from store import open_log
from tests.store.attack import Attacker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from keys import Signer, Verifier
    from store import Log

KINDS = ["sqlite", "postgres"]


@pytest.fixture(scope="session")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    ring = Keyring(tmp_path_factory.mktemp("keys"), environment={})
    ring.create_missing()
    return ring


@pytest.fixture
def signer(keyring: Keyring) -> Signer:
    return keyring.signer(KeyKind.SEAL)


@pytest.fixture
def verifier(keyring: Keyring) -> Verifier:
    return keyring.verifier(KeyKind.SEAL)


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest) -> str:
    """Return the URL of a log that is not there yet."""
    return str(request.getfixturevalue(f"{request.param}_log"))


@pytest.fixture
def sqlite_log(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'data' / 'log.db'}"


@pytest.fixture
def postgres_log(postgres_database: Callable[[], str]) -> str:
    return postgres_database()


@pytest.fixture
def log(url: str, signer: Signer, verifier: Verifier) -> Iterator[Log]:
    with closing(open_log(url, signer, verifier)) as opened:
        yield opened


@pytest.fixture
def reopened(url: str, signer: Signer, verifier: Verifier) -> Iterator[Callable[[], Log]]:
    """Yield a function that opens the log as another process would: it remembers nothing."""
    opened: list[Log] = []

    def reopen() -> Log:
        opened.append(open_log(url, signer, verifier, create=False))
        return opened[-1]

    yield reopen
    for one in opened:
        one.close()


@pytest.fixture
def attacker(url: str) -> Attacker:
    return Attacker(url)
