"""Parts that several demonstration cases share: a referral, a choice, an exchange, an ending."""

from __future__ import annotations

from typing import Any

from cli.demo.steps import Step, step

PAIR = "V1-O1"
WHY_STANDARD = "Neither limb of the test is met (invented)."
NO_KIND: dict[str, Any] = {"flags": []}
EXPLAINED = [
    "WHAT_IT_IS",
    "ALL_OPTIONS",
    "CAN_STOP_ANY_TIME",
    "CONFIDENTIALITY_AND_LIMITS",
    "HOW_AGREEMENTS_ARE_MONITORED",
]

VICTIMS = (
    ("Vera Example", "1984-02-29"),
    ("Amina Samplewright", "1991-06-14"),
    ("Bronwen Madeup", "1958-11-03"),
    ("Tomasz Nowhere", "1975-04-21"),
    ("Harpreet Pretend", "1999-08-30"),
    ("Siobhan Fictional", "1967-12-12"),
    ("Delroy Notreal", "1949-05-09"),
    ("Gladys Imaginary", "2001-10-17"),
    ("Kofi Placeholder", "1988-07-26"),
)
OFFENDERS = (
    ("Otto Sample", "1999-07-01"),
    ("Lukasz Template", "1986-03-15"),
    ("Rhys Specimen", "1979-09-08"),
    ("Imran Dummy", "2003-01-24"),
    ("Connor Mockup", "1994-05-19"),
    ("Petra Standin", "1961-02-11"),
    ("Winston Proxyson", "1997-11-28"),
    ("Olena Stub", "2004-06-02"),
    ("Gareth Facsimile", "1972-08-13"),
)
"""Names and birth dates, one for each case and none like another: else the service itself would
propose that two cases are one matter."""


def people(number: int, stage: str = "GUILTY_PLEA_PRE_SENTENCE") -> list[dict[str, Any]]:
    """Return a victim and a person responsible, plainly invented, numbered by their case."""
    (victim, victim_born), (offender, offender_born) = VICTIMS[number - 1], OFFENDERS[number - 1]
    return [
        {
            "party": "V1",
            "role": "DIRECT_VICTIM",
            "details": {
                "name": f"{victim} (invented)",
                "born": victim_born,
                "safe_way": "By telephone, in the morning (invented).",
            },
        },
        {
            "party": "O1",
            "role": "OFFENDER",
            "stage": stage,
            "details": {"name": f"{offender} (invented)", "born": offender_born},
        },
    ]


def referred(number: int, what: str, stage: str = "GUILTY_PLEA_PRE_SENTENCE") -> tuple[Step, ...]:
    """Return a referral, taken on, the victim informed, the case allocated and classified."""
    return (
        step(
            "worker",
            "refer",
            source="PCSO",
            initiator="VICTIM_INITIATED",
            parties=people(number, stage),
            offence=f"{what} Plainly invented.",
        ),
        step("supervisor", "accept_referral", days=1),
        step("worker", "give_information", party="V1", channel="TELEPHONE"),
        step("supervisor", "allocate_case", lead="@lead", co="@co", supervisor="@supervisor"),
        step("lead", "classify_case", sensitivity="STANDARD", reasons=WHY_STANDARD, flags=NO_KIND),
        step("worker", "offer_support", party="V1", channel="TELEPHONE"),
        step("worker", "offer_support", party="O1", channel="LETTER"),
    )


def explored() -> tuple[Step, ...]:
    """Return the victim's interest, both facilitator's meetings, and responsibility accepted."""
    return (
        step("worker", "record_interest", days=1, thread=PAIR, party="V1", asked_by="V1"),
        met("V1", days=3),
        met("O1", days=3),
        step(
            "lead",
            "record_responsibility",
            thread=PAIR,
            party="O1",
            status="ACCEPTS_RESPONSIBILITY",
            evidence="FACILITATOR_ASSESSMENT",
            account="I did it, and it was wrong. (Invented.)",
        ),
    )


def met(party: str, days: int) -> Step:
    """Return a facilitator's meeting at which everything was explained and understood."""
    return step(
        "lead",
        "record_facilitator_meeting",
        days=days,
        thread=PAIR,
        party=party,
        explained=EXPLAINED,
        understood=True,
        needs="What they hope for. (Invented.)",
    )


def chosen(*scopes: str, risk: str) -> tuple[Step, ...]:
    """Return both written consents, the decision on risk and the legal position."""
    consents = (
        step(
            "lead",
            "record_consent",
            days=2,
            thread=PAIR,
            party=party,
            scopes=list(scopes),
            form="SIGNED_PAPER",
        )
        for party in ("V1", "O1")
    )
    return (
        *consents,
        step("lead", "decide_risk", thread=PAIR, decision=risk, assessment_text="Invented."),
        step("lead", "record_legal_position", thread=PAIR, officer_view=True),
    )


def begun(kind: str) -> tuple[Step, ...]:
    """Return an intervention planned, prepared and started."""
    direct = kind == "FACE_TO_FACE"
    checklist = (step("lead", "check_item", intervention="I1", items=list(range(1, 26))),)
    wished = tuple(
        step("lead", "confirm_willingness", intervention="I1", party=p) for p in ("V1", "O1")
    )
    preferring = step(
        "lead",
        "record_preferences",
        thread=PAIR,
        party="V1",
        matters=["PLACE", "ORDER"],
        words="A quiet room, and to speak first; invented.",
    )
    return (
        *((preferring,) if direct else ()),
        step("lead", "plan_intervention", days=2, type=kind, threads=[PAIR]),
        step("lead", "prepare_person", days=2, intervention="I1", party="V1"),
        step("lead", "prepare_person", days=1, intervention="I1", party="O1"),
        *((*checklist, *wished) if direct else ()),
        step("lead", "confirm_ready", intervention="I1"),
        step("lead", "confirm_willingness", days=4, intervention="I1", party="V1"),
        step("lead", "confirm_willingness", intervention="I1", party="O1"),
        *((step("lead", "check_on_the_day", intervention="I1"),) if direct else ()),
        step(
            "lead",
            "start_intervention",
            intervention="I1",
            facilitators=["@lead", "@co"] if direct else ["@lead"],
        ),
    )


def completed() -> tuple[Step, ...]:
    """Return an intervention held to its end, and both debriefs."""
    return (
        step("lead", "complete_intervention", intervention="I1"),
        step("lead", "record_debrief", intervention="I1", party="V1"),
        step("lead", "record_debrief", intervention="I1", party="O1"),
    )


def ended(
    reason: str,
    who: str = "lead",
    days: int = 1,
    victim: str = "TOLD_IT_ENDED",
    other: str = "TOLD_IT_ENDED",
) -> Step:
    """Return the ending of the pair, with what the victim and the other person were told."""
    told = {"V1": victim, "O1": other}
    return step(who, "end_thread", days=days, thread=PAIR, reason=reason, told=told)
