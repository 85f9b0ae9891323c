"""Numbers of the service whose people are partly the same: none gives away what another hides."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from reports import DEFINITIONS, Asked, Months, Tally, count
from reports.parts import NOTHING, OWN
from tests.reports.attacker import published

MAY = Months.typed("2026-05")
AREA, ORGANISATION = "area", "organisation"
Shown = list[tuple[int | None, int | None]]


def asked(*names: str, by: str = NOTHING) -> list[Asked]:
    return [Asked(DEFINITIONS[name if "@" in name else f"{name}@1"], by) for name in names]


def counted(tables: list[Asked], numbers: Mapping[str, int]) -> Tally:
    """Return these numbers of May, as if they had been counted."""
    made = count([], tables)
    for name, number in numbers.items():
        made.put(name, frozenset(), MAY.begin, number)
    return made


def totals(tables: list[Asked], numbers: Mapping[str, int]) -> Shown:
    given = published(counted(tables, numbers), [(one, MAY) for one in tables])
    return [(one.total.counted, one.total.met) for one in given]


DIRECT, INDIRECT, ANY = "reached_direct_1", "reached_indirect_1", "reached_any_1"


@pytest.mark.parametrize(
    ("direct", "indirect", "either", "shown"),
    [
        (12, 2, 14, [12, None, None]),
        (20, 20, 37, [20, 20, None]),
        (20, 20, 30, [20, 20, 30]),
        (15, 15, 30, [15, 15, 30]),
    ],
)
def test_who_only_exchanged_or_did_both_does_not_come_out_of_who_did_either(
    direct: int, indirect: int, either: int, shown: list[int | None]
) -> None:
    """14 with either less 12 who met are the 2 that are hidden; 20 and 20 less 37 did both: 3."""
    tables = asked("reached-direct", "reached-indirect", "reached-any")
    numbers = {"pairs_1": 60, DIRECT: direct, INDIRECT: indirect, ANY: either}
    assert totals(tables, numbers) == [(60, met) for met in shown]


def test_whoever_was_offered_and_not_met_does_not_come_out_of_who_was_met() -> None:
    tables = asked("offer", "engagement")
    numbers = {"contacted_1": 60, "offered_1": 40, "met_1": 38}
    assert totals(tables, numbers) == [(60, 40), (60, None)]
    assert totals(tables, {**numbers, "met_1": 30}) == [(60, 40), (60, 30)]


def test_whoever_asked_for_no_time_does_not_come_out_of_who_did() -> None:
    tables = asked("first-contact", "first-contact-asked")
    numbers = {"first_contact_1": 40, "first_contact_asked_1": 38}
    assert totals(tables, numbers) == [(40, None), (None, None)]
    assert totals(tables, {**numbers, "first_contact_asked_1": 20}) == [(40, None), (20, None)]


def test_days_of_the_service_and_days_asked_for_are_not_taken_for_parts_of_each_other() -> None:
    tables = asked("first-contact", "first-contact-asked", by=OWN)
    made = count([], tables)
    for name, parts in (
        ("first_contact_1", {"1-2": 10, "3-5": 20}),
        ("first_contact_asked_1", {"1-2": 9, "3-5": 10}),
    ):
        for part, number in parts.items():
            made.put(name, frozenset({(OWN, part)}), MAY.begin, number)
    first, second = published(made, [(one, MAY) for one in tables])
    assert [row.counted for row in (*first.rows, *second.rows)] == [10, 20, 9, 10]


def by_organisation(numbers: Mapping[tuple[str, str], int], tables: list[Asked]) -> Tally:
    made = count([], tables)
    for (area, organisation), number in numbers.items():
        parts = {(AREA, area), (ORGANISATION, organisation)}
        made.put("referrals_1", frozenset(parts), MAY.begin, number)
    return made


NORTH_AND_SOUTH = {
    ("NORTH", "NORTH_ONE"): 3,
    ("NORTH", "NORTH_TWO"): 20,
    ("SOUTH", "SOUTH_ONE"): 6,
    ("SOUTH", "SOUTH_TWO"): 30,
}


@pytest.mark.parametrize("ways", [(AREA, ORGANISATION), (ORGANISATION, AREA)])
def test_an_organisation_does_not_come_out_of_its_area(ways: tuple[str, str]) -> None:
    """23 of the north less the 20 of one organisation there would be the 3 of the other."""
    tables = [one for by in ways for one in asked("referrals", by=by)]
    made = by_organisation(NORTH_AND_SOUTH, tables)
    given = {t.asked.by: t for t in published(made, [(one, MAY) for one in tables])}
    shown = {row.part: row.counted for t in given.values() for row in t.rows}
    assert [t.total.counted for t in given.values()] == [59, 59]
    assert shown["NORTH_ONE"] is None
    assert None in (shown["NORTH"], shown["NORTH_TWO"])
    assert len([n for n in shown.values() if n is not None]) >= 2


def test_what_one_definition_hides_does_not_come_out_of_another_by_another_name_for_the_same() -> (
    None
):
    """By its own parts a referral that was received is counted by its source: 22 less 20 are 2."""
    tables = [*asked("referrals", by="source"), *asked("referrals@2", by=OWN)]
    made = count([], tables)
    for source, (accepted, received) in {"PCSO": (20, 22), "SELF": (30, 40)}.items():
        for name, number in (("referrals_1", accepted), ("referrals_2", received)):
            own = source if name == "referrals_2" else ""
            parts = frozenset({("source", source), (OWN, own)})
            made.put(name, parts, MAY.begin, number)
    first, second = published(made, [(one, MAY) for one in tables])
    assert [row.counted for row in first.rows] == [20, 30]
    assert next(row.counted for row in second.rows) is None
