"""Months of the access log are sealed, kept for their time, and go; the checks still pass."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from access import Access, Keeping, Spool, open_access, retire, seal_months
from access.keeping import verify
from audit.merkle import leaf_hash, root_of
from keys import KeyKind
from store import Altered
from tests.access.sample import look, months
from tests.access.test_log import written
from trouble import Trouble
from vault import Unavailable

if TYPE_CHECKING:
    from pathlib import Path

    from access import AccessLog
    from keys import Keyring
    from tests.access.sample import Attacker

APRIL = datetime(2026, 4, 2, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
MARCH = datetime(2026, 3, 1, tzinfo=UTC)


def test_each_month_that_is_over_is_sealed_once_with_the_root_of_its_tree(log: AccessLog) -> None:
    months(log, [3, 2, 4, 1])
    segments = seal_months(log, APRIL)
    assert [(s.root.first, s.root.last) for s in segments] == [(1, 3), (4, 5), (6, 9)]
    entries = [entry.bytes for entry in log.entries()]
    assert segments[1].root.root == root_of(map(leaf_hash, entries[3:5])).hex()
    assert seal_months(log, APRIL) == segments
    found = verify(log, LONG_AGO)
    assert (found.entries, found.sealed, found.gone) == (10, 3, 0)


def test_a_segment_goes_after_its_time_its_root_stays_and_the_checks_pass(log: AccessLog) -> None:
    months(log, [3, 2, 4, 1])
    kept = written(log)[5:]
    roots = seal_months(log, APRIL)
    gone = retire(log, MARCH)
    assert [s.root.number for s in gone] == [1, 2]
    assert written(log) == kept
    assert log.segments() == roots
    found = verify(log, MARCH)
    assert (found.entries, found.sealed, found.gone) == (5, 3, 2)
    after = look()
    log.append([after], APRIL)
    assert written(log) == [*kept, after]
    assert retire(log, MARCH) == []


def test_when_everything_has_gone_the_log_carries_on_from_the_last_root(log: AccessLog) -> None:
    months(log, [2])
    seal_months(log, APRIL)
    retire(log, APRIL)
    assert written(log) == []
    log.append([look()], APRIL)
    assert [entry.link.number for entry in log.entries()] == [3]
    assert verify(log, APRIL).entries == 1


def test_what_goes_before_its_time_is_seen(log: AccessLog, attacker: Attacker) -> None:
    months(log, [3, 2, 4])
    seal_months(log, APRIL)
    retire(log, MARCH)
    with pytest.raises(Altered, match="before its time"):
        verify(log, LONG_AGO)


@pytest.mark.parametrize(
    "attack",
    [
        "DELETE FROM access_segments WHERE number = 1",
        "DELETE FROM access_segments WHERE number = 2",
        "DELETE FROM access_entries WHERE number = 4",
        "DELETE FROM access_entries WHERE number = 5",
        "DELETE FROM access_entries WHERE number BETWEEN 6 AND 9",
        "UPDATE access_segments SET last = 4 WHERE number = 2",
        "UPDATE access_segments SET state = '' WHERE number = 2",
    ],
)
def test_a_root_or_an_entry_that_is_altered_is_seen(
    log: AccessLog, attacker: Attacker, attack: str
) -> None:
    months(log, [3, 2, 4])
    seal_months(log, APRIL)
    retire(log, datetime(2026, 2, 1, tzinfo=UTC))
    attacker.run(attack)
    with pytest.raises(Altered):
        verify(log, MARCH)


def test_keeping_merges_seals_and_retires_and_writes_down_what_went(
    log: AccessLog, spool: Spool
) -> None:
    months(log, [3, 2])
    spool.write(look(), MARCH)
    keeping = Keeping(Access(lambda: log, spool), timedelta(days=40))
    keeping.once(APRIL)
    keeping.once(APRIL)
    erased = [one for one in written(log) if one.operation == "ERASURE"]
    assert [one.asked for one in erased] == [{"first": "1", "last": "5"}]
    assert not spool.holds_any()
    assert verify(log, APRIL - timedelta(days=40)).gone == 2


@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_a_login_that_may_only_add_lets_nothing_go(
    log: AccessLog, url: str, keyring: Keyring, tmp_path: Path
) -> None:
    months(log, [2])
    with log.database.together() as connection:
        for statement in (
            "DROP ROLE IF EXISTS rj_adds",
            "CREATE ROLE rj_adds LOGIN",
            "GRANT SELECT, INSERT ON access_entries, access_segments TO rj_adds",
        ):
            connection.exec_driver_sql(statement)
    signer, verifier = keyring.signer(KeyKind.SEAL), keyring.verifier(KeyKind.SEAL)
    try:
        own = url.replace("postgres@", "rj_adds@")
        with closing(open_access(own, signer, verifier, create=False)) as adds:
            adds.append([look()], APRIL)
            assert len(seal_months(adds, APRIL)) == 1
            with pytest.raises(Unavailable) as told:
                retire(adds, APRIL)
            assert told.value.trouble is Trouble.READ_ONLY
            Keeping(Access(lambda: adds, Spool(tmp_path / "s", adds.seals)), timedelta(1)).once(
                APRIL + timedelta(days=30)
            )
        assert log.first() == 1
    finally:
        with log.database.together() as connection:
            connection.exec_driver_sql("DROP OWNED BY rj_adds")
            connection.exec_driver_sql("DROP ROLE rj_adds")


def test_the_roots_are_a_chain_of_their_own(log: AccessLog, attacker: Attacker) -> None:
    months(log, [1, 1, 1])
    assert len(seal_months(log, APRIL)) == 3
    attacker.run("DELETE FROM access_segments WHERE number = 1")
    with pytest.raises(Altered, match="does not follow on"):
        log.segments()
