"""Lines after which other cases have something to record: merging, undoing it, somebody leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.terminal import typed

if TYPE_CHECKING:
    from tests.terminal import Terminal, Typist

PEOPLE = [{"party": "V1", "role": "DIRECT_VICTIM"}, {"party": "O1", "role": "OFFENDER"}]
REFER = {"source": "PCSO", "initiator": "VICTIM_INITIATED", "parties": PEOPLE}


def registered(typist: Typist, kind: str, *more: str) -> str:
    """Register somebody as of years ago; return their reference."""
    service = ("--organisation", "derbyshire_rj", "--at", "2020-01-01")
    answer = typed(typist, "practitioners", "register", kind, *service, *more)
    return str(answer["stream"])


@pytest.fixture(scope="module")
def worker(typist: Typist) -> str:
    """Return somebody who opens cases."""
    return registered(typist, "pcso", "--roles=case-worker", "--credentials=awareness")


def opened(typist: Typist, worker: str) -> str:
    """Return a case that was referred a moment ago."""
    return str(typed(typist, "refer", "--from", "-", given=REFER, actor=worker)["stream"])


def events(typist: Typist, case: str) -> list[str]:
    """Return the names of what was recorded of a case."""
    return [entry["event"] for entry in typed(typist, "history", case)["entries"]]


def test_two_cases_of_one_matter_are_merged_in_one_line_and_parted_in_another(
    typist: Typist, worker: str
) -> None:
    first, second = opened(typist, worker), opened(typist, worker)
    line = ("merge", second, first, "v1=v1,o1=o1")
    told = typed(typist, *line)
    assert told["follow_up"]["finished"]
    assert "case_received" in events(typist, first)
    again = typist.rj(*line)
    assert again.code == 0
    assert "nothing to record" in again.out
    stopped = typist.rj("stop", second, "V1", actor=worker)
    assert stopped.code == 0
    assert "contact_stopped" in events(typist, first)
    refused = typist.rj("inform", second, "O1", "telephone", actor=worker)
    assert refused.code == 1
    assert "what_was_merged_goes_on_in_the_other_case" in refused.err
    undo = ("unmerge", second, first, "--from", "-")
    why = {"reasons": "Two people of one name, plainly invented."}
    assert typist.rj(*undo, given=why).code == 1
    roles = ("--roles=supervisor", "--credentials=supervision")
    other = registered(typist, "service-staff", *roles)
    assert typed(typist, *undo, given=why, actor=other)["follow_up"]["finished"]
    assert "case_given_back" in events(typist, first)


def test_whoever_leaves_hands_over_what_they_had(
    typist: Typist, here: Terminal, worker: str
) -> None:
    gone = registered(typist, "pcso", "--roles=case-worker", "--credentials=awareness")
    case = opened(typist, gone)
    told = typist.rj("practitioners", "deactivate", gone)
    assert told.code == 0, told.err
    assert "allocate afresh: 1 of their cases" in told.err
    assert "case_handed_over" in events(typist, case)
    assert "no case was allocated" in typist.rj("practitioners", "deactivate", gone).err


def test_the_doctor_names_what_is_still_allocated_to_somebody_who_left(
    typist: Typist, here: Terminal
) -> None:
    gone = registered(typist, "pcso", "--roles=case-worker", "--credentials=awareness")
    case = opened(typist, gone)
    typed(typist, "do", gone, "deactivate_practitioner")
    found = typist.rj("doctor")
    assert case in found.out + found.err
    assert typist.rj("practitioners", "deactivate", gone).code == 0
    found = typist.rj("doctor")
    assert case not in found.out + found.err


def test_one_case_or_all_of_ones_own_are_handed_over_with_a_note(
    typist: Typist, worker: str
) -> None:
    own = registered(typist, "pcso", "--roles=case-worker", "--credentials=awareness")
    cases = [opened(typist, own) for _ in range(3)]
    note = {"note": "What was agreed so far. (Invented.)"}
    told = typed(typist, "hand-over", cases[0], "--from", "-", given=note, actor=own)
    assert told["cases"] == cases[:1]
    theirs = ("hand-over", "--all", "--practitioner", own)
    told = typed(typist, *theirs, "--from", "-", given=note)
    assert set(told["cases"]) == set(cases[1:])
    for case in cases:
        assert events(typist, case).count("case_handed_over") == 1
    assert typed(typist, "hand-over", "--all", actor=own)["cases"] == []


def test_all_of_somebodys_cases_go_straight_to_a_successor(typist: Typist, worker: str) -> None:
    own = registered(typist, "pcso", "--roles=case-worker", "--credentials=awareness")
    next_ = registered(typist, "pcso", "--roles=case-worker", "--credentials=awareness")
    cases = [opened(typist, own) for _ in range(3)]
    typed(typist, "do", cases[1], "declare-conflict", "--practitioner", next_)
    line = ("hand-over", "--all", "--practitioner", own, "--to", next_)
    answer = typist.rj(*line, "--json")
    assert answer.code == 1
    assert (answer.json["outcome"], answer.json["to"]) == ("refused", next_)
    assert set(answer.json["cases"]) == {cases[0], cases[2]}
    (stayed,) = answer.json["not_handed_over"]
    assert stayed["case"] == cases[1]
    assert f"{cases[1]} is not handed over: those_allocated_must_have_no_conflict" in answer.err
    for case in (cases[0], cases[2]):
        assert events(typist, case)[-2:] == ["case_handed_over", "case_allocated"]
        assert typist.rj("show", case, actor=own).code == 1
        assert typist.rj("show", case, actor=next_).code == 0
    plain = typist.rj("hand-over", cases[0], "--practitioner", next_, "--to", own)
    assert (plain.code, plain.out) == (0, f"{cases[0]}: handed over, to {own}.\n")
    told = typist.rj("hand-over", cases[0], "--to", next_, actor=own)
    assert told.code == 1
    assert "a supervisor allocates it" in told.err


def test_what_to_hand_over_is_said_plainly(typist: Typist, worker: str) -> None:
    case = opened(typist, worker)
    lines = (("hand-over",), ("hand-over", case, "--all"))
    for line in lines:
        answer = typist.rj(*line, actor=worker)
        assert answer.code == 2
        assert "name the cases to hand over, or --all of them" in answer.err
    loose = typist.rj("hand-over", case, "--from", "-", given={"words": "x"}, actor=worker)
    assert loose.code == 2
    assert "the note is read as a JSON object of one field" in loose.err
    assert "case_handed_over" not in events(typist, case)
