"""Rules about deciding on one person's data in all their cases at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.commands.everywhere import EraseEverywhere
from domain.dossier import GIVES
from domain.order import joined
from domain.words import Right, RightsDecision

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.commands.everywhere import RestrictEverywhere
    from domain.dossier import Dossier

ERASING = frozenset({Right.ERASURE_OF_DATA, Right.OBJECTION})
RESTRICTING = frozenset({Right.RESTRICTION_OF_USE, Right.OBJECTION})


def nothing_is_done_in_all_cases_but_what_was_decided(
    dossier: Dossier, command: EraseEverywhere | RestrictEverywhere, asking: Asking
) -> bool:
    """In all of a person's cases that is done which was asked for and decided: they are erased if
    erasing was granted, and kept without use if that was, or if that was decided instead."""
    request = dossier.the_request()
    if isinstance(command, EraseEverywhere):
        return request.right in ERASING and request.decision in GIVES
    instead = request.decision is RightsDecision.RESTRICTED_INSTEAD
    return instead or (request.right in RESTRICTING and request.decision in GIVES)


def erasing_in_all_cases_takes_two_people(
    dossier: Dossier, command: EraseEverywhere, asking: Asking
) -> bool:
    """Nobody erases a person by themselves: somebody else put the request on record, or it is asked
    for in each case (propose_data_step)."""
    dossier.the_request()
    return dossier.opened_by != asking.actor.id


def only_one_persons_cases_are_decided_together(
    dossier: Dossier, command: EraseEverywhere | RestrictEverywhere, asking: Asking
) -> bool:
    """Only the cases of whom the request is about are decided together: those named in it, and
    those in which the same person is on record, by a link (rj link) or a merge."""
    dossier.the_request()
    return joined(dossier.subjects, asking.cases).issuperset(command.about)


def whoever_had_a_part_in_a_case_decides_nothing_there(
    dossier: Dossier, command: EraseEverywhere | RestrictEverywhere, asking: Asking
) -> bool:
    """Whoever works on one of these cases, or did, or has a conflict of interest in it, does not
    decide on the data there: it is left out, and another officer decides on it."""
    dossier.the_request()
    cases = (asking.cases[one.case] for one in command.about if one.case in asking.cases)
    return not any(asking.actor.id in case.ever_allocated | case.conflicted for case in cases)


def what_is_kept_at_somebodys_word_stays(
    dossier: Dossier, command: EraseEverywhere | RestrictEverywhere, asking: Asking
) -> bool:
    """In one of these cases the data are kept and not used at somebody's word, or are being erased:
    it is left out, and decided there by itself."""
    dossier.the_request()
    kept = (
        asking.cases[one.case].data.of(one.party)
        for one in command.about
        if one.case in asking.cases
    )
    return not any(one.restriction or one.erasing for one in kept)


def a_wish_is_kept_beyond_an_erasure_only_if_they_were_told(
    dossier: Dossier, command: EraseEverywhere, asking: Asking
) -> bool:
    """That somebody asked not to be contacted is kept beyond their erasure only where they did ask,
    and if they were told that this is kept (told_of_it)."""
    dossier.the_request()
    if not command.suppress:
        return True
    here = (one for one in command.about if one.case in asking.cases)
    people = (asking.cases[one.case].parties.get(one.party) for one in here)
    return command.told_of_it and any(one is not None and one.no_contact for one in people)
