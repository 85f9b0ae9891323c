"""What an export may be for. It is written into the access log before anything is written out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose: what it means, and whether it is about staff."""

    sentence: str
    staff: bool = False
    """Whether who acted is in the export. For every other purpose no member of staff is."""


PURPOSES = {
    "audit": Purpose("to show what happened"),
    "improvement": Purpose("to see how cases go, and where they wait"),
    "evaluation": Purpose("to see whether the service does what it is there for"),
    "research": Purpose("a study that was approved"),
    "transfer": Purpose("to hand over to another system of the same controller"),
    "staffing": Purpose("to see who does what and how much", staff=True),
}
"""By the word that is typed. A new purpose is an entry here and a row in the operator's guide."""
