"""A page of the log in PostgreSQL costs what is in it, however much comes after it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from psycopg.sql import SQL

from keys import KeyKind, Keyring
from store import open_log
from store.postgres import _MOVED, _SCAN
from tests.store.sample import CASE, asked, step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from psycopg.sql import Composed

    from store import Log

EVENTS = 3_000


@pytest.fixture
def log(postgres_log: str, tmp_path: Path) -> Iterator[Log]:
    ring = Keyring(tmp_path / "keys", environment={})
    ring.create_missing()
    seal, seals = ring.signer(KeyKind.SEAL), ring.verifier(KeyKind.SEAL)
    with closing(open_log(postgres_log, seal, seals)) as opened:
        for version in range(0, EVENTS, 500):
            drafts = [step(version + part) for part in range(500)]
            opened.append(CASE, version, asked(f"command-{version}"), drafts)
        yield opened


@pytest.mark.parametrize(
    ("page", "values"),
    [(_SCAN, (100, 2**63 - 1, 5_000)), (_MOVED, (100, 2_000))],
    ids=["scan", "moved"],
)
def test_the_next_rows_are_walked_to_and_not_found_by_sorting_all_that_come_after(
    page: Composed, values: tuple[int, ...], log: Log
) -> None:
    recorder: Any = log._recorder
    plan = "\n".join(line for (line,) in recorder._page(SQL("EXPLAIN ") + page, values))
    assert "Index Scan using stored_events_notification_id_idx" in plan
    assert "Sort" not in plan
