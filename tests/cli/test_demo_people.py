"""The invented people of the demonstration are not taken for one another."""

from __future__ import annotations

from itertools import combinations

from cli.demo.parts import OFFENDERS, VICTIMS, people
from vault.details import PartyDetails
from vault.matching.matter import Known, compare


def known(number: int) -> Known:
    told = {one["party"]: (PartyDetails.entered(one["details"]),) for one in people(number)}
    return Known(told)


def test_no_two_cases_of_the_demonstration_look_like_one_matter() -> None:
    numbers = range(1, min(len(VICTIMS), len(OFFENDERS)) + 1)
    alike = [(a, b) for a, b in combinations(numbers, 2) if compare(known(a), "RJ-2", known(b))]
    assert alike == []
