"""What is owed between the service and others: partners, courts, whoever has to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.approach import may_hear, spoken_to_from
from domain.calendar import working_days_after
from domain.onward import AFFECTED, wished_since
from domain.owed.opening import informed_from
from domain.owed.who import any_open, has_a_pair
from domain.words import (
    OnwardState,
    PanelPart,
    PartnerService,
    RiskDecision,
    Sensitivity,
    Wish,
)

if TYPE_CHECKING:
    from domain.case import Case, Party
    from domain.limits import Limits
    from domain.owed.who import Found


def pass_on(case: Case, limits: Limits) -> Found:
    """Yield each danger of which it is not on record to whom it was passed on, or why not."""
    for one in case.to_pass_on.values():
        yield one.id, one.since, working_days_after(one.since, limits.pass_on)


def support(case: Case, limits: Limits) -> Found:
    """Yield everybody affected who was not offered support (Victims' Code 4.5 for victims).

    For a victim counted like the information: from the report, or from when they became known; for
    an offender whom a victim does not want approached yet, from when they agree to that.
    """
    if case.referred_at is None or not any_open(case):
        return
    for person in case.parties.values():
        asked = person.support_offered_at or person.support_declined_at
        if asked or person.role not in AFFECTED or not _may_be_asked(case, person):
            continue
        if person.is_victim and has_a_pair(case, person):
            since = spoken_to_from(case, person.id, informed_from(case, person))
            if since:
                yield person.id, since, working_days_after(since, limits.support)
        elif not person.is_victim and case.accepted_at:
            since = spoken_to_from(case, person.id, max(case.accepted_at, person.since))
            if since:
                yield person.id, since, working_days_after(since, limits.support_of_others)


def _may_be_asked(case: Case, person: Party) -> bool:
    """Whoever is there for a victim does not hear before the victim may."""
    victims = [v.id for v in case.victims if v.id in (person.id, person.of)]
    return person.reachable and all(may_hear(case, victim) for victim in victims)


def explain_decision(case: Case, limits: Limits) -> Found:
    """Yield each pair whose risk allows nothing, until that was explained to a victim who was in
    touch about it. Not to one who asked not to be told, nor where why is not said."""
    for thread in case.threads.values():
        risk, side = thread.current.risk, thread.current.victim
        person = case.party(thread.victim)
        if risk is None or risk.explained or risk.decision is not RiskDecision.DO_NOT_PROCEED:
            continue
        signed = risk.countersigned_by or case.sensitivity is not Sensitivity.SENSITIVE_COMPLEX
        in_touch = side.interested_at or side.met_at
        told = Wish.NOT_BE_TOLD not in person.wishes and not side.misled
        since = spoken_to_from(case, person.id, risk.decided_at)
        if since and thread.open and signed and in_touch and told:
            yield thread.id, since, working_days_after(since, limits.explain_decision)


def refer_on(case: Case, limits: Limits) -> Found:
    """Yield everybody who wishes to be referred to a partner service, and was not yet."""
    for person in case.parties.values():
        since = None if person.died else wished_since(case, person.id)
        if since:
            yield person.id, since, working_days_after(since, limits.refer_on)


def onward_answer(case: Case, limits: Limits) -> Found:
    """Yield each referral to which the partner service did not answer yet."""
    for one in case.onward.values():
        if one.state is OnwardState.ASKED and not case.party(one.party).died:
            yield one.id, one.since, working_days_after(one.since, limits.onward_answer)


def panel_result(case: Case, limits: Limits) -> Found:
    """Yield each harmed person who wishes to know what the panel did, until they were told."""
    for one in case.onward.values():
        person = case.party(one.party)
        wish = person.onward_wishes.get(PartnerService.CRIMINAL_JUSTICE_PANEL)
        wished = wish is not None and PanelPart.BE_TOLD in wish.panel
        wished = wished and Wish.NOT_BE_TOLD not in person.wishes
        of_panel = one.service is PartnerService.CRIMINAL_JUSTICE_PANEL
        since = spoken_to_from(case, person.id, one.changed_at or one.since)
        if since and of_panel and one.result and wished and not one.told:
            yield one.id, since, working_days_after(since, limits.task)


def partner_told(case: Case, limits: Limits) -> Found:
    """Yield each referral that the person took back, until the partner service was told."""
    for one in case.onward.values():
        if one.state is OnwardState.TAKEN_BACK:
            since = one.changed_at or one.since
            yield one.id, since, working_days_after(since, limits.task)
