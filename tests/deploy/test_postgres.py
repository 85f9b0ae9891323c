"""The roles of the deployment, made by the real script on the release of PostgreSQL it runs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import psycopg
import pytest

from access import open_refusals, open_remembered
from domain.ids import reference
from keys import KeyKind, Keyring
from migrate import migrate
from store import Unavailable, open_log
from tests.deploy.compose import SERVICES
from tests.deploy.servers import PASSWORDS
from vault import open_vault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.deploy.servers import Server

CASE = reference("RJ", "the-first-command")


def test_the_service_opens_what_was_migrated_and_makes_nothing(
    server: Server, tmp_path: Path
) -> None:
    settings = server.settings("rj_service")
    keyring = Keyring(tmp_path, environment={})
    keyring.create_missing()
    log = open_log(settings.database("log"), None, keyring.verifier(KeyKind.SEAL), create=False)
    vault = open_vault(
        settings.database("vault"), settings.database("vault_keys"), keyring, create=False
    )
    refusals = open_refusals(settings.database("access"), create=False)
    drafts = open_remembered(settings.database("access"), create=False)
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    kept = vault.put(CASE, "V1", "invented words", kind="statement", at=noon)
    assert vault.words(CASE, kept) == "invented words"
    assert vault.erase_person(CASE, "V1") == 1
    vault.compact()
    assert drafts.keep("a-command", "a-place", kept, noon) == kept
    assert (log.load(CASE), refusals.of(CASE)) == ([], [])
    for opened in (log, vault, refusals, drafts):
        opened.close()


def test_migrating_again_changes_nothing(server: Server) -> None:
    migrate(server.settings("rj_migrator"))
    assert not server.may("rj_service", "rj_log", "DELETE FROM stored_events")


def test_the_service_cannot_migrate(server: Server) -> None:
    with pytest.raises(Unavailable):
        migrate(server.settings("rj_service"))


INSERT = (
    "INSERT INTO stored_events (originator_id, originator_version, topic, state)"
    " VALUES ('RJ-1', 1, 't', '')"
)


def test_the_service_reads_and_appends_to_the_log(server: Server) -> None:
    assert server.may("rj_service", "rj_log", INSERT, "SELECT * FROM stored_events", "ROLLBACK")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stored_events SET topic = 'u'",
        "DELETE FROM stored_events",
        "TRUNCATE stored_events",
        "DROP TABLE stored_events",
        "DROP TRIGGER stored_events_append_only ON stored_events",
        "ALTER TABLE stored_events DISABLE TRIGGER ALL",
        "LOCK TABLE stored_events IN EXCLUSIVE MODE",
        "CREATE TABLE mine (id int)",
    ],
)
def test_the_service_has_no_right_to_change_the_log(server: Server, statement: str) -> None:
    assert not server.may("rj_service", "rj_log", statement)


LOOKED = "INSERT INTO access_entries (number, id, state) VALUES (1, 'one', '')"


def test_the_service_reads_and_adds_to_the_access_log(server: Server) -> None:
    assert server.may("rj_service", "rj_access", LOOKED, "SELECT * FROM access_entries", "ROLLBACK")


@pytest.mark.parametrize("table", ["access_entries", "access_segments"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET number = 7",
        "DELETE FROM {}",
        "TRUNCATE {}",
        "DROP TABLE {}",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
    ],
)
def test_the_service_has_no_right_to_change_the_access_log(
    server: Server, table: str, statement: str
) -> None:
    assert not server.may("rj_service", "rj_access", statement.format(table))


def test_the_notary_reads_the_log_and_can_do_no_more(server: Server) -> None:
    assert server.may("rj_notary", "rj_log", "SELECT * FROM stored_events")
    assert not server.may("rj_notary", "rj_log", INSERT)
    assert not server.may("rj_notary", "rj_log", "DELETE FROM stored_events")
    assert not server.may("rj_notary", "rj_vault", "SELECT 1")


@pytest.mark.parametrize("table", ["access_entries", "access_segments"])
def test_the_notary_reads_the_access_log_and_can_do_no_more(server: Server, table: str) -> None:
    assert server.may("rj_notary", "rj_access", f"SELECT * FROM {table}")  # noqa: S608 - ours
    assert not server.may("rj_notary", "rj_access", f"DELETE FROM {table}")  # noqa: S608
    assert not server.may("rj_notary", "rj_access", f"INSERT INTO {table} DEFAULT VALUES")
    assert not server.may("rj_notary", "rj_access", "SELECT * FROM refusals")
    assert not server.may("rj_notary", "rj_access", "SELECT * FROM drafts")


@pytest.mark.parametrize("database", ["rj_vault", "rj_keys"])
def test_what_the_service_erases_leaves_the_pages_too(server: Server, database: str) -> None:
    assert server.may("rj_migrator", database, "CREATE TABLE made (words text)")
    with psycopg.connect(server.url("rj_service", database), autocommit=True) as connection:
        where = "SELECT pg_relation_filepath('made')"
        connection.execute("INSERT INTO made VALUES ('words that have to go')")
        before = connection.execute(where).fetchone()
        connection.execute("DELETE FROM made")
        connection.execute("VACUUM FULL made")
        assert connection.execute(where).fetchone() != before


@pytest.mark.parametrize(
    ("database", "statement", "allowed"),
    [
        ("rj_access", "INSERT INTO made (id) VALUES (DEFAULT)", True),
        ("rj_access", "UPDATE made SET id = 7", True),
        ("rj_access", "TRUNCATE made", False),
        ("rj_access", "DROP TABLE made", False),
        ("rj_views", "CREATE TABLE list (id int)", True),
    ],
)
def test_the_service_has_no_more_rights_in_a_database_than_it_needs(
    server: Server, database: str, statement: str, *, allowed: bool
) -> None:
    assert server.may("rj_migrator", database, "CREATE TABLE IF NOT EXISTS made (id serial)")
    assert server.may("rj_service", database, statement) is allowed


@pytest.mark.parametrize(
    ("role", "database"),
    [
        ("temporal", "rj_log"),
        ("temporal", "rj_vault"),
        ("rj_service", "temporal"),
        ("rj_service", "temporal_visibility"),
        ("rj_migrator", "temporal_visibility"),
        ("rj_migrator", "temporal"),
        ("rj_notary", "rj_views"),
    ],
)
def test_a_role_sees_no_database_but_its_own(server: Server, role: str, database: str) -> None:
    assert not server.may(role, database, "SELECT 1")


def test_temporal_can_make_what_its_schema_needs(server: Server) -> None:
    # The right to make a schema is the one to make a trusted extension too, which it needs.
    for database in ("temporal", "temporal_visibility"):
        assert server.may("temporal", database, "CREATE TABLE t (id int)", "CREATE SCHEMA s")


@pytest.mark.parametrize("script", ["service.sql", "keys.sql"])
def test_the_roles_can_be_made_again_with_other_passwords(server: Server, script: str) -> None:
    def kept() -> str:
        with psycopg.connect(server.url("postgres", "postgres")) as connection:
            found = connection.execute(
                "SELECT rolpassword FROM pg_authid WHERE rolname = 'rj_service'"
            ).fetchone()
            assert found
            return str(found[0])

    before = kept()
    again = server.psql(script, **PASSWORDS | {"SERVICE_PASSWORD": "another"})
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert kept() != before


def test_a_missing_password_stops_the_set_up(server: Server) -> None:
    without = {k: v for k, v in PASSWORDS.items() if k != "SERVICE_PASSWORD"}
    assert server.psql("service.sql", **without).returncode != 0


def test_no_password_is_among_the_arguments_of_a_program() -> None:
    for name in ("postgres-roles", "postgres-keys-roles"):
        assert "PASSWORD" not in " ".join(SERVICES[name]["command"])
