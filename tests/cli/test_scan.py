"""`rj consent … --scan FILE` and `rj scan`: a signed form goes in, and comes out as it was."""

from __future__ import annotations

import json
import os
import stat
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_nonsense import told, version
from tests.cli.test_report import registered
from vault.scans import BEGINNINGS, SCAN_LIMIT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal import Typed, Typist

NAME = "zenobia-quillfeather-signed.pdf"
"""Plainly invented; a file may well be called after somebody."""


@pytest.fixture(scope="module")
def agreed(typist: Typist) -> tuple[str, str, str, str]:
    """Return an invented case of the demonstration, its lead, and a pair whose victim consented."""
    return consented(typist)[0]


def consented(typist: Typist) -> list[tuple[str, str, str, str]]:
    found = []
    for one in typist.rj("cases", "--json").json["cases"]:
        if one["demo"]:
            shown = typist.rj("show", one["case"], "--json", "--reason", "supervising").json
            state = shown["state"]
            for pair, thread in state["threads"].items():
                now = thread["episodes"][-1]
                if now["victim"]["choice"] == "CONSENTED" and not now["ended"]:
                    found.append((one["case"], state["lead"], pair, thread["victim"]))
    return found


def consent(agreed: tuple[str, str, str, str], file: Path) -> tuple[str, ...]:
    case, lead, pair, party = agreed
    given = ("--scopes", "shuttle", "--form", "signed-paper", "--scan", str(file), "--as", lead)
    return ("consent", case, pair, party, *given)


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_a_signed_form_comes_out_as_it_went_in_for_its_readers_eyes_alone(
    typist: Typist, agreed: tuple[str, str, str, str], tmp_path: Path, kind: str
) -> None:
    case, lead, pair, party = agreed
    paper, out = tmp_path / NAME, tmp_path / "out"
    paper.write_bytes(BEGINNINGS[kind] + os.urandom(3_000_000))
    answer = typist.rj(*consent(agreed, paper))
    assert answer.code == 0, answer.err
    assert "scan (kept)" in answer.out
    assert "zenobia" not in answer.out
    take = ("scan", case, pair, party, "--to", str(out), "--as", lead)
    answer = typist.rj(*take)
    assert answer.code == 0, answer.err
    assert out.read_bytes() == paper.read_bytes()
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    told(typist.rj(*take), 2, "nothing is written over")
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["out", NAME]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "--scan: the file cannot be read: No such file"),
        (b"", "--scan: there is nothing in the file"),
        (b"MZ this is no scan", "--scan: the file is none of PDF, JPEG, PNG"),
        (BEGINNINGS["PDF"] + bytes(SCAN_LIMIT), "--scan: the file is too large: 20 MiB"),
    ],
)
def test_what_is_no_scan_is_told_and_nothing_is_recorded(
    typist: Typist,
    agreed: tuple[str, str, str, str],
    tmp_path: Path,
    content: bytes | None,
    sentence: str,
) -> None:
    before, paper = version(typist, agreed[0]), tmp_path / NAME
    if content is not None:
        paper.write_bytes(content)
    answer = typist.rj(*consent(agreed, paper))
    told(answer, 2, sentence)
    assert "zenobia" not in answer.out + answer.err
    assert version(typist, agreed[0]) == before


def test_a_scan_is_handed_in_with_the_rest_of_a_visit_or_nothing_of_it(
    typist: Typist, agreed: tuple[str, str, str, str], tmp_path: Path
) -> None:
    case, lead, pair, party = agreed
    paper, out = tmp_path / NAME, tmp_path / "out"
    paper.write_bytes(BEGINNINGS["PNG"] + os.urandom(3_000_000))
    consented = {"command": "record_consent", "thread": pair, "party": party,
                 "scopes": ["SHUTTLE"], "form": "SIGNED_PAPER"}  # fmt: skip
    wish = {"command": "record_wish", "party": party, "wish": "BE_TOLD_OUTCOME"}
    nowhere = {**consented, "party": "V9", "scan": str(paper)}

    def visit(*parts: object) -> Typed:
        lines = "\n".join(map(json.dumps, parts))
        return typist.rj("visit", case, "--from", "-", "--as", lead, given=lines)

    before = version(typist, case)
    for part, sentence in (
        (nowhere, "part 2 (record_consent): there is no person V9"),
        ({**consented, "scan": f"{paper}x"}, "part 2 (record_consent): --scan: the file cannot be"),
        ({**wish, "wish": str(paper)}, "part 2 (record_wish): wish"),
    ):
        answer = visit(wish, part)
        told(answer, 2, sentence)
        assert "zenobia" not in answer.out + answer.err
    assert version(typist, case) == before
    answer = visit(wish, {**consented, "scan": str(paper)})
    assert answer.code == 0, answer.err
    assert "zenobia" not in answer.out
    history = typist.rj("history", case, "--json", "--reason", "supervising").json["entries"]
    new = history[before:]
    assert {"wish_recorded", "consent_recorded"} <= {entry["event"] for entry in new}
    assert len({entry["command"] for entry in new}) == 1
    take = typist.rj("scan", case, pair, party, "--to", str(out), "--as", lead)
    assert take.code == 0, take.err
    assert out.read_bytes() == paper.read_bytes()


