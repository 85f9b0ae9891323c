"""The catalogue of restorative interventions: what each needs, and its preparation checklist.

A new type is an entry here, its steps as commands and events, and its tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.words import InterventionType, RiskDecision, Scope

if TYPE_CHECKING:
    from domain.case import Case
    from domain.exchange import Intervention

DIRECT_RISK = frozenset({RiskDecision.PROCEED_DIRECT, RiskDecision.PROCEED_WITH_CONDITIONS})
INDIRECT_RISK = DIRECT_RISK | {RiskDecision.PROCEED_INDIRECT_ONLY}


@dataclass(frozen=True, slots=True)
class Catalogued:
    """One type of intervention: what must be true before its joining steps."""

    title: str
    """As staff read it."""
    direct: bool
    """Whether people meet."""
    scope: Scope | None
    """What both people's written consent must cover."""
    risk: frozenset[RiskDecision]
    """The decisions on risk that allow it."""
    facilitators: int
    """How many must be present throughout."""
    checklist: frozenset[int]
    """Items of the checklist that must be true, or not applicable for a reason, first."""


CATALOGUE: dict[InterventionType, Catalogued] = {
    InterventionType.FACE_TO_FACE: Catalogued(
        title="face-to-face meeting",
        direct=True,
        scope=Scope.FACE_TO_FACE,
        risk=DIRECT_RISK,
        facilitators=2,
        checklist=frozenset(range(1, 26)),
    ),
    InterventionType.PROXY_MEETING: Catalogued(
        title="meeting with a stand-in",
        direct=True,
        scope=Scope.FACE_TO_FACE,
        risk=DIRECT_RISK,
        facilitators=2,
        checklist=frozenset(range(1, 26)),
    ),
    InterventionType.WRITTEN_COMMUNICATION: Catalogued(
        title="written communication",
        direct=False,
        scope=Scope.QUESTIONS_IN_WRITING,
        risk=INDIRECT_RISK,
        facilitators=1,
        checklist=frozenset(),
    ),
    InterventionType.SHUTTLE: Catalogued(
        title="shuttle restorative justice",
        direct=False,
        scope=Scope.SHUTTLE,
        risk=INDIRECT_RISK,
        facilitators=1,
        checklist=frozenset(),
    ),
    InterventionType.LOCAL_RESOLUTION: Catalogued(
        title="local resolution on the spot",
        direct=True,
        scope=None,
        risk=frozenset(),
        facilitators=1,
        checklist=frozenset(),
    ),
}

CHECKLIST: dict[int, str] = {
    1: "responsibility was confirmed again, and when",
    2: "each participant's written consent covers this meeting",
    3: "each person had a preparation meeting of their own, the last one recently",
    4: "needs, questions and red lines were agreed for sharing",
    5: "the victim knows the likely answers and limits; the offender knows what will be asked",
    6: "the risk assessment is current and signed, and its measures are in place",
    7: "lead and co-facilitator are named; for a sensitive case a specialist lead and approval",
    8: "the facilitators' eligibility and conflicts were checked again",
    9: "legal bars are cleared in writing, and the view asked for is on record",
    10: "supporters and community members were met, assessed and agreed by everyone else",
    11: "for a child: the suitable adult and the youth justice service will be there",
    12: "an independent interpreter or intermediary is booked and briefed",
    13: "accessibility, dietary, cultural and other preferences are met",
    14: "the venue is booked, with separate arrival, waiting and breakout rooms",
    15: "in prison: clearance, the prison's lead, visit order and present location are confirmed",
    16: "seating, order of speaking and who speaks first are chosen",
    17: "ground rules, the word to stop and the sign for a break are agreed",
    18: "names and forms of address are agreed",
    19: "there is a plan for absence, withdrawal, a harmful exchange and a new disclosure",
    20: "the confidentiality statement and its limits were explained",
    21: "travel and arrival times are apart",
    22: "aftercare and debriefs are booked for everybody",
    23: "there is a form for an agreement, and somebody to look after it",
    24: "recording and observers were agreed to or refused",
    25: "the victim was told in so many words that they can stop at any time",
}
"""What is gone through before a face-to-face meeting, and again on the day (25 items)."""

RESTS_ON_THE_DATE = frozenset({8, 11, 12, 14, 15, 16, 21, 22})
"""Items that rest on when and where it is: a new date or place takes them away."""
PREPARATION_LASTS = timedelta(days=28)
"""How long before a meeting each person's last preparation may be."""


def there(case: Case, intervention: Intervention) -> frozenset[str]:
    """Return everyone who takes part, and those who took part and left."""
    return participants(case, intervention) | intervention.left


def participants(case: Case, intervention: Intervention) -> frozenset[str]:
    """Return everyone who takes part: the people of its pairs and those invited besides."""
    people = {
        person
        for thread in intervention.threads
        for person in (case.thread(thread).victim, case.thread(thread).offender)
    }
    return frozenset(people) | intervention.attending
