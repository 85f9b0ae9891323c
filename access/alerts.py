"""Patterns in the access log that the data-protection officer should see, each with its rule.

A rule is a function: its name is the code, its docstring the sentence that people read. They are
for lawfulness, self-monitoring, integrity and criminal proceedings (DPA 2018 s.62(4)), and say
nothing of how somebody works.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from access.look import Outcome
from domain.permissions import OPENS_A_CASE
from domain.words import Relation

if TYPE_CHECKING:
    from datetime import datetime

    from access.chain import Linked
    from access.look import Look

HOUR = timedelta(hours=1)
_OPENED = frozenset(view.value for view in OPENS_A_CASE)


@dataclass(frozen=True, slots=True)
class Alert:
    """Looks of one person that a rule speaks to."""

    rule: str
    sentence: str
    actor: str
    cases: tuple[str, ...]
    begun_at: datetime
    ended_at: datetime
    entries: tuple[int, ...]
    """Their numbers in the access log."""


Found: TypeAlias = Iterator[list["Linked"]]
Rule: TypeAlias = Callable[[Sequence["Linked"], int], Found]


def looked_after_a_declared_conflict(entries: Sequence[Linked], many: int) -> Found:  # noqa: ARG001
    """Somebody with a declared conflict of interest in a case tried to look at it."""
    yield from _each(e for e in entries if e.link.look.relation is Relation.CONFLICTED)


def looked_at_a_case_that_is_not_theirs(entries: Sequence[Linked], many: int) -> Found:  # noqa: ARG001
    """Somebody tried to look at a case that they have nothing to do with."""
    yield from _each(
        e for e in entries if e.link.look.relation is Relation.NOT_THEIRS and not e.link.look.glass
    )


def opened_many_cases_in_a_short_time(entries: Sequence[Linked], many: int) -> Found:
    """Somebody opened many cases one by one within an hour."""
    theirs: dict[str, list[Linked]] = defaultdict(list)
    for entry in entries:
        look = entry.link.look
        if look.outcome is Outcome.GIVEN and look.view in _OPENED and look.behalf is None:
            theirs[look.actor.id].append(entry)
    for looks in theirs.values():
        yield from _crowded(sorted(looks, key=_when), many)


def broke_the_glass(entries: Sequence[Linked], many: int) -> Found:  # noqa: ARG001
    """Somebody opened a case that is not theirs in an emergency."""
    yield from _each(e for e in entries if e.link.look.glass)


def took_out_every_case(entries: Sequence[Linked], many: int) -> Found:  # noqa: ARG001
    """Somebody took the history of every case out in a file."""
    yield from _each(e for e in entries if _took_out(e.link.look))


RULES: tuple[Rule, ...] = (
    looked_after_a_declared_conflict,
    looked_at_a_case_that_is_not_theirs,
    opened_many_cases_in_a_short_time,
    broke_the_glass,
    took_out_every_case,
)
"""Every pattern there is. A new one is a function and its place here."""


def alerts(entries: Sequence[Linked], many: int) -> list[Alert]:
    """Return what the rules find in these entries, the latest in front.

    `many` is how many cases within an hour are many.
    """
    found = [_alert(rule, looks) for rule in RULES for looks in rule(entries, many)]
    return sorted(found, key=lambda a: (a.ended_at, a.rule, a.actor), reverse=True)


def _alert(rule: Rule, looks: list[Linked]) -> Alert:
    return Alert(
        rule=rule.__name__,
        sentence=" ".join((rule.__doc__ or "").split()),
        actor=looks[0].link.look.actor.id,
        cases=tuple(sorted({case for one in looks for case in one.link.look.about})),
        begun_at=min(map(_when, looks)),
        ended_at=max(map(_when, looks)),
        entries=tuple(one.link.number for one in looks),
    )


def _took_out(look: Look) -> bool:
    return look.of_every_case and look.medium == "EXPORT" and look.outcome is Outcome.GIVEN


def _when(entry: Linked) -> datetime:
    return entry.link.look.at


def _each(entries: Iterator[Linked]) -> Found:
    """Yield them together by person and case."""
    together: dict[tuple[str, tuple[str, ...]], list[Linked]] = defaultdict(list)
    for entry in entries:
        together[entry.link.look.actor.id, entry.link.look.about].append(entry)
    yield from together.values()


def _crowded(looks: list[Linked], many: int) -> Found:
    """Yield the stretches in which as many cases as `many` were opened within any hour."""
    stretch: list[Linked] = []
    first = 0
    inside: dict[str, int] = defaultdict(int)
    for last, entry in enumerate(looks):
        for case in entry.link.look.about:
            inside[case] += 1
        while _when(entry) - _when(looks[first]) > HOUR:
            for case in looks[first].link.look.about:
                inside[case] -= 1
                if not inside[case]:
                    del inside[case]
            first += 1
        if len(inside) < many:
            continue
        if stretch and stretch[-1].link.number < looks[first].link.number:
            yield stretch
            stretch = []
        known = {one.link.number for one in stretch}
        stretch += [one for one in looks[first : last + 1] if one.link.number not in known]
    if stretch:
        yield stretch
