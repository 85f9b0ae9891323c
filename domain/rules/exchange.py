"""Rules for meetings, written exchanges, shuttle and letters, on top of the gates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendar import local_day
from domain.events.letters import WITH_AUTHOR as STILL_ITS_AUTHORS
from domain.interventions import CATALOGUE, participants
from domain.pair import AT_THEIR_PACE, SAID_NO
from domain.rules.joining import intervention_of, threads_of
from domain.words import InterventionState, ItemState, MessageState, Scope

if TYPE_CHECKING:
    from domain.asking import Asking, CaseCommand
    from domain.case import Case
    from domain.commands.interventions import (
        CompleteIntervention,
        ConfirmReady,
        ResumeIntervention,
        StartIntervention,
    )
    from domain.commands.letters import (
        ApproveLetter,
        CarryOutLetterWish,
        DeliverLetter,
        RecordLetterAskedFor,
    )
    from domain.commands.outcome import RecordItemProgress
    from domain.commands.questions import GiveAnswer, PutQuestion


def everybody_must_be_prepared(case: Case, command: ConfirmReady, asking: Asking) -> bool:
    """Each person who takes part must have been prepared, apart from the others."""
    intervention = case.intervention(command.intervention)
    return participants(case, intervention) <= set(intervention.prepared)


def the_checklist_must_be_complete(case: Case, command: ConfirmReady, asking: Asking) -> bool:
    """Every item of the preparation checklist must be true, or not apply for a stated reason."""
    intervention = case.intervention(command.intervention)
    return set(intervention.checked) >= CATALOGUE[intervention.type].checklist


def everybody_must_want_it_today(case: Case, command: StartIntervention, asking: Asking) -> bool:
    """Each person must have said again, on the day, that they want the meeting."""
    intervention = case.intervention(command.intervention)
    willing = intervention.willing
    today = local_day(asking.on)
    direct = CATALOGUE[intervention.type].direct
    return all(
        p in willing and (not direct or local_day(willing[p]) == today)
        for p in participants(case, intervention)
    )


def everybody_must_want_to_go_on(case: Case, command: ResumeIntervention, asking: Asking) -> bool:
    """After a break everybody must want to go on: somebody is in doubt, or said no."""
    intervention = case.intervention(command.intervention)
    threads = [case.thread(t).current for t in intervention.threads]
    consent = all(t.victim.consents and t.offender.consents for t in threads)
    return consent and participants(case, intervention) <= set(intervention.willing)


def what_is_varied_is_agreed_by_all(
    case: Case, command: RecordItemProgress, asking: Asking
) -> bool:
    """What was agreed is varied only as all of them agree: both people of the pair, and whoever
    undertook it (agreed_by)."""
    item = case.item(command.item)
    all_of_them = {*case.thread(item.thread).people, item.owner}
    return command.state is not ItemState.VARIED or all_of_them <= set(command.agreed_by)


def something_must_have_passed(case: Case, command: CompleteIntervention, asking: Asking) -> bool:
    """Nothing passed between them in this exchange: it is stopped or cancelled, not completed."""
    intervention = case.intervention(command.intervention)
    if CATALOGUE[intervention.type].direct:
        return True
    put = any(q.intervention == intervention.id for q in case.questions.values())
    said = any(
        m.intervention == intervention.id and m.state is MessageState.CARRIED
        for m in case.messages.values()
    )
    given = any(
        intervention.episodes.get(letter.thread) == letter.episode
        and letter.state not in STILL_ITS_AUTHORS
        for letter in case.letters.values()
    )
    return put or said or given


def nobody_may_have_said_no_before_its_end(
    case: Case, command: CompleteIntervention, asking: Asking
) -> bool:
    """One of these people had said no, not now or was in doubt by then, whenever that was entered:
    it does not count as held to its end. If it went on all the same, that is recorded as it was
    (happened)."""
    # A no stops what is under way as it stands when the no is entered. An end that is entered late
    # is judged as at a moment at which it was under way, and of that nothing was stopped.
    return not any(
        side.choice in SAID_NO | AT_THEIR_PACE
        for thread in threads_of(case, command)
        for side in (thread.current.victim, thread.current.offender)
    )


def the_exchange_must_have_started(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """The exchange must be ready and started, and not on a break."""
    intervention = intervention_of(case, command)
    return intervention is None or intervention.state is InterventionState.STARTED


def the_exchange_must_not_be_broken_off(case: Case, command: GiveAnswer, asking: Asking) -> bool:
    """The exchange is on a break, or was stopped: nothing is given in it now."""
    intervention = intervention_of(case, command)
    given_in = {InterventionState.STARTED, InterventionState.COMPLETED}
    return intervention is None or intervention.state in given_in


def its_asker_must_still_stand_by_it(case: Case, command: PutQuestion, asking: Asking) -> bool:
    """The one who asks said no, was in doubt, or the pair was taken up again, since it was worded:
    word it anew with them first (gather_question)."""
    return case.question(command.question).asker_stands_by_it


def the_author_must_still_stand_by_the_answer(
    case: Case, command: GiveAnswer, asking: Asking
) -> bool:
    """The one who answered said no, was in doubt, or the pair was taken up again, since it was
    reviewed: ask them whether they stand by it (approve_answer)."""
    return case.question(command.question).author_stands_by_it


def an_answer_is_given_only_when_asked_for(case: Case, command: GiveAnswer, asking: Asking) -> bool:
    """An answer is held until the person says that they want it."""
    return command.asked_for


def an_author_must_agree_to_send_letters(
    case: Case, command: ApproveLetter | RecordLetterAskedFor | DeliverLetter, asking: Asking
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


def its_author_must_still_stand_by_it(
    case: Case, command: RecordLetterAskedFor | DeliverLetter, asking: Asking
) -> bool:
    """A letter passes only after review, while its author still stands by it: after a no, a doubt,
    or when the pair was taken up again, they are asked again (approve_letter)."""
    letter = case.letter(command.letter)
    return letter.reviewed and letter.author_stands_by_it


def it_is_done_as_its_owner_wishes(case: Case, command: CarryOutLetterWish, asking: Asking) -> bool:
    """A letter is its author's until it is delivered, and its recipient's from then on: record
    which of them wished this (asked_by)."""
    letter = case.letter(command.letter)
    if letter.state in STILL_ITS_AUTHORS:
        return command.asked_by == letter.author
    return command.asked_by == case.thread(letter.thread).other(letter.author)
