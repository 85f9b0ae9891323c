"""Whoever alters the record by SQL, every right included, is found out when it is next read.

What only later layers can see (a stream cut at the end of an append, a whole stream gone) is not
claimed here: that takes a checkpoint kept elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from domain.event import EVENTS
from store import Altered, Unreadable
from store.seal import leaf
from tests.store.sample import CASE, OTHER_CASE, fill

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Log
    from tests.store.attack import Attacker

    Reopened = Callable[[], Log]


@pytest.mark.parametrize("version", [1, 2, 3, 5, 6])
def test_a_changed_payload_is_found(
    log: Log,
    reopened: Reopened,
    attacker: Attacker,
    version: int,
) -> None:
    fill(log)
    attacker.change(version, b'"thread":"V1-O1"', b'"thread":"V1-O2"')
    for seen in (log, reopened()):
        with pytest.raises(Altered, match=f"the log of {CASE} is not as it was recorded"):
            seen.load(CASE)


def test_a_changed_payload_and_a_new_chain_after_it_are_found(
    log: Log,
    reopened: Reopened,
    attacker: Attacker,
) -> None:
    """The attacker knows how hashes are made; only the key of the seal is not in the database."""
    fill(log)
    changed = attacker.state(2).replace(b'"thread":"V1-O1"', b'"thread":"V1-O2"')
    for version in range(2, 7):
        attacker.put(version, changed)
        if version < 6:
            was = leaf(CASE, version, "tested_step", attacker.state(version)).hex()
            following = attacker.state(version + 1)
            at = following.index(b'"previous":"') + len(b'"previous":"')
            changed = following[:at] + was.encode() + following[at + 64 :]
    with pytest.raises(Altered, match="version 6 has a seal that does not fit it"):
        reopened().load(CASE)


@pytest.mark.parametrize(("version", "what"), [(2, "does not link"), (6, "a seal that does not")])
def test_a_changed_topic_is_found(
    log: Log, reopened: Reopened, attacker: Attacker, version: int, what: str
) -> None:
    fill(log)
    attacker.rename(version, "other_step")
    with pytest.raises(Altered, match=what):
        reopened().load(CASE)


def test_a_missing_event_in_the_middle_is_found(
    log: Log, reopened: Reopened, attacker: Attacker
) -> None:
    fill(log)
    attacker.delete(3)
    with pytest.raises(Altered, match="version 3 is missing: version 4 comes next"):
        reopened().load(CASE)


def test_a_missing_event_in_the_middle_is_found_after_renumbering(
    log: Log, reopened: Reopened, attacker: Attacker
) -> None:
    fill(log)
    attacker.delete(3)
    for version in (4, 5, 6):
        attacker.move(version, version - 1)
    with pytest.raises(Altered, match="version 3 does not link to the event before it"):
        reopened().load(CASE)


def test_the_first_event_gone_is_found(log: Log, reopened: Reopened, attacker: Attacker) -> None:
    fill(log)
    attacker.delete(1)
    with pytest.raises(Altered, match="version 1 is missing"):
        reopened().load(CASE)


def test_two_events_that_changed_places_are_found(
    log: Log, reopened: Reopened, attacker: Attacker
) -> None:
    fill(log)
    for old, new in ((2, 99), (3, 2), (99, 3)):
        attacker.move(old, new)
    with pytest.raises(Altered, match="version 2"):
        reopened().load(CASE)


def test_an_event_moved_to_another_stream_is_found(
    log: Log, reopened: Reopened, attacker: Attacker
) -> None:
    fill(log, appends=(1,))
    attacker.unguard()
    attacker.sql("UPDATE stored_events SET originator_id = ?", OTHER_CASE)
    with pytest.raises(Altered, match=f"{OTHER_CASE}.* has a seal that does not fit"):
        reopened().load(OTHER_CASE)


def test_a_stream_cut_inside_an_append_is_found(
    log: Log, reopened: Reopened, attacker: Attacker
) -> None:
    fill(log)
    attacker.delete(6)
    with pytest.raises(Altered, match="version 5 is part 2 of 3 and the rest of them is missing"):
        reopened().load(CASE)


def test_an_append_made_to_look_shorter_is_found(
    log: Log,
    reopened: Reopened,
    attacker: Attacker,
) -> None:
    fill(log)
    attacker.change(5, b'"parts":3', b'"parts":2')
    attacker.delete(6)
    with pytest.raises(Altered, match="version 5 ends its append without a seal"):
        reopened().load(CASE)


@pytest.mark.parametrize("state_now", [b"", b"{}", b"\xff\xfe", b"[1]", b'{"form":"rj2"}'])
def test_bytes_that_are_no_envelope_are_found_and_not_repeated(
    log: Log, reopened: Reopened, attacker: Attacker, state_now: bytes
) -> None:
    fill(log)
    attacker.put(1, state_now)
    with pytest.raises(Altered, match="version 1 is not an envelope") as caught:
        reopened().load(CASE)
    assert "rj2" not in str(caught.value)


def test_a_field_of_the_wrong_type_is_found(
    log: Log,
    reopened: Reopened,
    attacker: Attacker,
) -> None:
    fill(log)
    attacker.change(1, b'"parts":1', b'"parts":"1"')
    with pytest.raises(Altered, match=r"version 1 is not an envelope: parts \(int_type\)"):
        reopened().load(CASE)


def test_an_event_of_a_newer_release_is_unreadable_and_not_called_altered(
    log: Log, reopened: Reopened, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(log)
    monkeypatch.delitem(EVENTS, "tested_step")
    with pytest.raises(Unreadable, match=r"version 1 of .* cannot be read by this release"):
        reopened().load(CASE)
    with pytest.raises(Unreadable):
        reopened().since(0)
    assert reopened().verify(CASE) == 6


def test_a_version_that_is_no_number_is_found(
    log: Log, reopened: Reopened, attacker: Attacker
) -> None:
    """SQLite takes one once the table was made anew; PostgreSQL has no such value to give."""
    fill(log)
    log.close()
    attacker.unguard()
    if not attacker.url.startswith("sqlite"):
        with pytest.raises(psycopg.DataError):
            attacker.sql("UPDATE stored_events SET originator_version = 'x'")
        return
    attacker.sql("ALTER TABLE stored_events RENAME TO theirs")
    attacker.sql("CREATE TABLE stored_events AS SELECT * FROM theirs")
    attacker.sql(
        "INSERT INTO stored_events SELECT rowid + 100, originator_id, 'x', topic, state"
        " FROM theirs WHERE originator_id = ? AND originator_version = 2",
        CASE,
    )
    with pytest.raises(Altered, match="version x is not a version"):
        reopened().load(CASE)
