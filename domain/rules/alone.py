"""Rules for work that is no intervention, where it would reach somebody else after all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.shown import UNFINISHED
from domain.words import ItemState, OwnSide, Wish

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.case import Case
    from domain.commands.quality import RecordOwnSideWork
    from domain.exchange import Item

STANDS = UNFINISHED | {ItemState.COMPLETED, ItemState.PARTLY_COMPLETED}


def direct_reparation_is_what_the_harmed_person_agreed_to(
    case: Case, command: RecordOwnSideWork, asking: Asking
) -> bool:
    """Direct reparation reaches the harmed person: it is something that they agreed on with whoever
    does it (record_agreement), and do not wish to be left alone since."""
    if command.kind is not OwnSide.DIRECT_REPARATION:
        return True
    return any(_is_wanted(case, i) for i in case.items.values() if i.owner == command.party)


def nobody_is_kept_informed_who_wishes_not_to_be(
    case: Case, command: RecordOwnSideWork, asking: Asking
) -> bool:
    """This person wishes not to be told."""
    kept_informed = command.kind is OwnSide.KEPT_INFORMED
    return not kept_informed or Wish.NOT_BE_TOLD not in case.party(command.party).wishes


def _is_wanted(case: Case, item: Item) -> bool:
    return item.state in STANDS and not case.party(case.thread(item.thread).victim).no_contact
