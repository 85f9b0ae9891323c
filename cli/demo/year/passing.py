"""Cases in which something passes between two people: a meeting, writing, a letter, a shuttle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli.demo.parts import PAIR
from cli.demo.year.course import ENDED, NOT_GOING_AHEAD
from cli.demo.year.matters import offender, other, victim
from cli.demo.year.stretches import (
    MEETING,
    WRITING,
    agreed,
    completed,
    followed_up,
    legs,
    letter_given,
    progress,
    started,
    whole_letter,
    whole_meeting,
)

if TYPE_CHECKING:
    from cli.demo.year.course import Course


def meeting(course: Course, *, kept: bool = True) -> None:
    """Add a face-to-face meeting with an agreement, and what became of that."""
    course.begun()
    course.explored()
    course.consented(*MEETING, risk="PROCEED_DIRECT")
    course.do(course.lead, "record_wish", party="V1", wish="AGREEMENT_PROGRESS")
    started(course, "FACE_TO_FACE")
    agreed(course)
    completed(course)
    course.do(course.lead, "tell_item_progress", 1, item="A1")
    followed_up(course, 1, 8)
    if kept:
        progress(course, "COMPLETED", course.within(8, 15))
    else:
        progress(course, "NOT_COMPLETED", course.within(22, 26), not_done="CHOSE_NOT_TO")
    kind = "FULFILLED" if kept else "NOT_FULFILLED"
    course.ended(f"COMPLETED_AGREEMENT_{kind}")
    course.asked_how_it_was("V1", "O1")


def not_kept(course: Course) -> None:
    """Add a meeting whose agreement was not kept."""
    meeting(course, kept=False)


def only_talked(course: Course) -> None:
    """Add a meeting in which the dialogue itself was the outcome."""
    course.begun()
    course.explored()
    course.consented(*MEETING, risk="PROCEED_DIRECT")
    started(course, "FACE_TO_FACE")
    course.do(course.lead, "record_agreement", thread=PAIR, intervention="I1", items=[])
    completed(course)
    followed_up(course, 2, 8, 19)
    course.ended("COMPLETED_DIRECT")
    course.asked_how_it_was("V1", "O1")


def written(course: Course) -> None:
    """Add questions that are put and answered in writing."""
    course.begun()
    course.explored()
    course.consented("QUESTIONS_IN_WRITING", risk="PROCEED_INDIRECT_ONLY")
    asked = course.draw.randint(2, 4)
    for number in range(asked):
        course.do(
            course.lead, "gather_question", thread=PAIR, party="V1",
            words=f"Question {number + 1} of an invented case.",
        )  # fmt: skip
    started(course, "WRITTEN_COMMUNICATION")
    for number in range(1, asked + 1):
        course.do(course.lead, "put_question", question=f"Q{number}", intervention="I1")
    for number in range(1, asked):
        course.do(
            course.lead, "record_answer", course.within(4, 9) if number == 1 else 0,
            question=f"Q{number}", party="O1", answer=f"Answer {number}, invented.",
        )  # fmt: skip
    course.do(course.lead, "leave_unanswered", question=f"Q{asked}")
    for number in range(1, asked):
        later = course.within(1, 4) if number == 1 else 0
        course.do(course.lead, "approve_answer", later, question=f"Q{number}")
    for number in range(1, asked):
        course.do(
            course.lead, "give_answer", course.within(2, 8) if number == 1 else 0,
            question=f"Q{number}", asked_for=True, asked_by="V1",
        )  # fmt: skip
    completed(course)
    followed_up(course, 2, 8)
    course.ended("COMPLETED_INDIRECT")
    course.asked_how_it_was("V1", "O1")


def letter(course: Course) -> None:
    """Add a letter that is held until it is asked for, and read with whoever it is for."""
    course.begun()
    course.explored()
    course.consented(*WRITING, risk="PROCEED_INDIRECT_ONLY")
    started(course, "WRITTEN_COMMUNICATION")
    letter_given(course)
    completed(course)
    wish = course.draw.choice(("HOLD_FOR_ME", "HAND_BACK", None, None))
    if wish:
        course.do(course.lead, "carry_out_letter_wish", 1, letter="L1", wish=wish, asked_by="V1")
    followed_up(course, 1 if wish else 2, 8)
    course.ended("COMPLETED_INDIRECT")
    course.asked_how_it_was("V1", "O1")


def shuttle(course: Course) -> None:
    """Add messages that go back and forth by word of mouth."""
    course.begun()
    course.explored()
    course.consented("SHUTTLE", risk="PROCEED_INDIRECT_ONLY")
    started(course, "SHUTTLE")
    legs(course, course.draw.randint(1, 3))
    completed(course, days=course.within(1, 4))
    followed_up(course, 2, 8)
    course.ended("COMPLETED_INDIRECT")
    course.asked_how_it_was("V1", "O1")


def shuttle_to_meeting(course: Course) -> None:
    """Add a shuttle after which both wish to meet."""
    course.begun()
    course.explored()
    course.consented("SHUTTLE", risk="PROCEED_INDIRECT_ONLY")
    started(course, "SHUTTLE")
    legs(course, 2)
    completed(course)
    followed_up(course, 2, 8, 19)
    course.consented(*MEETING, risk="PROCEED_DIRECT")
    started(course, "FACE_TO_FACE", number=2)
    completed(course, number=2)
    followed_up(course, 2, 8)
    course.ended("COMPLETED_DIRECT")
    course.asked_how_it_was("V1", "O1")


def slow_meeting(course: Course) -> None:
    """Add a meeting that came about after a long time at somebody's own pace."""
    course.begun()
    course.explored()
    course.took_time("V1", least=330, most=400)
    course.found("ACCEPTS_RESPONSIBILITY")
    whole_meeting(course)
    course.asked_how_it_was("V1", "O1")


