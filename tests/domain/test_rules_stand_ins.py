"""A stand-in is known to be one, met only as such, and binds nobody but themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import Nonsense
from domain.rules import ending, joining, outside, stand_ins
from domain.waits import waits
from domain.words import Category, Choice, InterventionState
from tests.domain.situations import after, breaks, go_on, keeps
from tests.domain.states import standing
from tests.steps import EXPLAINED, chosen, explored, held, offender, referred, step, victim
from tests.steps_stand_in import EXPLORED, FOUND, OF, READY, STANDS_IN, met_knowing
from tests.story import LIMITS

if TYPE_CHECKING:
    from tests.story import Story

PLAN: tuple[str, str] = ("lead", "plan_intervention")
AS_SUCH: dict[str, Any] = {"type": "PROXY_MEETING", "threads": [OF]}
TOLD = {"V1": "TOLD_IT_ENDED", "O2": "TOLD_IT_ENDED"}
CONSENT: dict[str, Any] = {
    "thread": OF,
    "party": "V1",
    "scopes": ["FACE_TO_FACE"],
    "form": "SIGNED_PAPER",
}


def met_a_stand_in() -> Story:
    """Return a case whose victim met a stand-in, the offender of the matter having said nothing."""
    return after(*referred(), *READY, *held("PROXY_MEETING", thread=OF))


def test_a_stand_in_is_found_only_for_somebody_who_wishes_it() -> None:
    rule = stand_ins.a_stand_in_is_found_for_somebody_who_wishes_it
    story = after(*referred())
    breaks(story, rule, "worker", "add_stand_in", **STANDS_IN)
    breaks(story, rule, "worker", "add_stand_in", **STANDS_IN, asked_by="O1")
    keeps(story, rule, "worker", "add_stand_in", **STANDS_IN, asked_by="V1")
    assert set(story.case.threads) == {"V1-O1", OF}


def test_a_stand_in_makes_a_pair_with_the_one_who_meets_them_and_with_nobody_else() -> None:
    story = after(*referred(victim(), victim(2), offender()), FOUND)
    assert set(story.case.threads) == {"V1-O1", "V2-O1", OF}
    person = story.case.party("O2")
    assert person.category is Category.WITNESS_OR_OTHER
    assert not person.is_offender
    assert "O2" not in {p.id for p in story.case.offenders}


@pytest.mark.parametrize(
    "wrong",
    [{"of": "V1"}, {"meets": "O1"}, {"party": "V2"}, {"party": "O1"}, {"role": "OFFENDER"}],
)
def test_a_stand_in_that_makes_no_sense_is_not_added(wrong: dict[str, str]) -> None:
    given = {**STANDS_IN, **wrong}
    with pytest.raises(Nonsense):
        after(*referred()).do("worker", "add_stand_in", **given, asked_by=given["meets"])


def test_a_stand_in_is_added_by_no_other_way_and_stays_one() -> None:
    story = after(*referred(), FOUND)
    with pytest.raises(Nonsense, match="add_stand_in"):
        story.do("worker", "add_party", party="O3", role="PROXY_OFFENDER")
    for party, role in (("O2", "OFFENDER"), ("O1", "PROXY_OFFENDER")):
        with pytest.raises(Nonsense):
            story.do("worker", "correct_role", party=party, role=role)


def test_whoever_meets_a_stand_in_knows_it() -> None:
    rule = stand_ins.whoever_meets_a_stand_in_knows_it
    story = after(*referred(), FOUND, EXPLORED[0], met_knowing("V1", *EXPLAINED))
    breaks(story, rule, "lead", "record_consent", **CONSENT)
    go_on(story, met_knowing("V1"))
    keeps(story, rule, "lead", "record_consent", **CONSENT)


def test_with_a_stand_in_there_is_a_meeting_of_its_own_kind_and_nothing_else() -> None:
    rule = stand_ins.a_stand_in_is_met_only_as_such
    story = after(*referred(), *READY)
    breaks(story, rule, *PLAN, type="FACE_TO_FACE", threads=[OF])
    breaks(story, rule, *PLAN, type="SHUTTLE", threads=[OF])
    breaks(story, rule, *PLAN, type="PROXY_MEETING", threads=["V1-O1"])
    breaks(story, rule, *PLAN, type="PROXY_MEETING", threads=[OF, "V1-O1"])
    keeps(story, rule, *PLAN, **AS_SUCH)


def test_every_gate_is_asked_of_a_stand_in_as_of_anybody() -> None:
    story = after(*referred(), FOUND, *EXPLORED[:3])
    breaks(story, joining.the_offender_must_accept_responsibility, *PLAN, **AS_SUCH)
    breaks(story, joining.both_people_must_consent_to_this_in_writing, *PLAN, **AS_SUCH)
    no_more = after(*referred(), *READY, step("auditor", "withdraw_consent", party="O2"))
    breaks(no_more, joining.both_people_must_consent_to_this_in_writing, *PLAN, **AS_SUCH)


def test_a_stand_in_binds_nobody_else_and_nobody_else_binds_them() -> None:
    story = after(*referred(), *READY)
    before = standing(story.case)
    story.do("auditor", "withdraw_consent", party="O2")
    after_it = standing(story.case)
    assert {k for k in before if before[k] != after_it[k]} == {(OF, "O2")}
    other = after(*referred(), *explored(), *READY)
    other.do("auditor", "decline_offer", party="O1")
    assert other.case.thread(OF).current.offender.choice is Choice.CONSENTED
    assert not other.case.party("O2").no_contact


def test_a_meeting_with_a_stand_in_is_reported_as_no_meeting_of_the_two_themselves() -> None:
    story = met_a_stand_in()
    assert story.case.intervention("I1").state is InterventionState.COMPLETED
    assert story.case.held("V1-O1") == ()
    rule = ending.the_reason_must_be_what_happened
    for reason in ("COMPLETED_DIRECT", "COMPLETED_INDIRECT", "COMPLETED_AGREEMENT_FULFILLED"):
        breaks(story, rule, "lead", "end_thread", thread=OF, reason=reason, told=TOLD)
    keeps(story, rule, "lead", "end_thread", thread=OF, reason="COMPLETED_WITH_STAND_IN",
          told=TOLD)  # fmt: skip
    told = {"V1": "TOLD_IT_ENDED", "O1": "TOLD_IT_ENDED"}
    breaks(story, rule, "lead", "end_thread", thread="V1-O1", reason="COMPLETED_WITH_STAND_IN",
           told=told)  # fmt: skip


def met_by_the_offender(thread: str = "V2-O1") -> Story:
    """Return a case whose offender met somebody who stood in for the victim."""
    of, explained = {"thread": thread}, [*EXPLAINED, "MEETS_A_STAND_IN"]
    both = [step("lead", "record_facilitator_meeting", **of, party=p, explained=explained,
                 understood=True) for p in ("V2", "O1")]  # fmt: skip
    stands_in = {"party": "V2", "role": "PROXY_VICTIM", "of": "V1", "meets": "O1"}
    details = {"name": "Vi Sample", "born": "1990-03-03"}
    return after(
        *referred(),
        step("worker", "add_stand_in", **stands_in, details=details, asked_by="O1"),
        step("worker", "record_interest", **of, party="V2", asked_by="V2"),
        *both,
        step("lead", "record_responsibility", **of, party="O1", status="ACCEPTS_RESPONSIBILITY",
             evidence="FACILITATOR_ASSESSMENT"),
        *chosen("FACE_TO_FACE", thread=thread),
        *held("PROXY_MEETING", thread=thread),
        step("worker", "record_hearing", party="O1", kind="SENTENCE",
             day="2026-08-03T10:00:00+01:00"),
    )  # fmt: skip


@pytest.mark.parametrize("thread", ["V2-O1", "V1-O1"])
def test_a_court_hears_of_no_meeting_that_was_held_with_a_stand_in(thread: str) -> None:
    rule = outside.a_court_is_told_what_is_so
    story = met_by_the_offender()
    report = {"hearing": "H1", "thread": thread}
    breaks(story, rule, "worker", "report_to_court", **report, outcome="TOOK_PLACE")
    keeps(story, rule, "worker", "report_to_court", **report, outcome="DID_NOT_TAKE_PLACE")


def test_a_stand_in_for_a_victim_is_no_victim_of_this_matter() -> None:
    stands_in = {"party": "V2", "role": "PROXY_VICTIM", "of": "V1", "meets": "O1"}
    story = after(*referred(), step("worker", "add_stand_in", **stands_in, asked_by="O1"))
    assert set(story.case.threads) == {"V1-O1", "V2-O1"}
    owed = {w.name for w in waits(story.case, LIMITS) if w.subject == "V2"}
    assert not owed & {"information", "first_contact"}
    assert "support" in owed
    story.do("auditor", "stop_contact", party="V1")
    assert not story.case.party("V2").no_contact
