"""The ordinary paths of the practice, step by step: played over the domain, through the workflow on
a real server, and through `rj`. Everybody in them is invented.

A step is who does it, the command, its fields, and how long after the step before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

SOON, DAY, WEEK = timedelta(minutes=5), timedelta(days=1), timedelta(weeks=1)
YEAR = timedelta(days=365)
EXPLAINED = [
    "WHAT_IT_IS",
    "ALL_OPTIONS",
    "CAN_STOP_ANY_TIME",
    "CONFIDENTIALITY_AND_LIMITS",
    "HOW_AGREEMENTS_ARE_MONITORED",
]


@dataclass(frozen=True)
class Step:
    """One command. `refused` names a rule that must speak against it."""

    who: str
    name: str
    given: dict[str, Any] = field(default_factory=dict)
    after: timedelta = SOON
    refused: str | None = None


@dataclass(frozen=True)
class Path:
    """One path: its sentence, its steps, and how it must stand at the end."""

    sentence: str
    steps: tuple[Step, ...]
    stage: str
    ended: dict[str, str] = field(default_factory=dict)
    """Why each pair ended, those that did."""
    choices: dict[str, tuple[str, str]] = field(default_factory=dict)
    """For each pair the victim's and the offender's choice at the end."""
    waits: frozenset[str] = frozenset()
    """What it must be waiting for at the end, at least."""


def step(
    who: str, name: str, after: timedelta = SOON, refused: str | None = None, **given: Any
) -> Step:
    """Return one step."""
    return Step(who, name, given, after, refused)


def victim(number: int = 1, role: str = "DIRECT_VICTIM", **more: Any) -> dict[str, Any]:
    """Return a harmed person, plainly invented."""
    details = {"name": f"Vera Example {number}", "born": "1984-02-29"}
    return {"party": f"V{number}", "role": role, "details": details, **more}


def offender(
    number: int = 1, stage: str = "GUILTY_PLEA_PRE_SENTENCE", **more: Any
) -> dict[str, Any]:
    """Return a person responsible, plainly invented."""
    details = {"name": f"Otto Sample {number}", "born": "1999-07-01"}
    return {
        "party": f"O{number}",
        "role": "OFFENDER",
        "stage": stage,
        "details": details,
        **more,
    }


def referred(*people: dict[str, Any], inform: bool = True, **more: Any) -> tuple[Step, ...]:
    """Return the steps from a referral to two allocated facilitators in a standard case."""
    refer = {
        "source": "PCSO",
        "initiator": "VICTIM_INITIATED",
        "parties": list(people or (victim(), offender())),
        "offence": "A burglary in Exampleton, plainly invented.",
        **more,
    }
    victims = [p["party"] for p in refer["parties"] if p["party"].startswith("V")]
    return (
        Step("worker", "refer", refer),
        step("supervisor", "accept_referral"),
        *(
            step("worker", "give_information", party=v, channel="TELEPHONE")
            for v in victims
            if inform
        ),
        step("supervisor", "allocate_case", lead="@lead", co="@co", supervisor="@supervisor"),
        step("lead", "classify_case", sensitivity="STANDARD"),
    )


def explored(thread: str = "V1-O1") -> tuple[Step, ...]:
    """Return interest, both facilitator's meetings and acceptance of responsibility."""
    v, _, o = thread.partition("-")
    return (
        step("worker", "record_interest", thread=thread, party=v, asked_by=v),
        met(thread, v),
        met(thread, o, after=2 * DAY),
        step(
            "lead",
            "record_responsibility",
            thread=thread,
            party=o,
            status="ACCEPTS_RESPONSIBILITY",
            evidence="FACILITATOR_ASSESSMENT",
        ),
    )


def met(thread: str, party: str, after: timedelta = DAY) -> Step:
    """Return a facilitator's meeting at which everything was explained and understood."""
    return step(
        "lead",
        "record_facilitator_meeting",
        after=after,
        thread=thread,
        party=party,
        explained=EXPLAINED,
        understood=True,
        needs="What they told us, plainly invented.",
    )


def chosen(*scopes: str, thread: str = "V1-O1", risk: str = "PROCEED_DIRECT") -> tuple[Step, ...]:
    """Return both written consents, the decision on risk and the legal position."""
    v, _, o = thread.partition("-")
    return (
        *(
            step(
                "lead",
                "record_consent",
                after=DAY,
                thread=thread,
                party=p,
                scopes=list(scopes),
                form="SIGNED_PAPER",
            )
            for p in (v, o)
        ),
        step("lead", "decide_risk", thread=thread, decision=risk),
        step("lead", "record_legal_position", thread=thread, officer_view=True),
    )


