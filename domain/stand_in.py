"""Stand-ins: somebody met in the place of a victim or an offender of the matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.case import Case


def stand_in_of(case: Case, thread: str) -> str | None:
    """Return who of this pair is a stand-in; None if both are people of the matter."""
    return next((p for p in case.thread(thread).people if case.party(p).is_stand_in), None)
