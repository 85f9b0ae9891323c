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
    from domain.commands.the_day import PencilInDate


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


def each_agrees_to_keep_the_day_free(case: Case, command: PencilInDate, asking: Asking) -> bool:
    """A first date is pencilled in only as each person of the pairs agreed to keep it free
    (agreed_by)."""
    threads = case.intervention(command.intervention).threads
    return {p for t in threads for p in case.thread(t).people} <= set(command.agreed_by)


def a_pencilled_date_makes_nothing_ready(case: Case, command: ConfirmReady, asking: Asking) -> bool:
    """A date was only pencilled in: a date is fixed first (fix_date)."""
    intervention = case.intervention(command.intervention)
    return intervention.for_when is not None or not intervention.was_pencilled


def each_says_again_that_they_want_it_as_it_is_fixed(
    case: Case, command: ConfirmReady, asking: Asking
) -> bool:
    """Each person of the pairs says again that they want the meeting, since it was planned or its
    date, or who comes, last changed (confirm_willingness): what they agreed to before is not taken
    for it."""
    # Each of these events begins with nobody willing.
    intervention = case.intervention(command.intervention)
    people = {p for t in intervention.threads for p in case.thread(t).people}
    return not CATALOGUE[intervention.type].direct or people <= set(intervention.willing)
