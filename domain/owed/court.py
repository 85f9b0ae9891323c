"""What is owed because a court sits, or because somebody is a child. It binds staff, and no one
else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.approach import may_hear, spoken_to_from
from domain.calendar import working_days_after
from domain.hearing import wishes_to_know_since
from domain.owed.who import has_a_pair, under_way
from domain.words import CjStage, HearingKind, PartnerService, Wish

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case
    from domain.limits import Limits
    from domain.owed.who import Found


def hearing(case: Case, limits: Limits) -> Found:
    """Yield each hearing, until it is on record that it was held or will not be."""
    for one in case.hearings.values():
        if not one.over:
            yield one.id, one.known_at, working_days_after(one.day, limits.task)


def court_report(case: Case, limits: Limits) -> Found:  # noqa: ARG001
    """Yield each hearing for which a report is owed and was not made."""
    for one in case.hearings.values():
        if one.report_owed and not one.reported and not one.over:
            yield one.id, one.known_at, one.day


def hearing_told(case: Case, limits: Limits) -> Found:
    """Yield each victim who wishes to know, and was not told when the court sits."""
    for one in case.hearings.values():
        for victim in sorted({t.victim for t in case.threads_of(one.party)}):
            person = case.party(victim)
            wish = wishes_to_know_since(person, one.kind)
            wants = Wish.NOT_BE_TOLD not in person.wishes
            since = spoken_to_from(case, victim, max(one.known_at, wish)) if wish else None
            if since and wants and not one.over and victim not in one.told:
                yield f"{one.id}/{victim}", since, working_days_after(since, limits.task)


def youth_panel(case: Case, limits: Limits) -> Found:
    """Yield each person responsible under a referral order, until its first panel was held."""
    for one in case.offenders:
        since = one.stage_at or one.since
        under = one.stage is CjStage.REFERRAL_ORDER and not one.died
        if under and has_a_pair(case, one) and not _panel_held(case, one.id, since):
            yield one.id, since, working_days_after(since, limits.youth_panel)


def _panel_held(case: Case, party: str, since: datetime) -> bool:
    return any(
        (one.kind, one.party) == (HearingKind.YOUTH_OFFENDER_PANEL, party)
        and one.over
        and one.day >= since
        for one in case.hearings.values()
    )


def youth_service(case: Case, limits: Limits) -> Found:
    """Yield each child who is responsible, until the youth justice service knows of it."""
    for child in case.offenders:
        waits = child.is_child and child.youth_service_since is None and not child.died
        if waits and case.referred_at and has_a_pair(case, child):
            since = max(case.referred_at, child.since)
            yield child.id, since, working_days_after(since, limits.youth_service)


def youth_service_decision(case: Case, limits: Limits) -> Found:
    """Yield the pairs of which the youth justice service did not say whether to invite the victim;
    not where the victim does not wish it to hear of them."""
    for thread, _ in under_way(case):
        child, victim = case.party(thread.offender), case.party(thread.victim)
        since = child.youth_service_since if child.is_child else None
        shared = PartnerService.YOUTH_JUSTICE_SERVICE not in victim.onward_declined
        if since and shared and thread.youth_service_invites is None and not victim.died:
            yield thread.id, since, working_days_after(since, limits.youth_service_decision)


def suitable_adult(case: Case, limits: Limits) -> Found:
    """Yield each child to whom no parent, guardian or other suitable adult was offered."""
    for child in case.parties.values():
        there = any(p.answers_for_a_child and p.of == child.id for p in case.parties.values())
        asked = child.adult_offered is not None or there
        if child.is_child and not asked and child.reachable and has_a_pair(case, child):
            heard = not child.is_victim or may_hear(case, child.id)
            if case.accepted_at and heard:
                since = max(case.accepted_at, child.since)
                yield child.id, since, working_days_after(since, limits.suitable_adult)
