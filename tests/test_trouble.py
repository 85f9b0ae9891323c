"""What databases and the system report, and what it means: the same for all that is kept."""

from __future__ import annotations

import errno
import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from store.postgres_trouble import explain
from trouble import Trouble, of_postgres, of_sqlite, of_the_system
from vault.trouble import of_the_database


@pytest.mark.parametrize(
    ("sqlstate", "meant"),
    [
        ("53300", Trouble.UNREACHABLE),
        ("53100", Trouble.FULL),
        ("40P01", Trouble.LOCKED),
        ("40001", Trouble.LOCKED),
        ("57P01", Trouble.UNREACHABLE),
        ("57014", Trouble.LOCKED),
        ("23505", None),
        ("", None),
    ],
)
def test_a_code_of_postgresql_means_the_same_to_the_log_and_to_the_vault(
    sqlstate: str, meant: Trouble | None
) -> None:
    class Reported(psycopg.Error):
        pass

    error = Reported("as reported")
    error.sqlstate = sqlstate
    assert of_postgres(sqlstate) is meant
    vault = of_the_database(OperationalError("", {}, error), "the vault")
    assert (vault.trouble if vault else None) is meant
    assert explain(error, "PostgreSQL").trouble is (meant or Trouble.FAULTY)


def test_what_no_database_reports_as_trouble_is_none() -> None:
    assert of_sqlite(sqlite3.IntegrityError("as reported")) is None
    assert of_the_system(OSError()) is None
    assert of_the_system(OSError(errno.ENOSPC, "as reported")) is Trouble.FULL
