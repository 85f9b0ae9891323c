"""Rules about contact: whoever asked to be left alone is, and later offers are fair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.approach import is_not_turned_to, may_hear
from domain.party import BEFOREHAND
from domain.words import FutureOffers, Wish

if TYPE_CHECKING:
    from domain.asking import Asking, CaseCommand
    from domain.case import Case
    from domain.commands.choice import AllowContact
    from domain.commands.ending import MakeLaterOffer, TakeUpAgain
    from domain.commands.outcome import RecordFollowUp, TellItemProgress


def addressed(case: Case, command: CaseCommand) -> tuple[str, ...]:
    """Return whom a command is in touch with, as far as they are in the case already."""
    if hasattr(command, "item"):
        return (case.thread(case.item(command.item).thread).victim,)
    party: str = getattr(command, "party", None) or ""
    return (party,) if party in case.parties else ()


def nobody_who_asked_not_to_be_contacted_is_contacted(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """This person asked not to be contacted in this matter; only they can lift that."""
    return not any(case.party(p).no_contact for p in addressed(case, command))


def nothing_is_done_with_somebody_who_died(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """This person died: nothing more is done with them or in their name."""
    return not any(case.party(p).died for p in addressed(case, command))


def an_offenders_wish_is_held(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """The offender began this: until the case is classified, and where it is of a kind in which
    this is held, the victim hears of it only when a specialist and a supervisor with no part in the
    case both say so; unless the victim asks (asked_by)."""
    named: str | None = getattr(command, "thread", None)
    return all(
        command.asked_by == person or may_hear(case, person, named)
        for person in addressed(case, command)
        if case.party(person).is_victim
    )


def only_the_person_lifts_their_own_wish(case: Case, command: AllowContact, asking: Asking) -> bool:
    """Only the person who asked not to be contacted can lift it: record that they asked for it
    (asked_by)."""
    return command.asked_by == command.party


def a_person_who_will_ring_is_left_to_ring(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """This person said that they will be in touch themselves, or set a day and hour that has not
    come: they may not be safe before."""
    party = getattr(command, "party", None)
    if party is None or party not in case.parties or command.asked_by == party:
        return True
    person = case.party(party)
    too_early = person.next_contact is not None and asking.on < person.next_contact - BEFOREHAND
    return not person.will_ring and not too_early


def later_offers_go_to_nobody_who_refused_them(
    case: Case, command: MakeLaterOffer, asking: Asking
) -> bool:
    """This person does not want later offers."""
    return case.party(command.party).later_offers is not FutureOffers.REFUSED


def whoever_wants_no_later_offers_is_not_turned_to(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """This person does not want later offers, and what is under way was begun since, by somebody
    else: the service does not turn to them, unless they ask (asked_by)."""
    named: str | None = getattr(command, "thread", None)
    return all(
        command.asked_by == person or not is_not_turned_to(case, person, named)
        for person in addressed(case, command)
    )


def taking_up_again_needs_somebody_who_asked(
    case: Case, command: TakeUpAgain, asking: Asking
) -> bool:
    """A pair is taken up again because one of its people asked for it, or answered a later offer:
    record who (asked_by)."""
    thread = case.thread(command.thread)
    theirs = command.asked_by in (thread.victim, thread.offender)
    if command.kind == "RETURN":
        return theirs
    return theirs and thread.later_offer_kind == command.kind


def nobody_who_declined_follow_up_is_followed_up(
    case: Case, command: RecordFollowUp, asking: Asking
) -> bool:
    """This person does not want follow-up; they can ask for it (asked_by)."""
    declined = case.party(command.party).no_follow_up_at
    opened = case.thread(command.thread).current.opened_at
    return declined is None or declined < opened or command.asked_by == command.party


def only_somebody_who_asked_to_know_is_told(
    case: Case, command: TellItemProgress, asking: Asking
) -> bool:
    """The harmed person did not ask to be told how the agreement goes, or asked not to be."""
    victim = case.party(case.thread(case.item(command.item).thread).victim)
    return Wish.AGREEMENT_PROGRESS in victim.wishes and Wish.NOT_BE_TOLD not in victim.wishes
