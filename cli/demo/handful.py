"""The demonstration that everybody sees first: a handful of cases, one for each path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli.demo.cases import CASES
from cli.demo.enter import Cast
from cli.demo.people import IN_DATE, PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterable


def _upkeep(name: str) -> Iterable[tuple[str, int, dict[str, Any]]]:
    return IN_DATE if PEOPLE[name]["kind"] == "FACILITATOR" else ()


HANDFUL = Cast("", PEOPLE, _upkeep, CASES)
