"""The invented cases of the demonstration, one for each path."""

from __future__ import annotations

from cli.demo.parts import PAIR, begun, chosen, completed, ended, explored, people, referred
from cli.demo.steps import DemoCase, step

FACE_TO_FACE = DemoCase(
    "face-to-face",
    150,
    (
        *referred(1, "A burglary in Exampleton."),
        *explored(),
        *chosen("FACE_TO_FACE", "OUTCOME_AGREEMENT", risk="PROCEED_DIRECT"),
        step("lead", "record_wish", party="V1", wish="AGREEMENT_PROGRESS"),
        *begun("FACE_TO_FACE"),
        step(
            "lead",
            "record_agreement",
            thread=PAIR,
            intervention="I1",
            items=[
                {"party": "O1", "kind": "APOLOGY", "done": True},
                {"party": "O1", "kind": "MONEY", "what": "Forty pounds. (Invented.)"},
            ],
        ),
        *completed(),
        step("lead", "tell_item_progress", days=1, item="A1"),
        step("lead", "record_follow_up", days=2, thread=PAIR, party="V1"),
        step("lead", "record_item_progress", days=10, item="A2", state="COMPLETED"),
        step("lead", "tell_item_progress", item="A2"),
        ended("COMPLETED_AGREEMENT_FULFILLED", days=10),
    ),
)

WRITTEN = DemoCase(
    "written",
    60,
    (
        *referred(2, "A robbery in Sampleford."),
        *explored(),
        *(
            step("lead", "gather_question", thread=PAIR, party="V1", words=words)
            for words in ("Why me? (Invented.)", "Are you sorry? (Invented.)")
        ),
        *chosen("QUESTIONS_IN_WRITING", risk="PROCEED_INDIRECT_ONLY"),
        *begun("WRITTEN_COMMUNICATION"),
        step("lead", "put_question", question="Q1", intervention="I1"),
        step("lead", "put_question", question="Q2", intervention="I1"),
        step(
            "lead",
            "record_answer",
            days=3,
            question="Q1",
            party="O1",
            answer="It was not about you. (Invented.)",
        ),
        step("lead", "approve_answer", days=1, question="Q1"),
        step("lead", "give_answer", days=2, question="Q1", asked_for=True, asked_by="V1"),
        step("lead", "leave_unanswered", question="Q2"),
    ),
)

LETTER = DemoCase(
    "letter",
    80,
    (
        *referred(3, "A theft in Exampleton.", stage="CUSTODY"),
        *explored(),
        *chosen("INDIRECT_LETTER_SEND", "INDIRECT_LETTER_RECEIVE", risk="PROCEED_INDIRECT_ONLY"),
        step(
            "lead",
            "draft_letter",
            days=1,
            thread=PAIR,
            party="O1",
            words="Dear you,\n\nI am sorry.\n\n(Invented.)",
        ),
        step("lead", "approve_letter", days=1, letter="L1"),
        step("lead", "record_letter_asked_for", days=20, letter="L1", asked_by="V1"),
        step("lead", "deliver_letter", letter="L1"),
        step("lead", "carry_out_letter_wish", letter="L1", wish="HOLD_FOR_ME", asked_by="V1"),
        ended("COMPLETED_INDIRECT"),
    ),
)

SHUTTLE = DemoCase(
    "shuttle",
    45,
    (
        *referred(4, "A quarrel between neighbours in Sampleford."),
        *explored(),
        *chosen("SHUTTLE", risk="PROCEED_INDIRECT_ONLY"),
        *begun("SHUTTLE"),
        step(
            "lead",
            "agree_message",
            intervention="I1",
            thread=PAIR,
            party="V1",
            note="Asks what he was thinking. (Invented.)",
        ),
        step("lead", "carry_message", message="M1", party="O1", channel="IN_PERSON"),
    ),
)

DECLINED = DemoCase(
    "declined",
    30,
    (
        *referred(5, "A broken fence in Exampleton."),
        step("worker", "record_interest", days=2, thread=PAIR, party="V1"),
        step("worker", "decline_offer", days=3, party="V1", asked_by="V1"),
        step("worker", "record_later_offers_wish", party="V1", later_offers="WANTED"),
        ended("VICTIM_DECLINED_DOOR_OPEN", who="worker", other="TOLD_NOT_GOING_AHEAD"),
    ),
)

NO_CONTACT = DemoCase(
    "no-contact",
    20,
    (
        *referred(6, "A stolen bicycle in Sampleford."),
        step("worker", "stop_contact", days=2, party="V1", asked_by="V1"),
        ended(
            "VICTIM_NO_FURTHER_CONTACT",
            who="worker",
            victim="NOT_TOLD_BY_WISH",
            other="TOLD_NOT_GOING_AHEAD",
        ),
    ),
)

NEEDS_TIME = DemoCase(
    "needs-time",
    25,
    (
        *referred(7, "A burglary in Sampleford.", stage="REPORTED_UNDER_INVESTIGATION"),
        step("lead", "make_offer", days=2, thread=PAIR, party="V1"),
        step("lead", "record_need_for_time", days=3, party="V1", asked_by="V1"),
    ),
)

ON_THE_STREET = DemoCase(
    "on-the-street",
    6,
    (
        step(
            "worker",
            "record_local_resolution",
            parties=people(8, "COMMUNITY_RESOLUTION"),
            accepted=True,
            agreed=True,
            talked_through=True,
            crime_recorded=True,
            bars_ruled_out=True,
            sensitivity_ruled_out=True,
            items=[
                {"party": "O1", "kind": "APOLOGY", "done": True},
                {"party": "O1", "kind": "REPAIR_OR_RETURN"},
            ],
            account="A window in Exampleton. Plainly invented.",
        ),
    ),
)

RETURNED = DemoCase(
    "returned",
    4 * 365,
    (
        *referred(9, "A robbery in Exampleton."),
        ended("CJ_PROCESS_INTERVENED", who="supervisor", days=15, other="TOLD_NOT_GOING_AHEAD"),
        step(
            "worker",
            "take_up_again",
            years=3,
            days=200,
            thread=PAIR,
            kind="RETURN",
            asked_by="V1",
        ),
        step("worker", "record_interest", thread=PAIR, party="V1", asked_by="V1"),
    ),
)

ENQUIRY = DemoCase(
    "enquiry",
    1,
    (
        step(
            "intake",
            "record_enquiry",
            source="VICTIM_SELF",
            asked_by="VICTIM_SELF",
            asked="I might want to ask him why. (Invented.)",
        ),
    ),
)

CASES: tuple[DemoCase, ...] = (
    FACE_TO_FACE,
    WRITTEN,
    LETTER,
    SHUTTLE,
    DECLINED,
    NO_CONTACT,
    NEEDS_TIME,
    ON_THE_STREET,
    RETURNED,
    ENQUIRY,
)
