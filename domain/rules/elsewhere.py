"""Rules about what a person said in another case: it holds there, here, or is seen first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.commands.ending import MakeLaterOffer
from domain.rules.contact import addressed
from domain.rules.joining import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.asking import Asking, CaseCommand
    from domain.case import Case
    from domain.commands.linking import UnlinkPerson
    from domain.commands.staff import Allocating
    from domain.person import Elsewhere


def a_wish_for_no_contact_holds_in_every_case_of_the_matter(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """This person asked, in another case of this matter, not to be contacted; only they can lift
    that (allow_contact)."""
    return not any(known.no_contact for _, known in _known(case, asking, command))


def what_they_said_elsewhere_must_be_readable(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """This person appears in another case as well, and what they said there cannot be read now:
    until it can, nobody is in touch with them."""
    return not any(known.unreadable for _, known in _known(case, asking, command))


def nothing_is_done_with_somebody_who_died_elsewhere(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """Another case knows that this person died: nothing more is done with them or in their name."""
    return not any(known.died for _, known in _known(case, asking, command))


def nobody_joined_may_be_kept_away_by_another_case(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """One of these people asked, in another case of this matter, not to be contacted, or died as
    another case knows; or what they said there cannot be read now."""
    there = asking.elsewhere
    known = [there[p] for p in joined(case, command) if p in there] if there else []
    return not any(one.no_contact or one.died or one.unreadable for one in known)


def a_wish_in_another_matter_is_seen_first(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """In another case this person asked not to be contacted, to have no later offers, or that their
    details are not passed on. It does not bar this one; see it first (rj person), and note that you
    did (note_wish_seen). Then they are told what the Victims' Code requires, and no more unless
    they ask for it (asked_by)."""
    for party, known in _known(case, asking, command):
        said = [known.to_see_at]
        said += [known.later_to_see_at] if isinstance(command, MakeLaterOffer) else []
        seen = asking.now.party(party).wishes_seen.get(asking.actor.id)
        if command.asked_by != party and any(at and (not seen or seen < at) for at in said):
            return False
    return True


def later_offers_refused_in_another_case_are_not_made(
    case: Case, command: MakeLaterOffer, asking: Asking
) -> bool:
    """This person said, in another case of this matter, that they do not want later offers."""
    return not any(known.later_offers_refused for _, known in _known(case, asking, command))


def a_way_called_unsafe_in_another_case_is_not_used(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """This person called this way of reaching them unsafe in another case; a way that they came by
    themselves (asked_by) is theirs to choose."""
    channel = getattr(command, "channel", None)
    return channel is None or not any(
        known.closes(channel) and command.asked_by != party
        for party, known in _known(case, asking, command)
    )


def a_link_is_undone_by_a_second_person(case: Case, command: UnlinkPerson, asking: Asking) -> bool:
    """A second person undoes a link, since a wish for no contact may be lifted by it: not the one
    who made it, in this case or from the other."""
    linked = asking.now.persons.get(command.party)
    makers = asking.linked_by.get(command.party, frozenset())
    return linked is None or asking.actor.id not in {linked.by, *makers}


def nobody_named_may_have_a_conflict_in_another_case(
    case: Case, command: Allocating, asking: Asking
) -> bool:
    """Somebody named declared a conflict of interest about a person of this case in another one, or
    works there with them on the other side: name somebody else, or decide first that they have none
    here (decide_conflict)."""
    return undecided(asking).isdisjoint(command.places(asking.now))


def a_conflict_in_another_case_is_decided_first(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """You declared a conflict of interest about a person of this case in another one, or work there
    with them on the other side: hand the case over, or have a supervisor decide that there is none
    here (decide_conflict)."""
    return asking.actor.id not in undecided(asking)


def undecided(asking: Asking) -> frozenset[str]:
    """Return who may have a conflict of interest here, as other cases say, and nobody decided."""
    found = (known.conflicts for known in asking.elsewhere.values())
    return frozenset().union(*found) - asking.now.no_conflict


def _known(case: Case, asking: Asking, command: CaseCommand) -> Iterator[tuple[str, Elsewhere]]:
    """Yield everybody whom the command is in touch with and who is in other cases as well."""
    for party in addressed(case, command):
        if party in asking.elsewhere:
            yield party, asking.elsewhere[party]
