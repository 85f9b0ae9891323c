"""Whether the log's table still refuses every change: its triggers, as they were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def broken_guards(made: Mapping[str, str], there: Mapping[str, str]) -> list[str]:
    """Return what is wrong with the triggers that are there, by name and how each is defined,
    against those that were made; a sentence each, nothing if they are the same."""
    found = []
    for name, definition in made.items():
        if name not in there:
            found.append(f"the trigger {name} is not there")
        elif there[name].split() != definition.split():
            found.append(f"the trigger {name} is not as it was made")
    strange = sorted(there.keys() - made.keys())
    return found + [f"the trigger {name} is none of this service's" for name in strange]
