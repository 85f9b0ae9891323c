"""What follows a concern of safeguarding or danger: it is passed on, or on record why it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case, When


def to_be_passed_on(case: Case, when: When) -> Case:
    """Return the case with the concern that was raised just now waiting to be passed on."""
    concern = case.tasks[f"T{when.version}"]
    return case.changed(to_pass_on={**case.to_pass_on, concern.id: concern})


def settled(case: Case, concerns: Iterable[str]) -> Case:
    """Return the case with these concerns no longer waiting to be passed on."""
    rest = {name: one for name, one in case.to_pass_on.items() if name not in set(concerns)}
    return case.changed(to_pass_on=rest)
