"""The table of forms as it is in force: what each is counted as, and which are offered here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.wording import words_of
from domain.interventions import APART, CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.words import InterventionType

COLUMNS = ("form", "what it is", "counted", "steps", "facilitators", "offered here")


def rows(offered: frozenset[InterventionType]) -> Iterator[Sequence[str]]:
    """Yield each form of intervention, and each piece of work that is none, in the words of staff.

    `offered` is what this area offers besides what every area does.
    """
    for kind, row in CATALOGUE.items():
        steps = "its own" if row.steps is kind else f"as {CATALOGUE[row.steps].title}"
        here = "yes" if row.everywhere or kind in offered else "no (RJ_FORMS)"
        yield kind, row.title, words_of(row.family), steps, str(row.facilitators), here
    for work, family in APART.items():
        yield work, words_of(work), f"{words_of(family)}: apart", "record_own_side_work", "—", "yes"


def offered_here(offered: frozenset[InterventionType]) -> list[str]:
    """Return the codes of the interventions that may be planned in this area."""
    return [kind.value for kind, row in CATALOGUE.items() if row.everywhere or kind in offered]
