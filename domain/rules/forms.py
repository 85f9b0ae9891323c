"""Rules for the form that is planned: whether it is offered here, a panel as panels sit, and a
change from one form to another within one pass of a pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.interventions import CATALOGUE
from domain.rules.joining import form_of, threads_of
from domain.words import HearingKind, InterventionType

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from domain.asking import Asking, CaseCommand
    from domain.case import Case
    from domain.commands.interventions import PlanIntervention
    from domain.commands.letters import RecordLetterAskedFor
    from domain.pair import Side, Thread

LETTERS = InterventionType.WRITTEN_COMMUNICATION
"""The form that a letter belongs to, with or without an exchange round it."""


def a_form_must_be_offered_in_this_area(
    case: Case, command: PlanIntervention, asking: Asking
) -> bool:
    """This form is not offered in this area (rj rules lists those that are): plan another, or ask
    whoever runs the service."""
    return CATALOGUE[command.type].everywhere or command.type in asking.forms


def a_panel_is_attended_where_one_is_to_sit(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """A youth offender panel sits by an order of the court: record first when the one of this
    person responsible is to sit (record_hearing)."""
    to_sit = {
        one.party
        for one in case.hearings.values()
        if one.kind is HearingKind.YOUTH_OFFENDER_PANEL and not one.over
    }
    return all(thread.offender in to_sit for thread in _before_a_panel(case, command))


def a_panel_is_attended_as_the_youth_service_finds_right(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """The youth justice service holds the panel, and says with its reasons whether this victim is
    to be invited to it: record first that they are (record_youth_service_decision)."""
    return all(thread.youth_service_invites for thread in _before_a_panel(case, command))


def a_change_of_form_needs_the_risk_decided_afresh(
    case: Case, command: PlanIntervention | RecordLetterAskedFor, asking: Asking
) -> bool:
    """Another form began in this pair before: the risk of this one is decided afresh first
    (decide_risk)."""
    form = getattr(command, "type", LETTERS)
    return all(
        thread.current.risk is None or thread.current.risk.decided_at > began
        for thread in threads_of(case, command)
        for began in _others(case, thread, form)
    )


def a_change_of_form_needs_a_fresh_yes_of_both(
    case: Case, command: PlanIntervention | RecordLetterAskedFor, asking: Asking
) -> bool:
    """Another form began in this pair before: both people say yes to this one afresh first
    (record_consent or confirm_consent), each asked alone, without what the other said."""
    form = getattr(command, "type", LETTERS)
    return all(
        _said_yes_since(side, began)
        for thread in threads_of(case, command)
        for began in _others(case, thread, form)
        for side in (thread.current.victim, thread.current.offender)
    )


def _before_a_panel(case: Case, command: CaseCommand) -> tuple[Thread, ...]:
    """Return the pairs that would meet at a youth offender panel; none, where it is no panel."""
    at_a_panel = form_of(case, command) is CATALOGUE[InterventionType.YOUTH_PANEL_ATTENDANCE]
    return threads_of(case, command) if at_a_panel else ()


def _others(case: Case, thread: Thread, form: InterventionType) -> Iterator[datetime]:
    """Yield when each other form began in the pair's present episode."""
    number = thread.current.number
    for one in case.interventions.values():
        if one.began_at and one.type is not form and one.episodes.get(thread.id) == number:
            yield one.began_at
    for letter in case.letters.values() if form is not LETTERS else ():
        if letter.asked_for_at and (letter.thread, letter.episode) == (thread.id, number):
            yield letter.asked_for_at


def _said_yes_since(side: Side, moment: datetime) -> bool:
    return any(at is not None and at > moment for at in (side.consented_at, side.confirmed_at))
