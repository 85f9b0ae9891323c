"""Whose it is where somebody has a conflict of interest in what is one and all, in a sentence."""

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
    if named := _named(denied):
        return (
            f"{NOT_ALL_OF_IT}: another data-protection officer does all of it, and has it in rj "
            f"waiting; tell {named}"
        )
    return (
        f"{NOT_ALL_OF_IT}: and there is no other data-protection officer who may see them all; "
        "tell an administrator now, who makes somebody one (rj practitioners grant-role PR-… "
        "data-protection-officer): whoever asked must not wait for it"
    )


def another_takes_it_out(denied: DeniedThere) -> str:
    """Return who takes the whole record out instead, or what has to be done for somebody to."""
    every = (
        "one of the cases in it is not yours to see, as where you have a conflict of interest, and "
        "none can be left out of what is verified"
    )
    if named := _named(denied):
        return f"{every}: {named} may take it out, and hand it to whoever verifies it"
    return (
        f"{every}; nobody else may see them all, either: an administrator makes somebody an "
        "auditor who may (rj practitioners grant-role PR-… auditor)"
    )


def _named(denied: DeniedThere) -> str:
    every = denied.officers
    named = [one.id if one.away is None else f"{one.id} ({away(one.away)})" for one in every]
    return " or ".join(named)
