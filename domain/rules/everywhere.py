"""Rules about deciding on one person's data in all their cases at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from domain.commands.everywhere import EraseEverywhere, LiftEverywhere
from domain.dossier import GIVES
from domain.order import ToLift, joined
from domain.words import Authority, Right, RightsDecision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.asking import Asking
    from domain.commands.everywhere import RestrictEverywhere
    from domain.dossier import Dossier
    from domain.personal_data import Keeping

Everywhere: TypeAlias = "EraseEverywhere | RestrictEverywhere | LiftEverywhere"
ERASING = frozenset({Right.ERASURE_OF_DATA, Right.OBJECTION})
RESTRICTING = frozenset({Right.RESTRICTION_OF_USE, Right.OBJECTION})
LIFTING = frozenset({Right.LIFTING_OF_RESTRICTION})


def nothing_is_done_in_all_cases_but_what_was_decided(
    dossier: Dossier, command: Everywhere, asking: Asking
) -> bool:
    """In all of a person's cases that is done which was asked for and decided: they are erased if
    erasing was granted, kept without use if that was, or if that was decided instead, and a
    restriction is lifted if that was granted."""
    request = dossier.the_request()
    if isinstance(command, EraseEverywhere | LiftEverywhere):
        asked = ERASING if isinstance(command, EraseEverywhere) else LIFTING
        return request.right in asked and request.decision in GIVES
    instead = request.decision is RightsDecision.RESTRICTED_INSTEAD
    return instead or (request.right in RESTRICTING and request.decision in GIVES)


def erasing_in_all_cases_takes_two_people(
    dossier: Dossier, command: EraseEverywhere, asking: Asking
) -> bool:
    """Nobody erases a person by themselves: somebody else put the request on record, or it is asked
    for in each case (propose_data_step)."""
    dossier.the_request()
    return dossier.opened_by != asking.actor.id


def lifting_in_all_cases_takes_two_people(
    dossier: Dossier, command: LiftEverywhere, asking: Asking
) -> bool:
    """Nobody lifts what keeps data from use by themselves: somebody else put on record that it is
    to be lifted, or it is proposed in each case (propose_data_step)."""
    dossier.the_request()
    return dossier.opened_by != asking.actor.id


def only_one_persons_cases_are_decided_together(
    dossier: Dossier, command: Everywhere, asking: Asking
) -> bool:
    """Only the cases of whom the request is about are decided together: those named in it, and
    those in which the same person is on record, by a link (rj link) or a merge."""
    dossier.the_request()
    return joined(dossier.subjects, asking.cases).issuperset(command.about)


def whoever_had_a_part_in_a_case_decides_nothing_there(
    dossier: Dossier, command: Everywhere, asking: Asking
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
    return not any(one.restriction or one.erasing for one in _kept(command, asking))


def that_is_lifted_which_was_named(
    dossier: Dossier, command: LiftEverywhere, asking: Asking
) -> bool:
    """In one of these cases the data are not kept from use on this ground at this one's word: what
    was restricted for another reason is not released with it, and the case is left out."""
    dossier.the_request()
    what = ToLift(command.ground, command.authority)
    restrictions = (one.restriction for one in _kept(command, asking))
    return all(one is not None and what.fits(one) for one in restrictions)


def what_they_had_restricted_is_lifted_once_they_were_told(
    dossier: Dossier, command: LiftEverywhere, asking: Asking
) -> bool:
    """What is kept and not used at their own wish is lifted only once they were told that it will
    be (told_of_it; UK GDPR Article 18(3))."""
    dossier.the_request()
    return command.told_of_it or command.authority is not Authority.THEMSELVES


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


def _kept(command: Everywhere, asking: Asking) -> Iterator[Keeping]:
    """Yield what stands about their data in each of the cases in which it is to be done."""
    for one in command.about:
        if one.case in asking.cases:
            yield asking.cases[one.case].data.of(one.party)
