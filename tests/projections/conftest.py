"""A log with stories in it and its read models, on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
import shutil
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import make_url

from domain.fold import fold_practitioner
from domain.waits import Limits
from keys import KeyKind, Keyring
from projections import catch_up, open_views
from store import open_log
from tests.projections.recording import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from domain.practitioner import Practitioner
    from projections import Views
    from store import Log


NUMBERS = itertools.count(1)


@dataclass
class Place:
    """Where the log and the read models of one test are, and how others may open them."""

    log_url: str
    views_url: str
    keyring: Keyring

    def log(self) -> Log:
        signer = self.keyring.signer(KeyKind.SEAL)
        return open_log(self.log_url, signer, self.keyring.verifier(KeyKind.SEAL))

    def views(self, limits: Limits | None = None) -> Views:
        return open_views(self.views_url, limits or Limits())


@dataclass
class Service:
    """An open log that stories are told in, and its read models."""

    told: Told
    views: Views
    place: Place

    @property
    def log(self) -> Log:
        return self.told.log

    def catch_up(self, limit: int = 500) -> int:
        return catch_up(self.log, self.views, limit)

    def someone(self, name: str) -> str:
        return self.told.staff.someone(name)

    def reader(self, name: str) -> Practitioner:
        return fold_practitioner(self.log.load(self.someone(name)))


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="session")
def keyring(keys: Path) -> Keyring:
    ring = Keyring(keys, environment={})
    ring.create_missing()
    return ring


@pytest.fixture(scope="session")
def staffed(tmp_path_factory: pytest.TempPathFactory, keyring: Keyring) -> Path:
    """Return the file of a log that has the staff in it and nothing else."""
    path = tmp_path_factory.mktemp("staffed") / "log.db"
    with closing(Place(f"sqlite:///{path}", "", keyring).log()) as log:
        Told(log)
    return path


@pytest.fixture(scope="session")
def staffed_database(postgres_database: Callable[[], str], keyring: Keyring) -> str:
    """Return the URL of a log that has the staff in it and nothing else."""
    url = postgres_database()
    with closing(Place(url, "", keyring).log()) as log:
        Told(log)
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path, keyring: Keyring) -> Place:
    """Return where a log with the staff in it is, and where read models may be made."""
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("staffed"), tmp_path / "log.db")
        return Place(
            f"sqlite:///{tmp_path / 'log.db'}", f"sqlite:///{tmp_path / 'views.db'}", keyring
        )
    server = request.getfixturevalue("postgres_url")
    staffed = request.getfixturevalue("staffed_database")
    name = f"followed_{next(NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as connection:
        template = make_url(staffed).database
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
    url = server.replace("/postgres?", f"/{name}?")
    return Place(url, url, keyring)


@pytest.fixture
def service(place: Place) -> Iterator[Service]:
    """Yield a log with the staff in it, and read models that have not seen it."""
    with closing(place.log()) as log, closing(place.views()) as views:
        yield Service(Told(log), views, place)


def rows(views: Views) -> dict[str, list[str]]:
    """Return everything that the read models show, by table, in an order of its own."""
    return {
        projection.name: sorted(map(str, views.select(sa.select(projection.table))))
        for projection in views.projections
    }
