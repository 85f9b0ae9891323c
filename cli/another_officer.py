"""Whose it is where a data-protection officer has a conflict of interest, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.moments import away

if TYPE_CHECKING:
    from client.failures import DeniedThere

NOT_ALL_OF_IT = (
    "one of the cases that belong to it is not yours to see, as where you have a conflict of "
    "interest"
)


def another_does_it(denied: DeniedThere) -> str:
    """Return who does all of it instead, or what has to be done so that somebody can."""
    officers = denied.officers
    named = [one.id if one.away is None else f"{one.id} ({away(one.away)})" for one in officers]
    if named:
        return (
            f"{NOT_ALL_OF_IT}: another data-protection officer does all of it, and has it in rj "
            f"waiting; tell {' or '.join(named)}"
        )
    return (
        f"{NOT_ALL_OF_IT}: and there is no other data-protection officer who may see them all; "
        "tell an administrator now, who makes somebody one (rj practitioners grant-role PR-… "
        "data-protection-officer): whoever asked must not wait for it"
    )
