"""How much speaks for two cases being of one matter, or two appearances of one person, as codes."""

from __future__ import annotations

from enum import StrEnum


class Strength(StrEnum):
    """How much the matcher found. It never decides: a person looks."""

    SAME_REFERENCE = "SAME_REFERENCE"
    """The same crime or court reference."""
    LIKELY = "LIKELY"
    POSSIBLE = "POSSIBLE"

    @property
    def rank(self) -> int:
        """How much it is, from 1 on: what is more is shown first."""
        return {"POSSIBLE": 1, "LIKELY": 2, "SAME_REFERENCE": 3}[self.value]
