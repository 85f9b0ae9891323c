"""Hard cases of several people, of children, and of people who need more care."""

from __future__ import annotations

from typing import Any

from cli.demo.parts import PAIR
from cli.demo.steps import Ahead, Other
from cli.demo.year.course import BY_LETTER, ENDED, NOT_GOING_AHEAD, Course
from cli.demo.year.matters import offender, other, victim
from cli.demo.year.stretches import (
    MEETING,
    completed,
    followed_up,
    started,
    whole_letter,
    whole_meeting,
    whole_shuttle,
)
from cli.demo.year.team import SUPERVISOR

PLEA = "GUILTY_PLEA_PRE_SENTENCE"
STEPS_TOWARDS = ("ASK_AN_AGENCY", "APPROACH_THEM", "SAY_WHO_ASKS")


def three_victims(course: Course) -> None:
    """Add three victims of one robbery, who choose three ways."""
    number = course.number
    harmed = (victim(number, place) for place in (1, 2, 3))
    course.begun(*harmed, offender(number, PLEA), offence="A robbery of three")
    course.explored()
    course.explored("V2-O1")
    course.do(course.worker, "decline_offer", 1, party="V3", asked_by="V3")
    course.ended("VICTIM_DECLINED_DOOR_OPEN", responsible=NOT_GOING_AHEAD, thread="V3-O1")
    course.consented(*MEETING, risk="PROCEED_DIRECT")
    course.consented(*BY_LETTER, risk="PROCEED_INDIRECT_ONLY", thread="V2-O1")
    started(course, "FACE_TO_FACE")
    completed(course)
    followed_up(course, 2, 8)
    course.do(course.lead, "draft_letter", 1, thread="V2-O1", party="O1", words="Sorry; invented.")
    course.do(course.lead, "approve_letter", 2, letter="L1")
    course.do(course.lead, "record_letter_asked_for", 4, letter="L1", asked_by="V2")
    course.do(course.lead, "deliver_letter", 2, letter="L1")
    course.ended("COMPLETED_INDIRECT", thread="V2-O1")
    course.ended("COMPLETED_DIRECT")
    course.do(course.worker, "take_up_again", 5, thread="V3-O1", kind="RETURN", asked_by="V3")


def bereaved(course: Course) -> None:
    """Add a bereaved family, years after, by letters and with specialists."""
    course.referred(
        victim(course.number, role="BEREAVED_CLOSE_FAMILY"),
        offender(course.number, "CUSTODY"),
        source="PROBATION_PRACTITIONER",
        initiator="VICTIM_INITIATED",
        historic=True,
        offence="A death, years ago",
    )
    course.informed()
    course.sensitive("HOMICIDE")
    told: dict[str, Any] = {
        "party": "V1",
        "service": "HOMICIDE_SERVICE",
        "items": ["NAME", "NEEDS"],
    }
    course.do(course.worker, "record_onward_wish", **told)
    course.do(course.worker, "refer_onward", **told)
    course.do(
        course.worker, "record_onward_answer", course.within(3, 8), onward="R1", accepted=True
    )
    _wanted(course)
    whole_letter(course)


def _wanted(course: Course) -> None:
    """Add what comes before consent in a sensitive case: step by step, as the victim agrees."""
    course.interested()
    for one in STEPS_TOWARDS:
        course.do(course.worker, "agree_step", thread=PAIR, party="V1", step=one)
    course.met("V1")
    course.met("O1")
    course.supported("O1")
    course.found("ACCEPTS_RESPONSIBILITY")


