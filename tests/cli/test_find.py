"""Whether somebody is known: asked without any name in an option, and answered with whom to ask."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tests.cli.test_asking import ended, on_a_terminal

if TYPE_CHECKING:
    from tests.terminal import Terminal, Typed, Typist

CALLER = {"name": "Philippa Polkinghorne", "born": "1979-11-30"}
AS_TYPED = {"name": "Polkinghorne Filippa", "born": "1979-11-30"}
REFERENCE = "26*0031415/09"


def refer(typist: Typist, person: dict[str, str], **offence: str) -> str:
    given: dict[str, Any] = {
        "source": "PCSO",
        "initiator": "VICTIM_INITIATED",
        "parties": [
            {"party": "V1", "role": "DIRECT_VICTIM", "details": person},
            {"party": "O1", "role": "OFFENDER", "identified": False},
        ],
    }
    if offence:
        given["offence"] = offence
    done = typist.rj("refer", "--from", "-", "--json", given=given)
    assert done.code == 0, done.err
    return str(done.json["stream"])


def find(typist: Typist, sought: Any, *more: str) -> Typed:
    return typist.rj("find", "--identified", "rung-back", "--from", "-", *more, given=sought)


def test_an_identified_caller_is_found_by_another_spelling_and_by_a_reference(
    typist: Typist,
) -> None:
    case = refer(typist, CALLER, police_reference=REFERENCE)
    found = find(typist, AS_TYPED, "--json")
    assert found.code == 0, found.err
    assert found.json["known"]
    assert [(one["case"], one["strength"]) for one in found.json["found"]] == [(case, "LIKELY")]
    shown = find(typist, {"police_reference": "26 0031415 09"})
    assert shown.out.startswith("Yes.")
    assert "the same crime or court reference" in shown.out
    assert "Polkinghorne" not in shown.out + shown.err


def test_nobody_is_told_of_to_a_caller_who_is_not_identified(typist: Typist) -> None:
    refused = typist.rj("find", "--from", "-", given=CALLER)
    assert refused.code == 1
    assert "0300 122 7553" in refused.err
    assert refused.out == ""


def test_no_is_said_as_plainly_as_yes(typist: Typist) -> None:
    no = find(typist, {"name": "Nobody Likethis-Atall", "born": "1950-01-01"})
    assert (no.code, no.out.startswith("No.")) == (0, True)
    assert "Likethis" not in no.out
    assert not find(typist, {"name": "Nobody Likethis-Atall"}, "--json").json["known"]


def test_what_is_looked_for_is_asked_for_on_the_terminal(here: Terminal) -> None:
    line = on_a_terminal(here, "find", "--identified", "details-asked")
    line.expect("who is looked for, name, Enter to skip: ")
    line.sendline("Nobody Likethis-Atall")
    for name in ("known as", "born", "police reference", "court reference", "date", "place"):
        line.expect(f"who is looked for, {name}, Enter to skip: ")
        line.sendline("")
    code, said = ended(line)
    assert code == 0
    assert "No." in said


def test_nonsense_is_told_without_repeating_it(typist: Typist) -> None:
    for sought in (
        {},
        {"name": ""},
        {"name": "Secret Person", "shoe_size": 41},
        {"born": "31/12/1980"},
        [],
    ):
        told = find(typist, sought)
        assert told.code == 2, sought
        assert "Secret" not in told.err
        assert "31/12" not in told.err
    assert typist.rj("find", "--identified", "by-voice", given={}).code == 2
    assert typist.rj("find", "--name", "Secret Person").code == 2


def test_the_workers_propose_what_is_like_and_a_supervisor_answers(typist: Typist) -> None:
    first = refer(typist, {"name": "Humphrey Trevithick", "born": "1966-06-06"})
    second = refer(typist, {"name": "Humphry Trevithick", "born": "1966-06-06"})
    known = typist.rj("matches", second)
    assert known.out.startswith("Yes.")
    assert first in known.out
    assert "V1 is V1 there: likely the same" in known.out
    deadline = time.monotonic() + 60
    while "duplicate_proposed" not in typist.rj("history", second, "--json").out:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    done = typist.rj("not-the-same", second, first)
    assert done.code == 0, done.err
    assert typist.rj("matches", second).out.startswith("No.")
    again = typist.rj("not-the-same", second, "RJ-00000000-0")
    assert again.code == 2


def test_a_case_that_is_not_there_has_no_matches(typist: Typist) -> None:
    assert typist.rj("matches", "RJ-00000000-0").code == 1
    assert typist.rj("matches", "RJ-1").code == 2


def test_everybody_can_be_found_again_after_the_key_of_it_was_changed(typist: Typist) -> None:
    case = refer(typist, {"name": "Gwendolen Nancarrow", "born": "1991-01-19"})
    renewed = typist.rj("matching", "--new-key", "--json")
    assert renewed.code == 0, renewed.err
    assert renewed.json["written"] > 0
    assert typist.rj("matching", "--json").json["written"] == 0
    found = find(typist, {"name": "Gwendolyn Nancarrow", "born": "1991-01-19"}, "--json")
    assert [one["case"] for one in found.json["found"]] == [case]


def test_what_is_known_of_an_offence_is_words_or_a_document_of_such_fields(typist: Typist) -> None:
    def referring(offence: Any) -> Typed:
        parties = [
            {"party": "V1", "role": "DIRECT_VICTIM", "details": {"name": "Quentin Tregenza"}},
            {"party": "O1", "role": "OFFENDER", "identified": False},
        ]
        given = {"source": "PCSO", "initiator": "VICTIM_INITIATED", "parties": parties}
        return typist.rj("refer", "--from", "-", given={**given, "offence": offence})

    wrong = referring({"police_ref": "26*0031416/09"})
    assert wrong.code == 2
    assert "police_reference" in wrong.err
    assert "0031416" not in wrong.err
    assert referring("A shed was broken open. Plainly invented.").code == 0
    assert find(typist, {"police_reference": "26*0031416/09"}).out.startswith("No.")
