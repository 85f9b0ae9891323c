"""Every attack on every position, on both databases: whoever holds one earlier checkpoint sees it.

What is expected is reckoned without the verifier: by comparing with the log as it was, and by the
service's own check of each stream.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from audit.exporting import export
from audit.record import Record
from audit.understanding import Place, understand
from audit.verify.findings import Kind, Report, Verdict
from audit.verify.judging import judge, reckon
from audit.verify.whole import verify
from store import Altered, open_log
from tests.audit.attacks import ATTACKS, OF_ENDS_AND_ORDER, WITH_THE_KEY, Attack
from tests.audit.logs import (
    KEYS,
    ORIGIN,
    SEAL,
    VERIFIER,
    Rows,
    checkpoint,
    kept,
    made,
    with_ends,
)
from tests.store.attack import Attacker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from audit.verify.entry import Recorded, Seals
    from store import Log

KINDS = ["sqlite", "postgres"]
ORIGINAL = made(seed=2026, appends=18, streams=4)
ENDS = [n + 1 for n, row in enumerate(ORIGINAL) if b',"seal":' in row[3]]
KEPT = with_ends(ORIGINAL, ENDS[len(ENDS) // 2])
"""The checkpoint that somebody kept: over about half of the log."""
POSITIONS = {
    "first": 0,
    "second": 1,
    "middle": len(ORIGINAL) // 2,
    "last before the checkpoint": KEPT.size - 1,
    "first after the checkpoint": KEPT.size,
    "last but one": len(ORIGINAL) - 2,
    "last": len(ORIGINAL) - 1,
}


class Database:
    """A log in a database, which is given other rows by somebody with every right on it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.log = open_log(url, None, VERIFIER)
        self.attacker = Attacker(url)
        self.attacker.unguard()
        if url.startswith("sqlite"):
            # Whoever has every right is not held back by a rule of the table either.
            self.attacker.sql("DROP TABLE stored_events")
            self.attacker.sql(
                "CREATE TABLE stored_events (rowid INTEGER PRIMARY KEY, originator_id TEXT, "
                "originator_version INTEGER, topic TEXT, state BLOB)"
            )
            self.own: Any = sqlite3.connect(url.removeprefix("sqlite:///"))
            self.own.execute("PRAGMA synchronous=OFF")
        else:
            self.own = psycopg.connect(url)

    def hold(self, rows: Sequence[Recorded]) -> None:
        """Put these rows in the place of all that is there."""
        place = "rowid" if self.url.startswith("sqlite") else "notification_id"
        names = f"originator_id, originator_version, topic, state, {place}"
        insert = f"INSERT INTO stored_events ({names}) VALUES (?, ?, ?, ?, ?)"  # noqa: S608
        put = [(row[0].decode(), row[1], row[2].decode(), *row[3:]) for row in rows]
        if self.url.startswith("sqlite"):
            self.own.execute("DELETE FROM stored_events")
            self.own.executemany(insert, put)
            self.own.commit()
        else:
            cursor = self.own.cursor()
            cursor.execute("DELETE FROM stored_events")
            cursor.executemany(insert.replace("?", "%s"), put)
            self.own.commit()

    def close(self) -> None:
        self.log.close()
        self.own.close()


@pytest.fixture(scope="module", params=KINDS)
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('attacked') / 'log.db'}"
    else:
        make: Callable[[], str] = request.getfixturevalue("postgres_database")
        url = make()
    with closing(Database(url)) as held:
        yield held


def aimed(attack: Attack, at: int) -> list[Recorded]:
    """Return the log after an attack on this row, or on the nearest on which it makes sense, on
    the same side of the checkpoint."""
    side = [n for n in range(len(ORIGINAL)) if (n < KEPT.size) == (at < KEPT.size)]
    for near in sorted(side, key=lambda n: abs(n - at)):
        attacked = attack(ORIGINAL, near)
        if attacked is not None:
            return attacked
    raise AssertionError(f"{attack.__name__} can be tried nowhere on that side")


def are_in_order(rows: Sequence[Recorded]) -> bool:
    """Say whether each stream's versions stand in the log in their order."""
    streams = {row[0] for row in rows}
    orders = [[row[1] for row in rows if row[0] == stream] for stream in streams]
    return all(order == sorted(order) for order in orders)


def own_check(log: Log) -> bool:
    """Say whether the service's own check finds every stream as it was recorded."""
    try:
        for stream in log.streams():
            log.verify(stream)
    except Altered:
        return False
    return True


