"""What is decided before something is given or closed in the data-protection register."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import Nonsense
from domain.rules import rights as rules
from tests.domain.situations import after, go_on
from tests.register import Kept, asked, breaks, keeps, opened
from tests.steps import referred, step
from tests.story import DeniedInStory, Story

GRANT = {"decision": "WHOLLY_GRANTED"}
NO = {"decision": "NOT_GRANTED", "ground": "KEPT_AS_EVIDENCE", "reasons": "Invented."}
COPY = {"given": 3, "redacted": 0, "withheld": 0}
REPLY = {"reply": "Invented.", "channel": "LETTER"}
BREACH = {"kind": "SEEN_OR_SENT", "account": "Invented."}
NOTES = {"by": "POLICE", "account": "Invented."}


def breach(risk: str | None = "HIGH_RISK", **given: object) -> Kept:
    kept = opened("record_data_breach", **BREACH, **given)
    if risk:
        kept.do("assess_data_breach", risk=risk, reasons="Invented.")
    return kept


def test_nothing_is_granted_to_somebody_who_may_be_anybody() -> None:
    kept = opened("record_rights_request", right="ACCESS")
    rule = rules.nothing_is_given_to_somebody_not_identified
    breaks(kept, rule, "decide_request", **GRANT)
    keeps(kept, rule, "decide_request", **{**NO, "ground": "NOT_IDENTIFIED"})


def test_whoever_is_identified_may_be_granted_it() -> None:
    kept = opened("record_rights_request", right="ACCESS")
    kept.do("identify_requester", how="DOCUMENT_SEEN")
    keeps(kept, rules.nothing_is_given_to_somebody_not_identified, "decide_request", **GRANT)


def test_it_takes_longer_only_once_and_only_if_told_in_the_first_month() -> None:
    rule = rules.an_extension_is_told_within_the_first_month
    late = asked()
    late.later(days=33)
    breaks(late, rule, "extend_request", reasons="Invented.")
    kept = asked()
    kept.later(days=20)
    keeps(kept, rule, "extend_request", reasons="Invented.")
    breaks(kept, rule, "extend_request", reasons="Invented.")


def test_nothing_is_done_before_it_is_decided() -> None:
    rule = rules.a_request_is_decided_before_it_is_done
    kept = asked()
    breaks(kept, rule, "note_copy_made", **COPY)
    kept.do("decide_request", **NO)
    breaks(kept, rule, "note_copy_made", **COPY)
    kept.do("decide_request", **GRANT)
    keeps(kept, rule, "note_copy_made", **COPY)


def test_nothing_mixed_leaves_as_long_as_nobody_decided_on_it() -> None:
    rule = rules.nothing_mixed_leaves_without_a_decision
    kept = asked()
    kept.do("decide_request", **GRANT)
    breaks(kept, rule, "note_copy_made", **COPY, undecided=1)
    keeps(kept, rule, "note_copy_made", **COPY, undecided=0)


def test_an_answer_comes_after_the_decision_and_after_what_was_granted() -> None:
    rule = rules.an_answer_follows_what_was_decided
    kept = asked()
    breaks(kept, rule, "answer_request", **REPLY)
    kept.do("decide_request", **GRANT)
    breaks(kept, rule, "answer_request", **REPLY)
    kept.do("note_copy_made", **COPY)
    keeps(kept, rule, "answer_request", **REPLY)


def test_a_no_can_be_answered_at_once() -> None:
    kept = asked("ERASURE_OF_DATA")
    kept.do("decide_request", **NO)
    keeps(kept, rules.an_answer_follows_what_was_decided, "answer_request", **REPLY)
    assert not kept.dossier.open


def test_a_notice_after_72_hours_says_why_it_is_late() -> None:
    rule = rules.a_late_notice_says_why
    kept = breach()
    kept.later(hours=72)
    keeps(kept, rule, "notify_commissioner", notice="Invented.")
    late = breach()
    late.later(hours=72, seconds=1)
    breaks(late, rule, "notify_commissioner", notice="Invented.")
    keeps(late, rule, "notify_commissioner", notice="Invented.", late_because="Invented.")


def test_the_72_hours_run_from_becoming_aware_not_from_entering_it() -> None:
    story = Story()
    aware = story.now - timedelta(hours=71)
    kept = opened("record_data_breach", story, **BREACH, effective_at=aware.isoformat())
    assert kept.due()["notify_commissioner"] == (story.now + timedelta(hours=1)).isoformat()


def test_a_breach_is_closed_once_the_commissioner_and_the_people_know() -> None:
    rule = rules.a_breach_is_closed_once_all_who_must_know_do
    kept = breach(None)
    close = {"measures": "Invented."}
    breaks(kept, rule, "close_data_breach", **close)
    kept.do("assess_data_breach", risk="HIGH_RISK", reasons="Invented.")
    breaks(kept, rule, "close_data_breach", **close)
    kept.do("notify_commissioner", notice="Invented.")
    breaks(kept, rule, "close_data_breach", **close)
    kept.do("tell_people_of_breach", people=2, channel="LETTER")
    keeps(kept, rule, "close_data_breach", **close)


@pytest.mark.parametrize("risk", ["RISK_UNLIKELY", "HIGH_RISK"])
def test_who_need_not_know_keeps_no_breach_open(risk: str) -> None:
    kept = breach(risk)
    if risk == "HIGH_RISK":
        kept.do("notify_commissioner", notice="Invented.")
        kept.do("decide_not_to_tell_people", ground="DATA_UNREADABLE", reasons="Invented.")
    rule = rules.a_breach_is_closed_once_all_who_must_know_do
    keeps(kept, rule, "close_data_breach", measures="Invented.")
    assert set(kept.due()) == {"dossier_review"}


def test_notes_are_given_only_if_necessary_and_proportionate() -> None:
    rule = rules.notes_are_given_only_as_necessary_and_proportionate
    kept = opened("record_notes_request", **NOTES)
    given = {**GRANT, "reasons": "Invented."}
    breaks(kept, rule, "decide_notes_request", **given, necessary=True, proportionate=False)
    breaks(kept, rule, "decide_notes_request", **given, necessary=False, proportionate=True)
    no = {**NO, "ground": "NOT_PROPORTIONATE", "necessary": True, "proportionate": False}
    keeps(kept, rule, "decide_notes_request", **no)
    keeps(kept, rule, "decide_notes_request", **given, necessary=True, proportionate=True)


def test_an_answer_on_notes_comes_after_the_decision_and_what_was_given() -> None:
    rule = rules.an_answer_on_notes_follows_what_was_decided
    kept = opened("record_notes_request", **NOTES)
    breaks(kept, rule, "answer_notes_request", **REPLY)
    yes = {**GRANT, "reasons": "Invented.", "necessary": True, "proportionate": True}
    kept.do("decide_notes_request", **yes)
    breaks(kept, rule, "answer_notes_request", **REPLY)
    no = {**NO, "ground": "NOT_NECESSARY", "necessary": False, "proportionate": False}
    kept.do("decide_notes_request", **no)
    keeps(kept, rule, "answer_notes_request", **REPLY)


@pytest.mark.parametrize("name", ["record_rights_request", "record_data_breach"])
@pytest.mark.parametrize("who", ["worker", "lead", "supervisor", "auditor", "trainer"])
def test_whoever_hears_of_it_puts_it_on_record(name: str, who: str) -> None:
    given = BREACH if name == "record_data_breach" else {"right": "OBJECTION"}
    assert opened(name, who=who, **given).dossier.open


@pytest.mark.parametrize("who", ["worker", "lead", "supervisor", "auditor", "trainer"])
def test_nobody_else_decides(who: str) -> None:
    with pytest.raises(DeniedInStory):
        asked().do("decide_request", who, **GRANT)


def test_a_ground_and_reasons_go_with_what_is_not_granted_and_with_nothing_else() -> None:
    kept = asked()
    for given in (
        {"decision": "NOT_GRANTED"},
        {**GRANT, "ground": "RIGHTS_OF_OTHERS"},
        {"decision": "PARTLY_GRANTED", "ground": "RIGHTS_OF_OTHERS"},
    ):
        with pytest.raises(Nonsense):
            kept.do("decide_request", **given)


def test_what_is_closed_stays_closed() -> None:
    kept = asked()
    kept.do("withdraw_request")
    with pytest.raises(Nonsense, match="closed"):
        kept.do("decide_request", **GRANT)


def test_a_request_is_no_breach() -> None:
    with pytest.raises(Nonsense, match="not a breach"):
        asked().do("close_data_breach", measures="Invented.")


def test_whoever_has_a_conflict_in_a_case_puts_nothing_of_it_in() -> None:
    rule, story = rules.what_is_of_a_case_is_named_by_who_may_see_it, after(*referred())
    kept = asked("ACCESS", story)
    keeps(kept, rule, "put_in_items", items=[f"{story.case_id}:T-0123456789ABCDEF"])
    kept, none_yet = asked("ACCESS", story), f"{story.case_id}:T-0123456789ABCDEG"
    go_on(story, step("worker", "declare_conflict", practitioner=story.staff["officer"]))
    breaks(kept, rule, "put_in_items", items=[none_yet])
