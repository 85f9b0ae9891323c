"""A database whose file goes while it is open: nothing written into it is ever acknowledged."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from access import NotAccepted, Refusals, Remembered, open_refusals, open_remembered
from domain.texts import TextRef
from tests.vault.conftest import AT, CASE, Place
from trouble import Trouble
from vault import Unavailable, Vault
from vault.opening import open_database
from vault.tables import DESTROYED, KEYS_DATABASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REFUSED = NotAccepted(
    stream=CASE,
    command="command-1",
    recorded_at=AT,
    name="record_contact_attempt",
    actor="PR-00000000-0",
    codes=("a_rule",),
    by_signal=True,
)
REF = TextRef(id="T-0000000000000001", digest="1" * 64)
GONE = {"id": "K-1", "stream": CASE, "owner": "V1"}


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def take_away(path: Path) -> None:
    path.rename(path.with_name("away.db"))


def replace(path: Path) -> None:
    copy = path.with_name("copy.db")
    with closing(sqlite3.connect(path)) as here, closing(sqlite3.connect(copy)) as there:
        here.backup(there)
    copy.replace(path)


@pytest.fixture(params=[take_away, replace])
def going(request: pytest.FixtureRequest) -> Callable[[Path], None]:
    """Return each way in which a file goes."""
    way: Callable[[Path], None] = request.param
    return way


@pytest.fixture
def access(tmp_path: Path) -> Path:
    return tmp_path / "access.db"


@pytest.fixture
def refusals(access: Path) -> Iterator[Refusals]:
    with closing(open_refusals(f"sqlite:///{access}")) as opened:
        yield opened


@pytest.fixture
def remembered(access: Path) -> Iterator[Remembered]:
    with closing(open_remembered(f"sqlite:///{access}")) as opened:
        yield opened


def is_said(place: str, *acts: Callable[[], object]) -> None:
    for act in acts:
        with pytest.raises(Unavailable, match=rf"{place} \(.*\) was taken away or") as caught:
            act()
        assert caught.value.trouble is Trouble.UNREACHABLE


def test_no_words_are_taken_into_a_vault_that_has_gone(
    sqlite_vault: Vault, sqlite_place: Place, going: Callable[[Path], None]
) -> None:
    ref = sqlite_vault.put(CASE, "V1", "words", kind="note", at=AT)
    going(path_of(sqlite_place.url))
    is_said(
        "the vault",
        lambda: sqlite_vault.put(CASE, "V1", "more", kind="note", at=AT),
        lambda: sqlite_vault.keep(CASE, [ref]),
        lambda: sqlite_vault.erase_person(CASE, "V1"),
        lambda: sqlite_vault.sweep(AT + timedelta(days=1), lambda *_: False),
        lambda: sqlite_vault.words(CASE, ref),
    )


def test_no_key_is_made_or_destroyed_in_a_key_database_that_has_gone(
    sqlite_vault: Vault, sqlite_place: Place, going: Callable[[Path], None]
) -> None:
    sqlite_vault.put(CASE, "V1", "words", kind="note", at=AT)
    going(path_of(sqlite_place.keys_url))
    is_said(
        "the vault's key database",
        lambda: sqlite_vault.put(CASE, "V2", "words", kind="note", at=AT),
        lambda: sqlite_vault.erase_person(CASE, "V1"),
    )


def test_no_refusal_is_written_into_a_database_that_has_gone(
    access: Path, refusals: Refusals, going: Callable[[Path], None]
) -> None:
    refusals.write(REFUSED)
    going(access)
    is_said(
        "the database of refusals",
        lambda: refusals.write(REFUSED),
        lambda: refusals.done(CASE, "command-1"),
        refusals.tasks,
    )


def test_no_draft_is_remembered_in_a_database_that_has_gone(
    access: Path, remembered: Remembered, going: Callable[[Path], None]
) -> None:
    remembered.keep("command-1", "notes", REF, AT)
    going(access)
    is_said("the database of drafts", lambda: remembered.keep("command-2", "notes", REF, AT))


def test_a_database_that_goes_while_it_is_written_to_acknowledges_nothing(
    sqlite_place: Place, going: Callable[[Path], None]
) -> None:
    path = path_of(sqlite_place.keys_url)
    name = "the vault's key database"
    database = open_database(sqlite_place.keys_url, name, KEYS_DATABASE, create=True)

    def write() -> None:
        with database.together() as connection:
            connection.execute(DESTROYED.insert(), GONE)
            going(path)

    with closing(database):
        is_said(name, write)


def test_a_database_that_is_put_back_is_written_to_again(
    sqlite_vault: Vault, sqlite_place: Place
) -> None:
    path = path_of(sqlite_place.url)
    take_away(path)
    is_said("the vault", lambda: sqlite_vault.put(CASE, "V1", "words", kind="note", at=AT))
    path.with_name("away.db").rename(path)
    ref = sqlite_vault.put(CASE, "V1", "words", kind="note", at=AT)
    assert sqlite_vault.words(CASE, ref) == "words"