def started(kind: str, thread: str = "V1-O1", number: int = 1) -> tuple[Step, ...]:
    """Return planning, preparing, confirming and starting an intervention."""
    v, _, o = thread.partition("-")
    name = f"I{number}"
    checklist = (
        (step("lead", "check_item", intervention=name, items=list(range(1, 26))),)
        if kind == "FACE_TO_FACE"
        else ()
    )
    both = ["@lead", "@co"] if kind == "FACE_TO_FACE" else ["@lead"]
    return (
        step("lead", "plan_intervention", after=DAY, type=kind, threads=[thread]),
        *(step("lead", "prepare_person", after=DAY, intervention=name, party=p) for p in (v, o)),
        *checklist,
        step("lead", "confirm_ready", intervention=name),
        *(
            step(
                "lead",
                "confirm_willingness",
                after=5 * DAY if p == v else SOON,
                intervention=name,
                party=p,
            )
            for p in (v, o)
        ),
        step("lead", "start_intervention", intervention=name, facilitators=both),
    )


def held(kind: str, thread: str = "V1-O1", number: int = 1) -> tuple[Step, ...]:
    """Return an intervention held to its end, with its debriefs."""
    return (*started(kind, thread, number), *completed(thread, number))


def completed(thread: str = "V1-O1", number: int = 1) -> tuple[Step, ...]:
    """Return the end of an intervention and both debriefs."""
    v, _, o = thread.partition("-")
    name = f"I{number}"
    return (
        step("lead", "complete_intervention", intervention=name),
        *(step("lead", "record_debrief", intervention=name, party=p) for p in (v, o)),
    )


def ended(
    reason: str, thread: str = "V1-O1", told: str = "TOLD_IT_ENDED", who: str = "lead"
) -> Step:
    """Return the ending of a pair."""
    v, _, o = thread.partition("-")
    return step(who, "end_thread", thread=thread, reason=reason, told={v: told, o: told})


FACE_TO_FACE = Path(
    "A burglary leads to a face-to-face meeting, an agreement of three items, and its end",
    (
        *referred(),
        *explored(),
        *chosen("FACE_TO_FACE", "OUTCOME_AGREEMENT"),
        step("lead", "record_wish", party="V1", wish="AGREEMENT_PROGRESS"),
        *started("FACE_TO_FACE"),
        step(
            "lead",
            "record_agreement",
            thread="V1-O1",
            intervention="I1",
            items=[
                {"party": "O1", "kind": "APOLOGY", "done": True},
                {"party": "O1", "kind": "MONEY", "due": "2026-06-30T12:00:00+01:00"},
                {"party": "O1", "kind": "CONTACT_ARRANGEMENT", "what": "Cross the road."},
            ],
        ),
        *completed(),
        step("lead", "tell_item_progress", item="A1", after=DAY),
        step("lead", "record_item_progress", item="A2", state="COMPLETED", after=4 * WEEK),
        step("lead", "tell_item_progress", item="A2"),
        step("lead", "record_item_progress", item="A3", state="COMPLETED", after=WEEK),
        step("lead", "tell_item_progress", item="A3"),
        step("lead", "record_follow_up", thread="V1-O1", party="V1"),
        ended("COMPLETED_AGREEMENT_FULFILLED"),
    ),
    stage="ENDED",
    ended={"V1-O1": "COMPLETED_AGREEMENT_FULFILLED"},
    choices={"V1-O1": ("CONSENTED", "CONSENTED")},
)

WRITTEN = Path(
    "Three questions are put in writing, two are answered and one cannot be; a fourth is withdrawn",
    (
        *referred(),
        *explored(),
        *(
            step("lead", "gather_question", thread="V1-O1", party="V1", words=f"Why {n}?")
            for n in range(1, 5)
        ),
        *chosen("QUESTIONS_IN_WRITING", risk="PROCEED_INDIRECT_ONLY"),
        *started("WRITTEN_COMMUNICATION"),
        *(step("lead", "put_question", question=f"Q{n}", intervention="I1") for n in (1, 2, 3)),
        step("lead", "withdraw_question", question="Q4"),
        *(
            step("lead", "record_answer", question=f"Q{n}", party="O1", answer=f"Because {n}.")
            for n in (1, 2)
        ),
        step("lead", "leave_unanswered", question="Q3"),
        step("lead", "send_answer_back", question="Q1"),
        step("lead", "record_answer", question="Q1", party="O1", answer="Because, changed."),
        step("lead", "approve_answer", question="Q1"),
        step("lead", "approve_answer", question="Q2"),
        step(
            "lead",
            "give_answer",
            question="Q1",
            asked_for=False,
            refused="an_answer_is_given_only_when_asked_for",
        ),
        *(
            step("lead", "give_answer", after=WEEK, question=f"Q{n}", asked_for=True)
            for n in (1, 2)
        ),
        *completed(),
        ended("COMPLETED_INDIRECT"),
    ),
    stage="ENDED",
    ended={"V1-O1": "COMPLETED_INDIRECT"},
    choices={"V1-O1": ("CONSENTED", "CONSENTED")},
)

