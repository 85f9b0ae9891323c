"""What else a year brings: the street, calls, courts, prisons, staff who change, complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.demo.parts import PAIR
from cli.demo.steps import Ahead
from cli.demo.year.course import ENDED, NOT_GOING_AHEAD
from cli.demo.year.matters import offender, other, victim
from cli.demo.year.stretches import (
    MEETING,
    completed,
    followed_up,
    started,
    whole_shuttle,
)
from cli.demo.year.team import FACILITATORS, SUPERVISOR, TRAINEE

if TYPE_CHECKING:
    from cli.demo.year.course import Course

REPLY = "What they were told in writing. (Invented.)"


def on_the_street(course: Course, *, together: bool = False) -> None:
    """Add a local crime that was put right on the spot."""
    number = course.number
    course.worker = "piers"
    role = course.draw.choice(("CORPORATE_VICTIM_REP", "DIRECT_VICTIM"))
    course.do(
        "piers",
        "record_local_resolution",
        parties=[victim(number, role=role), offender(number, "COMMUNITY_RESOLUTION")],
        accepted=True,
        agreed=True,
        talked_through=True,
        crime_recorded=True,
        bars_ruled_out=True,
        sensitivity_ruled_out=not together,
        items=[
            {"party": "O1", "kind": "APOLOGY", "done": True},
            {"party": "O1", "kind": "REPAIR_OR_RETURN", "due": Ahead(21)},
        ],
        account="A broken window. Plainly invented.",
        happened=together,
    )
    if together:
        return
    course.do(SUPERVISOR, "review_local_resolution", course.in_time(5))
    course.do("piers", "record_item_progress", course.within(5, 11), item="A2", state="COMPLETED")
    course.ended("RESOLVED_LOCALLY", who="piers")
    course.asked_how_it_was("V1")


def living_together(course: Course) -> None:
    """Add the same between two who live together: what was done is on record as a breach."""
    on_the_street(course, together=True)


def rings(course: Course) -> None:
    """Add a victim who rings, and would like to ask why."""
    number = course.number
    course.do("cora", "record_enquiry", source="VICTIM_SELF", asked_by="VICTIM_SELF",
              asked="I might want to ask him why. (Invented.)")  # fmt: skip
    course.do(
        "cora",
        "refer",
        course.within(0, 2),
        source="VICTIM_SELF",
        initiator="VICTIM_INITIATED",
        asked_by="VICTIM_SELF",
        parties=[victim(number), offender(number, "SENTENCE_EXPIRED", identified=False)],
    )
    course.do("cora", "give_information", party="V1", channel="TELEPHONE")
    course.do("cora", "record_interest", thread=PAIR, party="V1", asked_by="V1")
    course.do(SUPERVISOR, "accept_referral", 1)
    course.allocated()
    course.do(course.lead, "offer_support", party="V1", channel="TELEPHONE")
    course.met("V1")
    course.ended("OFFENDER_NOT_IDENTIFIED", NOT_GOING_AHEAD, "NOT_REACHED", who=SUPERVISOR,
                 days=course.within(15, 19))  # fmt: skip


def enquiry(course: Course) -> None:
    """Add an enquiry that led to nothing further."""
    course.do("cora", "record_enquiry", source="VICTIM_SELF", asked_by="VICTIM_SELF",
              asked="What is it, and does it cost? (Invented.)")  # fmt: skip
    course.do("cora", "end_enquiry", course.in_time(2))


def by_a_date(course: Course) -> None:
    """Add a deferred sentence: the court hears no more than that it was not completed."""
    number = course.number
    course.begun(
        victim(number),
        offender(number, "DEFERRED_SENTENCE"),
        source="COURT_OR_PSR_AUTHOR",
        initiator="COURT_INITIATED",
    )
    course.explored()
    course.do(course.worker, "record_hearing", 1, party="O1", kind="SENTENCE",
              day=Ahead(56), report_owed=True)  # fmt: skip
    course.do(course.worker, "ask_for_court_dates", party="V1", asked_by="V1")
    course.do(course.worker, "tell_hearing", 2, hearing="H1", party="V1", channel="TELEPHONE",
              offer_stands=True)  # fmt: skip
    course.do(course.lead, "record_need_for_time", 3, party="V1", asked_by="V1")
    course.do(course.worker, "report_to_court", 28, hearing="H1", thread=PAIR,
              outcome="NOT_COMPLETED")  # fmt: skip
    course.do(course.worker, "record_stage", 12, party="O1",
              stage="COMMUNITY_OR_SUSPENDED_SENTENCE")  # fmt: skip
    course.do(course.worker, "close_hearing", hearing="H1")


def moved_prison(course: Course) -> None:
    """Add a meeting that is put off, since somebody was moved to another prison."""
    number = course.number
    course.begun(victim(number), offender(number, "CUSTODY"), source="PRISON_STAFF")
    course.explored()
    course.consented("FACE_TO_FACE", risk="PROCEED_DIRECT")
    course.do(course.lead, "plan_intervention", 3, type="FACE_TO_FACE", threads=[PAIR],
              for_when=Ahead(20), venue="A prison, invented.")  # fmt: skip
    course.do(course.lead, "prepare_person", 4, intervention="I1", party="V1")
    course.do(course.worker, "record_change", 4, party="O1", change="MOVED_PRISON",
              account="To another prison. (Invented.)")  # fmt: skip
    course.do(course.lead, "tell_where_it_stands", intervention="I1", party="V1")
    course.do(course.lead, "tell_where_it_stands", intervention="I1", party="O1")
    course.do(course.lead, "fix_date", course.within(5, 9), intervention="I1", for_when=Ahead(20),
              venue="Another prison, invented.")  # fmt: skip


def barred(course: Course) -> None:
    """Add an order of a court that bars contact, and ends it for now."""
    course.begun()
    course.interested()
    course.met("V1")
    course.do(course.worker, "record_legal_bar", 2, thread=PAIR)
    course.ended("LEGAL_BAR", NOT_GOING_AHEAD, NOT_GOING_AHEAD, who=SUPERVISOR, days=8)


def disclosed(course: Course) -> None:
    """Add a meeting in which something is said that has to be passed on, and is stopped."""
    course.begun()
    course.explored()
    course.consented("FACE_TO_FACE", risk="PROCEED_DIRECT")
    started(course, "FACE_TO_FACE")
    course.do(course.lead, "stop_intervention", intervention="I1", by="FACILITATOR")
    course.do(course.co, "raise_concern", concern="SAFEGUARDING", party="O1",
              account="A child at risk. (Invented.)")  # fmt: skip
    course.do(course.co, "record_disclosure", party="O1", recipient="CHILDRENS_SOCIAL_CARE",
              ground="SAFEGUARDING", items=["WHAT_WAS_SAID"])  # fmt: skip
    for party in ("V1", "O1"):
        course.do(course.lead, "record_debrief", intervention="I1", party=party)


def harmful(course: Course) -> None:
    """Add a meeting that did harm and was stopped."""
    number = course.number
    course.begun(
        victim(number),
        offender(number, "GUILTY_PLEA_PRE_SENTENCE"),
        other("S1", "SUPPORTER_OF_OFFENDER", number, of="O1"),
    )
    course.explored()
    course.consented("FACE_TO_FACE", risk="PROCEED_DIRECT")
    started(course, "FACE_TO_FACE")
    course.do(course.lead, "stop_intervention", intervention="I1", by="FACILITATOR")
    course.do(course.lead, "raise_concern", concern="ADVERSE_EVENT", party="V1")
    for party in ("V1", "O1"):
        course.do(course.lead, "record_debrief", intervention="I1", party=party)
    course.do(course.lead, "decide_risk", 2, thread=PAIR, decision="DEFER_AND_REVIEW",
              assessment_text="Invented.", review_on=Ahead(30))  # fmt: skip


def out_of_date(course: Course) -> None:
    """Add a consent taken by somebody out of date: on record as a breach, and asked about again."""
    course.lead = TRAINEE
    course.begun()
    course.lead = course.co
    course.explored()
    course.do(TRAINEE, "record_consent", 15, thread=PAIR, party="V1", scopes=["SHUTTLE"],
              form="SIGNED_PAPER", happened=True)  # fmt: skip


def handed_over(course: Course) -> None:
    """Add a case whose facilitator leaves, and who the new one is acceptable to."""
    course.begun()
    course.explored()
    course.do(course.lead, "hand_over", 2, practitioner=f"@{course.lead}", note="Invented.")
    course.lead = next(one for one in FACILITATORS if one not in {course.lead, course.co})
    course.do(SUPERVISOR, "allocate_case", course.in_time(4), lead=f"@{course.lead}")
    for party, notes in (("V1", False), ("O1", True)):
        course.do(course.worker, "accept_facilitator", 1, party=party, notes=notes)
    whole_shuttle(course)


def beyond_training(course: Course) -> None:
    """Add a case that is passed on, since it is beyond whoever had it."""
    course.referred(source="POLICE_OFFICER", initiator="SERVICE_INITIATED")
    course.informed()
    course.allocated()
    before = course.lead
    course.do(course.lead, "hand_over", 2, practitioner=f"@{before}", note="Beyond me. Invented.")
    course.sensitive("SPECIALIST_DA")


def complained(course: Course) -> None:
    """Add a meeting after which somebody complains, which pauses nothing."""
    course.begun()
    course.explored()
    course.consented(*MEETING, risk="PROCEED_DIRECT")
    started(course, "FACE_TO_FACE")
    completed(course)
    followed_up(course, 2, 8)
    course.do("cora", "raise_concern", course.within(1, 9), concern="COMPLAINT", party="V1",
              account="I waited too long. (Invented.)")  # fmt: skip
    course.ended("COMPLETED_DIRECT")


def kept_as_evidence(course: Course) -> None:
    """Add somebody who asks to be erased while it is evidence: kept, and not used."""
    course.begun()
    course.do(course.worker, "propose_data_step", 4, asked_by="V1", party="V1", step="ERASE")
    course.do("orla", "restrict_data", course.within(5, 12), party="V1", ground="EVIDENCE",
              authority="PROSECUTION", review_on=Ahead(120, whole=True), reply=REPLY)  # fmt: skip


def for_mediation(course: Course) -> None:
    """Add a quarrel in which nobody was harmed: it is passed to a mediation service."""
    course.referred(
        victim(course.number),
        offender(course.number, "NON_CRIME_CONFLICT"),
        source="HOUSING_ASB_TEAM",
        offence="A quarrel about a hedge",
    )
    course.informed()
    course.ended("NOT_RESTORATIVE_JUSTICE", NOT_GOING_AHEAD, NOT_GOING_AHEAD, who=SUPERVISOR)


def erased(course: Course) -> None:
    """Add somebody who said no, and whose data were erased at their word."""
    course.begun()
    course.do(course.worker, "decline_offer", course.within(1, 6), party="V1", asked_by="V1")
    course.ended("VICTIM_DECLINED_DOOR_OPEN", responsible=NOT_GOING_AHEAD, who=course.worker)
    course.do(course.worker, "propose_data_step", course.within(5, 15), party="V1", step="ERASE")
    given = {"ground": "OBJECTION_UPHELD", "reply": REPLY}
    course.do("orla", "decide_erasure", course.within(1, 5), party="V1", **given)


def booked(course: Course) -> None:
    """Add an appointment that lies ahead, with two facilitators and a room."""
    course.begun()
    course.do(
        course.lead,
        "book_appointment",
        party="V1",
        starts=Ahead(35),
        minutes=90,
        staff=[f"@{course.lead}", f"@{course.co}"],
        room=course.draw.choice(("ROOM-1", "ROOM-2")),
        purpose="PREPARATION",
    )


def died(course: Course) -> None:
    """Add a person responsible who died before anything could be held; the victim was told."""
    course.begun()
    course.interested()
    course.met("V1")
    course.do(course.lead, "record_death", course.within(3, 8), party="O1")
    told = {"V1": ENDED, "O1": "NOT_REACHED"}
    ends = {"thread": PAIR, "reason": "PARTY_DIED", "told": told}
    course.do(course.lead, "end_thread", course.within(1, 3), **ends)
