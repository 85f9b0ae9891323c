"""What one person says or wants passes to the other only item by item, on their own wish (N9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.words import Scope, Wish

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.case import Case
    from domain.commands.contacting import TellOfWaiting
    from domain.commands.explaining import ExplainDecision
    from domain.commands.telling import PassOn, TellWhereItStands


def both_must_have_agreed_to_telling_and_hearing(
    case: Case, command: PassOn, asking: Asking
) -> bool:
    """Telling one what the other says has a written consent of its own: both people's must cover
    sharing with the other, and stand now."""
    episode = case.thread(command.thread).current
    sides = (episode.victim, episode.offender)
    return all(s.consents and Scope.SHARE_WITH_OTHER_PARTY in s.scopes for s in sides)


def only_what_its_owner_lets_pass_is_told(case: Case, command: PassOn, asking: Asking) -> bool:
    """The other person did not wish this to be told, or does not any longer."""
    thread = case.thread(command.thread)
    return command.what in thread.side(thread.other(command.party)).may_pass


def nobody_is_told_who_wishes_not_to_be(
    case: Case,
    command: ExplainDecision | PassOn | TellOfWaiting | TellWhereItStands,
    asking: Asking,
) -> bool:
    """This person wishes not to be told."""
    return Wish.NOT_BE_TOLD not in case.party(command.party).wishes
