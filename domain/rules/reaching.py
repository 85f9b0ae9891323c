"""Rules about reaching somebody: it is them, they agreed to it, and the way is a safe one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.rules.contact import addressed
from domain.words import ContactBy, Source

if TYPE_CHECKING:
    from domain.asking import Asking, CaseCommand
    from domain.case import Case
    from domain.commands.contacting import AgreeToContact, RecordSafeWays
    from domain.commands.opening import Refer
    from domain.words import Channel

OF_THEMSELVES = {Source.VICTIM_SELF: "is_victim", Source.OFFENDER_SELF: "is_offender"}


def nothing_is_said_to_somebody_not_identified(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """It is in doubt whether this is the person: nothing is said, not even that there is a case,
    until they were identified (record_call)."""
    return not any(case.party(p).identity_doubted for p in addressed(case, command))


def whoever_refers_themselves_is_identified(case: Case, command: Refer, asking: Asking) -> bool:
    """Whoever brings a matter of their own is identified first; to somebody who is not, only
    general information and the number are given (record_unidentified_call)."""
    side = OF_THEMSELVES.get(command.source)
    if side is None:
        return True
    letter = "V" if side == "is_victim" else "O"
    known = [p.identified for p in case.parties.values() if getattr(p, side)]
    known += [p.identified for p in command.parties if p.party.startswith(letter)]
    return any(known) or not known


def only_a_safe_way_is_used(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """This person is not to be reached in this way, or called only others safe; a way that they
    came by themselves (asked_by) is theirs to choose."""
    channel: Channel | None = getattr(command, "channel", None)
    if channel is None:
        return True
    for party in addressed(case, command):
        if not case.party(party).may_be_reached(channel) and command.asked_by != party:
            return False
    return True


def a_way_is_opened_only_by_the_person(case: Case, command: RecordSafeWays, asking: Asking) -> bool:
    """A way of reaching this person was closed, or they said which are safe: only they can open
    another one (asked_by)."""
    person = case.party(command.party)
    opens = not all(person.may_be_reached(channel) for channel in command.channels)
    return not opens or command.asked_by == command.party


def whose_details_are_not_passed_on_is_left_to_the_referrer(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """This person asked that their details are not passed on: only whoever referred them speaks
    with them, until they agree to be contacted or ask for it (asked_by)."""
    return all(
        case.party(p).contact_by is not ContactBy.REFERRER_ONLY
        or command.asked_by == p
        or asking.actor.id in (case.referrer, case.opened_by)
        for p in addressed(case, command)
    )


def only_the_person_agrees_to_be_contacted(
    case: Case, command: AgreeToContact, asking: Asking
) -> bool:
    """That somebody agrees to be contacted is for them alone to say: record that they said so
    (asked_by)."""
    return command.asked_by == command.party
