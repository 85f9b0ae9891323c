"""A PostgreSQL that cannot be used: a plain sentence that says why, and nothing half-done."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from keys import Keyring
from tests.vault.conftest import AT, CASE, Place
from trouble import Trouble
from vault import Unavailable, open_vault, opening

if TYPE_CHECKING:
    from collections.abc import Callable


ROOT = Path(__file__).parents[2]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LONGEST_WAIT", 0.5)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://someone:a-password@127.0.0.1:1/vault",
        "postgresql://someone:a-password@/vault?host=%2Fno%2Fsuch%2Ffolder",
    ],
)
def test_a_server_that_does_not_answer_is_unreachable(
    sqlite_place: Place, keyring: Keyring, url: str
) -> None:
    with pytest.raises(Unavailable, match=r"PostgreSQL: vault on .*cannot be reached") as caught:
        open_vault(url, sqlite_place.keys_url, keyring)
    assert caught.value.trouble is Trouble.UNREACHABLE
    assert "a-password" not in str(caught.value)


def test_a_database_that_the_server_has_not_got_is_unreachable(
    postgres_url: str, postgres_place: Place, keyring: Keyring
) -> None:
    url = postgres_url.replace("/postgres?", "/no_such_vault?")
    with pytest.raises(Unavailable) as caught:
        open_vault(url, postgres_place.keys_url, keyring)
    assert caught.value.trouble is Trouble.UNREACHABLE


def test_a_locked_table_is_said_to_be_locked(
    monkeypatch: pytest.MonkeyPatch, postgres_place: Place, keyring: Keyring
) -> None:
    monkeypatch.setattr(opening, "LONGEST_WAIT", 1)
    with closing(open_vault(postgres_place.url, postgres_place.keys_url, keyring)) as vault:
        ref = vault.put(CASE, "V1", "words", kind="note", at=AT)
        with psycopg.connect(postgres_place.url) as other:
            other.execute("LOCK TABLE vault_texts IN ACCESS EXCLUSIVE MODE")
            with pytest.raises(
                Unavailable, match=r"the vault \(PostgreSQL: .* is locked"
            ) as caught:
                vault.words(CASE, ref)
        assert caught.value.trouble is Trouble.LOCKED
        assert vault.words(CASE, ref) == "words"


def test_a_read_only_server_can_be_read_and_says_that_it_cannot_be_written(
    postgres_database: Callable[[], str], postgres_place: Place, keyring: Keyring
) -> None:
    url = postgres_database()
    with closing(open_vault(url, postgres_place.keys_url, keyring)) as vault:
        ref = vault.put(CASE, "V1", "words", kind="note", at=AT)
    with psycopg.connect(url, autocommit=True) as other:
        name = other.info.dbname
        other.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on".encode())
    with closing(open_vault(url, postgres_place.keys_url, keyring)) as vault:
        assert vault.words(CASE, ref) == "words"
        with pytest.raises(Unavailable, match="cannot be written") as caught:
            vault.put(CASE, "V1", "more", kind="note", at=AT)
    assert caught.value.trouble is Trouble.READ_ONLY


def test_who_may_not_write_a_table_anew_cannot_erase_and_is_told_so(
    postgres_place: Place, keyring: Keyring
) -> None:
    with closing(open_vault(postgres_place.url, postgres_place.keys_url, keyring)) as vault:
        ref = vault.put(CASE, "V1", "words", kind="note", at=AT)
    postgres_place.keys(
        "CREATE ROLE no_owner LOGIN; GRANT USAGE ON SCHEMA public TO no_owner;"
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO no_owner"
    )
    keys_url = postgres_place.keys_url.replace("postgres@", "no_owner@")
    try:
        with closing(open_vault(postgres_place.url, keys_url, keyring, create=False)) as vault:
            assert vault.words(CASE, ref) == "words"
            with pytest.raises(Unavailable) as caught:
                vault.erase_person(CASE, "V1")
    finally:
        postgres_place.keys("DROP OWNED BY no_owner; DROP ROLE no_owner")
    assert caught.value.trouble is Trouble.READ_ONLY


def test_a_connection_that_was_lost_is_made_anew(postgres_place: Place, keyring: Keyring) -> None:
    with closing(open_vault(postgres_place.url, postgres_place.keys_url, keyring)) as vault:
        ref = vault.put(CASE, "V1", "words", kind="note", at=AT)
        ended = postgres_place.texts(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
        assert len(ended) >= 1
        assert vault.words(CASE, ref) == "words"
