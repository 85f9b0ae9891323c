"""Hard cases of what went wrong: a complaint and an adverse event, each gone through to its end."""

from __future__ import annotations

from tests import scenarios_staff as staff
from tests.steps import DAY, Open, Path, Scenario, Step, explored, referred, step

THIS = {"task": Open("CONCERN")}
ANSWER = {**THIS, "answer": "Invented."}

TRACK = Scenario(
    38,
    Path(
        "Feedback unreturned / complaint: it is looked into, answered, taken further and closed",
        (
            *referred(),
            *explored(),
            step("auditor", "raise_concern", concern="COMPLAINT", party="V1", about="@lead"),
            step("trainer", "acknowledge_complaint", **THIS),
            step("trainer", "answer_complaint", after=DAY, outcome="NOT_UPHELD", **ANSWER,
                 refused="a_complaint_is_looked_into_before_it_is_answered"),
            step("trainer", "look_into_complaint", **THIS, found="Invented."),
            step("trainer", "complete_task", **THIS,
                 refused="a_complaint_is_answered_before_it_is_closed"),
            step("trainer", "answer_complaint", after=DAY, outcome="NOT_UPHELD", **ANSWER),
            step("worker", "take_complaint_further", after=7 * DAY, **THIS,
                 to="ANOTHER_SUPERVISOR", note="Invented."),
            step("trainer", "look_into_complaint", **THIS,
                 refused="a_complaint_taken_further_is_decided_by_somebody_else"),
            step("supervisor", "look_into_complaint", after=DAY, **THIS),
            step("supervisor", "answer_complaint", outcome="PARTLY_UPHELD", **ANSWER),
            step("supervisor", "complete_task", **THIS),
        ),
        stage="EXPLORING",
        then=(
            lambda case: not case.tasks,
            lambda case: [one.outcome for one in case.complaints.values()] == ["PARTLY_UPHELD"],
            lambda case: case.thread("V1-O1").open,
        ),
    ),
)  # fmt: skip

GONE_THROUGH = Scenario(
    35,
    Path(
        "Harmful exchange: nobody closes it until all are safe and debriefed and it is looked into",
        (
            *staff.HARMFUL.path.steps[:-1],
            step("supervisor", "record_adverse_steps", steps=["EVERYBODY_SAFE"], **THIS),
            step("supervisor", "record_adverse_steps", steps=["EVERYBODY_DEBRIEFED"], **THIS),
            step("supervisor", "complete_task", **THIS, refused="an_adverse_event_is_gone_through"),
            step("supervisor", "record_adverse_steps", after=DAY, note="Invented.",
                 steps=["CAUSE_LOOKED_INTO", "PRACTICE_CHANGED"], **THIS),
            Step("supervisor", "complete_task", THIS),
        ),
        stage="CHOSEN",
        then=(
            lambda case: not case.tasks,
            lambda case: not case.held("V1-O1"),
        ),
    ),
)  # fmt: skip
