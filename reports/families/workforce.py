"""Who works in the service, as it stands now: in date, supervised, observed; and cases in hand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.competence import in_date_for, trained_for
from domain.words import Act
from reports.definition import Definition, Member, Population, narrower

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from domain.practitioner import Practitioner
    from reports.told import Told

NOW = "as it stands now"


def _facilitators(told: Told) -> Iterable[Member]:
    if told.is_case:
        return
    who = told.practitioner
    if who.active and trained_for(who, Act.FACILITATE, told.sources.matrix):
        yield Member("practitioner", told.sources.at, who.level.value if who.level else "")


def _in_date(told: Told, one: Member) -> bool:  # noqa: ARG001
    return in_date_for(told.practitioner, Act.FACILITATE, told.sources.at, told.sources.matrix)


def _within(
    last: Callable[[Practitioner], datetime | None], span: Callable[[Told], timedelta]
) -> Callable[[Told, Member], bool]:
    def holds(told: Told, one: Member) -> bool:  # noqa: ARG001
        at = last(told.practitioner)
        return at is not None and told.sources.at - at <= span(told)

    return holds


def _in_hand(told: Told) -> Iterable[Member]:
    if told.is_case and any(pair.open for pair in told.pairs):
        yield Member("case", told.sources.at)


def _led(told: Told, one: Member) -> bool:  # noqa: ARG001
    return told.case.lead is not None


FACILITATORS = Population(
    "facilitators_1", "active practitioners trained to facilitate", _facilitators
)
IN_DATE = narrower(FACILITATORS, "in_date_1", "in date for it", _in_date)
SUPERVISED = narrower(
    FACILITATORS, "supervised_1", "supervised within the weeks that are asked (12 at most)",
    _within(
        lambda w: w.supervised_at,
        lambda t: timedelta(weeks=t.sources.matrix.in_date.supervision_weeks),
    ),
)  # fmt: skip
OBSERVED = narrower(
    FACILITATORS, "observed_1", "observed in practice within a year",
    _within(
        lambda w: w.observed_at,
        lambda t: timedelta(days=t.sources.matrix.in_date.observed_days),
    ),
)  # fmt: skip
IN_HAND = Population("in_hand_1", "cases with a pair under way", _in_hand)
LED = narrower(IN_HAND, "led_1", "with a lead facilitator", _led)

TABLE = (
    Definition("in-date", 1, "workforce", "In date to facilitate", FACILITATORS, IN_DATE, NOW),
    Definition("supervised", 1, "workforce", "Supervised in time", FACILITATORS, SUPERVISED, NOW),
    Definition("observed", 1, "workforce", "Observed within a year", FACILITATORS, OBSERVED, NOW),
    Definition(
        "caseload", 1, "workforce", "Cases in hand that somebody leads", IN_HAND, LED, NOW,
        beware="who has how much stands in `rj team`, and is for supervising, not for publication",
    ),
)  # fmt: skip
