"""Cases that turn on what people choose, and on what cannot be known: no, silence, later, doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.demo.parts import PAIR
from cli.demo.steps import Ahead
from cli.demo.year.course import BY_LETTER, ENDED, NOT_GOING_AHEAD
from cli.demo.year.matters import offender, victim
from cli.demo.year.stretches import (
    whole_shuttle,
)
from cli.demo.year.team import DEPUTY, SUPERVISOR

if TYPE_CHECKING:
    from cli.demo.year.course import Course


_TRIES = (("TELEPHONE", "NO_RESPONSE"), ("LETTER", "RETURNED_MAIL"), ("TELEPHONE", "MESSAGE_LEFT"))
_NOT_ACCEPTED = ("DENIES", "DISPUTES_MATERIAL_FACTS", "ACCEPTS_BASIC_FACTS_PARTIAL")


def declined(course: Course) -> None:
    """Add a victim who says no to this offer; the door stays open."""
    course.begun()
    if course.chance(60):
        course.interested()
        if course.chance(50):
            course.met("V1")
    who = course.worker
    course.do(who, "decline_offer", course.within(2, 9), party="V1", asked_by="V1")
    wish = course.draw.choice(("WANTED", "WANTED", "NOT_SAID", "REFUSED"))
    course.do(who, "record_later_offers_wish", party="V1", later_offers=wish)
    course.ended("VICTIM_DECLINED_DOOR_OPEN", responsible=NOT_GOING_AHEAD, who=who)


def no_contact(course: Course) -> None:
    """Add a victim who asks not to be contacted."""
    course.begun()
    course.do(course.worker, "stop_contact", course.within(1, 6), party="V1", asked_by="V1")
    course.ended(
        "VICTIM_NO_FURTHER_CONTACT", "NOT_TOLD_BY_WISH", NOT_GOING_AHEAD, who=course.worker
    )


def not_reached(course: Course) -> None:
    """Add a contact plan that was carried out in full, without an answer."""
    course.referred()
    course.do(course.worker, "give_information", course.in_time(2), party="V1", channel="LETTER")
    course.supported("V1")
    course.allocated()
    course.supported("O1")
    for channel, outcome in _TRIES:
        course.do(
            course.worker,
            "record_contact_attempt",
            course.within(6, 9),
            party="V1",
            channel=channel,
            outcome=outcome,
        )
    course.ended(
        "VICTIM_NOT_CONTACTABLE", "NOT_REACHED", NOT_GOING_AHEAD, who=SUPERVISOR,
        days=course.within(5, 10),
    )  # fmt: skip


def needs_time(course: Course) -> None:
    """Add a victim who needs time, and keeps the offer as long as they like."""
    course.begun()
    course.do(course.lead, "make_offer", course.within(1, 5), thread=PAIR, party="V1")
    course.do(course.lead, "record_need_for_time", course.within(2, 6), party="V1", asked_by="V1")
    for _ in range(4):
        ahead = course.within(40, 90)
        course.do(course.lead, "agree_next_contact", party="V1", at=Ahead(ahead), asked_by="V1")
        course.do(
            course.lead,
            "record_contact_attempt",
            round(ahead * 5 / 7) + 4,
            party="V1",
            channel="TELEPHONE",
            outcome="SPOKE",
        )
        course.do(course.lead, "record_need_for_time", party="V1", asked_by="V1")


def will_ring(course: Course) -> None:
    """Add a victim who would rather ring than be rung."""
    course.begun()
    course.explored()
    course.do(course.worker, "leave_contact_to_them", course.within(1, 4), party="V1")
    course.do(
        course.worker, "agree_next_contact", course.within(40, 60), party="V1", at=Ahead(9),
        asked_by="V1",
    )  # fmt: skip
    course.do(
        course.worker, "record_contact_attempt", 8, party="V1", channel="TELEPHONE",
        outcome="SPOKE",
    )  # fmt: skip


def withdrew(course: Course) -> None:
    """Add a victim who takes their consent back while it is prepared."""
    course.begun()
    course.explored()
    direct = course.chance(50)
    scopes = ("FACE_TO_FACE",) if direct else ("SHUTTLE",)
    course.consented(*scopes, risk="PROCEED_DIRECT" if direct else "PROCEED_INDIRECT_ONLY")
    kind = "FACE_TO_FACE" if direct else "SHUTTLE"
    course.do(course.lead, "plan_intervention", course.within(1, 6), type=kind, threads=[PAIR])
    course.do(course.lead, "prepare_person", course.within(3, 9), intervention="I1", party="V1")
    course.do(
        course.co, "withdraw_consent", course.within(1, 6), party="V1", asked_by="V1",
        cause="CIRCUMSTANCES_CHANGED" if direct else "NO_REASON_GIVEN",
    )  # fmt: skip
    course.do(course.lead, "tell_where_it_stands", intervention="I1", party="O1")
    course.do(course.worker, "record_later_offers_wish", 1, party="V1", later_offers="WANTED")
    course.ended("VICTIM_WITHDREW", responsible=NOT_GOING_AHEAD)
    course.asked_how_it_was("V1")


def denies(course: Course) -> None:
    """Add a person responsible who does not accept that they are."""
    course.begun()
    course.interested()
    course.met("V1")
    course.met("O1")
    course.found(course.draw.choice(_NOT_ACCEPTED))
    course.ended(
        "OFFENDER_NOT_ACCEPTING", NOT_GOING_AHEAD, NOT_GOING_AHEAD, days=course.within(3, 15)
    )


def offender_declined(course: Course) -> None:
    """Add a person responsible who does not wish to take part."""
    course.begun()
    course.interested()
    course.met("V1")
    course.do(
        course.worker, "give_information", course.within(2, 6), party="O1", channel="TELEPHONE"
    )
    course.do(course.worker, "decline_offer", course.within(2, 9), party="O1", asked_by="O1")
    course.ended("OFFENDER_DECLINED", NOT_GOING_AHEAD)


def takes_it_back(course: Course) -> None:
    """Add a person responsible who no longer accepts it once a meeting is planned."""
    course.begun()
    course.explored()
    course.consented("FACE_TO_FACE", risk="PROCEED_DIRECT")
    course.do(
        course.lead, "plan_intervention", course.within(1, 5), type="FACE_TO_FACE", threads=[PAIR],
        for_when=Ahead(20),
    )  # fmt: skip
    course.do(course.lead, "record_dispute", course.within(3, 8), party="O1")
    course.do(course.lead, "tell_where_it_stands", intervention="I1", party="V1")
    course.do(course.worker, "offer_support", party="V1", channel="TELEPHONE")
    course.do(course.lead, "cancel_intervention", 9, intervention="I1")
    for party in ("V1", "O1"):
        course.do(course.lead, "tell_where_it_stands", intervention="I1", party=party)
    course.ended(
        "OFFENDER_WITHDREW_ACCEPTANCE", NOT_GOING_AHEAD, NOT_GOING_AHEAD,
        days=1,
    )  # fmt: skip


def from_prison(course: Course) -> None:
    """Add somebody in custody who asks to apologise, and a victim who needs time."""
    course.referred(
        victim(course.number),
        offender(course.number, "CUSTODY"),
        source="PRISON_STAFF",
        initiator="OFFENDER_INITIATED",
        asked_by="O1",
    )
    course.supported("O1")
    course.allocated()
    course.met("O1")
    course.found("ACCEPTS_RESPONSIBILITY")
    course.do(
        course.lead, "give_information", course.within(1, 4), party="V1", channel="THROUGH_AGENCY"
    )
    course.supported("V1", "THROUGH_AGENCY")
    course.do(course.lead, "make_offer", course.within(1, 5), thread=PAIR, party="V1")
    course.do(course.lead, "record_need_for_time", course.within(1, 5), party="V1", asked_by="V1")


def held_for_her(course: Course) -> None:
    """Add a wish of an offender that is held, since it is a matter of domestic abuse."""
    course.referred(
        victim(course.number),
        offender(course.number, "CUSTODY"),
        source="OFFENDER_SELF",
        initiator="OFFENDER_INITIATED",
        asked_by="O1",
    )
    course.sensitive("SPECIALIST_DA", held=True)
    course.do(course.lead, "propose_approach", course.within(2, 6), thread=PAIR)
    course.do(
        DEPUTY, "decide_approach", course.within(1, 4), thread=PAIR, allowed=False,
        reasons="Invented.",
    )  # fmt: skip


def for_parole(course: Course) -> None:
    """Add a letter that is wished for a reason of its author's, and does not go on."""
    course.begun(victim(course.number), offender(course.number, "CUSTODY"), source="PRISON_STAFF")
    course.explored()
    course.do(
        course.lead, "record_risk_item", thread=PAIR, item="MOTIVE", party="O1", remains=True,
        finding="A letter for parole. (Invented.)",
    )  # fmt: skip
    course.consented(*BY_LETTER, risk="PROCEED_INDIRECT_ONLY")
    course.do(
        course.lead, "decide_risk", course.within(3, 8), thread=PAIR, decision="DO_NOT_PROCEED",
        assessment_text="Invented.",
    )  # fmt: skip
    course.do(
        course.lead, "explain_decision", course.within(0, 3), thread=PAIR, party="V1",
        channel="IN_PERSON", support=True, words="Told why, gently; invented.",
    )  # fmt: skip
    course.ended("UNSUITABLE_RISK", NOT_GOING_AHEAD, NOT_GOING_AHEAD, who=SUPERVISOR)


def returned(course: Course) -> None:
    """Add a victim who comes back after years, with everything asked afresh."""
    declined(course)
    course.do(course.worker, "take_up_again", 650, thread=PAIR, kind="RETURN", asked_by="V1")
    course.explored()
    whole_shuttle(course)


def later_offer(course: Course) -> None:
    """Add an offer of later years to somebody who did not refuse one."""
    course.begun()
    course.do(course.worker, "decline_offer", course.within(2, 9), party="V1", asked_by="V1")
    course.do(course.worker, "record_later_offers_wish", party="V1", later_offers="WANTED")
    course.ended("VICTIM_DECLINED_DOOR_OPEN", ENDED, NOT_GOING_AHEAD, who=course.worker)
    course.do(course.worker, "record_stage", 400, party="O1", stage="LICENCE_OR_POST_RELEASE")
    course.do(
        course.worker, "make_later_offer", course.within(5, 15), thread=PAIR, party="V1",
        kind="HISTORIC_OFFER",
    )  # fmt: skip
