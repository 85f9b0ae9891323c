"""The things of a case in an export: the case, its pairs and people, its texts, whoever acted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.words import Role
from exports.course import Fact, Kind, Link, Thing
from exports.within import Named, people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from domain.case import Case
    from domain.record import Entry
    from exports.course import Value

_SIDES = ("victim", "offender")


def facts_of(case: Case) -> dict[str, Value]:
    """Return what is told of a case as a whole, in codes."""
    codes = {"organisation": case.organisation, "area": case.area, "origin": case.origin}
    return {name: code for name, code in codes.items() if code}


def things_of(
    case: Case,
    told: Sequence[tuple[Entry, Sequence[Named]]],
    name: Callable[[Kind, str], str],
    time: Callable[[datetime], datetime],
) -> Iterator[Thing]:
    """Yield everything that what is told is about, each once.

    `name` and `time` say how something is called, and when something was, in the export.
    """
    known = dict.fromkeys((one.kind, one.name) for _, named in told for one in named)
    pairs = [own for kind, own in known if kind is Kind.THREAD]
    parties = [own for kind, own in known if kind is Kind.PARTY]
    yield Thing(
        Kind.CASE,
        name(Kind.CASE, ""),
        tuple(Fact(key, time(told[0][0].effective_at), v) for key, v in facts_of(case).items())
        if told
        else (),
        (
            *(Link(Kind.THREAD, name(Kind.THREAD, one), "pair") for one in pairs),
            *(Link(Kind.PARTY, name(Kind.PARTY, one), "person") for one in parties),
        ),
    )
    for kind, own in known:
        facts = tuple(_roles(own, told, time)) if kind is Kind.PARTY else ()
        sides = zip(people(own), _SIDES, strict=True) if kind is Kind.THREAD else ()
        links = tuple(Link(Kind.PARTY, name(Kind.PARTY, one), side) for one, side in sides)
        yield Thing(kind, name(kind, own), facts, links)


def _roles(
    party: str, told: Sequence[tuple[Entry, Sequence[Named]]], time: Callable[[datetime], datetime]
) -> Iterator[Fact]:
    """Yield what a person was in the case, from when on."""
    for entry, _ in told:
        role = getattr(entry.event, "role", None)
        if isinstance(role, Role) and getattr(entry.event, "party", None) == party:
            yield Fact("role", time(entry.effective_at), role.value)
