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