@pytest.mark.parametrize("where", POSITIONS)
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_an_attack_is_found_by_whoever_holds_one_earlier_checkpoint(
    attack: Attack, where: str, database: Database, tmp_path: Path
) -> None:
    attacked = aimed(attack, POSITIONS[where])
    database.hold(attacked)
    log = database.log
    changed_before = any(
        was[:4] != now[:4]
        for was, now in zip_longest(
            ORIGINAL[: KEPT.size], attacked[: KEPT.size], fillvalue=(b"", 0, b"", b"", 0)
        )
    )
    expected = changed_before or not (own_check(log) and are_in_order(attacked))
    inside = judge(Record(log), [KEPT], {SEAL.id: SEAL.private.public_key()})
    export(Record(log), ORIGIN, tmp_path / "log.jsonl")
    outside = verify(tmp_path / "log.jsonl", KEYS, [kept(tmp_path, KEPT)])
    assert (outside.verdict is not Verdict.VERIFIED) == expected
    assert [f.kind for f in inside.findings] == [f.kind for f in outside.findings]
    understood = understand(log, There(database.url, tmp_path), [KEPT])
    assert understood.root == inside.root
    assert without_meaning(understood) == [f.kind for f in inside.findings]
    if changed_before or attack not in WITH_THE_KEY | OF_ENDS_AND_ORDER:
        assert expected


@dataclass(frozen=True, slots=True)
class There(Place):
    """Where the attacked log is; its seals are checked with the key of these tests."""

    @property
    def seals(self) -> Seals:
        return {SEAL.id: SEAL.private.public_key()}


def without_meaning(report: Report) -> list[Kind]:
    """Return what was found but for what these tests' own steps, which no case has, come to."""
    told = [f for f in report.findings if f.kind is not Kind.NO_MEANING]
    assert all("cannot be folded" in f.sentence for f in report.findings if f not in told)
    return [f.kind for f in told]


def test_there_are_enough_attacks_and_each_is_one() -> None:
    assert len(ATTACKS) >= 16
    for attack in ATTACKS:
        for at in POSITIONS.values():
            rows = aimed(attack, at)
            assert [row[:4] for row in rows] != [row[:4] for row in ORIGINAL]


def test_the_log_as_it_was_is_verified(database: Database, tmp_path: Path) -> None:
    database.hold(ORIGINAL)
    whole = with_ends(ORIGINAL)
    export(Record(database.log), ORIGIN, tmp_path / "log.jsonl")
    report = verify(tmp_path / "log.jsonl", KEYS, [kept(tmp_path, KEPT, whole)])
    assert (report.verdict, report.findings) == (Verdict.VERIFIED, [])
    assert (report.entries, report.under_checkpoint) == (len(ORIGINAL), whole.size)


class Apart(Rows):
    """Rows of which each few are reckoned on their own and joined, as several processes do."""

    begins = None

    def __init__(self, rows: Sequence[Recorded], span: int) -> None:
        super().__init__(rows)
        self._all = rows
        self._span = span

    def stretches(self) -> Any:
        starts = range(0, len(self._all), self._span)
        return [reckon(self._all[at : at + self._span]) for at in starts]


@pytest.mark.parametrize("span", [1, 2, 7])
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_reckoned_apart_and_joined_it_comes_to_the_same(attack: Attack, span: int) -> None:
    seals = {SEAL.id: SEAL.private.public_key()}
    assert judge(Apart(ORIGINAL, span), [KEPT], seals).findings == []
    for at in POSITIONS.values():
        rows = aimed(attack, at)
        whole, apart = (judge(source, [KEPT], seals) for source in (Rows(rows), Apart(rows, span)))
        assert {f.sentence for f in apart.findings} == {f.sentence for f in whole.findings}
        assert apart.root == whole.root


def alarms(logs: range) -> int:
    """Return in how many clean logs something was found."""
    seals = {SEAL.id: SEAL.private.public_key()}
    found = 0
    for seed in logs:
        rows = made(seed, appends=4 + seed % 9, streams=1 + seed % 4)
        points = [with_ends(rows, size) for size in {0, len(rows) // 3, len(rows)}]
        found += bool(judge(Rows(rows), points, seals).findings)
    return found


def test_500_clean_logs_raise_no_alarm() -> None:
    assert alarms(range(500)) == 0


@pytest.mark.prove
def test_10_000_clean_logs_raise_no_alarm() -> None:
    assert alarms(range(10_000)) == 0


@pytest.mark.prove
def test_every_attack_on_every_row_of_many_logs_is_found_or_cannot_be_seen() -> None:
    seals = {SEAL.id: SEAL.private.public_key()}
    for seed in range(60):
        rows = made(seed, appends=10, streams=3)
        point = checkpoint(rows, len(rows) // 2)
        for attack in ATTACKS:
            for at in range(len(rows)):
                attacked = attack(rows, at)
                if attacked is None:
                    continue
                before = [r[:4] for r in attacked[: point.size]]
                changed = before != [r[:4] for r in rows[: point.size]]
                found = judge(Rows(attacked), [point], seals).findings
                if changed or attack not in WITH_THE_KEY | OF_ENDS_AND_ORDER:
                    assert found, (seed, attack.__name__, at)
