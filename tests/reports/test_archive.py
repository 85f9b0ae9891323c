"""What was published stays published: once, in order, sealed, and safe beside all that was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from keys import KeyKind, KeyMissing, Keyring
from reports import DEFINITIONS, Archive, Asked, Months, Overtaken, count, open_archive, publish
from reports.parts import NOTHING, OWN
from store import Altered
from store.errors import UnknownSeal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from reports import Tally

NOW = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
PEOPLE = Asked(DEFINITIONS["people@1"], OWN)
CONTACT = Asked(DEFINITIONS["contact@1"], NOTHING)
WHO = "PR-7K3M9QXA-5"
MARCH, YEAR = Months.typed("2026-03"), Months.typed("2026")


@pytest.fixture(scope="module")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    ring = Keyring(tmp_path_factory.mktemp("keys"), environment={})
    ring.create_missing()
    return ring


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'access.db'}"
    made: Callable[[], str] = request.getfixturevalue("postgres_database")
    return made()


def opened(url: str, keyring: Keyring) -> Archive:
    return open_archive(url, keyring.signer(KeyKind.SEAL), keyring.verifier(KeyKind.SEAL))


@pytest.fixture
def archive(url: str, keyring: Keyring) -> Iterator[Archive]:
    with closing(opened(url, keyring)) as found:
        yield found


def tally(victims: int, offenders: int, spoken: int = 30) -> Tally:
    """Return numbers of March, as if they had been counted."""
    made = count([], [PEOPLE, CONTACT])
    for part, number in (("VICTIM", victims), ("OFFENDER", offenders)):
        made.put("people_1", frozenset({(OWN, part)}), MARCH.begin, number)
    made.put("contacted_1", frozenset(), MARCH.begin, spoken)
    return made


def published(archive: Archive, asked: Asked, months: Months, numbers: Tally) -> tuple[object, ...]:
    given = publish(asked, months, numbers, archive, actor=WHO, at=NOW)
    return given.total.counted, given.total.met, *(row.counted for row in given.rows)


def test_a_table_is_given_again_as_it_was_published(archive: Archive) -> None:
    assert published(archive, PEOPLE, MARCH, tally(20, 30)) == (50, None, 30, 20)
    assert published(archive, PEOPLE, MARCH, tally(20, 31)) == (50, None, 30, 20)
    (one,) = archive.all()
    assert (one.asked, one.months, one.at, one.actor) == (PEOPLE, MARCH, NOW, WHO)


def test_who_was_not_spoken_with_does_not_come_out_of_another_table(archive: Archive) -> None:
    published(archive, PEOPLE, MARCH, tally(20, 30))
    assert published(archive, CONTACT, MARCH, tally(20, 30, spoken=48)) == (50, None)
    assert published(archive, CONTACT, YEAR, tally(20, 30, spoken=30)) == (50, 30)


def test_what_was_published_meanwhile_and_not_counted_is_counted_first(archive: Archive) -> None:
    published(archive, PEOPLE, MARCH, tally(20, 30))
    alone = count([], [CONTACT])
    with pytest.raises(Overtaken):
        publish(CONTACT, MARCH, alone, archive, actor=WHO, at=NOW)
    assert len(archive.all()) == 1


def test_nobody_changes_it_in_the_database(archive: Archive) -> None:
    published(archive, PEOPLE, MARCH, tally(20, 30))
    for statement in (
        "DELETE FROM published_numbers",
        "UPDATE published_numbers SET number = 2",
    ):
        with pytest.raises(Exception, match="stays published"), archive._database.together() as on:
            on.exec_driver_sql(statement)
    assert len(archive.all()) == 1


def test_a_table_that_was_altered_or_taken_away_is_found(tmp_path: Path, keyring: Keyring) -> None:
    url = f"sqlite:///{tmp_path / 'access.db'}"
    with closing(opened(url, keyring)) as archive:
        for months in (MARCH, YEAR):
            published(archive, PEOPLE, months, tally(20, 30))
    with closing(sqlite3.connect(tmp_path / "access.db")) as database:
        for name in ("update", "delete"):
            database.execute(f"DROP TRIGGER published_no_{name}")
        kept = database.execute("SELECT state FROM published_numbers WHERE number = 1").fetchone()
        for spoil in (
            "UPDATE published_numbers SET state = replace(state, '50', '51') WHERE number = 1",
            "DELETE FROM published_numbers WHERE number = 1",
        ):
            database.execute(spoil)
            database.commit()
            with closing(opened(url, keyring)) as archive, pytest.raises(Altered):
                archive.all()
            database.execute("DELETE FROM published_numbers WHERE number = 1")
            database.execute("INSERT INTO published_numbers VALUES (1, ?)", kept)
            database.commit()
    with closing(opened(url, keyring)) as archive:
        assert len(archive.all()) == 2


def test_who_has_no_key_publishes_nothing_and_a_strangers_seal_is_told(
    tmp_path: Path, keyring: Keyring
) -> None:
    url = f"sqlite:///{tmp_path / 'access.db'}"
    with closing(open_archive(url, None, keyring.verifier(KeyKind.SEAL))) as reader:
        with pytest.raises(KeyMissing):
            published(reader, PEOPLE, MARCH, tally(20, 30))
        assert reader.all() == []
    stranger = Keyring(tmp_path / "keys", environment={})
    stranger.create_missing()
    with closing(opened(url, stranger)) as other:
        published(other, PEOPLE, MARCH, tally(20, 30))
    with closing(opened(url, keyring)) as mine, pytest.raises(UnknownSeal):
        mine.all()
