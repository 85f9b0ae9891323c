"""`rj audit replay`: a case entry by entry, both clocks, and against all that was made of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cli.audit.replay_all import MOST_TOLD, told
from projections import Difference, Differs
from tests.cases import ATTEMPT
from tests.cli.auditing import auditor, case
from tests.cli.test_rights import REFER
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
    assert {"command", "asked", "actor", "rules", "changes", "why"} <= first.keys()
    shown = typist.rj("audit", "replay", case, actor=auditor).out
    asked = [line.strip() for line in shown.split("\n") if line.strip().startswith("asked: ")]
    assert len(asked) == len(said["entries"])
    for line, one in zip(asked, said["entries"], strict=True):
        assert one["command"] in line
        assert line.endswith(f"under rules {one['rules']}")
    assert "workflow: as replayed" in shown
    assert "read models: as replayed" in shown


def test_what_was_asked_is_told_as_far_as_it_is_proved_and_not_guessed(
    typist: Typist, auditor: str
) -> None:
    case = str(typed(typist, "refer", "--from", "-", given=REFER)["stream"])
    typed(typist, "withdraw", case, "V1", "--cause", "circumstances-changed")
    entries = typed(typist, "audit", "replay", case, actor=auditor)["entries"]
    assert entries[-1]["asked"] == {"name": "withdraw_consent", "known": "PROVED"}
    assert entries[0]["asked"] == {"name": None, "known": "NOT_TOLD"}
    shown = typist.rj("audit", "replay", case, actor=auditor).out
    assert "asked: withdraw_consent, which its digest proves, as " in shown
    assert "by which command, or in which visit, is not in the record" in shown


def test_it_is_replayed_up_to_a_version_or_an_hour(typist: Typist, case: str, auditor: str) -> None:
    said = typed(typist, "audit", "replay", case, "--to", "2", actor=auditor)
    assert [one["version"] for one in said["entries"]] == [1, 2]
    for option in ("--as-at", "--known-at"):
        line = ("audit", "replay", case, option, "2001-01-01")
        assert typed(typist, *line, actor=auditor)["entries"] == []
        assert "had happened, or was known, by then" in typist.rj(*line, actor=auditor).out
        nonsense = typist.rj("audit", "replay", case, option, "yesterday", actor=auditor)
        assert (nonsense.code, option in nonsense.err) == (2, True)


def test_an_entry_that_is_not_there_is_nonsense_and_not_an_empty_replay(
    typist: Typist, case: str, auditor: str
) -> None:
    last = typed(typist, "audit", "replay", case, actor=auditor)["entries"][-1]["version"]
    for beyond in (0, -1, last + 1):
        said = typist.rj("audit", "replay", case, f"--to={beyond}", actor=auditor)
        assert (said.code, f"1 to {last}" in said.err) == (2, True), said
    assert typist.rj("audit", "replay", case, f"--to={last}", actor=auditor).code == 0
    assert typist.rj("audit", "replay", "--all", "--to=0").code == 2


def test_what_is_now_known_otherwise_is_told_once_and_in_words(
    typist: Typist, auditor: str
) -> None:
    case = str(typed(typist, "refer", "--from", "-", given=REFER)["stream"])
    at = {"effective_at": datetime.now(UTC).isoformat()}
    line = ("do", case, "record_stage", "--party", "O1", "--from", "-")
    typed(typist, *line, "--stage", "custody", given=at)
    typed(typist, "do", case, "record_contact_attempt", "--from", "-", given=ATTEMPT)
    typed(typist, *line, "--stage", "licence-or-post-release", given=at)
    shown = typist.rj("audit", "replay", case, actor=auditor).out
    told = [line.strip() for line in shown.splitlines() if "now known to have been" in line]
    now = "now known to have been on licence or after release"
    assert [line for line in told if line.startswith("O1 stage")] == [
        f"O1 stage: known then custody, {now}"
    ]
    assert not [line for line in told if "None" in line or "+00:00" in line]


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
            seeded = {"read_model": "cases", "stream": case, "columns": ["pairs_open"]}
            assert said.json["which"] == [{**seeded, "what": "other_values"}]
            told = typist.rj("audit", "replay", "--all")
            assert f"cases of {case}: other values in pairs_open\n1 difference" in told.out
            one = typist.rj("audit", "replay", case, "--json", actor=auditor)
            assert (one.code, one.json["read_models"]) == (1, ["cases"])
        finally:
            put(was)
    assert typed(typist, "audit", "replay", "--all")["differences"] == 0


def test_a_person_is_told_the_first_differences_one_by_one_and_how_many_more_there_are() -> None:
    seeded = [Difference("waiting", f"RJ-{n:08d}-0", what) for n, what in enumerate(Differs)] * 5
    *first, more, last = told(seeded)
    assert len(first) == MOST_TOLD
    assert first[0] == "waiting of RJ-00000000-0: values of other rows"
    assert len({line.partition(": ")[2] for line in first}) == len(Differs)
    assert more == f"and {len(seeded) - MOST_TOLD} more: --json names each"
    assert last.startswith(f"{len(seeded)} differences between")
