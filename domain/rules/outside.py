"""Rules about what passes between the service and others: only as each person wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.case import Case
    from domain.commands.partners import OfferSupport, ReferOnward


def nobody_who_wants_no_support_is_asked_again(
    case: Case, command: OfferSupport, asking: Asking
) -> bool:
    """This person wants no support; they can ask for it (asked_by)."""
    declined = case.party(command.party).support_declined_at is not None
    return not declined or command.asked_by == command.party


def a_partner_hears_only_what_the_person_wishes(
    case: Case, command: ReferOnward, asking: Asking
) -> bool:
    """This person did not say that they wish this service to hear of them, or did not say so of
    everything that it would be told: ask them first, and record what they wish."""
    wish = asking.now.party(command.party).onward_wishes.get(command.service)
    return wish is not None and set(command.items) <= wish.items
