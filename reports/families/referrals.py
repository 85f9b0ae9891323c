"""What comes to the service: referrals, and the cases, pairs and people in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.events.opening import ReferralAccepted, ReferralReceived
from reports.definition import Definition, Member, Population

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.told import Told

BY_ACCEPTANCE = "by the day on which the referral was accepted"


def _accepted(told: Told) -> Iterable[Member]:
    if told.is_case:
        for number, (at, _) in enumerate(told.happened(ReferralAccepted), 1):
            yield Member(f"accepted-{number}", at)


def _received(told: Told) -> Iterable[Member]:
    if told.is_case:
        for number, (at, event) in enumerate(told.happened(ReferralReceived), 1):
            yield Member(f"received-{number}", at, event.source.value)


def _cases(told: Told) -> Iterable[Member]:
    if told.is_case and told.case.accepted_at and not told.goes_on_elsewhere:
        yield Member("case", told.case.accepted_at)


def _pairs(told: Told) -> Iterable[Member]:
    if told.is_case and told.case.accepted_at:
        yield from (Member(pair.id, told.case.accepted_at) for pair in told.pairs)


def _people(told: Told) -> Iterable[Member]:
    if told.is_case and told.case.accepted_at:
        for one in told.people:
            yield Member(one.id, told.case.accepted_at, told.side(one.id), one.id)


ACCEPTED = Population("referrals_1", "referrals that the service accepted", _accepted)
RECEIVED = Population(
    "referrals_2", "referrals that the service received, accepted or not", _received
)
CASES = Population(
    "cases_1", "cases with an accepted referral; what was merged is one case", _cases
)
PAIRS = Population("pairs_1", "pairs of one victim and one offender in those cases", _pairs)
PEOPLE = Population(
    "people_1", "victims and offenders in those cases, each case by itself", _people
)

TABLE = (
    Definition(
        "referrals", 1, "referrals", "Referrals", ACCEPTED, cohort=BY_ACCEPTANCE,
        beware="two referrals of one matter are two referrals, and one case once they are merged",
    ),
    Definition(
        "referrals", 2, "referrals", "Referrals received", RECEIVED,
        cohort="by the day on which the referral came",
        beware="counts what was not accepted too; not to be compared with version 1",
    ),
    Definition("cases", 1, "referrals", "Cases", CASES, cohort=BY_ACCEPTANCE),
    Definition(
        "pairs", 1, "referrals", "Pairs", PAIRS, cohort=BY_ACCEPTANCE,
        beware="a case with two victims and two offenders has up to four pairs",
    ),
    Definition(
        "people", 1, "referrals", "People", PEOPLE, cohort=BY_ACCEPTANCE,
        beware="somebody in two cases is counted in each",
    ),
)  # fmt: skip
