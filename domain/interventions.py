"""The catalogue of restorative interventions: what each needs, and its preparation checklist.

A new type is an entry here, its sentences and its tests; one whose steps are its own has those as
commands and events besides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.words import Family, InterventionType, OwnSide, RiskDecision, Scope

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
    family: Family
    steps: InterventionType
    """Whose steps it takes: its own, or those of another type, and then all that goes with them."""
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
    everywhere: bool = True
    """Whether every area offers it; others only where it was switched on."""

    @property
    def between_them(self) -> bool:
        """Whether it is restorative justice between the two people of the matter themselves."""
        return self.family in BETWEEN_THEM


BETWEEN_THEM = frozenset({Family.DIRECT, Family.INDIRECT})
_MEETING = Catalogued(
    title="face-to-face meeting",
    family=Family.DIRECT,
    steps=InterventionType.FACE_TO_FACE,
    direct=True,
    scope=Scope.FACE_TO_FACE,
    risk=DIRECT_RISK,
    facilitators=2,
    checklist=frozenset(range(1, 26)),
)
_SHUTTLE = Catalogued(
    title="shuttle restorative justice",
    family=Family.INDIRECT,
    steps=InterventionType.SHUTTLE,
    direct=False,
    scope=Scope.SHUTTLE,
    risk=INDIRECT_RISK,
    facilitators=1,
    checklist=frozenset(),
)


def _switched_on(steps_of: Catalogued, title: str) -> Catalogued:
    """Return a type that is as another in all that is asked of it, where an area offers it."""
    return replace(steps_of, title=title, everywhere=False)


CATALOGUE: dict[InterventionType, Catalogued] = {
    InterventionType.FACE_TO_FACE: _MEETING,
    InterventionType.PROXY_MEETING: replace(
        _MEETING, title="meeting with a stand-in", family=Family.WITH_STAND_IN
    ),
    InterventionType.WRITTEN_COMMUNICATION: Catalogued(
        title="written communication",
        family=Family.INDIRECT,
        steps=InterventionType.WRITTEN_COMMUNICATION,
        direct=False,
        scope=Scope.QUESTIONS_IN_WRITING,
        risk=INDIRECT_RISK,
        facilitators=1,
        checklist=frozenset(),
    ),
    InterventionType.SHUTTLE: _SHUTTLE,
    InterventionType.LOCAL_RESOLUTION: Catalogued(
        title="local resolution on the spot",
        family=Family.ON_THE_SPOT,
        steps=InterventionType.LOCAL_RESOLUTION,
        direct=True,
        scope=None,
        risk=frozenset(),
        facilitators=1,
        checklist=frozenset(),
    ),
    InterventionType.FAMILY_GROUP_CONFERENCE: _switched_on(_MEETING, "family group conference"),
    InterventionType.CIRCLE: _switched_on(_MEETING, "circle"),
    InterventionType.COMMUNITY_CONFERENCE: _switched_on(_MEETING, "community conference"),
    InterventionType.YOUTH_PANEL_ATTENDANCE: _switched_on(
        _MEETING, "attendance at a youth offender panel"
    ),
    InterventionType.OTHER_INDIRECT: _switched_on(
        _SHUTTLE, "recording, phone call or message through somebody else"
    ),
}
APART: dict[OwnSide, Family] = {
    OwnSide.NO_SEND_LETTER: Family.WITH_ONE_ALONE,
    OwnSide.SUPPORT_ONLY: Family.WITH_ONE_ALONE,
    OwnSide.RESTORATIVE_WORK: Family.WITH_ONE_ALONE,
    OwnSide.KEPT_INFORMED: Family.REPARATIVE,
    OwnSide.DIRECT_REPARATION: Family.REPARATIVE,
    OwnSide.INDIRECT_REPARATION: Family.REPARATIVE,
}
"""Work that is no intervention, waits for nobody else and is counted apart."""


def of_family(family: Family) -> frozenset[InterventionType]:
    """Return the interventions of this kind."""
    return frozenset(kind for kind, row in CATALOGUE.items() if row.family is family)


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
