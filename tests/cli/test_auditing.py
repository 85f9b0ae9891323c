"""Audit as work, as it is typed: drawn, found, recommended, answered, done; the panel's pack."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_audit import typed
from tests.cli.test_report import registered

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal import Typist

DRAW = ("audit", "sample", "--demo", "--seed", "an-invented-seed", "--size", "2")
FOUND = ("told-in-time", "not-as-it-should-be", "--from", "-")
WORDS = {"account": "Two days late, invented.", "recommends": "Ring sooner, invented."}


@pytest.fixture(scope="module")
def auditor(typist: Typist) -> str:
    return registered(typist, "auditor")


@pytest.fixture(scope="module")
def sample(typist: Typist, auditor: str) -> dict[str, Any]:
    drawn: dict[str, Any] = typed(typist, *DRAW, actor=auditor)
    return drawn


def test_a_sample_is_drawn_again_as_it_was(
    typist: Typist, auditor: str, sample: dict[str, Any]
) -> None:
    assert [*sample["cases"].values()] == [[], []]
    length = str(sample["sample"]["length"])
    again = typed(typist, *DRAW, "--length", length, actor=auditor)
    assert again == sample
    said = typist.rj(*DRAW, "--length", length, actor=auditor)
    assert f"--seed an-invented-seed --size 2 --length {length} --demo" in said.out


def test_another_auditor_draws_the_same_again_once_more_came_in(
    typist: Typist, sample: dict[str, Any]
) -> None:
    second = registered(typist, "auditor")
    length = str(sample["sample"]["length"])
    assert typed(typist, *DRAW, "--length", length, actor=second) == sample
    said = typist.rj(*DRAW, "--length", length, actor=second).out
    assert ("drawn" in said, "somebody else has to" in said) == (True, False)


def test_whoever_is_no_auditor_draws_nothing(typist: Typist) -> None:
    assert typist.rj(*DRAW).code == 1
    assert typist.rj("audit", "samples").code == 1


def test_from_a_finding_to_what_was_recommended_and_done(
    typist: Typist, auditor: str, sample: dict[str, Any]
) -> None:
    name, case = sample["sample"]["id"], next(iter(sample["cases"]))
    said = typist.rj("audit", "finding", case, name, *FOUND, given=WORDS, actor=auditor)
    assert said.code == 0, said.err
    assert typist.rj("audit", "conclude", case, name, actor=auditor).code == 0
    told = typist.rj("audit", "samples", name, actor=auditor).out
    assert "people were told in time" in told
    assert WORDS["recommends"] not in told
    waiting = typed(typist, "waiting", actor=auditor)["waiting"]
    mine = {(one["case"], one["name"]) for one in waiting}
    assert (case, "recommendation") in mine
    other = [*sample["cases"]][1]
    assert (other, "audit") in mine
    early = typist.rj("audit", "done", case, "F1", "--done", actor=auditor)
    assert (early.code, "has not answered" in early.err) == (1, True)
    words = {"words": "From May on, invented."}
    said = typist.rj("audit", "answer", case, "F1", "will-be-done", "--from", "-", given=words)
    assert said.code == 0, said.err
    assert typist.rj("audit", "done", case, "F1", "--done", actor=auditor).code == 0
    (audit,) = [
        one
        for one in typed(typist, "audit", "samples", name, actor=auditor)["audits"]
        if one["case"] == case
    ]
    assert audit["concluded"]
    found = audit["findings"][0]
    assert (found["closed"], found["done"]) == (True, True)
    answerer = found["answered_by"]
    assert (found["by"], found["closed_by"]) == (auditor, auditor)
    assert answerer not in (None, auditor)
    told = typist.rj("audit", "samples", name, actor=auditor).out
    (line,) = [one for one in told.splitlines() if "people were told in time" in one]
    assert [word for word in line.split() if word.startswith("PR-")] == [auditor, answerer, auditor]
    assert "told in time" in typist.rj("show", case, "--reason", "auditing", actor=auditor).out


def test_a_pack_for_the_panel_names_nobody_and_is_written_down_as_a_disclosure(
    typist: Typist, auditor: str, sample: dict[str, Any], tmp_path: Path
) -> None:
    name, file = sample["sample"]["id"], tmp_path / "pack.html"
    found = ("audit", "finding", [*sample["cases"]][1], name, "preparation", *FOUND[1:])
    assert typist.rj(*found, given=WORDS, actor=auditor).code == 0
    line = ("audit", "pack", name, str(file), "--reason", "auditing")
    said = typist.rj(*line, actor=auditor)
    assert said.code == 0, said.err
    text = file.read_text()
    assert "Case 2" in text
    assert not [one for one in sample["cases"] if one in text]
    assert "PR-" not in text
    assert file.stat().st_mode & 0o777 == 0o600
    assert typist.rj(*line, actor=auditor).code == 2
    as_json = ("audit", "pack", name, str(tmp_path / "again.html"), "--json")
    said = typist.rj(*as_json, actor=auditor).out
    assert '"found": "NOT_AS_IT_SHOULD_BE"' in said
    assert re.search(r"20\d\d-\d\d|PR-|RJ-", said) is None
    officer = registered(typist, "data-protection-officer")
    looks = typed(typist, "audit", "access", "--actor", auditor, actor=officer)["looks"]
    given = [one for one in looks if one["recipients"] == ["scrutiny_panel"]]
    assert {case for one in given for case in one["about"]} == set(sample["cases"])
    assert {one["operation"] for one in given} == {"DISCLOSURE"}


def test_what_an_auditor_has_a_conflict_of_interest_in_is_in_no_list_or_pack_of_theirs(
    typist: Typist, sample: dict[str, Any], tmp_path: Path
) -> None:
    name, (case, other) = sample["sample"]["id"], sample["cases"]
    second, file = registered(typist, "auditor"), tmp_path / "pack.html"
    conflict = ("do", case, "declare_conflict", "--practitioner", second)
    assert typist.rj(*conflict, actor=second).code == 0
    listed = typed(typist, "audit", "samples", name, actor=second)["audits"]
    assert [one["case"] for one in listed] == [other]
    line = ("audit", "pack", name, str(file), "--reason", "auditing")
    assert [one["number"] for one in typed(typist, *line, actor=second)["cases"]] == [1]
    assert "Case 2" not in file.read_text()
    length = str(sample["sample"]["length"])
    assert [*typed(typist, *DRAW, "--length", length, actor=second)["cases"]] == [other]
    said = typist.rj(*DRAW, "--length", length, actor=second).out
    assert (case in said, "1 of them for another auditor" in said) == (False, True)


def test_in_a_dip_sample_an_auditor_sees_the_timeline_no_words_unasked_and_alters_nothing(
    typist: Typist, auditor: str, sample: dict[str, Any]
) -> None:
    """Scenario 34; the pack for the panel is the test above."""
    case = [*sample["cases"]][1]
    why = ("--reason", "auditing")
    seen = typed(typist, "history", case, *why, actor=auditor)["entries"]
    assert all(one["actor"] and one["recorded_at"] for one in seen)
    unasked = typist.rj("show", case, "--words", actor=auditor)
    assert (unasked.code, "--reason" in unasked.err) == (1, True), unasked.err
    assert typist.rj("show", case, "--words", *why, actor=auditor).code == 0
    altered = typist.rj(
        "do", case, "record_wish", "--party", "V1", "--wish", "BE_TOLD_OUTCOME", actor=auditor
    )
    assert altered.code == 1, altered.err
    assert typed(typist, "history", case, *why, actor=auditor)["entries"] == seen
    officer = registered(typist, "data-protection-officer")
    looks = typed(typist, "audit", "access", "--case", case, "--actor", auditor, actor=officer)
    assert {one["view"] for one in looks["looks"]} >= {"HISTORY", "WORDS"}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (("sample", "--size", "0"), "--size: from 1"),
        (("sample", "--seed", "Vera Example!"), "--seed: 4 to 64"),
        (("sample", "--meant", "name=Vera"), "--meant: a criterion is one of"),
        (("sample", "--length", "99999999"), "has not as many entries"),
        (("samples", "RJ-00000000-0"), "SAMPLE: such as"),
        (("pack", "SA-00000000-0", "no/such/pack.html"), "no such folder"),
    ],
)
def test_nonsense_is_told_in_a_sentence(
    typist: Typist, auditor: str, line: tuple[str, ...], why: str
) -> None:
    said = typist.rj("audit", *line, actor=auditor)
    assert (said.code, why in said.err, "Vera" in said.err) == (2, True, False), said.err
