"""The waits for partners, courts and children, and those that keep the service in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.person import opening_id, own_stream
from tests.beyond import SERVICE
from tests.domain.expected_changes import Expected
from tests.domain.matters import BOTH, two, within
from tests.domain.situations import after, end, ended, explored_case, go_on
from tests.steps import offender, referred, step, victim

if TYPE_CHECKING:
    from tests.steps import Step
    from tests.story import Story

ONWARD = {"party": "V1", "service": "VICTIM_SUPPORT_SERVICE", "items": ["NAME", "NEEDS"]}
ASKED = step(
    "lead",
    "ask_specialist",
    specialist="@advanced",
    question="What, invented, is to be looked out for?",
)
TO_VICTIM_SUPPORT = step("worker", "record_onward_wish", **ONWARD)
EARLIER = after(*referred()).case_id
REFERRED_ON = step("worker", "refer_onward", **ONWARD)
CORRECTED = step("supervisor", "correct_fact", party="V1", items=["NAME"], account="Invented.")
HEARING = step(
    "worker",
    "record_hearing",
    party="O1",
    kind="DEFERRED_SENTENCE",
    day="2026-04-27T10:00:00+01:00",
    report_owed=True,
)
COURT_DATES = step("worker", "ask_for_court_dates", party="V1")
YOUNG = offender(role="CHILD_OFFENDER", details={"born": "2011-01-05"})
YOUTH_SERVICE = step("worker", "involve_youth_service", party="O1")
RELEASED = step("worker", "record_stage", party="O1", stage="LICENCE_OR_POST_RELEASE")
COMPLAINED = step("auditor", "raise_concern", concern="COMPLAINT", party="V1")
LOOKED_INTO = step("trainer", "look_into_complaint", task="@task", found="Invented.")
ANSWERED = step("trainer", "answer_complaint", task="@task", outcome="UPHELD", answer="Invented.")
WENT_WRONG = step("auditor", "raise_concern", concern="ADVERSE_EVENT")
SAFE = step("supervisor", "record_adverse_steps", task="@task", steps=["EVERYBODY_SAFE"])
GONE_THROUGH = step(
    "supervisor",
    "record_adverse_steps",
    task="@task",
    steps=["EVERYBODY_DEBRIEFED", "CAUSE_LOOKED_INTO"],
)


def with_task(*steps: Step) -> Story:
    """Return a case in which this was done, the later steps about the task of the first."""
    story = after(*referred(), steps[0])
    task = next(iter(story.case.tasks))
    for one in steps[1:]:
        story.do(one.who, one.name, **{**one.given, "task": task})
    return story


def half_merged() -> Story:
    """Return a case that was merged into another, which took it over."""
    story, earlier = two()
    go_on(story, step("supervisor", "merge_into", into=earlier, people=BOTH))
    later = story.case_id
    with within(story, earlier):
        go_on(story, step("supervisor", "receive_case", other=later))
    return story


def child_noted() -> Story:
    """Return a case with a child, whose own stream has looked at it."""
    story = after(*referred(victim(), YOUNG))
    opening = opening_id(story.case_id, "O1")
    stream = own_stream(story.case_id, "O1")
    given = {"case": story.case_id, "party": "O1"}
    story.ask(stream, SERVICE, "note_appearance", command_id=opening, **given)
    return story


NOT_ALLOWED = step("lead", "decide_risk", thread="V1-O1", decision="DO_NOT_PROCEED",
                   assessment_text="Invented.")  # fmt: skip
OUTWARD = [
    Expected(
        "explain_decision",
        "V1-O1",
        lambda: explored_case(NOT_ALLOWED),
        "2026-03-12",
        (
            step(
                "lead",
                "explain_decision",
                thread="V1-O1",
                party="V1",
                channel="IN_PERSON",
                support=True,
            ),
        ),
    ),
    Expected(
        "support",
        "V1",
        lambda: after(*referred()),
        "2026-03-04",
        (step("worker", "offer_support", party="V1", channel="TELEPHONE"),),
    ),
    Expected(
        "support",
        "O1",
        lambda: after(*referred()),
        "2026-03-16",
        (step("auditor", "decline_support", party="O1"),),
    ),
    Expected(
        "refer_on",
        "V1",
        lambda: after(*referred(), TO_VICTIM_SUPPORT),
        "2026-03-04",
        (REFERRED_ON,),
    ),
    Expected(
        "specialists_answer",
        "E1",
        lambda: after(*referred(), ASKED),
        "2026-03-16",
        (step("advanced", "answer_as_specialist", consultation="E1", answer="Invented."),),
    ),
    Expected(
        "onward_answer",
        "R1",
        lambda: after(*referred(), TO_VICTIM_SUPPORT, REFERRED_ON),
        "2026-03-16",
        (step("worker", "record_onward_answer", onward="R1", accepted=True),),
    ),
    Expected(
        "partner_told",
        "R1",
        lambda: after(
            *referred(),
            TO_VICTIM_SUPPORT,
            REFERRED_ON,
            step("auditor", "decline_onward", party="V1"),
        ),
        "2026-03-03",
        (step("worker", "record_partner_told", onward="R1"),),
    ),
    Expected(
        "recipient_told",
        "N12-11",
        lambda: after(*referred(), TO_VICTIM_SUPPORT, REFERRED_ON, CORRECTED),
        "2026-03-04",
        (step("worker", "record_recipient_told", notice="N12-11"),),
    ),
    Expected(
        "pass_on",
        "task",
        lambda: after(*referred(), step("auditor", "raise_concern", concern="DANGER", party="O1")),
        "2026-03-03",
        (
            step(
                "auditor",
                "record_disclosure",
                party="O1",
                recipient="POLICE",
                ground="DANGER",
                items=["THREAT"],
            ),
        ),
    ),
    Expected(
        "acknowledge_complaint",
        "task",
        lambda: after(*referred(), COMPLAINED),
        "2026-03-04",
        (step("trainer", "acknowledge_complaint", task="@task"),),
    ),
    Expected(
        "look_into_complaint",
        "task",
        lambda: after(*referred(), COMPLAINED),
        "2026-03-16",
        (LOOKED_INTO,),
    ),
    Expected(
        "answer_complaint",
        "task",
        lambda: with_task(COMPLAINED, LOOKED_INTO),
        "2026-03-30",
        (ANSWERED,),
    ),
    Expected(
        "close_complaint",
        "task",
        lambda: with_task(COMPLAINED, LOOKED_INTO, ANSWERED),
        "2026-03-30",
        (step("trainer", "complete_task", task="@task"),),
    ),
    Expected(
        "adverse_debrief",
        "task",
        lambda: with_task(WENT_WRONG, SAFE),
        "2026-03-03",
        (GONE_THROUGH,),
    ),
    Expected(
        "adverse_event",
        "task",
        lambda: with_task(WENT_WRONG, SAFE),
        "2026-03-16",
        (GONE_THROUGH, step("supervisor", "complete_task", task="@task")),
    ),
    Expected(
        "tell_referrer",
        "case",
        lambda: go_on(
            after(*referred(source="POLICE_OFFICER", asked_by="POLICE_OFFICER")),
            step("worker", "decline_offer", party="V1"),
            end("VICTIM_DECLINED_DOOR_OPEN"),
        ),
        "2026-03-09",
        (step("worker", "tell_referrer"),),
    ),
    Expected(
        "later_stage",
        "V1-O1",
        lambda: ended("CJ_PROCESS_INTERVENED", RELEASED),
        "2026-03-30",
        (step("worker", "decide_no_later_offer", thread="V1-O1", reasons="Invented."),),
    ),
    Expected(
        "hearing",
        "H1",
        lambda: after(*referred(), HEARING),
        "2026-04-28",
        (step("worker", "close_hearing", hearing="H1"),),
    ),
    Expected(
        "court_report",
        "H1",
        lambda: after(*referred(), HEARING),
        "2026-04-27T10:00:00+01:00",
        (step("worker", "report_to_court", hearing="H1", thread="V1-O1", outcome="NOT_COMPLETED"),),
    ),
    Expected(
        "hearing_told",
        "H1/V1",
        lambda: after(*referred(), COURT_DATES, HEARING),
        "2026-03-03",
        (
            step(
                "worker",
                "tell_hearing",
                hearing="H1",
                party="V1",
                channel="TELEPHONE",
                offer_stands=True,
            ),
        ),
    ),
    Expected(
        "youth_service",
        "O1",
        lambda: after(*referred(victim(), YOUNG)),
        "2026-03-04",
        (YOUTH_SERVICE,),
    ),
    Expected(
        "youth_service_decision",
        "V1-O1",
        lambda: after(*referred(victim(), YOUNG), YOUTH_SERVICE),
        "2026-03-16",
        (
            step(
                "worker",
                "record_youth_service_decision",
                thread="V1-O1",
                invite=True,
                reasons="Invented.",
            ),
        ),
    ),
    Expected(
        "suitable_adult",
        "O1",
        lambda: after(*referred(victim(), YOUNG)),
        "2026-03-09",
        (step("worker", "offer_suitable_adult", party="O1", answer="WANTED"),),
    ),
    Expected(
        "other_case",
        "case",
        half_merged,
        "2026-03-05",
        (step("supervisor", "note_follow_up", other=EARLIER),),
    ),
    Expected(
        "person_told",
        "O1",
        child_noted,
        "2026-03-03",
        (step(SERVICE, "note_person_told", party="O1"),),
    ),
]
