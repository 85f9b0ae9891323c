"""That a changed copy is what `dataclasses.replace` makes, and leaves the first as it was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest

from domain.case import Case
from domain.changing import with_changes
from domain.pair import Side
from domain.words import Choice


@pytest.mark.parametrize(
    ("thing", "changes"),
    [
        (Case(id="RJ-2026-0001"), {"version": 3, "area": "DERBYSHIRE"}),
        (Side(), {"understood": True}),
    ],
)
def test_a_changed_copy_is_equal_to_a_replaced_one(
    thing: Case | Side, changes: dict[str, Any]
) -> None:
    before = replace(thing)
    assert with_changes(thing, **changes) == replace(thing, **changes)
    assert thing == before
    assert type(with_changes(thing)) is type(thing)


def test_a_field_that_there_is_not_is_not_taken() -> None:
    with pytest.raises(TypeError, match="Side has no field chosen"):
        with_changes(Side(), chosen=Choice.CONSENTED)


def test_a_lean_thing_keeps_only_what_was_said_of_it_and_reads_the_rest_of_its_class() -> None:
    case = Case("RJ-2026-0001", area="DERBYSHIRE")
    assert vars(case) == {"id": "RJ-2026-0001", "area": "DERBYSHIRE"}
    assert (case.version, case.lead, case.parties) == (0, None, {})
    later = with_changes(case, lead="PR-7K3M9QXA-5")
    assert vars(later) == {**vars(case), "lead": "PR-7K3M9QXA-5"}
    assert with_changes(later, lead=None) == replace(later, lead=None) == case != later


@pytest.mark.parametrize(
    ("args", "given"),
    [
        ((), {}),
        (("RJ-2026-0001",), {"id": "RJ-2026-0001"}),
        (("RJ-2026-0001",), {"colour": "red"}),
        (("RJ-2026-0001", *range(100)), {}),
    ],
)
def test_a_lean_thing_is_begun_by_its_fields_alone(
    args: tuple[Any, ...], given: dict[str, Any]
) -> None:
    with pytest.raises(TypeError, match=r"Case\.__init__\(\)"):
        Case(*args, **given)


def test_what_lean_things_share_none_of_them_can_change() -> None:
    case = Case(id="RJ-2026-0001")
    shared: Any
    for shared in (case.parties, case.ledger.lines, case.data.by_party):
        with pytest.raises(TypeError, match="does not support item assignment"):
            shared["V1"] = "somebody"


@dataclass(frozen=True, slots=True)
class Checked:
    first: int
    second: int

    def __post_init__(self) -> None:
        if self.first > self.second:
            raise ValueError("in order only")


def test_a_class_that_checks_itself_is_not_copied_past_its_check() -> None:
    with pytest.raises(TypeError, match="checks itself"):
        with_changes(Checked(1, 2), first=3)