def coercion(course: Course) -> None:
    """Add a wish to meet after domestic abuse, which is not safe for now and is explained."""
    course.referred(source="VICTIM_SELF", initiator="VICTIM_INITIATED")
    course.informed()
    course.sensitive("SPECIALIST_DA", held=True)
    told: dict[str, Any] = {"party": "V1", "service": "IDVA_ISVA", "items": ["NAME", "NEEDS"]}
    course.do(course.worker, "record_onward_wish", **told)
    course.do(course.worker, "refer_onward", **told)
    course.do(course.worker, "record_onward_answer", 4, onward="R1", accepted=True)
    _wanted(course)
    course.do(
        course.lead, "record_risk_item", 2, thread=PAIR, item="ONGOING_CONTACT", remains=True,
        finding="Invented.",
    )  # fmt: skip
    course.consented("FACE_TO_FACE", risk="DO_NOT_PROCEED")
    course.do(
        course.lead, "explain_decision", 2, thread=PAIR, party="V1", channel="IN_PERSON",
        support=True, words="Told why, gently; invented.",
    )  # fmt: skip
    course.ended("UNSUITABLE_RISK", "TOLD_WHY", NOT_GOING_AHEAD, who=SUPERVISOR)


def survivor(course: Course) -> None:
    """Add a survivor, twenty years on, whose questions are put in writing."""
    course.referred(
        victim(course.number),
        offender(course.number, "SENTENCE_EXPIRED"),
        source="VICTIM_SELF",
        initiator="VICTIM_INITIATED",
        historic=True,
        offence="Twenty years ago",
    )
    course.informed()
    course.sensitive("SPECIALIST_SEXUAL_HARM", held=True)
    _wanted(course)
    course.consented("QUESTIONS_IN_WRITING", risk="PROCEED_INDIRECT_ONLY")
    course.do(course.lead, "gather_question", thread=PAIR, party="V1", words="Why me? Invented.")
    started(course, "WRITTEN_COMMUNICATION")
    course.do(course.lead, "put_question", question="Q1", intervention="I1")
    course.do(
        course.lead, "record_answer", 8, question="Q1", party="O1", answer="Nothing did. Invented."
    )
    course.do(course.lead, "approve_answer", 2, question="Q1")
    course.do(course.lead, "give_answer", 4, question="Q1", asked_for=True, asked_by="V1")
    completed(course)
    followed_up(course, 2, 8)
    course.ended("COMPLETED_INDIRECT")
    course.asked_how_it_was("V1")


def _young(own: dict[str, Any], years: int) -> dict[str, Any]:
    return {**own, "details": {**own["details"], "born": Ahead(-365 * years - 90, whole=True)}}


def child_responsible(course: Course) -> None:
    """Add a young person responsible, with their father and the youth justice service."""
    number = course.number
    course.referred(
        victim(number),
        _young(offender(number, "YOUTH_OUT_OF_COURT", role="CHILD_OFFENDER"), 15),
        other("S1", "PARENT_OR_GUARDIAN_OF_OFFENDER", number, of="O1"),
        source="YOUTH_JUSTICE_SERVICE",
    )
    course.informed()
    course.do(
        course.worker, "give_information", party="O1", channel="IN_PERSON",
        by_service="YOUTH_JUSTICE_SERVICE",
    )  # fmt: skip
    course.do(course.worker, "involve_youth_service", party="O1", plan="A plan, invented.")
    course.do(
        course.worker, "record_youth_service_decision", course.within(2, 6), thread=PAIR,
        invite=True, reasons="Invented.",
    )  # fmt: skip
    course.do(course.worker, "offer_suitable_adult", party="O1", answer="WANTED")
    for party in ("O1", "S1"):
        course.supported(party)
    course.allocated()
    course.explored()
    _said(course, "O1", "YES")
    course.do(course.lead, "record_consent", 3, thread=PAIR, party="V1", scopes=[*MEETING],
              form="SIGNED_PAPER")  # fmt: skip
    _decided(course)
    started(course, "FACE_TO_FACE")
    completed(course)
    followed_up(course, 2, 8)
    course.ended("COMPLETED_DIRECT")
    course.asked_how_it_was("V1")


def child_harmed(course: Course) -> None:
    """Add a child who was harmed and says yes, while their mother says no."""
    number = course.number
    course.begun(
        _young(victim(number, role="CHILD_VICTIM"), 12),
        offender(number, PLEA),
        other("S1", "PARENT_OR_GUARDIAN_OF_VICTIM", number, of="V1"),
    )
    course.explored()
    _said(course, "V1", "NO")
    course.do(
        SUPERVISOR, "decide_for_child", course.within(1, 4), thread=PAIR, party="V1",
        outcome="ASK_LATER", reasons="Invented.",
    )  # fmt: skip