LETTER = Path(
    "A letter is held until the victim asks for it, read with them, and kept until they say",
    (
        *referred(),
        *explored(),
        *chosen("INDIRECT_LETTER_SEND", "INDIRECT_LETTER_RECEIVE", risk="PROCEED_INDIRECT_ONLY"),
        step("lead", "draft_letter", thread="V1-O1", party="O1", words="I am sorry."),
        step("lead", "send_letter_back", letter="L1"),
        step("lead", "draft_letter", thread="V1-O1", party="O1", letter="L1", words="Sorry."),
        step("lead", "approve_letter", letter="L1"),
        step(
            "lead",
            "deliver_letter",
            letter="L1",
            refused="a_letter_is_delivered_only_to_somebody_who_wants_it",
        ),
        step("lead", "record_letter_asked_for", after=6 * WEEK, letter="L1", asked_by="V1"),
        step("lead", "deliver_letter", letter="L1"),
        step("lead", "carry_out_letter_wish", letter="L1", wish="HOLD_FOR_ME", asked_by="V1"),
        ended("COMPLETED_INDIRECT"),
    ),
    stage="ENDED",
    ended={"V1-O1": "COMPLETED_INDIRECT"},
    choices={"V1-O1": ("CONSENTED", "CONSENTED")},
    waits=frozenset({"letter_in_custody"}),
)

SHUTTLE = Path(
    "Questions go back and forth by shuttle, until one side no longer wants it",
    (
        *referred(),
        *explored(),
        *chosen("SHUTTLE", risk="PROCEED_INDIRECT_ONLY"),
        *started("SHUTTLE"),
        step("lead", "agree_message", intervention="I1", thread="V1-O1", party="V1", note="Why?"),
        step("lead", "carry_message", message="M1", party="O1", channel="IN_PERSON"),
        step("lead", "agree_message", intervention="I1", thread="V1-O1", party="O1", note="So."),
        step("lead", "carry_message", message="M2", party="V1", channel="TELEPHONE"),
        step("lead", "agree_message", intervention="I1", thread="V1-O1", party="O1", note="And."),
        step("lead", "pause_participation", party="V1"),
        step(
            "lead",
            "carry_message",
            message="M3",
            party="V1",
            channel="TELEPHONE",
            refused="both_people_must_consent_to_this_in_writing",
        ),
    ),
    stage="UNDER_WAY",
    choices={"V1-O1": ("PAUSED", "CONSENTED")},
    waits=frozenset({"their_pace"}),
)

DECLINED = Path(
    "The victim declines, the door stays open, and only that ends it",
    (
        *referred(),
        step("worker", "record_interest", thread="V1-O1", party="V1"),
        step(
            "worker",
            "end_thread",
            thread="V1-O1",
            reason="VICTIM_DECLINED_DOOR_OPEN",
            told={"V1": "TOLD_IT_ENDED", "O1": "TOLD_NOT_GOING_AHEAD"},
            refused="the_reason_must_be_what_happened",
        ),
        step("worker", "decline_offer", party="V1"),
        step("worker", "record_later_offers_wish", party="V1", later_offers="WANTED"),
        ended("VICTIM_DECLINED_DOOR_OPEN", who="worker"),
    ),
    stage="ENDED",
    ended={"V1-O1": "VICTIM_DECLINED_DOOR_OPEN"},
    choices={"V1-O1": ("DECLINED_THIS_OFFER", "NOT_YET_OFFERED")},
)

