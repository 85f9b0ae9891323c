"""Where a victim began, in a case of a kind that is held, or of which nobody knows yet whether it
is: they set each step to the offender."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.approach import may_be_taken, victim_agrees
from domain.rules.joining import threads_of
from domain.words import Channel, TowardsThem

if TYPE_CHECKING:
    from domain.asking import Asking, CaseCommand
    from domain.case import Case
    from domain.commands.diary import BookAppointment
    from domain.commands.opening import RecordDiscussion
    from domain.commands.people import GiveInformation, RecordContactAttempt


def an_offender_is_approached_as_the_victim_agrees(
    case: Case,
    command: RecordDiscussion | GiveInformation | RecordContactAttempt | BookAppointment,
    asking: Asking,
) -> bool:
    """The victim began this, and it is of a kind in which each step is theirs, or nobody found of
    what kind it is (classify_case): the offender is not approached, and no agency asked for them,
    before the victim agrees to that (agree_step)."""
    party = command.party
    if party not in case.parties or not case.party(party).is_offender:
        return True
    if command.asked_by == party or getattr(command, "by_service", None):
        return True
    agency = getattr(command, "channel", None) is Channel.THROUGH_AGENCY
    step = TowardsThem.ASK_AN_AGENCY if agency else TowardsThem.APPROACH_THEM
    return may_be_taken(case, party, step)


def an_offender_hears_who_asks_as_the_victim_agrees(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """The victim began this, and it is of a kind in which each step is theirs, or nobody found of
    what kind it is (classify_case): the offender is not told that they ask, and nothing goes on
    between them, before the victim agrees to that (agree_step)."""
    person = case.parties.get(getattr(command, "party", None) or "")
    if person is not None and person.is_victim:
        return True
    return all(
        victim_agrees(case, thread.id, TowardsThem.SAY_WHO_ASKS)
        for thread in threads_of(case, command)
        if person is None or not person.is_offender or person.id == thread.offender
    )
