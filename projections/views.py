"""The database of read models: it may be lost, since all of it is made again from the log."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from domain.matrix import DEFAULT, Matrix
from projections.assigned import ASSIGNED
from projections.cases import CASES
from projections.diary import DIARY
from projections.dossiers import DOSSIERS
from projections.form import form
from projections.persons import PERSONS
from projections.place import PLACE, Place
from projections.practitioners import PRACTITIONERS
from projections.tables import TABLES, shape
from projections.waiting import WAITING
from vault.opening import open_database

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.waits import Limits
    from projections.projection import Projection
    from vault.database import Database

PROJECTIONS: tuple[Projection, ...] = (
    CASES,
    WAITING,
    PRACTITIONERS,
    PERSONS,
    DOSSIERS,
    ASSIGNED,
    DIARY,
)
"""Every read model there is. A new one is a file and its entry here."""


class Views:
    """The read models. Every use raises the vault's `Unavailable` if the database cannot be used.

    It is opened at the first use, so that whoever keeps it up to date can wait for it.
    """

    def __init__(
        self, url: str, limits: Limits, matrix: Matrix, projections: Sequence[Projection]
    ) -> None:
        self.limits = limits
        self.matrix = matrix
        self.projections = projections
        self.form = form(limits, matrix)
        self._url = url
        self._opening = threading.Lock()
        self._database: Database | None = None

    @property
    def database(self) -> Database:
        """The open database, its tables as this release wants them."""
        with self._opening:
            if self._database is None:
                self._database = _open(self._url, self.form)
            return self._database

    def select(self, statement: sa.Select[Any]) -> list[Mapping[str, Any]]:
        """Return the rows that a question finds, by the names of their columns."""
        return [dict(row._mapping) for row in self.database.rows(statement)]

    def place(self) -> Place:
        """Return how far the log was followed."""
        (row,) = self.select(sa.select(PLACE.c.form, PLACE.c.position, PLACE.c.turn))
        return Place(**row)

    def close(self) -> None:
        """Let go of the database."""
        with self._opening:
            if self._database is not None:
                self._database.close()
                self._database = None


def open_views(
    url: str,
    limits: Limits,
    matrix: Matrix = DEFAULT,
    *,
    projections: Sequence[Projection] = PROJECTIONS,
) -> Views:
    """Return the read models at `sqlite:///path` or `postgresql://…`, made when first used.

    `limits` are the service's own clocks: they say when something that is waited for is due;
    `matrix` says what keeps practitioners in date.
    """
    return Views(url, limits, matrix, projections)


def _open(url: str, form: str) -> Database:
    database = open_database(url, "the database of read models", TABLES, create=True)
    try:
        if not _fits(database):
            _make_anew(database, form)
    except BaseException:
        database.close()
        raise
    return database


def _fits(database: Database) -> bool:
    return [row.shape for row in database.rows(sa.select(PLACE.c.shape))] == [shape()]


def _make_anew(database: Database, form: str) -> None:
    """Make the tables as this release wants them, empty, and begin at the start of the log."""
    with database.together() as connection:
        if not database.is_sqlite:
            connection.execute(sa.text("LOCK TABLE place IN ACCESS EXCLUSIVE MODE"))
        turn = connection.execute(sa.select(PLACE.c.turn, PLACE.c.shape)).first()
        if turn is not None and turn.shape == shape():
            # Another process has just done it.
            return
        TABLES.drop_all(connection)
        TABLES.create_all(connection)
        first = {"one": 1, "shape": shape(), "form": form, "position": 0}
        connection.execute(sa.insert(PLACE), {**first, "turn": turn.turn + 1 if turn else 0})
