"""Withdrawals as they are counted: by side and step, and by why; nobody is asked why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.event import read_event
from domain.words import WithdrawalCause
from reports import DEFINITIONS, Asked, Months, count, protect
from reports.parts import NOT_SAID
from tests.domain.matters import merged, two, within
from tests.domain.situations import BOTH_IN_TURN, after, ready
from tests.reports.stories import told
from tests.steps import chosen, explored, referred, step

if TYPE_CHECKING:
    from reports import Told
    from tests.steps import Step

YEAR = Months.typed("2026")
BACK = "withdraw_consent"


def parts(name: str, *cases: Told, by: str | None = None) -> dict[str, int]:
    asked = Asked(DEFINITIONS[name], by or DEFINITIONS[name].by)
    rows = count(cases, [asked]).table(asked, YEAR).rows
    return {row.part: row.counted for row in rows if row.counted}


def case(*more: Step) -> Told:
    return told(ready(more=more))


def withdrawn(cause: str) -> Step:
    return step("intake", BACK, party="V1", cause=cause)


@pytest.mark.parametrize("cause", WithdrawalCause)
@pytest.mark.parametrize("version", [1, 2])
def test_a_withdrawal_is_counted_by_the_reason_that_somebody_gave(
    cause: WithdrawalCause, version: int
) -> None:
    assert parts(f"withdrawal-causes@{version}", case(withdrawn(cause))) == {cause: 1}


def test_a_reason_is_never_asked_for_and_none_is_as_good() -> None:
    assert parts("withdrawal-causes@1", case(step("intake", BACK, party="O1"))) == {
        "NO_REASON_GIVEN": 1
    }


def test_what_was_recorded_before_there_were_reasons_counts_as_none_given() -> None:
    event = read_event("consent_withdrawn", 1, {"threads": ["V1-O1"], "party": "V1"})
    assert event.model_dump()["cause"] is WithdrawalCause.NO_REASON_GIVEN


def test_the_reasons_of_either_definition_come_to_its_withdrawals() -> None:
    cases = [case(withdrawn(cause)) for cause in WithdrawalCause]
    for version in (1, 2):
        by_why = parts(f"withdrawal-causes@{version}", *cases)
        by_step = parts(f"withdrawals@{version}", *cases)
        assert sum(by_why.values()) == sum(by_step.values()) == len(WithdrawalCause)


def test_whatever_has_no_reasons_says_so_where_it_is_broken_down_by_them() -> None:
    assert parts("people@1", case(), by="cause") == {NOT_SAID: 2}


def test_a_few_with_one_reason_are_hidden_and_what_would_give_them_away() -> None:
    often = [case(withdrawn("NO_LONGER_WANTED"))] * 9 + [case(step("intake", BACK, party="V1"))] * 7
    asked = Asked(DEFINITIONS["withdrawal-causes@1"], "cause")
    cases = [*often, case(withdrawn("WORRIED_FOR_SAFETY"))]
    given_out = protect(count(cases, [asked]).table(asked, YEAR))
    assert {row.part: row.counted for row in given_out.rows} == {
        "NO_LONGER_WANTED": 9,
        "NO_REASON_GIVEN": None,
        "WORRIED_FOR_SAFETY": None,
    }


TAKEN_BACK = {
    "a withdrawal": step("intake", BACK, party="V1"),
    "all of it, scope by scope": step("intake", "narrow_consent", party="V1", scopes=BOTH_IN_TURN),
    "a no to what was offered": step("intake", "decline_offer", party="V1"),
    "a wish for no contact": step("intake", "stop_contact", party="V1"),
}


@pytest.mark.parametrize("said", TAKEN_BACK)
def test_the_second_definition_counts_in_whatever_words_it_was_taken_back(said: str) -> None:
    lived = case(TAKEN_BACK[said])
    assert parts("withdrawals@2", lived) == {"VICTIM:BEFORE_START": 1}
    assert parts("withdrawals@1", lived) == (
        {"VICTIM:BEFORE_START": 1} if said == "a withdrawal" else {}
    )


@pytest.mark.parametrize(
    "said",
    [
        step("intake", "narrow_consent", party="V1", scopes=BOTH_IN_TURN[:1]),
        step("intake", "pause_participation", party="V1"),
        step("intake", "record_need_for_time", party="V1"),
    ],
    ids=["in part", "a doubt", "time"],
)
def test_what_leaves_something_open_is_no_withdrawal_under_either(said: Step) -> None:
    lived = case(said)
    assert parts("withdrawals@1", lived) == parts("withdrawals@2", lived) == {}


def test_who_was_in_doubt_first_and_then_takes_it_back_is_counted_once() -> None:
    lived = case(
        step("intake", "pause_participation", party="V1"),
        withdrawn("CIRCUMSTANCES_CHANGED"),
        step("intake", "stop_contact", party="V1"),
    )
    assert parts("withdrawal-causes@2", lived) == {"CIRCUMSTANCES_CHANGED": 1}


def test_who_had_not_agreed_yet_is_counted_under_the_first_definition_alone() -> None:
    lived = told(after(*referred(), step("intake", BACK, party="V1")))
    assert parts("withdrawals@1", lived) == {"VICTIM:BEFORE_START": 1}
    assert parts("withdrawals@2", lived) == {}


def test_a_withdrawal_that_comes_over_with_a_merge_keeps_its_reason() -> None:
    story, earlier = two((), *explored(), *chosen(*BOTH_IN_TURN), withdrawn("ABOUT_THE_SERVICE"))
    merged(story, earlier)
    with within(story, earlier):
        said = story.case.thread("V1-O1").side("V1")
    assert said.withdrew_because is WithdrawalCause.ABOUT_THE_SERVICE
    cases = [told(story, story.streams[one]) for one in (earlier, story.case_id)]
    assert parts("withdrawal-causes@1", *cases) == {"ABOUT_THE_SERVICE": 1}