def test_a_folder_is_no_scan(
    typist: Typist, agreed: tuple[str, str, str, str], tmp_path: Path
) -> None:
    told(typist.rj(*consent(agreed, tmp_path)), 2, "--scan: the file cannot be read: Is a direct")


@pytest.mark.parametrize("verb", ["scan", "consent-form"])
@pytest.mark.parametrize("name", ["zenobia", "Zenobia Quillfeather"])
def test_a_name_typed_in_the_place_of_a_code_is_repeated_and_logged_nowhere(
    typist: Typist, agreed: tuple[str, str, str, str], tmp_path: Path, verb: str, name: str
) -> None:
    case, lead, pair, _ = agreed
    out = str(tmp_path / "out.html")
    file = ("--to", out) if verb == "scan" else (out,)
    answer = typist.rj(verb, case, pair, name, *file, "--as", lead)
    told(answer, 2, "named by their code")
    officer = registered(typist, "data-protection-officer")
    looks = typist.rj("audit", "access", "--case", case, "--json", actor=officer)
    assert "zenobia" not in (answer.out + answer.err + looks.out).casefold()
    assert [*tmp_path.iterdir()] == []


def test_where_there_is_none_nothing_is_written(
    typist: Typist, agreed: tuple[str, str, str, str], tmp_path: Path
) -> None:
    case, lead, pair, _ = agreed
    out = tmp_path / "out"
    answer = typist.rj("scan", case, pair, "C9", "--to", str(out), "--as", lead)
    told(answer, 2, "no scan of this person's consent for this pair was handed in")
    assert [*tmp_path.iterdir()] == []


def test_a_search_says_how_many_scans_nobody_can_search_and_by_which_line_each_is_looked_at(
    typist: Typist, agreed: tuple[str, str, str, str], tmp_path: Path
) -> None:
    paper, out = tmp_path / NAME, tmp_path / "out"
    paper.write_bytes(BEGINNINGS["JPEG"] + os.urandom(3_000))
    assert typist.rj(*consent(agreed, paper)).code == 0
    officer = registered(typist, "data-protection-officer")
    opened = typist.rj("rights", "request", "access", "--json", actor=officer).json
    search = ("rights", "search", opened["stream"], "--from", "-")
    wanted = {"name": "Thaddeus Plumtree"}
    answer = typist.rj(*search, given=wanted, actor=officer)
    assert "scanned forms, whose words cannot be searched" in answer.out
    assert "(--files)" in answer.out
    assert agreed[0] not in answer.out
    found = typist.rj(*search, "--json", given=wanted, actor=officer).json["files"]
    theirs = [one for one in found if one["case"] == agreed[0]]
    assert f"{len(found)} files are scanned forms" in answer.out
    shown = typist.rj(*search, "--files", given=wanted, actor=officer)
    assert all(one["item"] in shown.out for one in theirs)
    line = theirs[-1]["look"].split()
    assert line[:1] + line[-2:] == ["rj", "--to", "FILE"]
    assert typist.rj(*line[1:-1], str(out), actor=officer).code == 0
    assert out.read_bytes() == paper.read_bytes()
    nowhere = (*line[1:5], "--entry", "1", "--to", str(tmp_path / "none"))
    told(typist.rj(*nowhere, "--reason", "rights-request", actor=officer), 2, "no scan of this")


def test_of_a_scan_that_was_erased_it_is_said_when_and_by_which_decision(
    typist: Typist, tmp_path: Path
) -> None:
    one = consented(typist)[-1]
    case, lead, pair, party = one
    paper, out = tmp_path / NAME, tmp_path / "out"
    paper.write_bytes(BEGINNINGS["PDF"] + os.urandom(3_000))
    assert typist.rj(*consent(one, paper)).code == 0
    officer, reply = registered(typist, "data-protection-officer"), {"reply": "Plainly invented."}
    proposed = ("do", case, "propose_data_step", "--step", "erase", "--party", party, "--as", lead)
    assert typist.rj(*proposed).code == 0
    decide = ("do", case, "decide_erasure", "--ground", "no-longer-needed")
    answer = typist.rj(*decide, "--party", party, "--from", "-", given=reply, actor=officer)
    assert answer.code == 0, answer.err
    answer = typist.rj("scan", case, pair, party, "--to", str(out), "--as", lead)
    history = typist.rj("history", case, "--json", "--reason", "supervising").json["entries"]
    entries = {entry["event"]: number for number, entry in enumerate(history, 1)}
    told(answer, 1, "the scan cannot be handed out: it was erased at ")
    assert f"(entry {entries['person_erased']}), as was decided at " in answer.err
    assert f"(entry {entries['erasure_decided']}: no longer needed)" in answer.err
    assert "zenobia" not in answer.err
    assert not out.exists()
