"""What an event, a command or a task is about: pairs, people and things, found in one way."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from domain.texts import TextRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from domain.case import Case
    from domain.pair import Thread

KEPT_IN = {
    "thread": "threads",
    "party": "parties",
    "intervention": "interventions",
    "question": "questions",
    "letter": "letters",
    "message": "messages",
    "item": "items",
    "proposal": "proposals",
    "onward": "onward",
    "hearing": "hearings",
    "appointment": "appointments",
    "pack": "packs",
}
"""The fields by which something is named, and where the case keeps it."""
_SEVERAL = "threads"
"""The field by which several pairs are named at once."""
_A_PERSON = (("party", "parties"),)
"""How most that is recorded names what it is about: one person, and nothing else."""
_OF_A_PAIR = ("messages", "questions", "letters", "items", "proposals")
"""What belongs to one pair."""


def named(about: Any) -> Iterator[tuple[str, str]]:
    """Yield what is named: where the case keeps it, and its name there."""
    kind: Any = type(about)
    for field, kept in _naming(kind):
        found = getattr(about, field, None)
        if isinstance(found, str):
            yield kept, found
        elif field == _SEVERAL and found is not None:
            yield from ((_SEVERAL, thread) for thread in found)


@cache
def _naming(kind: Any) -> tuple[tuple[str, str], ...]:
    """Return the fields by which a class names something, each with where the case keeps it.

    Every entry that is folded is asked, and to ask a model for what it does not have is dear.
    """
    fields = getattr(kind, "model_fields", None)
    known = None if fields is None else {*fields, *dir(kind)}
    every = (*KEPT_IN.items(), (_SEVERAL, _SEVERAL))
    found = tuple((field, kept) for field, kept in every if known is None or field in known)
    return _A_PERSON if found == _A_PERSON else found


def is_known(case: Case, about: object) -> bool:
    """Say whether everything that is named is in the case."""
    return all(name in getattr(case, kept) for kept, name in named(about))


def pairs(case: Case, about: object) -> tuple[str, ...]:
    """Return the names of the pairs that it is about. Raises as `threads` does."""
    return tuple([thread.id for thread in threads(case, about)])


def threads(case: Case, about: Any) -> Sequence[Thread]:
    """Return the pairs that it is about: those named, else those of what is named.

    Where only a person is named, the pairs of theirs that are under way. Raises `Nonsense` for a
    pair that is not in the case.
    """
    kind: Any = type(about)
    if _naming(kind) is _A_PERSON:
        party = about.party
        return () if party is None else case.open_threads_of(party)
    things: dict[str, str] = {}
    found: list[str] = []
    for kept, name in named(about):
        if kept == _SEVERAL:
            found.append(name)
        else:
            things[kept] = name
    party = things.pop("parties", None)
    if things and not found:
        found = _of_things(case, things)
    if party is not None and not found:
        return case.open_threads_of(party)
    return [case.thread(thread) for thread in found]


def _of_things(case: Case, things: dict[str, str]) -> list[str]:
    """Return the pairs of the first of these that has its own; `things` are named by their kind."""
    for kept in _OF_A_PAIR:
        if kept in things and things[kept] in getattr(case, kept):
            return [getattr(case, kept)[things[kept]].thread]
    held = case.interventions.get(things.get("interventions", ""))
    return list(held.threads) if held else []


def subjects(case: Case, about: Any) -> frozenset[str]:
    """Return the names of everything that it is about, the pairs included."""
    return frozenset(pairs(case, about)) | {name for _, name in named(about)}


def values(field: str, value: Any) -> Iterable[tuple[str, Any]]:
    """Yield every value within, with the name of the field that holds it."""
    if isinstance(value, BaseModel) and not isinstance(value, TextRef):
        for name in type(value).model_fields:
            yield from values(name, getattr(value, name))
    elif isinstance(value, (tuple, list)):
        for inner in value:
            yield from values(field, inner)
    else:
        yield field, value
