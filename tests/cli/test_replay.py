"""`rj audit replay`: a case entry by entry, both clocks, and against all that was made of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from tests.cli.auditing import auditor, case
from tests.terminal import typed

if TYPE_CHECKING:
    from tests.terminal import Terminal, Typist

__all__ = ["auditor", "case"]


def test_a_case_is_replayed_and_all_that_was_made_of_it_agrees(
    typist: Typist, case: str, auditor: str
) -> None:
    said = typed(typist, "audit", "replay", case, actor=auditor)
    assert (said["read_models"], said["workflow"]) == ([], [])
    first = said["entries"][0]
    assert {"command", "actor", "rules", "changes", "why", "recorded_at"} <= first.keys()
    shown = typist.rj("audit", "replay", case, actor=auditor).out
    assert f"asked: {first['command']}, under rules {first['rules']}" in shown
    assert "workflow: as replayed" in shown
    assert "read models: as replayed" in shown


def test_it_is_replayed_up_to_a_version_or_an_hour(typist: Typist, case: str, auditor: str) -> None:
    said = typed(typist, "audit", "replay", case, "--to", "2", actor=auditor)
    assert [one["version"] for one in said["entries"]] == [1, 2]
    for option in ("--as-at", "--known-at"):
        early = typed(typist, "audit", "replay", case, option, "2001-01-01", actor=auditor)
        assert early["entries"] == []
        nonsense = typist.rj("audit", "replay", case, option, "yesterday", actor=auditor)
        assert (nonsense.code, option in nonsense.err) == (2, True)


def test_whoever_may_not_review_replays_nothing(typist: Typist, case: str) -> None:
    service = ("--organisation", "elsewhere", "--at", "2020-01-01")
    entry = ("register", "service-staff", "--roles=intake", *service)
    other = str(typed(typist, "practitioners", *entry)["stream"])
    said = typist.rj("audit", "replay", case, actor=other)
    assert (said.code, "none that you may see" in said.err) == (1, True)
    assert typist.rj("audit", "replay").code == 2
    assert typist.rj("audit", "replay", case, "--all").code == 2


def test_a_full_replay_counts_0_differences_and_finds_what_was_seeded(
    typist: Typist, here: Terminal, auditor: str, case: str
) -> None:
    assert typed(typist, "audit", "replay", "--all")["differences"] == 0
    with closing(sqlite3.connect(here.data / "views.db")) as views:
        (was,) = views.execute("SELECT pairs_open FROM cases WHERE stream = ?", (case,)).fetchone()

        def put(pairs: int) -> None:
            views.execute("UPDATE cases SET pairs_open = ? WHERE stream = ?", (pairs, case))
            views.commit()

        try:
            put(was + 7)
            said = typist.rj("audit", "replay", "--all", "--json")
            assert (said.code, said.json["differences"]) == (1, 1)
            one = typist.rj("audit", "replay", case, "--json", actor=auditor)
            assert (one.code, one.json["read_models"]) == (1, ["cases"])
        finally:
            put(was)
    assert typed(typist, "audit", "replay", "--all")["differences"] == 0