def slow_letter(course: Course) -> None:
    """Add a letter that came about after a long time at somebody's own pace."""
    course.begun()
    course.explored()
    course.took_time("V1", least=320, most=380)
    course.found("ACCEPTS_RESPONSIBILITY")
    whole_letter(course)
    course.asked_how_it_was("V1")


def one_by_one(course: Course) -> None:
    """Add a meeting in which what is proposed is agreed one by one."""
    course.begun()
    course.explored()
    course.consented(*MEETING, risk="PROCEED_DIRECT")
    started(course, "FACE_TO_FACE")
    of: dict[str, Any] = {"thread": PAIR}
    course.do(
        course.lead,
        "propose_item",
        **of,
        by="O1",
        proposed={"party": "O1", "kind": "MONEY", "what": "Forty pounds; invented."},
    )
    course.do(course.lead, "decline_proposal", proposal="P1", party="V1")
    course.do(
        course.lead,
        "propose_item",
        **of,
        by="V1",
        proposed={"party": "O1", "kind": "CONTACT_ARRANGEMENT", "what": "Cross the road."},
    )
    for party in ("V1", "O1"):
        course.do(course.lead, "agree_to_proposal", proposal="P2", party=party)
    completed(course)
    followed_up(course, 2, 8)
    course.do(course.lead, "record_item_progress", 15, item="A1", state="COMPLETED")
    followed_up(course, 4)
    course.ended("COMPLETED_AGREEMENT_FULFILLED")
    course.asked_how_it_was("V1", "O1")


def community(course: Course) -> None:
    """Add a meeting at which a neighbour is there, whom both agreed to by name."""
    number = course.number
    course.begun(
        victim(number, role="CORPORATE_VICTIM_REP"),
        offender(number, "COMMUNITY_RESOLUTION"),
        other("C1", "COMMUNITY_MEMBER", number),
        source="COMMUNITY_WARDEN",
    )
    course.do(course.worker, "record_authority", party="V1", shown="Minutes. (Invented.)")
    course.explored()
    course.consented(*MEETING, "COMMUNITY_MEMBERS_PRESENT", risk="PROCEED_DIRECT")
    signed: dict[str, Any] = {"form": "SIGNED_PAPER"}
    for party in ("V1", "O1"):
        course.do(course.lead, "agree_to_company", party=party, thread=PAIR, company=["C1"],
                  **signed)  # fmt: skip
    course.do(course.lead, "plan_intervention", course.within(2, 8), type="FACE_TO_FACE",
              threads=[PAIR], attending=["C1"])  # fmt: skip
    of: dict[str, Any] = {"intervention": "I1"}
    course.do(course.lead, "record_preferences", thread=PAIR, party="V1", matters=["PLACE"],
              words="A quiet room; invented.")  # fmt: skip
    for party in ("V1", "O1"):
        course.do(course.lead, "prepare_person", course.within(4, 9), **of, party=party)
    course.do(course.lead, "record_company_agreement", **of, party="C1", **signed)
    course.do(course.lead, "assess_company", **of, party="C1", suitable=True)
    course.do(course.lead, "prepare_person", 2, **of, party="C1")
    for party in ("V1", "O1"):
        course.do(course.lead, "tell_who_comes", **of, party=party)
    course.do(course.lead, "check_item", **of, items=[*range(1, 26)])
    for party in ("V1", "O1"):
        course.do(course.lead, "confirm_willingness", **of, party=party)
    course.do(course.lead, "confirm_ready", **of)
    for party, days in (("V1", 6), ("O1", 0), ("C1", 0)):
        course.do(course.lead, "confirm_willingness", days, **of, party=party)
    course.do(course.lead, "check_on_the_day", **of)
    course.do(course.lead, "start_intervention", **of,
              facilitators=[f"@{course.lead}", f"@{course.co}"])  # fmt: skip
    completed(course)
    course.do(course.lead, "record_debrief", **of, party="C1")
    followed_up(course, 2, 8)
    course.ended("COMPLETED_DIRECT")
    course.asked_how_it_was("V1", "O1")


def one_accepts(course: Course) -> None:
    """Add two people responsible, of whom one accepts it and meets the victim."""
    number = course.number
    stage = "GUILTY_PLEA_PRE_SENTENCE"
    course.begun(victim(number), offender(number, stage), offender(number, stage, 2))
    course.explored()
    course.interested("V1-O2")
    course.met("O2", "V1-O2")
    course.found("DENIES", "O2", "V1-O2")
    course.met("V1", "V1-O2")
    course.ended("OFFENDER_NOT_ACCEPTING", NOT_GOING_AHEAD, NOT_GOING_AHEAD, "V1-O2")
    course.consented("FACE_TO_FACE", risk="PROCEED_DIRECT")
    started(course, "FACE_TO_FACE")
    completed(course)
    followed_up(course, 2, 8)
    course.ended("COMPLETED_DIRECT", ENDED, ENDED)
    course.asked_how_it_was("V1", "O1")
