"""A vault on SQLite and on PostgreSQL, with keys of its own; and what its databases hold, raw."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import create_engine, text

from keys import KeyKind, Keyring
from vault import Vault, open_vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

CASE = "RJ-7K3M9QXZ-D"
OTHER_CASE = "RJ-00000001-1"
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = AT + timedelta(days=40)


@dataclass(frozen=True)
class Place:
    """Where a vault's two databases are, and a way round the vault to what they hold."""

    url: str
    keys_url: str
    since: float = field(default_factory=time.time)
    """When this place came to be (seconds since 1970): files of before hold nothing of it."""

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def folders(self) -> tuple[Path, Path]:
        """Return the folders of the two files, of an SQLite vault only."""
        texts, keys = (Path(u.removeprefix("sqlite:///")).parent for u in (self.url, self.keys_url))
        return texts, keys

    def ask(self, url: str, sql: str, **values: Any) -> list[Any]:
        """Carry out SQL as somebody would who has full access to the database, but no keys."""
        engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
        try:
            with engine.begin() as connection:
                result = connection.execute(text(sql), values)
                return list(result) if result.returns_rows else []
        finally:
            engine.dispose()

    def texts(self, sql: str, **values: Any) -> list[Any]:
        return self.ask(self.url, sql, **values)

    def keys(self, sql: str, **values: Any) -> list[Any]:
        return self.ask(self.keys_url, sql, **values)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest) -> Place:
    """Return where a vault may be that is not there yet."""
    found: Place = request.getfixturevalue(f"{request.param}_place")
    return found


@pytest.fixture
def sqlite_place(tmp_path: Path) -> Place:
    vault, keys = tmp_path / "data" / "vault.db", tmp_path / "apart" / "vault_keys.db"
    return Place(f"sqlite:///{vault}", f"sqlite:///{keys}")


@pytest.fixture(scope="session")
def two_databases(postgres_database: Callable[[], str]) -> Place:
    return Place(postgres_database(), postgres_database())


@pytest.fixture
def postgres_place(two_databases: Place) -> Place:
    for url in (two_databases.url, two_databases.keys_url):
        # Emptied for each test: making new ones takes a second of the server's time each.
        two_databases.ask(url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    return two_databases


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    ring = Keyring(tmp_path / "keys", environment={})
    ring.create(KeyKind.MASTER)
    return ring


@pytest.fixture
def vault(place: Place, keyring: Keyring) -> Iterator[Vault]:
    with closing(open_vault(place.url, place.keys_url, keyring)) as opened:
        yield opened


@pytest.fixture
def sqlite_vault(sqlite_place: Place, keyring: Keyring) -> Iterator[Vault]:
    with closing(open_vault(sqlite_place.url, sqlite_place.keys_url, keyring)) as opened:
        yield opened


def raw(*folders: Path) -> Mapping[str, bytes]:
    """Return the bytes of every file in the folders: databases, journals and all."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {path.name: path.read_bytes() for path in files}
