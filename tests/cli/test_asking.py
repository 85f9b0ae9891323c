"""Words are asked for on the terminal: there they stand in no program's arguments."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pexpect

from tests.terminal import RJ, ROOT

if TYPE_CHECKING:
    from tests.terminal import Terminal, Typist

STORY = "Zoë says that the marmalade spoon is gone"


def on_a_terminal(place: Terminal, *words: str) -> pexpect.spawn[str]:
    """Start a line of `rj` on a terminal."""
    return pexpect.spawn(
        sys.executable,
        [*RJ[1:], *words],
        env={**place.environment, "TERM": "dumb", "NO_COLOR": "1"},
        encoding="utf-8",
        cwd=str(ROOT),
        timeout=60,
        dimensions=(24, 200),
    )


def ended(line: pexpect.spawn[str]) -> tuple[int | None, str]:
    """Wait for the end of the line; return its exit code and what it printed since."""
    line.expect(pexpect.EOF)
    said = line.before or ""
    line.close()
    return line.exitstatus, said


def interrupted(line: pexpect.spawn[str]) -> tuple[int | None, str]:
    """Press Ctrl-C, and again as a person would: Python loses one that comes just as it begins to
    wait for a key."""
    while line.isalive():
        line.sendcontrol("c")
        if line.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=5) == 0:
            break
    return ended(line)


def referred(here: Terminal) -> str:
    """Refer a matter on a terminal: a name is told, everything else is skipped."""
    line = on_a_terminal(
        here,
        *("refer", "--source", "pcso", "--initiator", "victim-initiated"),
        *("--parties", "V1=direct-victim,O1=offender"),
    )
    line.expect("details of V1, name, Enter to skip: ")
    line.sendline("Vera Example")
    line.expect("details of V1, known as .*: ")
    line.sendline("")
    line.expect("details of V1, born, Enter to skip: ")
    line.sendline("1984-02-29")
    while line.expect(["details of V1, .*: ", "details of O1, name, Enter to skip: "]) == 0:
        line.sendline("")
    line.sendline("")
    line.expect("offence .*Enter to skip: ")
    line.sendline("A burglary in Exampleton")
    line.expect("notes .*Enter to skip: ")
    line.sendline("")
    code, said = ended(line)
    assert code == 0, said
    assert "Vera" not in said
    return next(word for word in said.split() if word.startswith("RJ-")).rstrip(":")


def test_whoever_refers_is_asked_for_each_persons_details_and_may_skip_them(
    here: Terminal, typist: Typist
) -> None:
    case = referred(here)
    words = typist.rj("show", case, "--words", "--json").json["words"]
    assert [w["words"] for w in words] == [
        {"name": "Vera Example", "born": "1984-02-29"},
        "A burglary in Exampleton",
    ]


def letters_of(typist: Typist, case: str) -> int:
    happened = typist.rj("history", case, "--json").json["entries"]
    return [entry["event"] for entry in happened].count("letter_drafted")


def test_words_that_are_needed_must_be_told_and_nothing_is_sent_without_them(
    here: Terminal, typist: Typist
) -> None:
    case = typist.rj("cases", "--json").json["cases"][0]["case"]
    before = letters_of(typist, case)
    words = ("do", case, "draft_letter", "--thread", "V1-O1", "--party", "V1")
    line = on_a_terminal(here, *words)
    line.expect(r"words of V1 \(the letter\): ")
    line.sendline("")
    code, said = ended(line)
    assert code == 2
    assert "words: this is needed; nothing was sent" in said
    # By its name, since the service itself may note something in this case just now.
    assert letters_of(typist, case) == before


def test_a_line_that_makes_no_sense_asks_nothing(here: Terminal) -> None:
    line = on_a_terminal(here, "do", "RJ-00000000-0", "raise_concern", "--concern", "alarm")
    code, said = ended(line)
    assert code == 2
    assert "Enter to skip" not in said


def test_ctrl_c_while_asked_sends_nothing(here: Terminal, typist: Typist) -> None:
    case = typist.rj("cases", "--json").json["cases"][0]["case"]
    before = typist.rj("show", case, "--json").json["state"]["version"]
    line = on_a_terminal(here, "concern", case, "complaint")
    line.expect("account, Enter to skip: ")
    code, said = interrupted(line)
    assert code == 130
    assert "Traceback" not in said
    assert typist.rj("show", case, "--json").json["state"]["version"] == before


def test_json_for_a_program_is_not_mixed_with_questions(here: Terminal, typist: Typist) -> None:
    case = typist.rj("cases", "--json").json["cases"][0]["case"]
    command = " ".join([*RJ, "concern", case, "complaint", "--json"])
    line = pexpect.spawn(
        "/bin/sh",
        ["-c", f"{command} > {here.data}/answer.json"],
        env=here.environment,
        encoding="utf-8",
        cwd=str(ROOT),
        timeout=60,
    )
    line.expect("account, Enter to skip: ")
    line.sendline(STORY)
    code, _ = ended(line)
    assert code == 0
    answer = (here.data / "answer.json").read_text()
    assert answer.startswith("{")
    assert STORY not in answer
    assert STORY in typist.rj("show", case, "--words").out


def test_a_table_on_a_terminal_keeps_its_references_whole(here: Terminal, typist: Typist) -> None:
    line = on_a_terminal(here, "cases")
    code, said = ended(line)
    assert code == 0
    for case in typist.rj("cases", "--json").json["cases"]:
        assert case["case"] in said
    assert "\x1b[3" not in said
