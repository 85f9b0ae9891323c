"""Rules about who acts: trained, in date, without conflict, matched to the class of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.behind import behind, endorsements_of
from domain.competence import in_date_for, reaches, trained_for
from domain.interventions import CATALOGUE
from domain.permissions import may
from domain.rules.elsewhere import undecided
from domain.words import ENDORSEMENTS, Act, Sensitivity, StaffRole

if TYPE_CHECKING:
    from domain.asking import Asking, CaseCommand
    from domain.case import Case
    from domain.commands.interventions import ResumeIntervention, StartIntervention
    from domain.commands.risk import (
        ClassifyCase,
        CountersignRisk,
        DecideApproach,
        DecideRisk,
        ProposeApproach,
    )
    from domain.commands.staff import Allocating, DecideConflict
    from domain.practitioner import Practitioner


def the_actor_must_be_trained_for_this_act(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """This may be done only by somebody who was trained for it."""
    return trained(command.act, asking)


def the_actor_must_be_in_date_for_this_act(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """Supervision, observed practice, development, recent practice or a refresher has lapsed; a
    supervisor can renew it or allocate somebody else."""
    return not trained(command.act, asking) or _in_date(command.act, asking)


def a_sensitive_case_needs_experienced_facilitators(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """This case is sensitive or complex: an intermediate or advanced facilitator does this."""
    return case.sensitivity is not Sensitivity.SENSITIVE_COMPLEX or reaches(
        asking.who, asking.matrix.sensitive_complex.anybody
    )


def those_allocated_must_be_active_and_in_date(
    case: Case, command: Allocating, asking: Asking
) -> bool:
    """Whoever is allocated must be active; whoever is to facilitate, a facilitator, trained and in
    date on that day."""
    everybody = filter(None, command.places(asking.now))
    active = all(asking.practitioner(p).active for p in everybody)
    return active and all(
        StaffRole.FACILITATOR in p.roles and able_to_facilitate(p, asking)
        for p in _to_facilitate(command, asking)
    )


def the_supervisor_allocated_must_be_one(case: Case, command: Allocating, asking: Asking) -> bool:
    """The supervisor of a case is somebody with that role, and trained to supervise."""
    supervisor = command.places(asking.now).supervisor
    if supervisor is None:
        return True
    who = asking.practitioner(supervisor)
    return StaffRole.SUPERVISOR in who.roles and trained_for(who, Act.SUPERVISE, asking.matrix)


def those_allocated_must_have_no_conflict(case: Case, command: Allocating, asking: Asking) -> bool:
    """Somebody with a conflict of interest in this case cannot be allocated to it."""
    return asking.now.conflicted.isdisjoint(command.places(asking.now))


def a_foundation_facilitator_works_under_guidance(
    case: Case, command: Allocating, asking: Asking
) -> bool:
    """The lead must be an intermediate or advanced facilitator, as the table of acts asks; others
    may co-facilitate."""
    asked, named = asking.matrix.standard, command.places(asking.now)
    return all(
        who is None or reaches(asking.practitioner(who), level)
        for who, level in ((named.lead, asked.lead), (named.co, asked.co))
    )


def a_sensitive_case_needs_an_advanced_lead(
    case: Case, command: Allocating, asking: Asking
) -> bool:
    """A sensitive or complex case needs an advanced lead with the endorsement it asks for, and a
    co-facilitator who is at least intermediate."""
    if case.sensitivity is not Sensitivity.SENSITIVE_COMPLEX:
        return True
    named = command.places(asking.now)
    lead = asking.practitioner(named.lead) if named.lead else None
    co = asking.practitioner(named.co) if named.co else None
    return (lead is None or _may_lead(lead, case, asking)) and (
        co is None or reaches(co, asking.matrix.sensitive_complex.co)
    )


def the_case_must_be_allocated_to_a_facilitator(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """No lead facilitator is allocated."""
    return case.lead is not None


def a_sensitive_case_must_be_co_worked(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """A sensitive or complex case is worked by two facilitators; a co-facilitator is missing, or
    the one covers for the other."""
    if case.sensitivity is not Sensitivity.SENSITIVE_COMPLEX or case.co is None:
        return case.sensitivity is not Sensitivity.SENSITIVE_COMPLEX
    lead, co = asking.in_place_of(case.lead), asking.in_place_of(case.co)
    return lead is None or co is None or lead.id != co.id


def those_allocated_must_be_of_the_level_of_the_case(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """This case is sensitive or complex, and its lead or co-facilitator is not of the level that it
    asks for, or who covers for them is not: a supervisor allocates somebody else."""
    if case.sensitivity is not Sensitivity.SENSITIVE_COMPLEX:
        return True
    lead = asking.in_place_of(case.lead)
    co = asking.in_place_of(case.co)
    return (case.lead is None or (lead is not None and _may_lead(lead, case, asking))) and (
        case.co is None or (co is not None and reaches(co, asking.matrix.sensitive_complex.co))
    )


def enough_facilitators_must_be_present(
    case: Case, command: StartIntervention | ResumeIntervention, asking: Asking
) -> bool:
    """Every face-to-face meeting needs two facilitators of this case present throughout, or who
    cover for them."""
    needed = CATALOGUE[case.intervention(command.intervention).type].facilitators
    theirs = {who.id for p in asking.now.facilitators if (who := asking.in_place_of(p))}
    here = set(command.present(case)) & (theirs | set(asking.now.facilitators))
    return len(here) >= needed


def those_present_must_be_able_to_facilitate(
    case: Case, command: StartIntervention | ResumeIntervention, asking: Asking
) -> bool:
    """Each facilitator present must be active, trained, in date and without a conflict today, and
    of the level that the class of the case asks for."""
    present = [asking.practitioner(p) for p in command.present(case)]
    conflicted = asking.now.conflicted | undecided(asking)
    able = all(
        p.active and able_to_facilitate(p, asking) and p.id not in conflicted for p in present
    )
    if case.sensitivity is Sensitivity.SENSITIVE_COMPLEX:
        led = any(_may_lead(p, case, asking) for p in present)
        level = asking.matrix.sensitive_complex.co
        return able and led and all(reaches(p, level) for p in present)
    return able and any(reaches(p, asking.matrix.standard.lead) for p in present)


def nobody_signs_their_own_proposal(case: Case, command: CountersignRisk, asking: Asking) -> bool:
    """A second person signs: neither the one who decided, nor anyone who is or was allocated to the
    case, its supervisor included."""
    risk = case.thread(command.thread).current.risk
    return asking.actor.id not in _has_a_part(asking.now, risk.by if risk else None)


def what_is_signed_is_what_was_decided(
    case: Case, command: CountersignRisk, asking: Asking
) -> bool:
    """The decision on risk is another one by now, or a change made it stale: look again."""
    risk = asking.now.thread(command.thread).current.risk
    return risk is None or (risk.decision is command.decision and not risk.stale)


def a_specialist_proposes(case: Case, command: ProposeApproach, asking: Asking) -> bool:
    """A facilitator with the endorsement that the case asks for proposes this; where it asks for
    none, an advanced one."""
    return _specialist(case, asking)


def nobody_decides_their_own_proposal(case: Case, command: DecideApproach, asking: Asking) -> bool:
    """A second person decides: neither the one who proposed it, nor anyone who is or was allocated
    to the case, its supervisor included."""
    approach = case.thread(command.thread).approach
    proposer = approach.proposed_by if approach else None
    return asking.actor.id not in _has_a_part(asking.now, proposer)


def a_conflict_is_decided_by_somebody_without_a_part(
    case: Case, command: DecideConflict, asking: Asking
) -> bool:
    """Somebody else decides: neither the one whom it is about, nor anyone who is or was allocated
    to the case, or has a conflict themselves."""
    part = _has_a_part(asking.now, command.practitioner) | asking.now.conflicted
    return asking.actor.id not in part


def a_sensitive_case_must_be_assessed_by_a_specialist(
    case: Case, command: DecideRisk, asking: Asking
) -> bool:
    """The risk of a sensitive or complex case is assessed by somebody with the endorsement it
    asks for, or where there is none by an advanced facilitator."""
    return case.sensitivity is not Sensitivity.SENSITIVE_COMPLEX or _specialist(case, asking)


def lowering_the_class_is_a_supervisors_act(
    case: Case, command: ClassifyCase, asking: Asking
) -> bool:
    """What a sensitive or complex case asks for is taken down only by a supervisor, with
    reasons."""
    before = asking.now
    if before.sensitivity is not Sensitivity.SENSITIVE_COMPLEX:
        return True
    found = behind(asking.facts.get(command.flags.id))
    held = command.offenders_wish_held or found is None or found.held
    asked = ENDORSEMENTS if found is None else found.endorsements
    lowered = (
        command.sensitivity is not Sensitivity.SENSITIVE_COMPLEX
        or not endorsements_of(before, asking.facts) <= asked
        or (before.offenders_wish_held and not held)
    )
    supervises = may(asking.who_now, Act.SUPERVISE, asking.now)
    return not lowered or (supervises and command.reasons is not None)


def a_standard_class_is_found_by_somebody_trained(
    case: Case, command: ClassifyCase, asking: Asking
) -> bool:
    """That a case is neither sensitive nor complex is found by somebody trained to facilitate or to
    supervise, who answers the two questions of the test and says why (reasons)."""
    if command.sensitivity is not Sensitivity.STANDARD:
        return True
    able = trained(Act.FACILITATE, asking) or trained(Act.SUPERVISE, asking)
    return able and command.reasons is not None


def trained(act: Act, asking: Asking) -> bool:
    """Say whether the actor is trained for this.

    To have facilitated, they were trained by then; for every other act trained once is enough, so
    that what was done before somebody was registered can be recorded.
    """
    by_now = act is not Act.FACILITATE and trained_for(asking.who_now, act, asking.matrix)
    return by_now or trained_for(asking.who, act, asking.matrix)


def able_to_facilitate(practitioner: Practitioner, asking: Asking) -> bool:
    """Say whether somebody is trained to facilitate, and in date, when this takes place."""
    able = trained_for(practitioner, Act.FACILITATE, asking.matrix)
    return able and in_date_for(practitioner, Act.FACILITATE, asking.on, asking.matrix)


def _in_date(act: Act, asking: Asking) -> bool:
    by_now = act is not Act.FACILITATE and in_date_for(
        asking.who_now, act, asking.at, asking.matrix
    )
    return by_now or in_date_for(asking.who, act, asking.on, asking.matrix)


def _specialist(case: Case, asking: Asking) -> bool:
    if needed := endorsements_of(case, asking.facts):
        return needed <= set(asking.who.credentials)
    return reaches(asking.who, asking.matrix.sensitive_complex.assessor)


def _may_lead(practitioner: Practitioner, case: Case, asking: Asking) -> bool:
    asked = asking.matrix.sensitive_complex
    needed = endorsements_of(case, asking.facts) | set(asked.endorsements)
    return reaches(practitioner, asked.lead) and needed <= set(practitioner.credentials)


def _has_a_part(case: Case, proposer: str | None) -> set[str | None]:
    return {*case.ever_allocated, proposer}


def _to_facilitate(command: Allocating, asking: Asking) -> list[Practitioner]:
    named = command.places(asking.now)
    return [asking.practitioner(p) for p in (named.lead, named.co) if p is not None]
