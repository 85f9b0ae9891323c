"""Every number there is, by id and version. A new one is a row in its family's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.families import (
    concerns,
    exchanges,
    outcomes,
    path,
    reaching,
    referrals,
    timeliness,
    workforce,
)

if TYPE_CHECKING:
    from reports.definition import Definition

DEFINITIONS: dict[str, Definition] = {
    one.name: one
    for family in (
        referrals, reaching, exchanges, timeliness, outcomes, concerns, path, workforce
    )
    for one in family.TABLE
}  # fmt: skip
FAMILIES = tuple(dict.fromkeys(one.family for one in DEFINITIONS.values()))


def definition(asked: str) -> Definition | None:
    """Return the definition that is asked for: by id and version, or by id the first version."""
    return DEFINITIONS.get(asked if "@" in asked else f"{asked}@1")
