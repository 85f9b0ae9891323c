"""From the referral to a choice: informed, spoken with, offered, met, chose to take part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.calendar import working_days_after
from domain.events.choice import ConsentRecorded, FacilitatorMeetingHeld, OfferMade
from domain.owed.opening import informed_from
from reports.definition import Definition, Member, Population, narrower
from reports.families.referrals import BY_ACCEPTANCE, PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from domain.case import Case
    from domain.party import Party
    from reports.told import Told

ASSUMED = "nobody is counted as having been told who was not recorded as told"


def _owed_information(
    since: Callable[[Case, Party], datetime],
) -> Callable[[Told], Iterable[Member]]:
    def members(told: Told) -> Iterable[Member]:
        if not told.is_case or told.case.referred_at is None or told.goes_on_elsewhere:
            return
        for victim in told.case.victims:
            begun = since(told.case, victim)
            known = victim.informed_at or _due(told, victim, begun) <= told.sources.at
            if known:
                rights = "ENHANCED" if _enhanced(victim) else "ORDINARY"
                yield Member(victim.id, begun, rights, victim.id)

    return members


def _informed_in_time(since: Callable[[Case, Party], datetime]) -> Callable[[Told, Member], bool]:
    def holds(told: Told, one: Member) -> bool:
        victim = told.case.party(one.who)
        due = _due(told, victim, since(told.case, victim))
        return victim.informed_at is not None and victim.informed_at <= due

    return holds


def _due(told: Told, victim: Party, since: datetime) -> datetime:
    limits = told.sources.limits
    days = limits.information_enhanced_rights if _enhanced(victim) else limits.information
    return working_days_after(since, days)


def _enhanced(victim: Party) -> bool:
    return victim.enhanced_rights or victim.is_child


def _from_referral(case: Case, victim: Party) -> datetime:
    return max(case.referred_at or victim.since, victim.since)


def _spoke(told: Told, one: Member) -> bool:
    heard, referred = told.case.party(one.who).heard_at, told.case.referred_at
    return heard is not None and referred is not None and heard >= referred


def _was_offered(told: Told, one: Member) -> bool:
    kinds = (OfferMade, FacilitatorMeetingHeld)
    return any(event.party == one.party for _, event in told.happened(*kinds))


def _was_made_an_offer(told: Told, one: Member) -> bool:
    return any(event.party == one.party for _, event in told.happened(OfferMade))


def _was_met(told: Told, one: Member) -> bool:
    return any(event.party == one.party for _, event in told.happened(FacilitatorMeetingHeld))


def _sides(told: Told) -> Iterable[Member]:
    if not told.is_case or told.case.accepted_at is None:
        return
    offers = {(e.thread, e.party) for _, e in told.happened(OfferMade, FacilitatorMeetingHeld)}
    for pair in told.pairs:
        for party in pair.people:
            if (pair.id, party) in offers:
                who = f"{pair.id}/{party}"
                yield Member(who, told.case.accepted_at, told.side(party), party)


def _consented(told: Told, one: Member) -> bool:
    found = (f"{e.thread}/{e.party}" for _, e in told.happened(ConsentRecorded))
    return one.who in found


REPORTED, REFERRED = _owed_information(informed_from), _owed_information(_from_referral)
OWED_1 = Population(
    "owed_information_1",
    "victims owed information, whose days have run out or who had it",
    REPORTED,
)
OWED_2 = Population("owed_information_2", "the same, counted from the referral", REFERRED)
IN_TIME_1 = narrower(
    OWED_1, "informed_in_time_1",
    "told within 5 working days of the report, or 1 with enhanced rights",
    _informed_in_time(informed_from),
)  # fmt: skip
IN_TIME_2 = narrower(
    OWED_2, "informed_in_time_2",
    "told within 5 working days of the referral, or 1 with enhanced rights",
    _informed_in_time(_from_referral),
)  # fmt: skip
CONTACTED = narrower(
    PEOPLE, "contacted_1", "people who spoke with the service after the referral", _spoke
)
OFFERED_2 = narrower(
    CONTACTED, "offered_2", "people to whom an offer to take part was recorded", _was_made_an_offer
)
MET = narrower(CONTACTED, "met_1", "people whom a facilitator met", _was_met)
OFFERED_1 = replace(
    narrower(
        CONTACTED, "offered_1",
        "people to whom taking part was offered, or whom a facilitator met", _was_offered,
    ),
    either=(OFFERED_2, MET),
)  # fmt: skip
SIDES = Population(
    "offered_sides_1", "people offered to take part, once for each pair that they are in", _sides
)
CONSENTED = narrower(
    SIDES, "consented_1", "people who agreed in writing to take part, for each pair", _consented
)

TABLE = (
    Definition(
        "information", 1, "reaching", "Told about restorative justice in time", OWED_1, IN_TIME_1,
        cohort="by the day from which the Code counts: the report, or else the referral",
        beware=f"crimes never sent to the service are not in it; {ASSUMED}",
    ),
    Definition(
        "information", 2, "reaching", "Told in time, counted from the referral", OWED_2, IN_TIME_2,
        cohort="by the day on which the referral came",
        beware="says nothing of the days between the report and the referral",
    ),
    Definition(
        "contact", 1, "reaching", "Spoken with", PEOPLE, CONTACTED, cohort=BY_ACCEPTANCE,
        beware="a message left is not contact",
    ),
    Definition(
        "offer", 1, "reaching", "Offered to take part", CONTACTED, OFFERED_1, cohort=BY_ACCEPTANCE,
    ),
    Definition(
        "offer", 2, "reaching", "Offered, as recorded", CONTACTED, OFFERED_2, cohort=BY_ACCEPTANCE,
        beware="leaves out whom a facilitator met without an offer of its own on record",
    ),
    Definition(
        "engagement", 1, "reaching", "Met a facilitator", CONTACTED, MET, cohort=BY_ACCEPTANCE,
        beware="out of those spoken with, not out of all who were referred",
    ),
    Definition(
        "choice", 1, "reaching", "Chose to take part", SIDES, CONSENTED, cohort=BY_ACCEPTANCE,
        beware="once for each pair; whoever needs time has not said no",
    ),
)  # fmt: skip