NO_CONTACT = Path(
    "A victim asks not to be contacted; nobody does, and only they can lift it",
    (
        *referred(),
        step("worker", "stop_contact", party="V1", asked_by="V1"),
        step(
            "worker",
            "record_contact_attempt",
            party="V1",
            channel="TELEPHONE",
            outcome="NO_RESPONSE",
            refused="nobody_who_asked_not_to_be_contacted_is_contacted",
        ),
        step(
            "worker",
            "allow_contact",
            party="V1",
            refused="only_the_person_lifts_their_own_wish",
        ),
        ended("VICTIM_NO_FURTHER_CONTACT", told="NOT_TOLD_BY_WISH", who="worker"),
    ),
    stage="ENDED",
    ended={"V1-O1": "VICTIM_NO_FURTHER_CONTACT"},
    choices={"V1-O1": ("DECLINED_NO_FURTHER_CONTACT", "NOT_YET_OFFERED")},
)

NO_ANSWER = Path(
    "Three attempts go unanswered: it is no choice, and a supervisor may end it as not reached",
    (
        *referred(),
        step(
            "worker",
            "record_contact_attempt",
            party="V1",
            channel="TELEPHONE",
            outcome="NO_RESPONSE",
        ),
        step(
            "worker",
            "record_contact_attempt",
            after=WEEK + DAY,
            party="V1",
            channel="LETTER",
            outcome="RETURNED_MAIL",
        ),
        step(
            "supervisor",
            "end_thread",
            thread="V1-O1",
            reason="VICTIM_NOT_CONTACTABLE",
            told={"V1": "NOT_REACHED", "O1": "TOLD_NOT_GOING_AHEAD"},
            refused="the_contact_plan_must_be_carried_out_in_full",
        ),
        step(
            "worker",
            "record_contact_attempt",
            after=WEEK + DAY,
            party="V1",
            channel="TELEPHONE",
            outcome="NO_RESPONSE",
        ),
        step(
            "worker",
            "end_thread",
            thread="V1-O1",
            reason="VICTIM_NOT_CONTACTABLE",
            told={"V1": "NOT_REACHED", "O1": "TOLD_NOT_GOING_AHEAD"},
            refused="ending_without_contact_is_a_supervisors_act",
        ),
        ended("VICTIM_NOT_CONTACTABLE", told="NOT_REACHED", who="supervisor"),
    ),
    stage="ENDED",
    ended={"V1-O1": "VICTIM_NOT_CONTACTABLE"},
    choices={"V1-O1": ("INFORMATION_GIVEN", "NOT_YET_OFFERED")},
)

OFFENDER_ASKS = Path(
    "An offender in prison asks to apologise: responsibility is found first, then the victim asked",
    (
        *referred(
            victim(),
            offender(stage="CUSTODY"),
            source="PRISON_STAFF",
            initiator="OFFENDER_INITIATED",
            inform=False,
            asked_by="O1",
        ),
        met("V1-O1", "O1"),
        step(
            "lead",
            "record_responsibility",
            refused="a_conviction_alone_is_not_acceptance",
            thread="V1-O1",
            party="O1",
            status="ACCEPTS_RESPONSIBILITY",
            evidence="CONVICTION_ONLY",
        ),
        step(
            "lead",
            "record_responsibility",
            thread="V1-O1",
            party="O1",
            status="ACCEPTS_RESPONSIBILITY",
            evidence="FACILITATOR_ASSESSMENT",
        ),
        step("lead", "give_information", party="V1", channel="THROUGH_AGENCY"),
        step("lead", "make_offer", thread="V1-O1", party="V1"),
        step("lead", "record_need_for_time", party="V1"),
    ),
    stage="THEIR_PACE",
    choices={"V1-O1": ("CONSIDERING", "NOT_YET_OFFERED")},
    waits=frozenset({"their_pace"}),
)

VICTIM_RINGS = Path(
    "A victim rings: one call opens the case, and a facilitator's meeting is owed from then",
    (
        step(
            "intake",
            "record_enquiry",
            source="VICTIM_SELF",
            asked_by="VICTIM_SELF",
            asked="I might want to ask him why.",
        ),
        step(
            "intake",
            "refer",
            source="VICTIM_SELF",
            initiator="VICTIM_INITIATED",
            asked_by="VICTIM_SELF",
            parties=[victim(), offender(identified=False, stage="SENTENCE_EXPIRED")],
        ),
        step("intake", "give_information", party="V1", channel="TELEPHONE"),
        step("intake", "record_interest", thread="V1-O1", party="V1", asked_by="V1"),
    ),
    stage="EXPLORING",
    choices={"V1-O1": ("EXPLORING", "NOT_YET_OFFERED")},
    waits=frozenset({"facilitators_meeting", "acknowledge"}),
)

