"""The access log: one chain, sealed, only added to; what is altered in it is seen."""

from __future__ import annotations

import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from access import Access, open_access
from access.chain import Spooled
from domain.ids import ALPHABET, PRACTITIONER_PREFIX, reference
from keys import KeyKind, KeyMissing
from store import Altered, UnknownSeal
from tests.access.sample import NOON, look
from vault import Unavailable

if TYPE_CHECKING:
    from access import AccessLog, Look
    from keys import Keyring
    from tests.access.sample import Attacker

REFERENCES = [reference(PRACTITIONER_PREFIX, f"somebody-{number}") for number in range(2_000)]
COPIED = (
    "UPDATE access_entries SET state = (SELECT state FROM access_entries WHERE number = 2)"
    " WHERE number ="
)
"""Puts the second entry in the place of another."""


def written(log: AccessLog) -> list[Look]:
    return [entry.link.look for entry in log.entries(every_seal=True)]


@pytest.mark.parametrize("symbol", ALPHABET + "*~$=U")
def test_every_reference_can_be_asked_for_whatever_its_check_character(symbol: str) -> None:
    somebody = next(one for one in REFERENCES if one.endswith(symbol))
    assert look(asked={"actor": somebody}).asked == {"actor": somebody}


def test_what_is_written_is_read_back_in_order_and_each_is_numbered(log: AccessLog) -> None:
    first, more = look(), [look(), look()]
    log.append([first], NOON)
    log.append(more, NOON)
    assert written(log) == [first, *more]
    assert [entry.link.number for entry in log.entries()] == [1, 2, 3]
    assert log.head().number == 3


def test_a_look_that_stands_there_already_is_not_written_twice(log: AccessLog) -> None:
    one, two = look(), look()
    assert log.append([one], NOON) == 1
    assert log.append([Spooled(one, "0" * 64), Spooled(two, "0" * 64)], NOON) == 1
    assert log.append([one, two], NOON) == 0
    assert written(log) == [one, two]


def test_a_look_that_is_asked_for_twice_at_once_is_written_once(log: AccessLog) -> None:
    # So it is when a decision is tried again before its first try gave up.
    one, two = look(), look()
    assert log.append([one, one, Spooled(two, "0" * 64), two], NOON) == 2
    assert written(log) == [one, two]


def test_a_log_that_is_not_there_is_not_made_by_whoever_looks(url: str, keyring: Keyring) -> None:
    with pytest.raises(Unavailable):
        open_access(url, None, keyring.verifier(KeyKind.SEAL), create=False)


def test_without_a_key_it_is_for_reading(log: AccessLog, url: str, keyring: Keyring) -> None:
    log.append([look()], NOON)
    with closing(open_access(url, None, keyring.verifier(KeyKind.SEAL), create=False)) as reader:
        assert len(written(reader)) == 1
        with pytest.raises(KeyMissing):
            reader.append([look()], NOON)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_entries SET id = 'other' WHERE number = 1",
        "DELETE FROM access_entries WHERE number = 1",
        "DELETE FROM access_entries",
        "UPDATE access_segments SET number = 2",
        "DELETE FROM access_segments",
    ],
)
def test_the_database_itself_lets_nothing_be_changed_or_taken_away(
    log: AccessLog, statement: str
) -> None:
    log.append([look()], NOON)
    with log.database.together() as connection:
        connection.exec_driver_sql(
            "INSERT INTO access_segments (number, first, last, state) VALUES (1, 7, 9, '')"
        )
    with pytest.raises((sa.exc.DBAPIError, Unavailable)), log.database.together() as connection:
        connection.exec_driver_sql(statement)
    assert log.database.rows(sa.text("SELECT number FROM access_segments"))[0].number == 1
    assert log.first() == 1


def test_nothing_is_replaced_in_an_sqlite_file(log: AccessLog) -> None:
    if not log.database.is_sqlite:
        return
    log.append([look()], NOON)
    with pytest.raises((sa.exc.DBAPIError, Unavailable)), log.database.together() as connection:
        connection.exec_driver_sql("INSERT OR REPLACE INTO access_entries VALUES (1, 'x', x'00')")
    assert len(written(log)) == 1