def _said(course: Course, party: str, view: str) -> None:
    course.do(
        course.lead, "record_consent", course.within(2, 8), thread=PAIR, party=party,
        scopes=[*MEETING], form="SIGNED_PAPER", adult="S1", adult_view=view,
    )  # fmt: skip


def _decided(course: Course) -> None:
    course.do(course.lead, "decide_risk", course.within(1, 5), thread=PAIR,
              decision="PROCEED_DIRECT", assessment_text="Invented.")  # fmt: skip
    course.do(course.lead, "record_legal_position", thread=PAIR, officer_view=True)


def with_help(course: Course) -> None:
    """Add a victim who understands with help, and is met again."""
    course.begun()
    course.explored()
    course.do(course.lead, "doubt_understanding", 1, party="V1")
    course.do(
        course.lead, "decide_understanding", course.within(2, 7), party="V1",
        understanding="WITH_HELP", reasons="With an intermediary; invented.",
    )  # fmt: skip
    course.met("V1")
    whole_meeting(course)


def corporate(course: Course) -> None:
    """Add a shop whose manager changes on the way."""
    number = course.number
    course.begun(
        victim(number, role="CORPORATE_VICTIM_REP"), offender(number, PLEA), offence="A shop theft"
    )
    course.do(course.worker, "record_authority", 2, party="V1", shown="A letter, invented.")
    course.explored()
    course.do(
        course.worker, "nominate_representative", 3, party="V1",
        details={"name": "Norbert Newmanager (invented)"},
    )  # fmt: skip
    course.do(course.worker, "record_authority", 2, party="V1", shown="Another letter, invented.")
    course.met("V1")
    whole_shuttle(course)


def stand_in(course: Course) -> None:
    """Add a victim who meets a stand-in; the offender of the matter is told nothing."""
    number, of = course.number, "V1-O2"
    course.begun()
    course.interested()
    course.met("V1")
    course.met("O1")
    course.found("DENIES")
    course.ended("OFFENDER_NOT_ACCEPTING", NOT_GOING_AHEAD, NOT_GOING_AHEAD)
    name = other("S1", "DIRECT_VICTIM", number)["details"]["name"]
    course.do(
        course.worker, "add_stand_in", course.within(2, 9), party="O2", role="PROXY_OFFENDER",
        of="O1", meets="V1", details={"name": name, "born": "1990-03-03"}, asked_by="V1",
    )  # fmt: skip
    course.supported("O2")
    course.interested(of)
    course.met("V1", of, ("MEETS_A_STAND_IN",))
    course.met("O2", of, ("MEETS_A_STAND_IN",))
    course.found("ACCEPTS_RESPONSIBILITY", "O2", of)
    course.consented(*MEETING, risk="PROCEED_DIRECT", thread=of)
    started(course, "PROXY_MEETING", of)
    completed(course, of)
    followed_up(course, 2, 8, thread=of)
    course.ended("COMPLETED_WITH_STAND_IN", ENDED, ENDED, of)


def same_matter(course: Course) -> None:
    """Add a second referral of the matter before this one: the service itself notices it."""
    number = course.number - 1
    course.referred(
        victim(number), offender(number, PLEA), source="VICTIM_SELF", initiator="VICTIM_INITIATED"
    )


def merged(course: Course) -> None:
    """Add a case whose matter was referred a second time: a supervisor merged that into this."""
    course.begun()
    course.interested()
    course.met("V1")
    twice = Course(course.number, course.draw)
    people = (victim(course.number), offender(course.number, PLEA))
    twice.referred(*people, source="VICTIM_SELF", initiator="VICTIM_INITIATED")
    into = {"into": Other(course.name), "people": {"V1": "V1", "O1": "O1"}}
    twice.do(SUPERVISOR, "merge_into", course.within(1, 3), **into)
    course.again = (course.within(10, 15), tuple(twice.steps))