ON_THE_STREET = Path(
    "A broken window is put right on the street, and recorded that evening in one command",
    (
        step(
            "worker",
            "record_local_resolution",
            parties=[
                victim(role="CORPORATE_VICTIM_REP"),
                offender(stage="COMMUNITY_RESOLUTION"),
            ],
            accepted=True,
            agreed=True,
            talked_through=True,
            crime_recorded=True,
            items=[
                {"party": "O1", "kind": "APOLOGY", "done": True},
                {"party": "O1", "kind": "MONEY", "due": "2026-03-20T12:00:00+00:00"},
            ],
            account="A window in Exampleton, plainly invented.",
        ),
        step("worker", "record_item_progress", item="A2", state="COMPLETED", after=WEEK),
        step("sergeant", "review_local_resolution"),
        ended("RESOLVED_LOCALLY", who="worker"),
    ),
    stage="ENDED",
    ended={"V1-O1": "RESOLVED_LOCALLY"},
    choices={"V1-O1": ("NOT_YET_OFFERED", "NOT_YET_OFFERED")},
)

RETURNED = Path(
    "A victim who declined rings after years: the pair is taken up again with everything afresh",
    (
        *DECLINED.steps,
        step(
            "worker",
            "take_up_again",
            after=3 * YEAR,
            thread="V1-O1",
            kind="RETURN",
            refused="taking_up_again_needs_somebody_who_asked",
        ),
        step("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="V1"),
        step("worker", "record_interest", thread="V1-O1", party="V1", asked_by="V1"),
    ),
    stage="EXPLORING",
    choices={"V1-O1": ("EXPLORING", "NOT_YET_OFFERED")},
    waits=frozenset({"facilitators_meeting"}),
)

LATER_OFFER = Path(
    "A historic offer is made years later to somebody who did not refuse later offers",
    (
        *DECLINED.steps,
        step(
            "worker",
            "make_later_offer",
            after=8 * YEAR,
            thread="V1-O1",
            party="V1",
            kind="HISTORIC_OFFER",
        ),
        step(
            "worker",
            "take_up_again",
            after=WEEK,
            thread="V1-O1",
            kind="HISTORIC_OFFER",
            asked_by="V1",
        ),
    ),
    stage="REFERRED",
    choices={"V1-O1": ("NOT_YET_OFFERED", "NOT_YET_OFFERED")},
    waits=frozenset({"service_silence"}),
)

THREE_VICTIMS = Path(
    "Three victims of one robbery choose three ways, and one returns while another is under way",
    (
        *referred(victim(1), victim(2), victim(3), offender()),
        *explored("V1-O1"),
        *explored("V2-O1"),
        step("worker", "decline_offer", party="V3"),
        *chosen("FACE_TO_FACE", thread="V1-O1"),
        *chosen(
            "INDIRECT_LETTER_SEND",
            "INDIRECT_LETTER_RECEIVE",
            thread="V2-O1",
            risk="PROCEED_INDIRECT_ONLY",
        ),
        ended("VICTIM_DECLINED_DOOR_OPEN", thread="V3-O1", who="lead"),
        step("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"]),
        step(
            "lead",
            "plan_intervention",
            type="FACE_TO_FACE",
            threads=["V1-O1", "V2-O1"],
            refused="both_people_must_consent_to_this_in_writing",
        ),
        step("lead", "take_up_again", after=30 * DAY, thread="V3-O1", kind="RETURN", asked_by="V3"),
    ),
    stage="PREPARING",
    choices={
        "V1-O1": ("CONSENTED", "CONSENTED"),
        "V2-O1": ("CONSENTED", "CONSENTED"),
        "V3-O1": ("NOT_YET_OFFERED", "NOT_YET_OFFERED"),
    },
)

WITHDRAWN = Path(
    "A victim withdraws while the meeting is booked: it does not go ahead, and history stays",
    (
        *referred(),
        *explored(),
        *chosen("FACE_TO_FACE"),
        step("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"]),
        step("co", "withdraw_consent", party="V1"),
        step(
            "lead",
            "plan_intervention",
            type="FACE_TO_FACE",
            threads=["V1-O1"],
            refused="both_people_must_consent_to_this_in_writing",
        ),
        ended("VICTIM_WITHDREW"),
    ),
    stage="ENDED",
    ended={"V1-O1": "VICTIM_WITHDREW"},
    choices={"V1-O1": ("WITHDRAWN", "CONSENTED")},
)

PATHS: dict[str, Path] = {
    name.lower(): value for name, value in list(globals().items()) if isinstance(value, Path)
}
"""Every path, by its short name."""
