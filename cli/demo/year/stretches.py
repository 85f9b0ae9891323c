"""The stretches of which an exchange is made: planned and started, held, followed up; and whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli.demo.parts import PAIR
from cli.demo.steps import Ahead

if TYPE_CHECKING:
    from cli.demo.year.course import Course

WRITING = ("QUESTIONS_IN_WRITING", "INDIRECT_LETTER_SEND", "INDIRECT_LETTER_RECEIVE")
MEETING = ("FACE_TO_FACE", "OUTCOME_AGREEMENT")
_MET = frozenset({"FACE_TO_FACE", "PROXY_MEETING"})
_ITEMS = ("MONEY", "REPAIR_OR_RETURN", "WORK_FOR_COMMUNITY", "UNDERTAKING", "CONTACT_ARRANGEMENT")


def started(course: Course, kind: str, thread: str = PAIR, number: int = 1) -> None:
    """Add an intervention planned, prepared with each person, and started."""
    harmed, _, responsible = thread.partition("-")
    of: dict[str, Any] = {"intervention": f"I{number}"}
    direct = kind in _MET
    if direct:
        course.do(
            course.lead, "record_preferences", course.within(0, 3), thread=thread, party=harmed,
            matters=["PLACE", "ORDER"], words="A quiet room, and to speak first; invented.",
        )  # fmt: skip
    plan: dict[str, Any] = {"type": kind, "threads": [thread]}
    course.do(course.lead, "plan_intervention", course.within(1, 7), **plan)
    for party in (harmed, harmed, responsible) if direct else (harmed, responsible):
        course.do(course.lead, "prepare_person", course.within(3, 7), **of, party=party)
    if direct:
        course.do(course.lead, "check_item", **of, items=[*range(1, 26)])
        for party in (harmed, responsible):
            course.do(course.lead, "confirm_willingness", **of, party=party)
    course.do(course.lead, "confirm_ready", **of)
    for party, days in ((harmed, course.within(3, 8)), (responsible, 0)):
        course.do(course.lead, "confirm_willingness", days, **of, party=party)
    if direct:
        course.do(course.lead, "check_on_the_day", **of)
    there = [f"@{course.lead}", f"@{course.co}"] if direct else [f"@{course.lead}"]
    course.do(course.lead, "start_intervention", **of, facilitators=there)


def completed(course: Course, thread: str = PAIR, number: int = 1, days: int = 0) -> None:
    """Add that it was held to its end, and that everybody was debriefed."""
    course.do(course.lead, "complete_intervention", days, intervention=f"I{number}")
    for party in thread.split("-"):
        course.do(course.lead, "record_debrief", intervention=f"I{number}", party=party)


def followed_up(course: Course, *days: int, thread: str = PAIR) -> None:
    """Add that each was asked how they are, so many working days after the time before."""
    for one in days:
        for party, later in zip(thread.split("-"), (one, 0), strict=True):
            course.do(course.lead, "record_follow_up", later, thread=thread, party=party)


def agreed(course: Course, thread: str = PAIR, number: int = 1, due: int = 45) -> None:
    """Add an agreement of two items, of which the first is an apology."""
    owner = thread.partition("-")[2]
    items = [
        {"party": owner, "kind": "APOLOGY", "done": True},
        {"party": owner, "kind": course.draw.choice(_ITEMS), "due": Ahead(due)},
    ]
    course.do(
        course.lead, "record_agreement", thread=thread, intervention=f"I{number}", items=items
    )


def progress(course: Course, state: str, days: int, **why: str) -> None:
    """Add what became of the second item, and that the victim, who wished it, was told."""
    course.do(course.lead, "record_item_progress", days, item="A2", state=state, **why)
    course.do(course.lead, "tell_item_progress", item="A2")


def letter_given(course: Course) -> None:
    """Add a letter: written, reviewed, asked for and given."""
    words = "Dear you,\n\nI am sorry.\n\n(Invented.)"
    course.do(
        course.lead, "draft_letter", course.within(2, 9), thread=PAIR, party="O1", words=words
    )
    course.do(course.lead, "approve_letter", course.within(1, 5), letter="L1")
    course.do(
        course.lead, "record_letter_asked_for", course.within(3, 18), letter="L1",
        asked_by="V1",
    )  # fmt: skip
    course.do(course.lead, "deliver_letter", course.within(0, 4), letter="L1")


def legs(course: Course, pairs: int) -> None:
    """Add so many messages each way."""
    for number in range(2 * pairs):
        says, hears = ("V1", "O1") if number % 2 == 0 else ("O1", "V1")
        course.do(
            course.lead, "agree_message", course.within(1, 6), intervention="I1", thread=PAIR,
            party=says, note="What may be said. (Invented.)",
        )  # fmt: skip
        course.do(
            course.lead, "carry_message", course.within(0, 4), message=f"M{number + 1}",
            party=hears, channel=course.draw.choice(("IN_PERSON", "TELEPHONE")),
        )  # fmt: skip


def whole_meeting(course: Course) -> None:
    """Add a meeting from consent to the end of the pair."""
    course.consented(*MEETING, risk="PROCEED_DIRECT")
    started(course, "FACE_TO_FACE")
    completed(course)
    followed_up(course, 2, 8)
    course.ended("COMPLETED_DIRECT")


def whole_letter(course: Course) -> None:
    """Add a letter from consent to the end of the pair."""
    course.consented(*WRITING, risk="PROCEED_INDIRECT_ONLY")
    started(course, "WRITTEN_COMMUNICATION")
    letter_given(course)
    completed(course)
    followed_up(course, 2, 8)
    course.ended("COMPLETED_INDIRECT")


def whole_shuttle(course: Course) -> None:
    """Add a message each way from consent to the end of the pair."""
    course.consented("SHUTTLE", risk="PROCEED_INDIRECT_ONLY")
    started(course, "SHUTTLE")
    legs(course, 1)
    completed(course)
    followed_up(course, 2, 8)
    course.ended("COMPLETED_INDIRECT")
