"""Rules for meetings, written exchanges, shuttle and letters, on top of the gates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendar import local_day
from domain.interventions import CATALOGUE, participants
from domain.words import InterventionState, Scope

if TYPE_CHECKING:
    from domain.asking import Asking, CaseCommand
    from domain.case import Case
    from domain.commands.interventions import (
        ConfirmReady,
        ResumeIntervention,
        StartIntervention,
    )
    from domain.commands.letters import ApproveLetter, DeliverLetter, RecordLetterAskedFor
    from domain.commands.questions import GiveAnswer


def everybody_must_be_prepared(case: Case, command: ConfirmReady, asking: Asking) -> bool:
    """Each person who takes part must have been prepared, apart from the others."""
    intervention = case.intervention(command.intervention)
    return participants(case, intervention) <= set(intervention.prepared or {})


def the_checklist_must_be_complete(case: Case, command: ConfirmReady, asking: Asking) -> bool:
    """Every item of the preparation checklist must be true, or not apply for a stated reason."""
    intervention = case.intervention(command.intervention)
    return intervention.checked >= CATALOGUE[intervention.type].checklist


def everybody_must_want_it_today(case: Case, command: StartIntervention, asking: Asking) -> bool:
    """Each person must have said again, on the day, that they want the meeting."""
    intervention = case.intervention(command.intervention)
    willing = intervention.willing or {}
    today = local_day(asking.on)
    direct = CATALOGUE[intervention.type].direct
    return all(
        p in willing and (not direct or local_day(willing[p]) == today)
        for p in participants(case, intervention)
    )


def everybody_must_want_to_go_on(case: Case, command: ResumeIntervention, asking: Asking) -> bool:
    """After a break everybody must say that they want to go on: somebody is in doubt."""
    intervention = case.intervention(command.intervention)
    threads = [case.thread(t).current for t in intervention.threads]
    return all(t.victim.consents and t.offender.consents for t in threads)


def the_exchange_must_have_started(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """The exchange must be ready and started, and not on a break."""
    name = getattr(command, "intervention", None)
    if name is None and hasattr(command, "message"):
        name = case.message(command.message).intervention
    if name is None and hasattr(command, "question"):
        name = case.question(command.question).intervention
    return name is None or case.intervention(name).state is InterventionState.STARTED


def an_answer_is_given_only_when_asked_for(case: Case, command: GiveAnswer, asking: Asking) -> bool:
    """An answer is held until the person says that they want it."""
    return command.asked_for


def an_author_must_agree_to_send_letters(
    case: Case, command: ApproveLetter, asking: Asking
) -> bool:
    """The author's written consent must cover sending a letter."""
    letter = case.letter(command.letter)
    side = case.thread(letter.thread).side(letter.author)
    return side.consents and Scope.INDIRECT_LETTER_SEND in side.scopes


def a_recipient_must_agree_to_hear_of_letters(
    case: Case, command: RecordLetterAskedFor | DeliverLetter, asking: Asking
) -> bool:
    """The other person's written consent must cover receiving letters; until then they do not
    hear of it."""
    letter = case.letter(command.letter)
    thread = case.thread(letter.thread)
    side = thread.side(thread.other(letter.author))
    return side.consents and Scope.INDIRECT_LETTER_RECEIVE in side.scopes


def a_letter_is_delivered_only_to_somebody_who_wants_it(
    case: Case, command: DeliverLetter, asking: Asking
) -> bool:
    """A letter is held until the person it is for says that they want to have it."""
    return case.letter(command.letter).wanted


def its_author_must_still_stand_by_it(case: Case, command: DeliverLetter, asking: Asking) -> bool:
    """A letter passes only after review, while its author still stands by it."""
    letter = case.letter(command.letter)
    side = case.thread(letter.thread).side(letter.author)
    return letter.reviewed and letter.author_stands_by_it and side.consents
