"""Rules about courts and the youth justice service: each kept once, and broken once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.decide import decode
from domain.errors import Nonsense
from domain.rules import contact, outside
from domain.waits import Binds, waits
from domain.words import Choice
from tests.domain.expected_outward import COURT_DATES, HEARING, YOUNG, YOUTH_SERVICE
from tests.domain.situations import after, breaks, ended, keeps, under_way
from tests.domain.states import standing
from tests.steps import completed, referred, step, victim
from tests.story import LIMITS

if TYPE_CHECKING:
    from tests.story import Story

TELL: dict[str, Any] = {
    "hearing": "H1",
    "party": "V1",
    "channel": "TELEPHONE",
    "offer_stands": True,
}
REPORT: dict[str, Any] = {"hearing": "H1", "thread": "V1-O1"}


def test_a_victim_who_has_not_decided_when_the_court_sits_is_hurried_by_nobody() -> None:
    story = after(*referred(), step("worker", "record_need_for_time", party="V1"), HEARING)
    before = standing(story.case)
    story.later(weeks=9)
    story.do("worker", "report_to_court", **REPORT, outcome="NOT_COMPLETED")
    story.do("worker", "close_hearing", hearing="H1")
    assert standing(story.case) == before
    assert story.case.thread("V1-O1").current.victim.choice is Choice.CONSIDERING
    assert not [w for w in waits(story.case, LIMITS) if w.binds is Binds.PERSON and w.due]
    assert not {"hearing", "court_report"} & story.waiting()


def test_a_hearing_binds_nobody_but_staff() -> None:
    story = after(*referred(), COURT_DATES, HEARING)
    bound = {w.binds for w in waits(story.case, LIMITS) if w.subject.startswith("H1")}
    assert bound == {Binds.STAFF}


def test_a_report_to_a_court_has_no_room_for_who_or_why() -> None:
    assert decode("report_to_court", {**REPORT, "outcome": "NOT_COMPLETED"}).why is None
    for more in (
        {"why": {"code": "VICTIM_WITHDREW"}},
        {"party": "V1"},
        {"account": "She did not."},
    ):
        with pytest.raises(Nonsense):
            decode("report_to_court", {**REPORT, "outcome": "NOT_COMPLETED", **more})


def test_a_court_is_told_what_is_so() -> None:
    rule = outside.a_court_is_told_what_is_so
    nothing = after(*referred(), HEARING)
    breaks(nothing, rule, "worker", "report_to_court", **REPORT, outcome="TOOK_PLACE")
    keeps(nothing, rule, "worker", "report_to_court", **REPORT, outcome="DID_NOT_TAKE_PLACE")
    keeps(nothing, rule, "worker", "report_to_court", **REPORT, outcome="NOT_COMPLETED")
    held = under_way("FACE_TO_FACE", *completed(), HEARING)
    breaks(held, rule, "worker", "report_to_court", **REPORT, outcome="DID_NOT_TAKE_PLACE")
    keeps(held, rule, "worker", "report_to_court", **REPORT, outcome="NOT_COMPLETED")
    keeps(held, rule, "worker", "report_to_court", **REPORT, outcome="TOOK_PLACE")


def test_a_report_is_about_the_pair_of_the_one_whose_hearing_it_is() -> None:
    two = referred(victim(), *(o for o in (YOUNG, {**YOUNG, "party": "O2"})))
    with pytest.raises(Nonsense, match="V1-O2"):
        after(*two, HEARING).do(
            "worker", "report_to_court", hearing="H1", thread="V1-O2", outcome="NOT_COMPLETED"
        )


def test_a_victim_is_told_when_the_court_sits_only_if_they_wish() -> None:
    rule = outside.only_somebody_who_wishes_is_told_when_the_court_sits
    breaks(after(*referred(), HEARING), rule, "worker", "tell_hearing", **TELL)
    keeps(after(*referred(), COURT_DATES, HEARING), rule, "worker", "tell_hearing", **TELL)


@pytest.mark.parametrize("no", ["decline_court_dates", "decline_to_be_told"])
def test_a_no_to_being_told_when_the_court_sits_holds_at_once(no: str) -> None:
    rule = outside.only_somebody_who_wishes_is_told_when_the_court_sits
    story = after(*referred(), COURT_DATES, HEARING, step("auditor", no, party="V1"))
    assert "hearing_told" not in story.waiting()
    breaks(story, rule, "worker", "tell_hearing", **TELL)


def test_whoever_hears_of_a_hearing_hears_that_the_offer_stands() -> None:
    rule = outside.whoever_hears_of_a_hearing_hears_that_the_offer_stands
    story = after(*referred(), COURT_DATES, HEARING)
    breaks(story, rule, "worker", "tell_hearing", **{**TELL, "offer_stands": False})
    keeps(story, rule, "worker", "tell_hearing", **TELL)


def test_whoever_was_told_a_day_in_court_is_told_when_it_moves() -> None:
    story = after(*referred(), COURT_DATES, HEARING, step("worker", "tell_hearing", **TELL))
    assert "hearing_told" not in story.waiting()
    story.do("worker", "move_hearing", hearing="H1", day="2026-06-01T10:00:00+01:00")
    assert "hearing_told" in story.waiting()


def test_nobody_who_asked_for_no_contact_is_told_of_a_hearing() -> None:
    story = after(*referred(), COURT_DATES, HEARING, step("auditor", "stop_contact", party="V1"))
    rule = contact.nobody_who_asked_not_to_be_contacted_is_contacted
    breaks(story, rule, "worker", "tell_hearing", **TELL)


def test_the_offer_survives_the_sentence() -> None:
    story = ended("CJ_PROCESS_INTERVENED", HEARING)
    story.do("worker", "report_to_court", **REPORT, outcome="DID_NOT_TAKE_PLACE")
    story.do("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="V1")
    assert story.case.thread("V1-O1").open


def young(*more: Any) -> Story:
    return after(*referred(victim(), YOUNG), YOUTH_SERVICE, *more)


def decided(*, invite: bool) -> Any:
    return step(
        "worker",
        "record_youth_service_decision",
        thread="V1-O1",
        invite=invite,
        reasons="Invented.",
    )


OFFER = {"thread": "V1-O1", "party": "V1"}


def test_a_victim_is_invited_as_the_youth_justice_service_finds_right() -> None:
    rule = outside.a_victim_is_invited_as_the_youth_service_finds_right
    keeps(young(decided(invite=True)), rule, "worker", "make_offer", **OFFER)
    breaks(young(decided(invite=False)), rule, "worker", "make_offer", **OFFER)


def test_a_victim_who_asks_is_met_whatever_the_youth_justice_service_finds() -> None:
    rule = outside.a_victim_is_invited_as_the_youth_service_finds_right
    story = young(decided(invite=False))
    keeps(story, rule, "worker", "make_offer", **OFFER, asked_by="V1")


def test_the_youth_justice_service_gives_the_information_and_its_plan_is_linked() -> None:
    story = after(*referred(victim(), YOUNG, inform=False))
    given = {"party": "V1", "channel": "LETTER", "by_service": "YOUTH_JUSTICE_SERVICE"}
    told = story.do("worker", "give_information", **given)
    assert told[0].envelope.data["by_service"] == "YOUTH_JUSTICE_SERVICE"
    plan = story.do("worker", "involve_youth_service", party="O1", plan="Its plan, invented.")
    assert plan[0].envelope.data["plan"]["id"]


def test_a_victim_who_does_not_wish_it_is_no_matter_for_the_youth_justice_service() -> None:
    story = young()
    assert "youth_service_decision" in story.waiting()
    story.do("auditor", "decline_onward", party="V1", service="YOUTH_JUSTICE_SERVICE")
    assert "youth_service_decision" not in story.waiting()


def test_an_adult_is_no_matter_for_the_youth_justice_service() -> None:
    story = after(*referred())
    assert not {"youth_service", "suitable_adult"} & story.waiting()
    for name in ("involve_youth_service", "offer_suitable_adult"):
        with pytest.raises(Nonsense):
            story.do(
                "worker", name, party="O1", **({"answer": "WANTED"} if "adult" in name else {})
            )
    with pytest.raises(Nonsense):
        story.do("worker", decided(invite=True).name, **decided(invite=True).given)


def test_a_child_whose_mother_is_there_need_not_be_offered_an_adult() -> None:
    mother = {"party": "S1", "role": "PARENT_OR_GUARDIAN_OF_OFFENDER", "of": "O1"}
    assert "suitable_adult" not in after(*referred(victim(), YOUNG, mother)).waiting()
