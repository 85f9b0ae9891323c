"""As whom somebody is on record, from case to case: by links, and where one goes on in another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from domain.dossier import Subject
from domain.fold import fold_person
from domain.merged import merged_with

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.case import Case
    from store import Log

Opened: TypeAlias = Callable[[str], "Case"]
"""Returns a case by its reference, once whatever has to be asked and written down before is."""


@dataclass(frozen=True, slots=True)
class Appearing:
    """Somebody in one case, and as whom they are known to be in others."""

    subject: Subject
    person: str | None
    """Their own stream, if they are linked."""
    others: tuple[Subject, ...]


def appearances(log: Log, subjects: Iterable[Subject], opened: Opened) -> Iterator[Appearing]:
    """Yield these, and the same people in every other case, as far as that is on record.

    Each before the next case is opened. Raises what `opened` and loading a person do.
    """
    seen: set[Subject] = set()
    left = [*subjects]
    while left:
        one = left.pop(0)
        case = None if one in seen else opened(one.case)
        if case is None or one.party not in case.parties:
            continue
        seen.add(one)
        linked = case.persons.get(one.party)
        person = linked.person if linked and not linked.undone else None
        merged = (Subject(case=c, party=name) for c, name in merged_with(case, one.party))
        others = (*merged, *(of_person(log, person) if person else ()))
        yield Appearing(one, person, others)
        left += others


def of_person(log: Log, person: str) -> Iterator[Subject]:
    """Yield as whom somebody appears, as their own stream has it."""
    entries = log.load(person)
    if entries:
        for key in fold_person(entries).appearances:
            yield Subject(case=key.case, party=key.party)
