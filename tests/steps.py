"""What paths are made of: one command a step, and the stretches that many of them share.

Everybody in them is invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from domain.case import Case

SOON, DAY, WEEK = timedelta(minutes=5), timedelta(days=1), timedelta(weeks=1)
YEAR = timedelta(days=365)
NONE_BEHIND: dict[str, Any] = {"flags": []}
WHY_STANDARD = "Neither limb of the test is met (invented)."
EXPLAINED = [
    "WHAT_IT_IS",
    "ALL_OPTIONS",
    "CAN_STOP_ANY_TIME",
    "CONFIDENTIALITY_AND_LIMITS",
    "HOW_AGREEMENTS_ARE_MONITORED",
]


MEETINGS = (
    "FACE_TO_FACE",
    "PROXY_MEETING",
    "FAMILY_GROUP_CONFERENCE",
    "CIRCLE",
    "COMMUNITY_CONFERENCE",
    "YOUTH_PANEL_ATTENDANCE",
)
"""The forms in which people meet."""


def behind(*endorsements: str, flags: Sequence[str] = ()) -> dict[str, Any]:
    """Return what is behind the class of a case, for the vault."""
    return {"flags": [*flags], "endorsements": [*endorsements]}


@dataclass(frozen=True)
class Ahead:
    """A moment so many days after the step is taken, or that day."""

    days: int
    whole: bool = False


@dataclass(frozen=True)
class Open:
    """The latest task of this kind that nobody has dealt with."""

    kind: str

    def of(self, case: Case) -> str:
        """Return its name in the case."""
        return [task.id for task in case.tasks.values() if task.kind == self.kind][-1]


@dataclass(frozen=True)
class Missed(Open):
    """The latest clock of this kind that was missed."""

    def of(self, case: Case) -> str:
        """Return its name in the case."""
        return [clock.id for clock in case.clocks.values() if clock.wait == self.kind][-1]


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
    then: tuple[Callable[[Case], bool], ...] = ()
    """What else must be so at the end."""


@dataclass(frozen=True)
class Scenario:
    """A hard case of the practice: its number and its sentence in the list of them, and a path."""

    number: int
    path: Path
    called: str = ""
    """Its sentence in the list, where the path has another."""

    def __str__(self) -> str:
        return f"{self.number} {self.called or self.path.sentence}"


def then(path: Path, *so: Callable[[Case], bool]) -> Path:
    """Return a path at whose end this is so, too."""
    return replace(path, then=(*path.then, *so))


def step(
    who: str, name: str, after: timedelta = SOON, refused: str | None = None, **given: Any
) -> Step:
    """Return one step."""
    return Step(who, name, given, after, refused)


def in_date_again(*names: str) -> tuple[Step, ...]:
    """Return that these facilitators are in date once more, whatever time has passed."""
    again = (
        ("record_supervision", {}),
        ("record_observed_practice", {}),
        ("record_development", {"hours": 20}),
        ("record_practice", {}),
    )
    return tuple(
        step("trainer", name, about=who, **given) for who in names for name, given in again
    )


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
        step(
            "lead", "classify_case", sensitivity="STANDARD", flags=NONE_BEHIND, reasons=WHY_STANDARD
        ),
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
        step("lead", "decide_risk", thread=thread, decision=risk, assessment_text="Invented."),
        step("lead", "record_legal_position", thread=thread, officer_view=True),
        asked_what_they_prefer(thread),
    )


def asked_what_they_prefer(thread: str = "V1-O1", who: str = "lead") -> Step:
    """Return that the harmed person was asked, and has wishes."""
    return step(
        who,
        "record_preferences",
        thread=thread,
        party=thread.partition("-")[0],
        matters=["PLACE", "ORDER"],
        words="A quiet room, and to speak first; invented.",
    )


def started(kind: str, thread: str = "V1-O1", number: int = 1) -> tuple[Step, ...]:
    """Return planning, preparing, confirming and starting an intervention."""
    v, _, o = thread.partition("-")
    name = f"I{number}"
    checklist = (
        (step("lead", "check_item", intervention=name, items=list(range(1, 26))),)
        if kind in MEETINGS
        else ()
    )
    wished = (
        tuple(step("lead", "confirm_willingness", intervention=name, party=p) for p in (v, o))
        if kind in MEETINGS
        else ()
    )
    on_the_day = (step("lead", "check_on_the_day", intervention=name),) if checklist else ()
    both = ["@lead", "@co"] if kind in MEETINGS else ["@lead"]
    return (
        step("lead", "plan_intervention", after=DAY, type=kind, threads=[thread]),
        *(step("lead", "prepare_person", after=DAY, intervention=name, party=p) for p in (v, o)),
        *checklist,
        *wished,
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
        *on_the_day,
        step("lead", "start_intervention", intervention=name, facilitators=both),
    )


def welcomed(*people: str, thread: str = "V1-O1") -> tuple[Step, ...]:
    """Return that both people of a pair agree to these by name."""
    both = thread.split("-")
    given = {"thread": thread, "company": list(people), "form": "SIGNED_PAPER"}
    return tuple(step("lead", "agree_to_company", party=p, **given) for p in both)


def introduced(party: str, thread: str = "V1-O1", number: int = 1) -> tuple[Step, ...]:
    """Return all that is done with and about somebody invited, before it is made ready."""
    of = {"intervention": f"I{number}"}
    return (
        step("lead", "record_company_agreement", **of, party=party, form="SIGNED_PAPER"),
        step("lead", "assess_company", **of, party=party, suitable=True),
        step("lead", "prepare_person", **of, party=party),
        *(step("lead", "tell_who_comes", **of, party=p) for p in thread.split("-")),
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
