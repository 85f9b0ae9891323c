"""Whether two cases are of one matter: what speaks for it, and what against."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.words import Strength
from vault.details import OffenceDetails, PartyDetails
from vault.matching.matter import Known, compare
from vault.matching.tokens import references

ADA = PartyDetails(name="Ada Nowhere", born=date(1984, 5, 23))
ADDA = PartyDetails(name="Addah Nowhere", born=date(1984, 5, 23))
OTTO = PartyDetails(name="Otto Elsewhere", born=date(1990, 2, 2))
UMA = PartyDetails(name="Uma Anywhere", born=date(1971, 9, 9))
NAMELESS = PartyDetails(phone="0115 496 0777")
DAY = {"date": date(2026, 3, 2), "place": "12 Invented Row, Exampleton"}


def known(victim: Any = None, offender: Any = None, **offence: Any) -> Known:
    people = {"V1": victim, "O1": offender}
    return Known(
        {party: (details,) for party, details in people.items() if details},
        (OffenceDetails(**offence),) if offence else (),
    )


def strength(one: Known, other: Known) -> Strength | None:
    found = compare(one, "RJ-2", other)
    back = compare(other, "RJ-1", one)
    assert (found and found.strength) is (back and back.strength)
    return found.strength if found else None


def test_the_same_reference_is_said_to_be_that_however_it_is_typed() -> None:
    one = known(ADA, OTTO, police_reference="26*0012345/03")
    assert strength(one, known(UMA, police_reference="26 0012345-03")) is Strength.SAME_REFERENCE
    assert strength(one, known(UMA, police_reference="26 0012345-04")) is None


@pytest.mark.parametrize("typed", ["unknown", "n/a", "tbc", "1", "none 1"])
def test_what_is_no_reference_is_not_taken_for_one(typed: str) -> None:
    assert references(OffenceDetails(police_reference=typed)) == frozenset()


def test_somebody_of_each_side_is_likely() -> None:
    assert strength(known(ADA, OTTO), known(ADDA, OTTO)) is Strength.LIKELY


def test_the_same_pair_on_another_day_is_possible() -> None:
    one, other = known(ADA, OTTO, **DAY), known(ADA, OTTO, date=date(2025, 1, 5), place="There")
    assert strength(one, other) is Strength.POSSIBLE


def test_one_side_is_possible_while_the_other_is_not_known() -> None:
    assert strength(known(ADA, OTTO), known(ADA)) is Strength.POSSIBLE
    assert strength(known(ADA, OTTO), known(ADA, NAMELESS)) is Strength.POSSIBLE
    assert strength(known(ADA, OTTO, **DAY), known(ADA, **DAY)) is Strength.LIKELY


def test_one_person_harmed_by_two_is_no_double() -> None:
    found = compare(known(ADA, OTTO), "RJ-2", known(ADA, UMA))
    assert found is not None
    assert found.strength is None
    assert [(who.here, who.there) for who in found.people] == [("V1", "V1")]


def test_day_and_place_alone_are_possible_and_somebody_else_speaks_against_it() -> None:
    assert strength(known(None, OTTO, **DAY), known(ADA, **DAY)) is Strength.POSSIBLE
    assert strength(known(UMA, OTTO, **DAY), known(ADA, **DAY)) is None
    elsewhere = {**DAY, "place": "Quite Different Avenue"}
    assert strength(known(None, OTTO, **DAY), known(ADA, **elsewhere)) is None


def test_a_victim_there_is_not_taken_for_an_offender_here() -> None:
    assert compare(known(ADA), "RJ-2", known(None, ADA)) is None


def test_each_is_somebody_once() -> None:
    here = Known({"V1": (ADA,), "V2": (ADDA,)})
    found = compare(here, "RJ-2", Known({"V1": (ADA,)}))
    assert found is not None
    assert len(found.people) == 1


def test_nothing_in_common_is_nothing() -> None:
    assert compare(known(ADA, OTTO), "RJ-2", known(UMA)) is None


def test_nobody_is_shown_by_what_is_printed_of_it() -> None:
    assert "Nowhere" not in repr(known(ADA, OTTO, **DAY))
