"""Nothing recorded can be changed or taken away by accident, nor with the service's own login."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, RaiseException

from domain.personal_data import FOLLOWED
from store import WRITER, Unavailable, migrate, open_log
from tests.store.sample import CASE, asked, fill, step
from trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from keys import Signer, Verifier
    from store import Log
    from tests.store.attack import Attacker

FORBIDDEN = [
    "UPDATE stored_events SET topic = 'x'",
    "UPDATE stored_events SET originator_version = 9 WHERE originator_version = 1",
    "DELETE FROM stored_events",
    "DELETE FROM stored_events WHERE originator_version = 6",
]
REPLACING = """{verb} INTO stored_events (originator_id, originator_version, topic, state)
    SELECT originator_id, originator_version, 'x', state FROM stored_events WHERE true {conflict}"""


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_a_recorded_event_is_neither_changed_nor_deleted(
    log: Log, attacker: Attacker, statement: str
) -> None:
    fill(log)
    before = log.load(CASE)
    with pytest.raises((sqlite3.IntegrityError, RaiseException), match="append-only"):
        attacker.sql(statement)
    assert log.load(CASE) == before


@pytest.mark.parametrize(
    "statement",
    [
        REPLACING.format(verb="INSERT OR REPLACE", conflict=""),
        "REPLACE INTO stored_events SELECT rowid, 'RJ-X', 1, 'x', state FROM stored_events LIMIT 1",
        REPLACING.format(verb="INSERT", conflict="ON CONFLICT DO UPDATE SET topic = 'x'"),
    ],
)
def test_a_recorded_event_is_not_replaced_in_sqlite(
    sqlite_log: str, signer: Signer, verifier: Verifier, statement: str
) -> None:
    with closing(open_log(sqlite_log, signer, verifier)) as log:
        fill(log)
        before = log.load(CASE)
        with closing(sqlite3.connect(sqlite_log.removeprefix("sqlite:///"))) as connection:
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)
            connection.commit()
        assert log.load(CASE) == before


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE stored_events",
        REPLACING.format(
            verb="INSERT",
            conflict="ON CONFLICT (originator_id, originator_version) DO UPDATE SET topic = 'x'",
        ),
    ],
)
def test_a_recorded_event_is_not_truncated_or_replaced_in_postgresql(
    postgres_log: str, signer: Signer, verifier: Verifier, statement: str
) -> None:
    with closing(open_log(postgres_log, signer, verifier)) as log:
        fill(log)
        before = log.load(CASE)
        with (
            psycopg.connect(postgres_log) as connection,
            pytest.raises(RaiseException, match="append-only"),
        ):
            connection.execute(statement.encode())
        assert log.load(CASE) == before


@pytest.fixture
def service_url(postgres_log: str) -> Iterator[str]:
    """Yield the URL of a migrated log with a login that is in the writing role and no other."""
    migrate(postgres_log)
    login = "service_of_" + urlsplit(postgres_log).path.strip("/")
    with psycopg.connect(postgres_log, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {login} LOGIN IN ROLE {WRITER}".encode())
        yield postgres_log.replace("postgres@", f"{login}@")
        connection.execute(f"DROP ROLE {login}".encode())


def test_the_services_own_login_reads_and_appends(
    service_url: str, signer: Signer, verifier: Verifier
) -> None:
    with closing(open_log(service_url, signer, verifier, create=False)) as log:
        fill(log)
        assert len(log.load(CASE)) == len(log.since(0)) == log.last() == 6
        assert list(log.streams()) == [CASE]
        assert log.append(CASE, 0, asked("command-0"), [step()]).replayed


@pytest.mark.parametrize(
    "statement",
    [
        *FORBIDDEN,
        "TRUNCATE stored_events",
        "DROP TABLE stored_events",
        "ALTER TABLE stored_events DISABLE TRIGGER ALL",
        "LOCK TABLE stored_events IN EXCLUSIVE MODE",
        "SELECT setval('stored_events_notification_id_seq', 1)",
    ],
)
def test_the_services_own_login_can_do_no_more(
    service_url: str, signer: Signer, verifier: Verifier, statement: str
) -> None:
    with closing(open_log(service_url, signer, verifier, create=False)) as log:
        fill(log)
        with (
            psycopg.connect(service_url) as connection,
            pytest.raises(InsufficientPrivilege),
        ):
            connection.execute(statement.encode())
        assert len(log.load(CASE)) == 6


def test_migrating_again_changes_nothing(url: str, log: Log, reopened: Callable[[], Log]) -> None:
    fill(log)
    before = log.load(CASE)
    migrate(url)
    migrate(url)
    assert reopened().load(CASE) == before


NAMES = re.compile(r"'([a-z_]+)'")
INDEX = {"sqlite": "stored_events_followed", "postgresql": "stored_events_followed_idx"}


@pytest.mark.parametrize("how", ["opened", "migrated"])
def test_an_index_that_an_older_release_did_not_make_is_made_at_the_next_start(
    url: str,
    log: Log,
    attacker: Attacker,
    reopened: Callable[[], Log],
    signer: Signer,
    verifier: Verifier,
    how: str,
) -> None:
    fill(log)
    before, followed = log.load(CASE), log.followed()
    name = INDEX[urlsplit(url).scheme]
    attacker.sql(f"DROP INDEX {name}")
    assert reopened().load(CASE) == before
    assert reopened().followed() == followed
    assert not has_index(attacker, name)
    if how == "opened":
        open_log(url, signer, verifier).close()
    else:
        migrate(url)
    assert has_index(attacker, name)
    assert reopened().load(CASE) == before


@pytest.mark.parametrize("how", ["opened", "migrated"])
def test_an_index_over_fewer_rows_as_an_older_release_made_it_is_replaced_at_the_next_start(
    url: str,
    log: Log,
    attacker: Attacker,
    reopened: Callable[[], Log],
    signer: Signer,
    verifier: Verifier,
    how: str,
) -> None:
    fill(log)
    before, name = log.load(CASE), INDEX[urlsplit(url).scheme]
    assert set(NAMES.findall(index(attacker, name))) == set(FOLLOWED)
    attacker.sql(f"DROP INDEX {name}")
    attacker.sql(f"CREATE INDEX {name} ON stored_events (topic) WHERE topic IN ('step_taken')")
    assert reopened().followed() == log.followed()
    assert NAMES.findall(index(attacker, name)) == ["step_taken"]
    for _ in range(2):
        if how == "opened":
            open_log(url, signer, verifier).close()
        else:
            migrate(url)
        assert set(NAMES.findall(index(attacker, name))) == set(FOLLOWED)
    assert reopened().load(CASE) == before


def has_index(attacker: Attacker, name: str) -> bool:
    return bool(index(attacker, name))


def index(attacker: Attacker, name: str) -> str:
    """Return how an index is made; nothing, if it is not there."""
    if attacker.url.startswith("sqlite"):
        found = attacker.sql("SELECT sql FROM sqlite_master WHERE name = ?", name)
    else:
        found = attacker.sql("SELECT indexdef FROM pg_indexes WHERE indexname = ?", name)
    return str(found[0][0]) if found else ""


def test_a_login_that_may_not_make_tables_says_so(
    postgres_log: str, service_url: str, postgres_database: Callable[[], str]
) -> None:
    elsewhere = postgres_database()
    name = urlsplit(elsewhere).path
    with pytest.raises(Unavailable, match="may not write") as caught:
        migrate(service_url.replace(urlsplit(postgres_log).path + "?", name + "?"))
    assert caught.value.trouble is Trouble.READ_ONLY
