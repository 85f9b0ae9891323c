"""Whether the access log can be changed is asked of the database; a migration makes it good."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import sqlalchemy as sa

from access.guard import made_good, wrong_with_tables
from cli.audit.sound import sound
from keys import Keyring
from settings import Settings
from tests.access.sample import months
from tests.audit.test_guard import migrated

if TYPE_CHECKING:
    from pathlib import Path

    from access import AccessLog
    from tests.access.sample import Attacker


def test_an_access_log_as_it_was_made_has_nothing_wrong(log: AccessLog, url: str) -> None:
    months(log, [1])
    assert wrong_with_tables(log.database) == []
    assert made_good(url) == []


def test_every_trigger_that_is_gone_is_named_and_made_again(
    log: AccessLog, url: str, attacker: Attacker
) -> None:
    attacker.run()
    found = wrong_with_tables(log.database)
    each = ("update", "delete", "replace") if url.startswith("sqlite") else ("delete", "update")
    tables = ("access_entries", "access_segments")
    names = [f"{table}_no_{what}" for table in tables for what in each]
    assert sorted(found) == sorted(f"the trigger {name} is not there" for name in names)
    assert made_good(url) == found
    assert wrong_with_tables(log.database) == []


def test_a_trigger_that_does_something_else_is_named(log: AccessLog, url: str) -> None:
    name = "access_entries_no_update"
    if url.startswith("sqlite"):
        statements = [
            f"DROP TRIGGER {name}",
            f"CREATE TRIGGER {name} BEFORE UPDATE ON access_entries BEGIN SELECT 1; END",
        ]
    else:
        statements = [f"ALTER TABLE access_entries DISABLE TRIGGER {name}"]
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()
    found = wrong_with_tables(log.database)
    assert found == [f"the trigger {name} is not as it was made"]
    assert made_good(url) == found
    assert wrong_with_tables(log.database) == []


def test_the_doctor_finds_it_and_a_migration_says_it_and_makes_it_good(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", keys=tmp_path / "keys")
    Keyring(settings.key_folder).create_missing()
    assert migrated(settings) == ""
    assert sound(settings)[0] == []
    name = "access_entries_no_delete"
    with closing(sqlite3.connect(settings.folder / "access.db")) as database:
        database.execute(f"DROP TRIGGER {name}")
    (wrong,) = sound(settings)[0]
    assert f"the access log can be changed: the trigger {name} is not there" in wrong
    assert f"the trigger {name} is not there" in migrated(settings)
    assert sound(settings)[0] == []
    assert migrated(settings) == ""
