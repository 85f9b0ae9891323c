"""How codes, times and lists of them are shown to people."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from typing import Any

from cli.moments import shown
from cli.wording import words_of
from domain import words

_CODES = frozenset(
    member.value
    for kind in vars(words).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum)
    for member in kind
)
"""Every code of the field; what is none of them, such as an organisation's, is told as it is."""
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})")


def in_short(value: Any) -> str:
    """Return a value, as JSON has it, as people read it; a dash for nothing."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value in ("", [], {}):
        return "—"
    if isinstance(value, dict):
        return ", ".join(f"{name} {in_short(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return ", ".join(in_short(inner) for inner in value)
    text = str(value)
    if _MOMENT.fullmatch(text):
        return shown(datetime.fromisoformat(text))
    return words_of(text) if text in _CODES else text
