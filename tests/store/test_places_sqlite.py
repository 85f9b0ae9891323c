"""What stands where the log should be, if anything: a plain sentence, and it is left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from store import Unavailable, open_log
from tests.store.sample import CASE, asked, fill, step
from trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keys import Signer, Verifier
    from store import Log


@pytest.fixture
def path(sqlite_log: str) -> Path:
    return Path(sqlite_log.removeprefix("sqlite:///"))


@pytest.fixture
def log(sqlite_log: str, signer: Signer, verifier: Verifier) -> Iterator[Log]:
    with closing(open_log(sqlite_log, signer, verifier)) as opened:
        yield opened


@pytest.mark.parametrize("content", [b"not a database at all " * 400, b"SQLite format 3\0" * 300])
@pytest.mark.parametrize("create", [True, False])
def test_a_file_of_something_else_is_left_alone(
    sqlite_log: str, path: Path, verifier: Verifier, content: bytes, *, create: bool
) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(Unavailable, match="is not a database, or is damaged") as caught:
        open_log(sqlite_log, None, verifier, create=create)
    assert caught.value.trouble is Trouble.NOT_A_DATABASE
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


def test_a_damaged_log_says_so(sqlite_log: str, path: Path, log: Log, verifier: Verifier) -> None:
    fill(log, appends=(3,) * 30)
    log.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xaa" * (len(whole) - 4096))
    with closing(open_log(sqlite_log, None, verifier)) as damaged:
        with pytest.raises(Unavailable, match="damaged"):
            damaged.load(CASE)
        with pytest.raises(Unavailable, match="damaged"):
            damaged.since(0)


def test_a_missing_log_is_not_made_by_a_service(
    sqlite_log: str, path: Path, verifier: Verifier
) -> None:
    with pytest.raises(Unavailable, match="there is no event log at") as caught:
        open_log(sqlite_log, None, verifier, create=False)
    assert caught.value.trouble is Trouble.NOT_MIGRATED
    assert not path.exists()


def test_another_programs_database_is_not_taken_for_a_log(
    sqlite_log: str, path: Path, verifier: Verifier
) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE theirs (one TEXT)")
    with pytest.raises(Unavailable, match="holds no event log yet"):
        open_log(sqlite_log, None, verifier, create=False)


def test_a_log_whose_table_goes_away_says_so(path: Path, log: Log) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TABLE stored_events")
    for attempt in (
        lambda: log.load(CASE),
        log.last,
        lambda: list(log.streams()),
        lambda: log.append(CASE, 0, asked("command-1"), [step()]),
    ):
        with pytest.raises(Unavailable, match="holds no event log") as caught:
            attempt()
        assert caught.value.trouble is Trouble.NOT_MIGRATED


def test_a_file_in_the_place_of_the_folder_says_so(tmp_path: Path, verifier: Verifier) -> None:
    (tmp_path / "file").write_text("here")
    with pytest.raises(Unavailable, match="it has no folder"):
        open_log(f"sqlite:///{tmp_path / 'file' / 'log.db'}", None, verifier)


def test_a_folder_in_the_place_of_the_file_says_so(tmp_path: Path, verifier: Verifier) -> None:
    with pytest.raises(Unavailable, match="is not a database"):
        open_log(f"sqlite:///{tmp_path}", None, verifier)


@pytest.mark.parametrize("url", ["", "log.db", "mysql://here/log", "sqlite:log.db"])
def test_an_address_of_neither_kind_says_so(url: str, verifier: Verifier) -> None:
    with pytest.raises(Unavailable, match="neither with sqlite:/// nor with postgresql://"):
        open_log(url, None, verifier)


@pytest.mark.parametrize("name", ["a b.db", "what?mode=memory.db", "50%25.db", "é#.db"])
def test_any_file_name_is_taken_as_it_is(
    tmp_path: Path, signer: Signer, verifier: Verifier, name: str
) -> None:
    with closing(open_log(f"sqlite:///{tmp_path / name}", signer, verifier)) as log:
        fill(log)
    assert (tmp_path / name).stat().st_size > 0


def test_the_file_is_readable_by_its_owner_only(path: Path, log: Log) -> None:
    fill(log)
    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}
