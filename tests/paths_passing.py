"""Paths on which something passes between two people: meeting, writing, letter, shuttle."""

from __future__ import annotations

from tests.steps import (
    DAY,
    WEEK,
    Path,
    chosen,
    completed,
    ended,
    explored,
    referred,
    started,
    step,
)

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
