"""Rules about reaching somebody: each kept once, and broken once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain.asking import CaseCommand
from domain.decide import present
from domain.errors import Nonsense
from domain.rules import contact, elsewhere, ending, joining, reaching, telling
from domain.rules.table import GUARDS
from domain.waits import waits
from tests.domain.expected import to_ring
from tests.domain.situations import after, breaks, end, keeps, ready, under_way
from tests.steps import met, offender, referred, step, victim
from tests.story import LIMITS, Story

if TYPE_CHECKING:
    from tests.steps import Step

SAFE = (
    reaching.only_a_safe_way_is_used,
    elsewhere.a_way_called_unsafe_in_another_case_is_not_used,
)
THREE = datetime(2026, 3, 20, 15, tzinfo=UTC)
RING = {"party": "V1", "channel": "TELEPHONE", "outcome": "NO_RESPONSE"}
TELL = {"party": "V1", "channel": "LETTER"}
WITHHELD = referred(victim(contact_by="REFERRER_ONLY"), offender(), inform=False)
SAID: list[tuple[str, str, dict[str, Any]]] = [
    ("lead", "give_information", TELL),
    ("lead", "make_offer", {"thread": "V1-O1", "party": "V1"}),
    ("lead", "record_contact_attempt", RING),
    (met("V1-O1", "V1").who, met("V1-O1", "V1").name, met("V1-O1", "V1").given),
]


@pytest.mark.parametrize(("who", "name", "given"), SAID)
def test_nothing_is_said_to_somebody_of_whom_it_is_in_doubt_who_they_are(
    who: str, name: str, given: dict[str, Any]
) -> None:
    story = after(*referred(inform=False), step("auditor", "doubt_identity", party="V1"))
    rule = reaching.nothing_is_said_to_somebody_not_identified
    breaks(story, rule, who, name, **given)
    story.do("worker", "record_call", party="V1", identified="RUNG_BACK")
    keeps(story, rule, who, name, **given)


CARRY = step("lead", "carry_message", message="M1", party="O1", channel="TELEPHONE")
TOLD = {"thread": "V1-O1", "party": "O1", "what": "REASONS"}


def message_agreed(*more: Step) -> Story:
    """Return a shuttle exchange in which a message of the victim waits to be carried."""
    note = step("lead", "agree_message", intervention="I1", thread="V1-O1", party="V1", note="Why?")
    return under_way("SHUTTLE", note, *more)


@pytest.mark.parametrize("doubted", ["V1", "O1"])
def test_nothing_passes_while_it_is_in_doubt_who_one_of_them_is(doubted: str) -> None:
    rule = joining.nobody_joined_may_be_in_doubt
    story = message_agreed(step("auditor", "doubt_identity", party=doubted))
    breaks(story, rule, CARRY.who, CARRY.name, **CARRY.given)
    breaks(story, rule, "lead", "pass_on", **TOLD)
    story.do("worker", "record_call", party=doubted, identified="AGREED_WORD")
    keeps(story, rule, CARRY.who, CARRY.name, **CARRY.given)


def test_whoever_is_in_doubt_is_not_told_that_it_ended() -> None:
    rule = ending.nobody_is_told_of_whom_it_is_in_doubt_who_they_are
    story = after(*referred(), step("auditor", "doubt_identity", party="V1"))
    told, not_told = (end("CJ_PROCESS_INTERVENED", V1=v) for v in ("TOLD_IT_ENDED", "NOT_REACHED"))
    breaks(story, rule, told.who, told.name, **told.given)
    keeps(story, rule, not_told.who, not_told.name, **not_told.given)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            reaching.only_a_safe_way_is_used,
            step("auditor", "close_ways", party="O1", channels=["TELEPHONE"]),
        ),
        (
            contact.a_person_who_will_ring_is_left_to_ring,
            step("auditor", "leave_contact_to_them", party="O1"),
        ),
    ],
)
def test_a_message_is_carried_by_a_safe_way_and_when_they_wish(rule: Any, said: Step) -> None:
    keeps(message_agreed(), rule, CARRY.who, CARRY.name, **CARRY.given)
    breaks(message_agreed(said), rule, CARRY.who, CARRY.name, **CARRY.given)
    keeps(message_agreed(said), rule, CARRY.who, CARRY.name, **CARRY.given, asked_by="O1")


def test_every_command_that_speaks_to_somebody_by_a_way_asks_whether_that_way_is_safe() -> None:
    by_themselves = {"record_call", "record_general_call", "record_unidentified_call"}
    speaks = {
        cls: row
        for cls, row in GUARDS.items()
        if issubclass(cls, CaseCommand) and "channel" in cls.model_fields
    }
    unasked = {
        cls.name() for cls, row in speaks.items() if SAFE[0] not in row or SAFE[1] not in row
    }
    assert unasked == by_themselves


def test_a_caller_who_was_identified_was_in_touch() -> None:
    story = after(*referred(inform=False))
    assert "first_contact" in story.waiting()
    story.do("worker", "record_call", party="V1", identified="DETAILS_ASKED")
    assert "first_contact" not in story.waiting()


CALLS = ["record_unidentified_call", "record_general_call"]


@pytest.mark.parametrize("name", CALLS)
def test_a_call_that_is_no_case_leaves_nobody_and_nothing_to_wait_for(name: str) -> None:
    story = Story()
    (opened, taken) = story.do("intake", name)
    assert (opened.name, taken.envelope.data) == ("case_opened", {"channel": "TELEPHONE"})
    assert not story.case.parties
    now = present(story.history)
    assert (now.stage, now.open) == ("CALL", False)


@pytest.mark.parametrize("name", CALLS)
def test_a_call_that_is_no_case_is_not_noted_in_one(name: str) -> None:
    with pytest.raises(Nonsense, match="apart from every case"):
        after(*referred(), step("worker", name))


def test_an_enquiry_becomes_a_referral_in_one_step_with_an_offender_nobody_can_name() -> None:
    story = after(step("intake", "record_enquiry", source="VICTIM_SELF", parties=[victim()]))
    own = {"source": "VICTIM_SELF", "initiator": "VICTIM_INITIATED"}
    story.do("intake", "refer", **own, parties=[offender(identified=False)])
    assert not story.case.party("O1").identified
    assert {"acknowledge", "first_contact"} <= story.waiting()
    assert "enquiry" not in story.waiting()


def test_whoever_asked_to_be_rung_back_is_at_the_hour_that_they_set_and_not_before() -> None:
    rule = contact.a_person_who_will_ring_is_left_to_ring
    story = to_ring(THREE.isoformat())
    story.later(seconds=(THREE - timedelta(minutes=20) - story.now).total_seconds())
    breaks(story, rule, "worker", "record_contact_attempt", **RING)
    keeps(story, rule, "worker", "record_contact_attempt", **RING, asked_by="V1")
    story = to_ring(THREE.isoformat())
    story.later(seconds=(THREE - timedelta(minutes=10) - story.now).total_seconds())
    keeps(story, rule, "worker", "record_contact_attempt", **RING)


def test_a_call_back_that_nobody_made_is_missed_the_next_working_day() -> None:
    story = to_ring(THREE.isoformat())
    story.later(days=30)
    missed = [e for e in story.history if e.name == "wait_missed"]
    assert "promised_contact" in {e.envelope.data["wait"] for e in missed}
    kept = to_ring(THREE.isoformat())
    kept.later(seconds=(THREE - kept.now).total_seconds())
    kept.do("worker", "record_contact_attempt", **RING)
    kept.later(days=30)
    missed = [e for e in kept.history if e.name == "wait_missed"]
    assert "promised_contact" not in {e.envelope.data["wait"] for e in missed}


def test_whoever_refers_themselves_is_identified_first() -> None:
    rule = reaching.whoever_refers_themselves_is_identified
    own = {"source": "VICTIM_SELF", "initiator": "VICTIM_INITIATED"}
    unknown = [victim(identified=False), offender()]
    story = after(step("intake", "record_enquiry", source="VICTIM_SELF"))
    breaks(story, rule, "intake", "refer", **own, parties=unknown)
    keeps(story, rule, "intake", "refer", **own, parties=[victim(), offender(identified=False)])


def test_a_closed_way_is_not_used() -> None:
    story = after(*referred(), step("auditor", "close_ways", party="V1", channels=["LETTER"]))
    rule = reaching.only_a_safe_way_is_used
    breaks(story, rule, "worker", "give_information", **TELL)
    breaks(story, rule, "worker", "record_contact_attempt", **{**RING, "channel": "LETTER"})
    keeps(story, rule, "worker", "record_contact_attempt", **RING)
    keeps(story, rule, "worker", "give_information", **TELL, asked_by="V1")


def test_where_safe_ways_are_named_no_other_is_used() -> None:
    story = after(*referred(victim(safe_ways=["TELEPHONE"]), offender()))
    rule = reaching.only_a_safe_way_is_used
    breaks(story, rule, "worker", "give_information", **TELL)
    keeps(story, rule, "worker", "record_contact_attempt", **RING)


def test_a_way_that_turned_out_unsafe_is_closed_at_once() -> None:
    story = after(*referred(victim(safe_ways=["TELEPHONE"]), offender()))
    story.do("worker", "record_contact_attempt", **{**RING, "outcome": "CONTACT_UNSAFE"})
    story.later(days=10)
    rule = reaching.only_a_safe_way_is_used
    breaks(story, rule, "worker", "record_contact_attempt", **RING)
    breaks(story, rule, "worker", "record_contact_attempt", **{**RING, "channel": "LETTER"})


@pytest.mark.parametrize("ground", ["LAW", "SAFETY"])
def test_contact_that_must_be_goes_by_a_safe_way_too(ground: str) -> None:
    story = after(*referred(), step("auditor", "close_ways", party="V1", channels=["LETTER"]))
    rule = reaching.only_a_safe_way_is_used
    given = {"party": "V1", "ground": ground, "reasons": "Plainly invented."}
    breaks(story, rule, "supervisor", "record_required_contact", **given, channel="LETTER")
    keeps(story, rule, "supervisor", "record_required_contact", **given, channel="TELEPHONE")


def test_only_the_person_opens_a_way_that_was_closed() -> None:
    story = after(*referred(), step("auditor", "close_ways", party="V1", channels=["LETTER"]))
    rule = reaching.a_way_is_opened_only_by_the_person
    given = {"party": "V1", "channels": ["LETTER", "EMAIL"]}
    breaks(story, rule, "worker", "record_safe_ways", **given)
    keeps(story, rule, "worker", "record_safe_ways", **given, asked_by="V1")
    keeps(story, reaching.only_a_safe_way_is_used, "worker", "give_information", **TELL)


def test_fewer_ways_may_be_named_by_anyone_who_knows() -> None:
    story = after(*referred(victim(safe_ways=["TELEPHONE", "EMAIL"]), offender()))
    rule = reaching.a_way_is_opened_only_by_the_person
    keeps(story, rule, "worker", "record_safe_ways", party="V1", channels=["EMAIL"])
    breaks(story, rule, "worker", "record_safe_ways", party="V1", channels=["TELEPHONE"])


@pytest.mark.parametrize(("who", "name", "given"), SAID)
def test_whose_details_are_not_passed_on_is_left_alone_by_the_service(
    who: str, name: str, given: dict[str, Any]
) -> None:
    rule = reaching.whose_details_are_not_passed_on_is_left_to_the_referrer
    breaks(after(*WITHHELD), rule, who, name, **given)


def test_whoever_referred_somebody_may_speak_with_them() -> None:
    rule = reaching.whose_details_are_not_passed_on_is_left_to_the_referrer
    keeps(after(*WITHHELD), rule, "worker", "give_information", **TELL)


def test_that_details_are_not_passed_on_may_be_said_later() -> None:
    story = after(*referred(inform=False), step("auditor", "withhold_details", party="V1"))
    rule = reaching.whose_details_are_not_passed_on_is_left_to_the_referrer
    breaks(story, rule, "lead", "give_information", **TELL)
    keeps(story, rule, "lead", "give_information", **TELL, asked_by="V1")


def test_nobody_else_agrees_for_somebody_to_be_contacted() -> None:
    story = after(*WITHHELD)
    rule = reaching.only_the_person_agrees_to_be_contacted
    breaks(story, rule, "worker", "agree_to_contact", party="V1")
    breaks(story, rule, "worker", "agree_to_contact", party="V1", asked_by="O1")
    keeps(story, rule, "worker", "agree_to_contact", party="V1", asked_by="V1")
    rule = reaching.whose_details_are_not_passed_on_is_left_to_the_referrer
    keeps(story, rule, "lead", "give_information", **TELL)


def test_the_service_owes_no_first_contact_to_whom_it_may_not_contact() -> None:
    assert "first_contact" in after(*referred(inform=False)).waiting()
    assert "first_contact" not in after(*WITHHELD).waiting()


def test_a_supervisor_may_end_what_the_service_may_not_begin() -> None:
    story = after(*WITHHELD)
    assert story.do("supervisor", "end_thread", **end("VICTIM_NOT_CONTACTABLE").given)


def test_agreeing_to_be_contacted_is_no_consent() -> None:
    story = after(*WITHHELD, step("worker", "agree_to_contact", party="V1", asked_by="V1"))
    assert not story.case.thread("V1-O1").current.victim.scopes


def test_a_doubt_who_somebody_is_takes_nothing_of_what_they_chose() -> None:
    story = ready(more=(step("auditor", "doubt_identity", party="V1"),))
    assert story.case.thread("V1-O1").current.victim.consents


WAITING = {"party": "V1", "channel": "TELEPHONE"}


def test_a_victim_is_told_that_it_waits_for_a_facilitator_and_again_if_it_goes_on() -> None:
    story = after(*referred()[:3])
    story.later(days=30)
    (due,) = [w for w in waits(story.case, LIMITS) if w.name == "waiting_told"]
    keeps(story, telling.nobody_is_told_who_wishes_not_to_be, "worker", "tell_of_waiting",
          **WAITING)  # fmt: skip
    (again,) = [w for w in waits(story.case, LIMITS) if w.name == "waiting_told"]
    assert due.due is not None
    assert again.due is not None
    assert due.due <= story.now < again.due


def test_nobody_hears_of_a_case_by_being_told_that_it_waits() -> None:
    assert "waiting_told" not in after(*referred(inform=False)[:2]).waiting()


@pytest.mark.parametrize("said", ["leave_contact_to_them", "decline_to_be_told", "stop_contact"])
def test_who_is_left_alone_is_not_told_that_it_waits(said: str) -> None:
    story = after(*referred()[:3], step("auditor", said, party="V1"))
    assert "waiting_told" not in story.waiting()


def test_nobody_is_told_how_it_goes_on_who_wishes_not_to_be() -> None:
    story = after(*referred()[:3], step("auditor", "decline_to_be_told", party="V1"))
    rule = telling.nobody_is_told_who_wishes_not_to_be
    breaks(story, rule, "worker", "tell_of_waiting", **WAITING)
