"""The finding entry: by what a returning person is recognised once their story is gone.

It lies under a key of its own, so that the story's key can be destroyed without it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from vault.details import PartyDetails

if TYPE_CHECKING:
    from collections.abc import Iterable

FINDING = "finding"
"""The kind under which it is put."""
FOUND = ".found"
"""What the owner of a finding entry is called by, after the name of the person."""
BY = ("name", "known_as", "born")
"""What it holds of somebody's details, and no more."""


def found_owner(owner: str) -> str:
    """Return whose key a finding entry lies under: the person's second one, `V1.found`."""
    return f"{owner}{FOUND}"


def appears_as(owner: str) -> str:
    """Return who somebody is in their case, whichever of their keys it lies under."""
    return owner.removesuffix(FOUND)


def finding_entries(details: Iterable[PartyDetails]) -> list[str]:
    """Return the words of the entries to keep: one for each way in which they were named."""
    told = [one.model_dump(mode="json", include=set(BY), exclude_none=True) for one in details]
    named = [one for one in told if "name" in one or "known_as" in one]
    return sorted({json.dumps(one, ensure_ascii=False, sort_keys=True) for one in named})
