"""What an entry is about: whom and what it names itself, and whose the thing is that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.about import named as things_named
from exports.course import Kind
from exports.within import Named, held, names_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.case import Case
    from domain.record import Entry

_PEOPLE = frozenset({Kind.PARTY, Kind.THREAD})
_WHOSE = ("thread", "threads", "party", "author", "asker", "sayer", "owner")
"""The fields by which a thing of the case says whose it is."""


def about(case: Case, entry: Entry, by_version: Mapping[int, Entry]) -> list[Named]:
    """Return everything that an entry is about, each once; the case itself is left out.

    `by_version` has the entries of the case, for those that are about an earlier one.
    """
    envelope = entry.envelope
    found = [
        *names_in("by", envelope.actor.id),
        *names_in("asked_by", envelope.asked_by),
        *names_in("assessed_by", envelope.basis.whose),
        *names_in("why", envelope.why.words if envelope.why else None),
        *_of_event(case, entry, by_version, set()),
    ]
    return [one for one in dict.fromkeys(found) if _is_here(case, one)]


def _is_here(case: Case, one: Named) -> bool:
    """Say whether there is such a person or pair in the case; a code may look like one."""
    if one.kind is Kind.PARTY:
        return one.name in case.parties
    return one.kind is not Kind.THREAD or one.name in case.threads


def _of_event(
    case: Case, entry: Entry, by_version: Mapping[int, Entry], seen: set[int]
) -> Iterator[Named]:
    """Yield what an event is about; `seen` are the versions of the entries looked at already."""
    seen.add(entry.version)
    holds = held(entry.event)
    yield from holds.named
    for kept, name in things_named(entry.event):
        yield from _whose(getattr(case, kept).get(name), f"of_the_{kept.rstrip('s')}")
    for version, field in holds.earlier:
        earlier = by_version.get(version)
        if earlier is not None and version not in seen:
            for one in _of_event(case, earlier, by_version, seen):
                if one.kind in _PEOPLE:
                    yield one._replace(field=f"of_the_{field.rstrip('s')}")


def _whose(thing: object, field: str) -> Iterator[Named]:
    """Yield whose a letter, a question or the like is."""
    for own in _WHOSE:
        value = getattr(thing, own, None)
        for one in value if isinstance(value, tuple | frozenset) else (value,):
            yield from names_in(field, one)
