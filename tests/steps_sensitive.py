"""Stretches of sensitive and complex cases: specialist class, advanced lead, countersigned risk."""

from __future__ import annotations

from tests.steps import DAY, EXPLAINED, Step, behind, step


def specialist_class(*endorsements: str, held: bool = False) -> Step:
    """Return that the case is found sensitive or complex, with what it asks of its facilitators."""
    return step(
        "supervisor",
        "classify_case",
        sensitivity="SENSITIVE_COMPLEX",
        flags=behind(*endorsements),
        offenders_wish_held=held,
        reasons="Plainly invented.",
    )


ADVANCED_ALLOCATED = (
    step(
        "supervisor",
        "allocate_case",
        lead="@advanced",
        co="@intermediate",
        supervisor="@supervisor",
    ),
)


def consented(
    *scopes: str, thread: str = "V1-O1", risk: str = "PROCEED_DIRECT", **child: str
) -> tuple[Step, ...]:
    """Return both facilitator's meetings, acceptance, both consents, risk decided and signed, and
    the legal position; `child` is what is added to the victim's consent."""
    v, _, o = thread.partition("-")
    return (
        *steps_agreed(thread),
        *(_met(thread, party) for party in (v, o)),
        step(
            "advanced",
            "record_responsibility",
            thread=thread,
            party=o,
            status="ACCEPTS_RESPONSIBILITY",
            evidence="FACILITATOR_ASSESSMENT",
        ),
        *(
            step(
                "advanced",
                "record_consent",
                thread=thread,
                party=party,
                scopes=list(scopes),
                form="SIGNED_PAPER",
                **(child if party == v else {}),
            )
            for party in (v, o)
        ),
        step("advanced", "decide_risk", thread=thread, decision=risk, assessment_text="Invented."),
        step("trainer", "countersign_risk", thread=thread, decision=risk),
        step("advanced", "record_legal_position", thread=thread, officer_view=True),
    )


def steps_agreed(thread: str = "V1-O1", *which: str) -> tuple[Step, ...]:
    """Return that the victim agrees to these steps towards the offender, or to each."""
    of = {"thread": thread, "party": thread.partition("-")[0]}
    return tuple(
        step("worker", "agree_step", **of, step=one)
        for one in which or ("ASK_AN_AGENCY", "APPROACH_THEM", "SAY_WHO_ASKS")
    )


def _met(thread: str, party: str) -> Step:
    return step(
        "advanced",
        "record_facilitator_meeting",
        after=DAY,
        thread=thread,
        party=party,
        explained=EXPLAINED,
        understood=True,
    )
