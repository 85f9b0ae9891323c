"""Rules about what is booked, and what the diary does and does not do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from domain.errors import Nonsense
from domain.rules import contact, diary, merging, reaching
from domain.waits import waits
from domain.words import AppointmentOutcome
from tests.domain.expected_diary import (
    ARRANGED,
    BOOKED,
    IN,
    LEAD,
    MEETING,
    OFF,
    PLANNED,
    TALK,
    arranged,
    out,
)
from tests.domain.given_diary import PACK
from tests.domain.matters import BOTH, two
from tests.domain.situations import BOTH_IN_TURN, after, breaks, go_on, keeps, ready
from tests.domain.states import afresh, passing
from tests.steps import referred, step
from tests.story import LIMITS

if TYPE_CHECKING:
    from domain.waits import Wait
    from tests.story import Story

TO_MEET = {"party": "V1", "starts": TALK.isoformat()}
INTERPRETER = step("worker", "add_party", party="S1", role="INTERPRETER", of="V1")


def missed(story: Story) -> list[tuple[str, str]]:
    """Return what was recorded as missed, with its subject."""
    told = (e.envelope.data for e in story.history if e.name == "wait_missed")
    return [(data["wait"], data["subject"]) for data in told]


def test_an_appointment_keeps_who_when_how_and_which_room_and_the_place_is_in_the_vault() -> None:
    story = after(*referred(), INTERPRETER)
    (made,) = story.do("worker", "book_appointment", **TO_MEET, minutes=90,
                       staff=[LEAD, story.someone("co")], room="ROOM-2", interpreters=["S1"],
                       place="1 Invented Street", purpose="PREPARATION")  # fmt: skip
    one = story.case.appointments["D1"]
    assert (one.party, one.staff, one.room) == ("V1", (LEAD, story.someone("co")), "ROOM-2")
    assert (one.interpreters, (one.ends - one.starts).seconds) == (("S1",), 90 * 60)
    assert "Invented" not in str(made.envelope.data)
    assert set(made.envelope.data["place"]) == {"id", "digest"}


def test_whoever_books_comes_themselves_unless_they_say_who() -> None:
    story = after(*referred())
    story.do("worker", "book_appointment", **TO_MEET)
    assert story.case.appointments["D1"].staff == (story.someone("worker"),)


def test_a_new_appointment_may_take_the_place_of_another_in_one_step() -> None:
    story = after(*referred(), BOOKED)
    later = {**TO_MEET, "starts": MEETING.isoformat(), "instead_of": "D1"}
    entries = story.do("worker", "book_appointment", **later)
    assert [e.name for e in entries] == ["appointment_called_off", "appointment_made"]
    assert [d for d, one in story.case.appointments.items() if one.open] == ["D2"]
    with pytest.raises(Nonsense, match="D1 was called off"):
        story.do("worker", "book_appointment", **later)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"starts": "2026-03-01T10:00:00+00:00"}, "lies in the past"),
        ({"purpose": "JOINT_MEETING"}, "planned first"),
        ({"interpreters": ["O1"]}, "no interpreter"),
        ({"instead_of": "D7"}, "no appointment D7"),
        ({"party": "V9"}, "V9"),
    ],
)
def test_what_makes_no_sense_is_not_booked(given: dict[str, object], sentence: str) -> None:
    with pytest.raises(Nonsense, match=sentence):
        after(*referred()).do("worker", "book_appointment", **{**TO_MEET, **given})


def test_whoever_comes_is_there_and_has_no_conflict_of_interest() -> None:
    rule = diary.whoever_comes_is_there_and_may_meet_them
    story = after(*referred())
    keeps(story, rule, "worker", "book_appointment", **TO_MEET, staff=["@co"])
    breaks(story, rule, "worker", "book_appointment", **TO_MEET, staff=["PR-7K3M9QXA-5"])
    story.do("auditor", "declare_conflict", practitioner=story.someone("co"))
    breaks(story, rule, "worker", "book_appointment", **TO_MEET, staff=["@lead", "@co"])
    breaks(story, rule, "worker", "make_print_pack", party="V1", holder="@co")
    story.do("trainer", "deactivate_practitioner", about="lead")
    breaks(story, rule, "worker", "book_appointment", **TO_MEET, staff=["@lead"])
    keeps(story, rule, "worker", "make_print_pack", party="V1")


def test_nobody_is_met_by_somebody_they_do_not_want() -> None:
    rule = diary.nobody_is_met_by_somebody_they_do_not_want
    story = after(*referred())
    keeps(story, rule, "worker", "book_appointment", **TO_MEET, staff=["@lead"])
    story.do("auditor", "decline_facilitator", party="V1", practitioner=LEAD)
    breaks(story, rule, "worker", "book_appointment", **TO_MEET, staff=["@lead"])
    planned = ready(*BOTH_IN_TURN, more=(PLANNED,))
    keeps(planned, rule, "lead", ARRANGED.name, **ARRANGED.given)
    planned.do("auditor", "decline_facilitator", party="O1", practitioner=planned.someone("co"))
    breaks(planned, rule, "lead", ARRANGED.name, **ARRANGED.given)


def test_a_meeting_is_arranged_with_two_facilitators() -> None:
    rule = diary.a_meeting_is_arranged_with_all_its_facilitators
    story = ready(*BOTH_IN_TURN, more=(PLANNED,))
    breaks(story, rule, "lead", "arrange_meeting", intervention="I1")
    breaks(story, rule, "lead", "arrange_meeting", intervention="I1", staff=["@lead", "@lead"])
    (made,) = keeps(story, rule, "lead", ARRANGED.name, **ARRANGED.given)
    assert story.case.appointments["D1"].starts == MEETING
    assert story.case.intervention("I1").state == "PLANNED"
    assert made.name == "meeting_arranged"


def test_a_meeting_without_a_date_is_not_arranged() -> None:
    undated = {k: v for k, v in PLANNED.given.items() if k != "for_when"}
    story = ready(*BOTH_IN_TURN, more=(step("lead", PLANNED.name, **undated),))
    with pytest.raises(Nonsense, match="no date yet"):
        go_on(story, ARRANGED)


def test_nobody_is_booked_who_asked_not_to_be_contacted_or_in_a_way_that_is_not_safe() -> None:
    story = after(*referred())
    story.do("auditor", "close_ways", party="V1", channels=["IN_PERSON"])
    breaks(story, reaching.only_a_safe_way_is_used, "worker", "book_appointment", **TO_MEET)
    keeps(story, reaching.only_a_safe_way_is_used, "worker", "book_appointment", **TO_MEET,
          channel="TELEPHONE")  # fmt: skip
    story.do("auditor", "stop_contact", party="V1")
    rule = contact.nobody_who_asked_not_to_be_contacted_is_contacted
    breaks(story, rule, "worker", "book_appointment", **TO_MEET, channel="TELEPHONE")


@pytest.mark.parametrize(
    "off",
    [
        step("lead", "postpone_intervention", intervention="I1"),
        step("lead", "fix_date", intervention="I1", for_when="2026-04-20T14:00:00+01:00"),
        step("auditor", "withdraw_consent", party="V1"),
        step("auditor", "record_death", party="O1"),
    ],
)
def test_what_was_booked_for_a_meeting_is_called_off_once_the_meeting_is(off: object) -> None:
    story = arranged()
    assert "call_off" not in story.waiting()
    go_on(story, off)  # type: ignore[arg-type]
    assert "call_off" in story.waiting()
    story.do("co", "call_off_appointment", appointment="D1")
    assert not {"call_off", "appointment"} & story.waiting()


def test_an_appointment_is_met_by_whatever_is_recorded_of_the_talk_itself() -> None:
    story = after(*referred(), BOOKED)
    story.now = TALK
    assert "appointment" in story.waiting()
    story.do("worker", "record_own_side_work", party="V1", kind="NO_SEND_LETTER")
    assert "appointment" not in story.waiting()


def test_somebody_who_did_not_come_said_nothing_by_it() -> None:
    story = after(*referred(), BOOKED)
    with pytest.raises(Nonsense, match="has not begun"):
        story.do("lead", "end_appointment", appointment="D1", outcome="KEPT")
    story.now, before = TALK, passing(story.case)
    story.do("lead", "end_appointment", appointment="D1", outcome="THEY_DID_NOT_COME")
    assert story.case.appointments["D1"].outcome is AppointmentOutcome.THEY_DID_NOT_COME
    assert passing(story.case) == before
    assert not story.case.party("V1").attempts


def test_whoever_checks_out_in_time_is_not_looked_for() -> None:
    story = out(minutes=50)
    story.do("lead", "check_out")
    story.later(days=1)
    assert not {w for w, _ in missed(story)} & {"check_out", "visitor_safe", "visitor_alarm"}


def test_a_visit_that_takes_longer_is_said_to() -> None:
    story = out(minutes=50)
    story.do("lead", "check_in", minutes=60)
    story.later(minutes=60)
    assert missed(story) == []
    story.later(minutes=16)
    assert missed(story) == [("check_out", LEAD)]


def test_where_somebody_is_stays_known_when_their_visit_takes_longer() -> None:
    story = after(*referred())
    story.do("lead", "check_in", minutes=60, party="V1", place="1 Invented Street")
    first = story.case.out[LEAD]
    story.later(minutes=50)
    story.do("lead", "check_in", minutes=60)
    longer = story.case.out[LEAD]
    assert (longer.party, longer.place, longer.since) == ("V1", first.place, first.since)
    assert longer.until == story.now + timedelta(minutes=60)
    story.do("lead", "check_in", minutes=30, party="O1")
    assert (story.case.out[LEAD].party, story.case.out[LEAD].place) == ("O1", None)


def test_whoever_is_not_back_is_looked_for_by_a_supervisor_and_then_by_all() -> None:
    story = out()
    story.later(minutes=74)
    assert missed(story) == []
    story.later(minutes=2)
    assert missed(story) == [("check_out", LEAD)]
    assert "visitor_safe" in story.waiting()
    story.later(minutes=30)
    assert missed(story)[1:] == [("visitor_safe", LEAD)]
    story.later(minutes=30)
    assert missed(story)[2:] == [("visitor_alarm", LEAD)]
    story.do("supervisor", "check_out", practitioner=LEAD)
    assert not {"check_out", "visitor_safe", "visitor_alarm"} & story.waiting()


def test_nobody_is_asked_to_find_out_whether_they_themselves_are_safe() -> None:
    story = after(*referred())
    for who, whom in (("lead", story.someone("supervisor")), ("supervisor", None)):
        story.do(who, "check_in", minutes=60)
        story.later(minutes=76)
        safe = {w.subject: w.whom for w in waits(story.case, LIMITS) if w.name == "visitor_safe"}
        assert safe[story.someone(who)] == whom


def test_an_alarm_changes_nothing_for_whoever_takes_part() -> None:
    story = out()
    before, contact_before = passing(story.case), story.case.parties
    story.later(minutes=300)
    assert (passing(story.case), story.case.parties) == (before, contact_before)


def test_why_a_visitor_was_late_is_asked_once_and_not_of_whoever_looks_for_them() -> None:
    story = out(minutes=300)
    assert [one.wait for one in story.case.clocks.values()] == ["check_out"]


def test_an_alarm_does_not_wait_for_what_is_still_to_be_entered_late() -> None:
    story = after(*referred())
    story.later(days=3)
    story.do("lead", "check_in", minutes=60)
    story.now += timedelta(minutes=80)
    tuesday = (story.now - timedelta(days=2)).isoformat()
    story.do("worker", "record_wish", party="V1", wish="BE_TOLD_OUTCOME", effective_at=tuesday)
    assert story.case.entered_late_at == story.now
    story.fall_due()
    assert ("check_out", LEAD) in missed(story)


def test_a_visit_entered_from_paper_with_its_end_is_no_alarm() -> None:
    story = after(*referred())
    went = story.now
    story.later(days=3)
    until = (went + timedelta(minutes=70)).isoformat()
    story.do("lead", "check_in", minutes=60, effective_at=went.isoformat())
    story.do("lead", "check_out", effective_at=until)
    story.fall_due()
    assert "check_out" not in {wait for wait, _ in missed(story)}


def test_why_an_appointment_was_left_open_is_for_whoever_was_booked_even_if_it_was_a_slip() -> None:
    story = after(*referred(), step("worker", "book_appointment", **TO_MEET, staff=["@co"]))
    whom = {w.name: w.whom for w in waits(story.case, LIMITS)}
    assert whom["appointment"] == story.someone("co")
    story.later(days=10)
    asked = next(w for w in waits(story.case, LIMITS) if _asks_why(story, w))
    assert asked.whom == story.someone("co")
    made = next(e.version for e in story.history if e.name == "appointment_made")
    voided = afresh([e for e in story.history if e.version != made], "without it")
    assert {w.whom for w in waits(voided, LIMITS) if w.subject == asked.subject} == {LEAD}


def _asks_why(story: Story, wait: Wait) -> bool:
    clock = story.case.clocks.get(wait.subject)
    return clock is not None and clock.wait == "appointment"


def test_what_is_booked_is_brought_to_its_end_before_a_case_goes_on_in_another() -> None:
    rule = merging.what_is_merged_has_nothing_booked_or_held
    back = step("lead", "account_for_pack", pack="W1", became="RETURNED")
    for booked, off in ((BOOKED, OFF), (IN, step("lead", "check_out")), (PACK, back)):
        story, earlier = two((), booked)
        breaks(story, rule, "supervisor", "merge_into", into=earlier, people=BOTH)
        go_on(story, off)
        keeps(story, rule, "supervisor", "merge_into", into=earlier, people=BOTH)


def test_a_lost_pack_is_a_task_of_a_supervisor_and_no_longer_waited_for() -> None:
    story = after(*referred(), PACK)
    assert "print_pack" in story.waiting()
    story.do("auditor", "account_for_pack", pack="W1", became="GONE_MISSING")
    assert "print_pack" not in story.waiting()
    assert [(t.kind, t.subject) for t in story.case.tasks.values()] == [("PACK_LOST", "W1")]
    with pytest.raises(Nonsense, match="no print pack W2"):
        story.do("auditor", "account_for_pack", pack="W2", became="RETURNED")


def test_a_pack_accounted_for_that_was_never_made_is_nonsense() -> None:
    story = after(*referred(), PACK, step("lead", "account_for_pack", pack="W1", became="RETURNED"))
    made = next(e.version for e in story.history if e.name == "pack_handed_out")
    with pytest.raises(Nonsense, match="no pack W1"):
        afresh([e for e in story.history if e.version != made], "without it")
