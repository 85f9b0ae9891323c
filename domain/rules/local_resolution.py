"""What makes a local resolution on the spot restorative; without it, it is information given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.rules.choice import is_adult
from domain.words import CHILD_ROLES, OFFENDER_ROLES, VICTIM_ROLES

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.case import Case
    from domain.commands.local_resolution import RecordLocalResolution


def the_offender_must_accept_on_the_spot(
    case: Case, command: RecordLocalResolution, asking: Asking
) -> bool:
    """The person responsible must accept responsibility, in their own words or by signature."""
    return command.accepted


def the_victim_must_freely_agree_on_the_spot(
    case: Case, command: RecordLocalResolution, asking: Asking
) -> bool:
    """The victim must freely agree, and have a say in what happens."""
    return command.agreed


def it_must_be_talked_through(case: Case, command: RecordLocalResolution, asking: Asking) -> bool:
    """What happened and its effect must be talked through."""
    return command.talked_through


def something_must_put_it_right(case: Case, command: RecordLocalResolution, asking: Asking) -> bool:
    """Something must put it right for each victim: name at least one thing that was agreed."""
    put_right = {command.of_pair(item).partition("-")[0] for item in command.items}
    return {pair.partition("-")[0] for pair in command.pairs()} <= put_right


def a_local_resolution_is_for_crimes_that_are_not_sensitive(
    case: Case, command: RecordLocalResolution, asking: Asking
) -> bool:
    """A sensitive or complex matter is not resolved on the spot: give information and refer it."""
    return command.sensitivity_ruled_out


def no_order_bars_it_on_the_spot(
    case: Case, command: RecordLocalResolution, asking: Asking
) -> bool:
    """It must have been looked up that no order, bail or licence bars contact between them."""
    return command.bars_ruled_out


def nobody_under_18_is_taken_for_an_adult(
    case: Case, command: RecordLocalResolution, asking: Asking
) -> bool:
    """Somebody's details say that they are under 18: record them as a child victim or child
    offender."""
    return not any(
        p.role not in CHILD_ROLES and is_adult(p.details, asking) is False
        for p in command.parties
        if p.role in VICTIM_ROLES | OFFENDER_ROLES
    )


def the_crime_must_be_recorded_as_usual(
    case: Case, command: RecordLocalResolution, asking: Asking
) -> bool:
    """The crime is recorded as usual, whatever was agreed."""
    return command.crime_recorded


def a_child_is_not_alone_on_the_spot(
    case: Case, command: RecordLocalResolution, asking: Asking
) -> bool:
    """For a child, a parent, guardian or other suitable adult is there, and the youth justice
    service is told."""
    child = any(p.role in CHILD_ROLES for p in command.parties)
    return not child or (command.adult_present and command.youth_service_told)
