"""The library's own tests of a recorder, run against both of ours."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from eventsourcing.tests.persistence import (
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
)

from store.postgres import PostgresLogRecorder, open_postgres
from store.sqlite import SQLiteLogRecorder, open_sqlite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class _Recorded:
    """Gives the library's test case its recorder, and ids as we have them."""

    recorder: SQLiteLogRecorder | PostgresLogRecorder

    def create_recorder(self) -> SQLiteLogRecorder | PostgresLogRecorder:
        return self.recorder

    def new_originator_id(self) -> str:
        return str(uuid4())


class _OnSQLite(_Recorded):
    @pytest.fixture(autouse=True)
    def _open(self, tmp_path: Path) -> Iterator[None]:
        with closing(open_sqlite(tmp_path / "log.db", create=True)) as self.recorder:
            yield


class _OnPostgreSQL(_Recorded):
    @pytest.fixture(autouse=True)
    def _open(self, postgres_database: Callable[[], str]) -> Iterator[None]:
        with closing(open_postgres(postgres_database(), create=True)) as self.recorder:
            yield


class TestOurSQLiteRecorderKeepsTheLibrarysContract(
    _OnSQLite, ApplicationRecorderTestCase[SQLiteLogRecorder]
):
    pass


class TestOurSQLiteRecorderDoesNotInterleaveAppends(
    _OnSQLite, NonInterleavingNotificationIDsBaseCase
):
    pass


class TestOurPostgreSQLRecorderKeepsTheLibrarysContract(
    _OnPostgreSQL, ApplicationRecorderTestCase[PostgresLogRecorder]
):
    # A conflict uses up a position there, as the design expects.
    EXPECT_CONTIGUOUS_NOTIFICATION_IDS = False


class TestOurPostgreSQLRecorderDoesNotInterleaveAppends(
    _OnPostgreSQL, NonInterleavingNotificationIDsBaseCase
):
    pass
