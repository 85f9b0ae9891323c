"""Rules about who acts: trained, in date, without conflict, matched to the class of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.competence import in_date_for, rank, trained_for
from domain.interventions import CATALOGUE
from domain.words import ENDORSEMENTS, Act, Level, Sensitivity, StaffRole

if TYPE_CHECKING:
    from domain.asking import Asking, CaseCommand
    from domain.case import Case
    from domain.commands.interventions import StartIntervention
    from domain.commands.risk import ClassifyCase, CountersignRisk, DecideRisk
    from domain.commands.staff import AllocateCase
    from domain.practitioner import Practitioner

INTERMEDIATE, ADVANCED = 2, 3


def the_actor_must_be_trained_for_this_act(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """This may be done only by somebody who was trained for it."""
    return trained_for(asking.who, command.act)


def the_actor_must_be_in_date_for_this_act(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """Supervision, observed practice, development or recent practice has lapsed; a supervisor can
    renew it or allocate somebody else."""
    who = asking.who
    return not trained_for(who, command.act) or in_date_for(who, command.act, asking.on)


def a_sensitive_case_needs_experienced_facilitators(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """This case is sensitive or complex: an intermediate or advanced facilitator does this."""
    return case.sensitivity is not Sensitivity.SENSITIVE_COMPLEX or (
        rank(asking.who) >= INTERMEDIATE
    )


def those_allocated_must_be_active_and_in_date(
    case: Case, command: AllocateCase, asking: Asking
) -> bool:
    """Whoever is to facilitate must be active, trained and in date on the day of allocation."""
    return all(
        p.active and trained_for(p, Act.FACILITATE) and in_date_for(p, Act.FACILITATE, asking.on)
        for p in _to_facilitate(command, asking)
    )


def those_allocated_must_have_no_conflict(
    case: Case, command: AllocateCase, asking: Asking
) -> bool:
    """Somebody with a conflict of interest in this case cannot be allocated to it."""
    named = {command.case_worker, command.lead, command.co, command.supervisor}
    return not named & case.conflicted


def a_foundation_facilitator_works_under_guidance(
    case: Case, command: AllocateCase, asking: Asking
) -> bool:
    """The lead must be an intermediate or advanced facilitator; others may co-facilitate."""
    return command.lead is None or rank(asking.practitioner(command.lead)) >= INTERMEDIATE


def a_sensitive_case_needs_an_advanced_lead(
    case: Case, command: AllocateCase, asking: Asking
) -> bool:
    """A sensitive or complex case needs an advanced lead with the endorsement it asks for, and a
    co-facilitator who is at least intermediate."""
    if case.sensitivity is not Sensitivity.SENSITIVE_COMPLEX:
        return True
    lead = asking.practitioner(command.lead) if command.lead else None
    co = asking.practitioner(command.co) if command.co else None
    return (lead is None or _may_lead(lead, case)) and (co is None or rank(co) >= INTERMEDIATE)


def the_case_must_be_allocated_to_a_facilitator(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """No lead facilitator is allocated."""
    return case.lead is not None


def a_sensitive_case_must_be_co_worked(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """A sensitive or complex case is worked by two facilitators; a co-facilitator is missing."""
    return case.sensitivity is not Sensitivity.SENSITIVE_COMPLEX or case.co is not None


def enough_facilitators_must_be_present(
    case: Case, command: StartIntervention, asking: Asking
) -> bool:
    """Every face-to-face meeting needs two facilitators of this case present throughout."""
    needed = CATALOGUE[case.intervention(command.intervention).type].facilitators
    return len(set(command.facilitators) & set(case.facilitators)) >= needed


def those_present_must_be_able_to_facilitate(
    case: Case, command: StartIntervention, asking: Asking
) -> bool:
    """Each facilitator present must be active, trained, in date and without a conflict today, and
    of the level that the class of the case asks for."""
    present = [asking.practitioner(p) for p in command.facilitators]
    able = all(
        p.active
        and trained_for(p, Act.FACILITATE)
        and in_date_for(p, Act.FACILITATE, asking.on)
        and p.id not in case.conflicted
        for p in present
    )
    if case.sensitivity is Sensitivity.SENSITIVE_COMPLEX:
        led = any(_may_lead(p, case) for p in present)
        return able and led and all(rank(p) >= INTERMEDIATE for p in present)
    return able and any(rank(p) >= INTERMEDIATE for p in present)


def nobody_signs_their_own_proposal(case: Case, command: CountersignRisk, asking: Asking) -> bool:
    """A second person signs: neither the one who decided, nor anyone allocated to the case."""
    risk = case.thread(command.thread).current.risk
    allocated = {case.case_worker, case.lead, case.co}
    return risk is None or (risk.by != asking.actor.id and asking.actor.id not in allocated)


def a_sensitive_case_must_be_assessed_by_a_specialist(
    case: Case, command: DecideRisk, asking: Asking
) -> bool:
    """The risk of a sensitive or complex case is assessed by somebody with the endorsement it
    asks for, or where there is none by an advanced facilitator."""
    if case.sensitivity is not Sensitivity.SENSITIVE_COMPLEX:
        return True
    if case.endorsements:
        return case.endorsements <= set(asking.who.credentials)
    return rank(asking.who) >= ADVANCED


def lowering_the_class_is_a_supervisors_act(
    case: Case, command: ClassifyCase, asking: Asking
) -> bool:
    """A sensitive or complex case is taken down to standard only by a supervisor, with reasons."""
    lowered = (
        case.sensitivity is Sensitivity.SENSITIVE_COMPLEX
        and command.sensitivity is Sensitivity.STANDARD
    )
    return not lowered or (StaffRole.SUPERVISOR in asking.who.roles and command.reasons is not None)


def _may_lead(practitioner: Practitioner, case: Case) -> bool:
    needed = case.endorsements & ENDORSEMENTS
    return practitioner.level is Level.ADVANCED and needed <= set(practitioner.credentials)


def _to_facilitate(command: AllocateCase, asking: Asking) -> list[Practitioner]:
    return [asking.practitioner(p) for p in (command.lead, command.co) if p is not None]
