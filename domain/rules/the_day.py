"""Rules for the day of a meeting: its date, and what must still be true on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendar import local_day
from domain.interventions import CATALOGUE, PREPARATION_LASTS, participants
from domain.words import InterventionState

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.case import Case
    from domain.commands.interventions import ConfirmReady, StartIntervention


def what_was_put_off_needs_a_new_date(case: Case, command: ConfirmReady, asking: Asking) -> bool:
    """The meeting was put off: a new date is agreed with everybody first (fix_date)."""
    intervention = case.intervention(command.intervention)
    put_off = intervention.state is InterventionState.POSTPONED
    return not CATALOGUE[intervention.type].direct or not put_off


def the_harmed_person_was_asked_what_they_prefer(
    case: Case, command: ConfirmReady, asking: Asking
) -> bool:
    """The harmed person is asked first what they prefer about form, place, time, order and company
    (record_preferences): where wishes differ, theirs come first."""
    intervention = case.intervention(command.intervention)
    pairs = [case.thread(thread).current for thread in intervention.threads]
    direct = CATALOGUE[intervention.type].direct
    return not direct or all(pair.victim.preferred_at is not None for pair in pairs)


def everybody_must_be_prepared_recently(
    case: Case, command: ConfirmReady | StartIntervention, asking: Asking
) -> bool:
    """Before a meeting each person's last preparation must be less than four weeks ago."""
    intervention = case.intervention(command.intervention)
    if not CATALOGUE[intervention.type].direct:
        return True
    last = [intervention.prepared.get(p) for p in participants(case, intervention)]
    return all(at is None or asking.on - at <= PREPARATION_LASTS for at in last)


def the_checklist_must_be_gone_through_on_the_day(
    case: Case, command: StartIntervention, asking: Asking
) -> bool:
    """The whole checklist must have been gone through again on the day (check_on_the_day), and be
    true."""
    intervention = case.intervention(command.intervention)
    today = local_day(asking.on)
    looked_at = {i for i, at in intervention.checked.items() if local_day(at) == today}
    return looked_at >= CATALOGUE[intervention.type].checklist
