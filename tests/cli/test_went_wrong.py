"""A complaint, an adverse event and the end of a referral, each step a short line of `rj`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.domain.honest import ON_THE_SPOT
from tests.terminal import typed

if TYPE_CHECKING:
    from tests.terminal import Typist

PEOPLE = [
    {"party": "V1", "role": "DIRECT_VICTIM", "details": {"name": "Vera Example"}},
    {"party": "O1", "role": "OFFENDER"},
]


@pytest.fixture(scope="module")
def case(typist: Typist) -> str:
    refer = {"source": "POLICE_OFFICER", "initiator": "VICTIM_INITIATED", "parties": PEOPLE}
    line = ("refer", "--from", "-", "--asked-by", "police-officer")
    entry = ("register", "service-staff", "--organisation", "derbyshire_rj", "--roles=intake")
    intake = typed(typist, "practitioners", *entry, "--credentials=awareness")["stream"]
    opened = str(typed(typist, *line, given=refer, actor=intake)["stream"])
    typed(typist, "accept", opened, actor=intake)
    return opened


@pytest.fixture(scope="module")
def other(typist: Typist) -> str:
    """Return another supervisor of the service."""
    roles = ("--roles=supervisor", "--credentials=supervision,awareness")
    entry = ("register", "service-staff", "--organisation", "derbyshire_rj", *roles)
    return str(typed(typist, "practitioners", *entry)["stream"])


def task(answer: Any) -> str:
    """Return the task that a concern became."""
    return f"T{answer['version']}"


def test_a_complaint_goes_from_step_to_step_further_and_to_its_end(
    typist: Typist, case: str, other: str
) -> None:
    about = ("--about", other)
    one = task(typed(typist, "concern", case, "complaint", *about))
    words = {"answer": "Invented."}
    answer = ("complaint", "answer", case, one, "not-upheld", "--from", "-")
    typed(typist, "complaint", "acknowledge", case, one)
    assert "a_complaint_is_looked_into_before" in typist.rj(*answer, given=words).err
    typed(typist, "complaint", "look-into", case, one)
    typed(typist, *answer, given=words)
    shown = typist.rj("show", case).out
    assert "answered: not upheld" in shown
    typed(typist, "complaint", "further", case, one, "ombudsman")
    assert "acknowledged; taken further: the ombudsman" in typist.rj("show", case).out
    refused = typist.rj("complaint", "look-into", case, one)
    assert "a_complaint_taken_further_is_decided_by_somebody_else" in refused.err
    refused = typist.rj("complaint", "look-into", case, one, actor=other)
    assert "a_complaint_is_not_decided_by_whom_it_is_about" in refused.err
    roles = ("--roles=supervisor", "--credentials=supervision,awareness")
    entry = ("register", "service-staff", "--organisation", "derbyshire_rj", *roles)
    third = str(typed(typist, "practitioners", *entry)["stream"])
    typed(typist, "complaint", "look-into", case, one, actor=third)
    typed(typist, *answer, given=words, actor=third)
    typed(typist, "complaint", "close", case, one, actor=third)
    assert (
        "answered: not upheld; taken further: the ombudsman; closed" in typist.rj("show", case).out
    )


def test_what_is_done_after_something_went_wrong_is_shown_and_closed_last(
    typist: Typist, case: str
) -> None:
    one = task(typed(typist, "concern", case, "adverse-event"))
    typed(typist, "adverse", "done", case, one, "everybody-safe")
    assert "an_adverse_event_is_gone_through" in typist.rj("adverse", "close", case, one).err
    owed = {w["name"] for w in typed(typist, "show", case)["waits"] if w["subject"] == one}
    assert owed == {"adverse_debrief", "adverse_event"}
    typed(typist, "adverse", "done", case, one, "everybody-debriefed,cause-looked-into")
    typed(typist, "adverse", "close", case, one)
    assert "everybody was debriefed" in typist.rj("show", case).out


def test_a_breach_or_any_other_task_is_done_in_a_word(typist: Typist, case: str) -> None:
    one = task(typed(typist, "do", case, "report_mistake", "--entry", "1"))
    typed(typist, "done", case, one)
    assert one not in {w["subject"] for w in typed(typist, "show", case)["waits"]}


def test_whoever_brought_it_is_told_that_it_ended_in_a_word_and_not_before(
    typist: Typist, case: str
) -> None:
    assert typist.rj("tell-referrer", case).code == 2
    typed(typist, "no", case, "V1", "--asked-by", "V1")
    told = ("--told", "V1=told-it-ended,O1=told-not-going-ahead")
    typed(typist, "end", case, "V1-O1", "victim-declined-door-open", *told)
    owed = {w["name"] for w in typed(typist, "show", case)["waits"]}
    assert "tell_referrer" in owed
    typed(typist, "tell-referrer", case)
    assert "tell_referrer" not in {w["name"] for w in typed(typist, "show", case)["waits"]}


def test_what_is_no_resolution_on_the_spot_becomes_information_and_a_referral(
    typist: Typist,
) -> None:
    entry = ("register", "pcso", "--organisation", "derbyshire_rj", "--roles=case-worker")
    pcso = str(typed(typist, "practitioners", *entry)["stream"])
    spot = {
        "parties": PEOPLE,
        "items": [{"party": "O1", "kind": "APOLOGY", "done": True}],
        **dict.fromkeys(ON_THE_SPOT, True),
        "agreed": False,
    }
    refused = typist.rj("resolve", "--from", "-", given=spot, actor=pcso)
    assert "the_victim_must_freely_agree_on_the_spot" in refused.err
    assert "so it is information and, if they wish, a referral" in refused.err
    line = ("resolve", "--from", "-", "--happened")
    opened = typed(typist, *line, given=spot, actor=pcso)["stream"]
    typed(typist, "inform", opened, "V1", "in-person", actor=pcso)
    refer = ("refer", opened, "--source", "pcso", "--initiator", "victim-initiated")
    typed(typist, *refer, actor=pcso)
    shown = typed(typist, "show", opened)
    assert shown["stage"] == "REFERRED"
    assert shown["state"]["interventions"] == {}


@pytest.mark.parametrize("group", ["complaint", "adverse"])
def test_each_group_says_what_its_steps_are(typist: Typist, group: str) -> None:
    said = typist.rj(group, "--help").out
    assert "close" in said
    step = typist.rj(group, "close", "--help").out
    assert "TASK" in step
    assert f"rj {group} close" in step
