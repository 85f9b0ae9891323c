"""Rules about erasing data, and about keeping them without using them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.rules.contact import addressed
from domain.words import DataStep, Extent

if TYPE_CHECKING:
    from domain.asking import Asking, CaseCommand
    from domain.case import Case
    from domain.commands.erasing import DecideErasure
    from domain.commands.restricting import LiftRestriction, RestrictData


def an_erasure_takes_two_people(case: Case, command: DecideErasure, asking: Asking) -> bool:
    """Who proposes does not decide: somebody else asks for this first (propose_data_step), and
    whoever decides has no part in the case."""
    wanted = DataStep.ERASE if command.extent is Extent.ALL else DataStep.REMOVE_STORY
    return _proposed_by_another(command, asking, wanted)


def lifting_a_restriction_takes_two_people(
    case: Case, command: LiftRestriction, asking: Asking
) -> bool:
    """Who proposes to lift a restriction does not decide on it: somebody else asks for this first
    (propose_data_step), and whoever decides has no part in the case."""
    return _proposed_by_another(command, asking, DataStep.LIFT_RESTRICTION)


def what_is_restricted_is_not_erased(case: Case, command: DecideErasure, asking: Asking) -> bool:
    """These data are kept and not used at somebody's word: that is lifted first
    (lift_restriction), which can erase them at once."""
    return asking.now.data.of(command.party).restriction is None


def what_is_being_erased_is_not_restricted(
    case: Case, command: RestrictData, asking: Asking
) -> bool:
    """Erasure of these data has been decided and is being carried out: it is too late to keep
    them."""
    return asking.now.data.of(command.party).erasing is None


def a_story_goes_once_everything_has_ended(
    case: Case, command: DecideErasure, asking: Asking
) -> bool:
    """Something of this person is still under way: what was said is needed for it."""
    now = asking.now
    threads = now.open_threads_of(command.party) if command.party else now.threads.values()
    return command.extent is Extent.ALL or not any(t.open for t in threads)


def what_the_matcher_keeps_is_their_own_wish(
    case: Case, command: DecideErasure, asking: Asking
) -> bool:
    """That somebody asked not to be contacted is kept beyond their erasure only if they did ask,
    and were told that this is kept (told_of_it)."""
    if not command.suppress:
        return True
    person = asking.now.parties.get(command.party or "")
    return bool(
        person and person.no_contact and command.told_of_it and command.extent is Extent.ALL
    )


def a_wish_kept_beyond_an_erasure_is_seen_first(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """Somebody like this person asked not to be contacted, before all that was held of them was
    erased; who they were and in what matter, nobody knows any more. It does not bar this; note that
    you have seen it (note_wish_seen), and ask them first whether they wish to hear from the
    service."""
    now = asking.now
    for party in addressed(case, command):
        found = now.data.suppressed.get(party)
        seen = now.party(party).wishes_seen.get(asking.actor.id)
        if found and command.asked_by != party and (not seen or seen < found):
            return False
    return True


def _proposed_by_another(
    command: DecideErasure | LiftRestriction, asking: Asking, step: DataStep
) -> bool:
    now = asking.now
    proposed = now.data.of(command.party).proposed
    if proposed is None or proposed.step is not step or asking.actor.id in now.ever_allocated:
        return False
    return proposed.by != asking.actor.id
