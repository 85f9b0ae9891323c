"""As whom somebody is on record, from case to case: by links, and where one goes on in another; and
so every case that an entry of the data-protection register is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from domain.dossier import Subject
from domain.fold import fold, fold_person
from domain.merged import merged_with
from domain.record import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.case import Case
    from domain.dossier import Dossier

Load: TypeAlias = Callable[[str], Sequence[Entry]]
"""Returns the entries of a stream; none if there are none."""
Opened: TypeAlias = Callable[[str], "Case"]
"""Returns a case by its reference, once whatever has to be asked and written down before is."""


@dataclass(frozen=True, slots=True)
class Appearing:
    """Somebody in one case, and as whom they are known to be in others."""

    subject: Subject
    person: str | None
    """Their own stream, if they are linked."""
    others: tuple[Subject, ...]


def appearances(load: Load, subjects: Iterable[Subject], opened: Opened) -> Iterator[Appearing]:
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
        others = (*merged, *(of_person(load, person) if person else ()))
        yield Appearing(one, person, others)
        left += others


def of_person(load: Load, person: str) -> Iterator[Subject]:
    """Yield as whom somebody appears, as their own stream has it."""
    entries = load(person)
    if entries:
        for key in fold_person(entries).appearances:
            yield Subject(case=key.case, party=key.party)


@dataclass(frozen=True, slots=True)
class RestsOn:
    """Every case that an entry of the register is about: of each person there, by links and merges,
    and those of which something was put in."""

    cases: tuple[Case, ...]
    persons: frozenset[str]
    """Whose links led from one case to another."""

    @property
    def barred(self) -> frozenset[str]:
        """Everybody who has a conflict of interest in one of these cases, as they are now."""
        return frozenset(who for case in self.cases for who in case.conflicted)


def rests_on(load: Load, dossier: Dossier) -> RestsOn:
    """Return every case that an entry of the register is about."""

    def opened(case: str) -> Case:
        return fold(load(case))

    found = [*appearances(load, dossier.subjects, opened)]
    put_in = dossier.request.put_in if dossier.request else ()
    names = {one.subject.case for one in found} | {item.partition(":")[0] for item in put_in}
    persons = frozenset(one.person for one in found if one.person)
    return RestsOn(tuple(opened(name) for name in sorted(names)), persons)
