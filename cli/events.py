"""Events in a line of words, from their names and coded data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli.showing import in_short
from domain.texts import TextRef

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEPT = "(kept)"
"""What stands for somebody's words: that there are some, and nothing of them."""


def in_words(event: Mapping[str, Any]) -> str:
    """Return an event, its name under `event` beside its data, as a line that staff read."""
    said = "; ".join(_facts({k: v for k, v in event.items() if k != "event"}))
    name = str(event["event"]).replace("_", " ")
    return f"{name}: {said}" if said else name


def _facts(data: Mapping[str, Any]) -> Iterator[str]:
    for name, value in data.items():
        if value is None or value in ([], {}):
            continue
        words = isinstance(value, dict) and value.keys() == TextRef.model_fields.keys()
        yield f"{name.replace('_', ' ')} {KEPT if words else in_short(value)}"