@pytest.mark.parametrize(
    ("attack", "seen"),
    [
        ("DELETE FROM access_entries WHERE number = 1", "is missing"),
        ("DELETE FROM access_entries WHERE number = 3", "is missing"),
        ("UPDATE access_entries SET number = number + 100", "is missing"),
        (f"{COPIED} 3", "does not link|is no entry"),
        (f"{COPIED} 5", "does not link|is no entry"),
    ],
)
def test_what_somebody_with_every_right_alters_is_seen(
    log: AccessLog, attacker: Attacker, attack: str, seen: str
) -> None:
    for _ in range(5):
        log.append([look()], NOON)
    attacker.run(attack)
    with pytest.raises(Altered, match=seen):
        written(log)


@pytest.mark.parametrize("number", [1, 3, 5])
def test_one_changed_byte_is_seen_wherever_it_is(
    log: AccessLog, attacker: Attacker, number: int, url: str, keyring: Keyring
) -> None:
    for _ in range(5):
        log.append([look(purpose="case_work")], NOON)
    if log.database.is_sqlite:
        changed = "CAST(replace(CAST(state AS TEXT), 'case_work', 'audit_job') AS BLOB)"
    else:
        changed = (
            "convert_to(replace(convert_from(state, 'UTF8'), 'case_work', 'audit_job'), 'UTF8')"
        )
    attacker.run(f"UPDATE access_entries SET state = {changed} WHERE number = {number}")  # noqa: S608
    with closing(open_access(url, None, keyring.verifier(KeyKind.SEAL))) as fresh:
        with pytest.raises(Altered):
            written(fresh)
        with pytest.raises(Altered):
            [*fresh.entries()]


def test_nothing_is_built_on_an_altered_entry(log: AccessLog, attacker: Attacker) -> None:
    for _ in range(3):
        log.append([look()], NOON)
    attacker.run(f"{COPIED} 3")
    with pytest.raises(Altered):
        log.append([look()], NOON)


def test_a_seal_of_another_key_is_neither_proved_nor_disproved(
    log: AccessLog, url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from keys import Keyring  # noqa: PLC0415 - another installation's

    log.append([look()], NOON)
    other = Keyring(tmp_path_factory.mktemp("other"), environment={})
    other.create_missing()
    with (
        closing(open_access(url, None, other.verifier(KeyKind.SEAL))) as stranger,
        pytest.raises(UnknownSeal),
    ):
        written(stranger)


def test_every_seal_is_looked_at_when_all_is_checked_and_the_newest_when_it_is_read(
    url: str, keyring: Keyring, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from keys import Keyring, Verifier  # noqa: PLC0415 - a second key, known for a while

    other = Keyring(tmp_path_factory.mktemp("second"), environment={})
    other.create_missing()
    mine, theirs = (ring.verifier(KeyKind.SEAL).keys for ring in (keyring, other))
    both = Verifier({**mine, **theirs})
    for ring in (other, keyring):
        with closing(open_access(url, ring.signer(KeyKind.SEAL), both)) as log:
            log.append([look()], NOON)
    with closing(open_access(url, None, Verifier(mine))) as log:
        assert len([*log.entries()]) == 2
        with pytest.raises(UnknownSeal):
            written(log)


def test_many_who_look_at_once_are_written_together_none_lost_none_twice(
    access: Access, log: AccessLog
) -> None:
    mine = [[look() for _ in range(20)] for _ in range(8)]

    def go(these: list[Look]) -> None:
        for one in these:
            access.write(one)

    threads = [threading.Thread(target=go, args=(these,)) for these in mine]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = [one.id for one in written(log)]
    assert sorted(found) == sorted(one.id for these in mine for one in these)
    for these in mine:
        places = [found.index(one.id) for one in these]
        assert places == sorted(places)
