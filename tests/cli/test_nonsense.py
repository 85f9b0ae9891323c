"""Bad input: each gets a clear sentence and the right exit code, and nothing is recorded."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal import Terminal, Typed, Typist

SECRET = "Zebedee Quillfeather"  # noqa: S105 - a name, invented
"""What must never be told back."""
REFER: dict[str, Any] = {
    "source": "PCSO",
    "initiator": "VICTIM_INITIATED",
    "parties": [
        {"party": "V1", "role": "DIRECT_VICTIM"},
        {"party": "O1", "role": "OFFENDER"},
    ],
}


@pytest.fixture(scope="module")
def case(typist: Typist) -> str:
    """Return a case that was just referred."""
    answer = typist.rj("refer", "--from", "-", "--json", given=REFER)
    assert answer.code == 0, answer.err
    return str(answer.json["stream"])


def version(typist: Typist, case: str) -> int:
    """Return how many entries the case has."""
    return len(typist.rj("history", case, "--json").json["entries"])


def told(answer: Typed, code: int, sentence: str) -> None:
    """See that this is told in one sentence a line, without a traceback or anybody's words."""
    assert answer.code == code, answer.out + answer.err
    assert sentence in answer.err
    assert all(line.startswith("rj: ") for line in answer.err.splitlines())
    assert "Traceback" not in answer.err + answer.out
    assert SECRET not in answer.err + answer.out


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("{bad", "not JSON: something is wrong at line 1, column 2"),
        ('{"concern": "DANGER", "concern": "COMPLAINT"}', "a name is given twice"),
        ('["concern"]', "a command is a JSON object"),
        ('{"concern": NaN}', "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("{" + '"a":{' * 30 + "}" * 30 + "}", "more than 20 objects within each other"),
        ('{"concern": "ALARM"}', "concern: Input should be 'SAFEGUARDING'"),
        ('{"concern": "DANGER", "colour": "red"}', "colour: Extra inputs are not permitted"),
        ('{"concern": 7}', "concern: Input should be"),
        ('{"concern": "DANGER", "account": 7}', "account: Input should be"),
        (
            '{"concern": "DANGER", "happened": "perhaps"}',
            "happened: Input should be a valid boolean",
        ),
        ('{"concern": "DANGER", "effective_at": "2026-02-30T10:00:00Z"}', "effective_at: "),
        ('{"concern": "DANGER", "effective_at": "2026-02-20T10:00:00"}', "timezone"),
        ('{"concern": "DANGER", "effective_at": "1700-01-01T00:00:00Z"}', "before 1900"),
        ('{"concern": "DANGER", "party": "V9"}', "there is no person V9 in this case"),
    ],
)
def test_what_is_read_makes_no_sense(typist: Typist, case: str, given: str, sentence: str) -> None:
    before = version(typist, case)
    told(typist.rj("concern", case, "--from", "-", given=given), 2, sentence)
    assert version(typist, case) == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["pawse"], "there is no `rj pawse`; did you mean pause"),
        (["do", "CASE", "pause_participtaion"], "did you mean pause_participation"),
        (["do", "CASE"], "rj do CASE COMMAND"),
        (["do", "new", "pause_participation"], "opens nothing"),
        (["pause", "CASE", "V1", "--colour", SECRET], "there is no option --colour here"),
        (["pause", "CASE", "V1", f"--{SECRET}"], "there is no option … here"),
        (["pause", "CASE", "V1", SECRET, SECRET], "more on the line than this takes"),
        (["pause", "CASE", SECRET], "--party: this is written like V1"),
        (["pause"], "CASE is missing"),
        (["pause", "CASE", "V1", "--at"], "--at needs a value"),
        (["pause", "CASE", "V1", "--at", "2026-01-01", "--at", "2026-01-02"], "given twice"),
        (
            ["do", "CASE", "accept_referral", "--at", "2099-01-01"],
            "effective_at lies in the future",
        ),
        (["pause", "CASE", "V1", "--command-id", "x"], "--command-id: 8 to 80"),
        (["pause", "CASE", "V2"], "there is no person V2 in this case"),
        (["pause", "RJ-00000000-1", "V1"], "its last character does not go with the others"),
        (["pause", "RJ-00000000-0", "V1"], "there is nothing under this reference"),
        (["pause", SECRET, "V1"], "a case is named by its reference"),
        (["pause", "CASE", "V1", "--as", "PR-24Z5986W-F"], "no practitioner's reference"),
        (["pause", "CASE", "V1", "--as", "service:setup"], "no practitioner's reference"),
        (["pause", "CASE", "V1", "--from", "/nowhere/at/all"], "cannot be read: No such file"),
        (["pause", "CASE", "V1", "--party", "V1"], "1 more on the line than this takes"),
        (["refer", "--source", "pcso"], "initiator: Field required"),
        (["refer", "--from", "-", "--source", "pcso"], "source: given both as an option"),
        (["accept", "CASE", "--json", "extra"], "more on the line"),
        (["cases", "--stage", "ENDDED"], "did you mean ENDED"),
        (["show", "CASE", "--as-at", "soon"], "--as-at: a time is written as"),
        (["waiting", "--who", SECRET], "a practitioner is named by its reference"),
    ],
)
def test_what_is_typed_makes_no_sense(
    typist: Typist, case: str, words: list[str], sentence: str
) -> None:
    before = version(typist, case)
    typed = [case if word == "CASE" else word for word in words]
    told(typist.rj(*typed, given=json.dumps(REFER)), 2, sentence)
    assert version(typist, case) == before


