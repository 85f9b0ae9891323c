"""`rj print-pack`: what is on the page, what must never be, and that it is accounted for."""

from __future__ import annotations

import re
import stat
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_nonsense import REFER, told
from tests.cli.test_report import registered

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal import Terminal, Typist

VICTIM = {
    "name": "Vera Example",
    "phone": "01632 960 001",
    "address": "1 Invented Street, Exampleton EX1 1AA",
    "safe_way": "After nine, invented.",
}
OFFENDER = {
    "name": "Owen Invented",
    "phone": "01632 960 002",
    "email": "owen@example.invalid",
    "address": "22 Made-up Terrace, Nowhereton EX2 2BB",
    "prison": "HMP Plainly Invented",
}
OTHERS = ("960 002", "960002", "owen@", "Terrace", "Nowhereton", "EX2", "Plainly Invented")
"""How the offender is reached, in each piece of it."""


@pytest.fixture
def case(typist: Typist) -> str:
    known = [VICTIM, OFFENDER]
    parties = [{**p, "details": d} for p, d in zip(REFER["parties"], known, strict=True)]
    answer = typist.rj("refer", "--from", "-", "--json", given={**REFER, "parties": parties})
    assert answer.code == 0, answer.err
    return str(answer.json["stream"])


def pack(typist: Typist, case: str, whom: str, file: Path) -> tuple[Any, str]:
    answer = typist.rj("print-pack", case, whom, str(file), "--json")
    assert answer.code == 0, answer.err
    return answer.json, file.read_text()


def test_a_pack_names_its_number_and_where_it_goes_back_and_holds_one_person(
    typist: Typist, case: str, tmp_path: Path
) -> None:
    file = tmp_path / "pack.html"
    made, page = pack(typist, case, "V1", file)
    assert made["pack"] == "W1"
    assert f"Number W1 of {case}" in page
    assert "0300 122 7553" in page
    assert "Vera Example" in page
    assert "1 Invented Street, Exampleton EX1 1AA" in page
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not re.search(r"(?:src|href|url)\s*[=(]|https?:", page)
    assert "default-src &#x27;none&#x27;" in page or "default-src 'none'" in page


@pytest.mark.parametrize("whom", ["V1", "O1"])
def test_nothing_of_how_the_other_side_is_reached_is_on_the_page(
    typist: Typist, case: str, tmp_path: Path, whom: str
) -> None:
    _, page = pack(typist, case, whom, tmp_path / "pack.html")
    other = OFFENDER if whom == "V1" else VICTIM
    for value in other.values():
        assert value not in page
    for piece in OTHERS if whom == "V1" else ("960 001", "EX1", "After nine", "Exampleton"):
        assert piece not in page


@pytest.mark.parametrize(
    "said",
    [
        "He lives at 22 Made-up Terrace now.",
        "Ring him on 01632-960-002.",
        "I know the house, ex2 2bb.",
        "They hold him in HMP plainly invented!",
        "owen@example.invalid",
    ],
)
def test_a_text_that_says_how_somebody_else_is_reached_is_left_out(
    typist: Typist, case: str, tmp_path: Path, said: str
) -> None:
    details = {"party": "V1", "details": {**VICTIM, "needs": said}}
    answer = typist.rj("do", case, "change-details", "--from", "-", given=details)
    assert answer.code == 0, answer.err
    made, page = pack(typist, case, "V1", tmp_path / "pack.html")
    assert "left out: it says how somebody else is reached" in page
    assert said not in page
    assert len(made["left_out"]) == 1


def test_where_they_are_met_is_on_the_page_unless_it_is_the_other_sides(
    typist: Typist, case: str, tmp_path: Path
) -> None:
    day = (datetime.now(UTC) + timedelta(days=40)).isoformat()
    booked = {"party": "V1", "starts": day, "place": "At her sister's, invented."}
    for name, given in (
        ("book_appointment", booked),
        ("book_appointment", {**booked, "place": "At 22 Made-up Terrace."}),
    ):
        assert typist.rj("do", case, name, "--from", "-", given=given).code == 0
    _, page = pack(typist, case, "V1", tmp_path / "pack.html")
    assert "At her sister&#x27;s, invented." in page
    assert "Terrace" not in page


def test_a_pack_is_a_disclosure_on_paper_in_the_access_log(
    here: Terminal, typist: Typist, case: str, tmp_path: Path
) -> None:
    pack(typist, case, "V1", tmp_path / "pack.html")
    officer = registered(typist, "data-protection-officer")
    looks = typist.rj("audit", "access", "--case", case, "--json", actor=officer).json["looks"]
    (look,) = [one for one in looks if one["medium"] == "PRINT"]
    assert (look["operation"], look["recipients"]) == ("DISCLOSURE", [here.actor])
    assert look["asked"] == {"pack": "W1", "party": "V1"}
    assert len(look["texts"]) == 1


def test_a_pack_that_is_out_is_waited_for_and_accounted_for(
    typist: Typist, case: str, tmp_path: Path
) -> None:
    pack(typist, case, "V1", tmp_path / "one.html")
    made, _ = pack(typist, case, "V1", tmp_path / "two.html")
    assert made["pack"] == "W2"

    def out() -> list[str]:
        waits = typist.rj("show", case, "--json").json["waits"]
        return sorted(one["subject"] for one in waits if one["name"] == "print_pack")

    assert out() == ["W1", "W2"]
    assert typist.rj("pack-back", case, "W1", "returned").code == 0
    assert typist.rj("pack-back", case, "W2", "gone-missing").code == 0
    assert out() == []
    tasks = typist.rj("show", case).out
    assert "report the lost print pack as a breach of personal data" in tasks


def test_a_pack_that_was_accounted_for_is_not_written_again(
    typist: Typist, case: str, tmp_path: Path
) -> None:
    again, own_id = tmp_path / "again.html", "pack-sent-again-0001"
    sent = ("print-pack", case, "V1", str(again), "--command-id", own_id)
    assert typist.rj(*sent).code == 0
    again.unlink()
    assert typist.rj(*sent).code == 0
    again.unlink()
    assert typist.rj("pack-back", case, "W1", "destroyed").code == 0
    answer = typist.rj(*sent)
    told(answer, 2, "W1 is accounted for: destroyed")
    assert "Type the same again" not in answer.err
    assert [*tmp_path.iterdir()] == []


def test_a_file_that_is_there_is_not_written_over_and_no_number_is_given(
    typist: Typist, case: str, tmp_path: Path
) -> None:
    file = tmp_path / "pack.html"
    file.write_text("mine")
    told(typist.rj("print-pack", case, "V1", str(file)), 2, "nothing is written over")
    told(typist.rj("print-pack", case, "V7", str(tmp_path / "b.html")), 2, "no such person")
    assert typist.rj("show", case, "--json").json["state"]["packs"] == {}
    assert file.read_text() == "mine"
