"""A specialist was asked one thing about one case: who, and which texts that opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.errors import Nonsense

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case
    from domain.texts import TextId, TextRef


@dataclass(frozen=True)
class Consultation:
    """One question to one specialist. It opens what it names, until it is over."""

    id: str
    specialist: str
    question: TextRef
    texts: tuple[TextId, ...]
    by: str
    since: datetime
    answer: TextRef | None = None
    over: bool = False

    @property
    def opens(self) -> frozenset[str]:
        """Which texts of the vault the specialist may read, by id: none once it is over."""
        return frozenset() if self.over else frozenset({*self.texts, self.question.id})


def consultation(case: Case, name: str) -> Consultation:
    """Return a question of this case to a specialist. Raises `Nonsense` if there is none."""
    if name not in case.consultations:
        raise Nonsense(f"there is no question {name} to a specialist in this case")
    return case.consultations[name]


def open_to(case: Case, specialist: str) -> tuple[Consultation, ...]:
    """Return what somebody is asked about a case and has yet to answer."""
    return tuple(
        one for one in case.consultations.values() if one.specialist == specialist and not one.over
    )