@pytest.mark.parametrize(
    ("command", "option"),
    [
        ("raise_concern", "--account"),
        ("raise_concern", f"--account={SECRET}"),
        ("gather_question", "--words"),
        ("record_facilitator_meeting", "--Needs"),
        ("add_party", "--details"),
        ("record_agreement", "--what"),
    ],
)
def test_words_are_never_options_and_are_refused_before_anything_is_sent(
    nowhere: Terminal, capsys: pytest.CaptureFixture[str], command: str, option: str
) -> None:
    """There is not even an installation that it could have been sent to."""
    answer = nowhere.rj("do", "RJ-00000000-0", command, option, SECRET)
    told(answer, 2, "they are never typed as an option")
    assert answer.out == ""
    assert not nowhere.data.exists()


def test_words_that_are_needed_are_asked_for_where_there_is_nobody_to_ask(
    typist: Typist, case: str
) -> None:
    answer = typist.rj("do", case, "gather_question", "--thread", "V1-O1", "--party", "V1")
    told(answer, 2, "words: these are somebody's words")


def test_oversized_words_and_files_are_told_plainly(
    typist: Typist, case: str, tmp_path: Path
) -> None:
    long = {"concern": "DANGER", "account": "x" * 200_001}
    told(typist.rj("concern", case, "--from", "-", given=long), 2, "longer than 200000 characters")
    large = tmp_path / "large.json"
    large.write_bytes(b" " * (5 * 1024 * 1024))
    told(typist.rj("concern", case, "--from", str(large)), 2, "larger than 4 MiB")
    many = {**REFER, "parties": [{"party": f"S{n}", "role": "ADVOCATE"} for n in range(1, 999)] * 2}
    told(typist.rj("refer", "--from", "-", given=many), 2, "larger than 64 KiB")


def test_a_file_that_is_no_text_is_told_plainly(typist: Typist, case: str, tmp_path: Path) -> None:
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")
    told(typist.rj("concern", case, "--from", str(binary)), 2, "not text in UTF-8")


def test_what_is_typed_in_no_encoding_is_told_plainly(here: Terminal, case: str) -> None:
    told(here.rj("pause", case, "V\udcff1"), 2, "not text in UTF-8")


def test_details_that_are_no_details_are_told_by_their_names_only(
    typist: Typist, case: str
) -> None:
    person = {"party": "V2", "role": "DIRECT_VICTIM"}
    for details, sentence in (
        (SECRET, "details: an object such as"),
        ({"shoe": SECRET}, "details: 1 of these are not details that are kept"),
        ({"name": "Vera", "born": SECRET}, "details: born: "),
    ):
        given = {**person, "details": details}
        told(typist.rj("do", case, "add_party", "--from", "-", given=given), 2, sentence)


@pytest.mark.parametrize("name", ["Żółć Ąę", "明子", "Νίκη", "محمد", "Zoë 🙂"])
def test_names_in_any_letters_are_kept_as_they_are(typist: Typist, case: str, name: str) -> None:
    number = 10 + sum(map(ord, name)) % 900
    person = {"party": f"S{number}", "role": "ADVOCATE", "details": {"name": name}}
    answer = typist.rj("do", case, "add_party", "--from", "-", given=person)
    assert answer.code == 0, answer.err
    assert name not in answer.out
    assert name in typist.rj("show", case, "--words").out
    assert name not in typist.rj("show", case).out


def test_nobody_acts_without_saying_who(here: Terminal) -> None:
    told(replace(here, actor="").rj("cases"), 2, "say who acts")


def test_a_stranger_is_told_no_more_than_that(typist: Typist, case: str) -> None:
    stranger = "PR-00000000-0"
    told(typist.rj("accept", case, actor=stranger), 1, f"{stranger} may not do this here")
    told(typist.rj("cases", actor=stranger), 1, "you may not do this here")
    for verb in ("show", "history"):
        told(typist.rj(verb, case, actor=stranger), 1, "no such case, or none that you may see")
        told(typist.rj(verb, "RJ-00000000-0"), 1, "no such case, or none that you may see")


def test_a_refusal_names_every_rule_and_its_sentence(typist: Typist, case: str) -> None:
    answer = typist.rj(
        "end", case, "V1-O1", "victim-withdrew", "--told", "V1=told-it-ended,O1=told-it-ended",
        "--json",
    )  # fmt: skip
    told(answer, 1, "the_reason_must_be_what_happened: The record does not show")
    assert answer.json["outcome"] == "refused"
    assert [r["code"] for r in answer.json["refusals"]] == ["the_reason_must_be_what_happened"]


def test_a_failure_is_json_for_a_program(typist: Typist, case: str) -> None:
    nonsense = typist.rj("pause", case, "V7", "--json")
    assert nonsense.json == {
        "outcome": "nonsense",
        "sentences": ["there is no person V7 in this case"],
        "problems": ["there is no person V7 in this case"],
    }
    denied = typist.rj("accept", case, "--json", "--command-id", "denied-1", actor="PR-00000000-0")
    assert (denied.json["outcome"], denied.json["command_id"]) == ("denied", "denied-1")
