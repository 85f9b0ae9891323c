"""Drawing cases to be audited: by a seed and criteria, so that anybody can draw the same again.

Each case that is meant is given a number by the seed alone: the first bytes of the SHA-256 of the
seed and its reference. The smallest are drawn. The same seed, the same criteria and the same length
of the log so give the same sample, whatever was recorded since.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import domain.events.every  # noqa: F401 - so that whatever was recorded can be read
from domain.calendar import local_day
from domain.fold import fold
from domain.ids import CASE_PREFIX, reference
from domain.words import (
    EndReason,
    Initiator,
    InterventionState,
    InterventionType,
    Sensitivity,
    Source,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from domain.case import Case
    from store import Log

SAMPLE_PREFIX = "SA"
YES, NO = "yes", "no"
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
"""As it is compared: letter by letter."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing by which cases are meant: what it asks, what may be said, and whether it holds."""

    sentence: str
    values: tuple[str, ...]
    """What may be said; nothing here: a month such as 2026-03."""
    holds: Callable[[Case, str], bool]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample: what it was drawn by, from how many cases, and which."""

    id: str
    seed: str
    length: int
    criteria: tuple[str, ...]
    size: int
    eligible: int
    cases: tuple[str, ...]


class NoCriterion(ValueError):
    """What was typed is no criterion; the text says why, without what was typed."""


class TooLong(ValueError):
    """The log has not as many entries as it is to be drawn from."""


def _month(case: Case) -> str:
    began = case.referred_at or case.opened_at
    return f"{local_day(began):%Y-%m}" if began else ""


def _yes(holds: Callable[[Case], bool]) -> Criterion:
    return Criterion("", (YES, NO), lambda case, value: holds(case) == (value == YES))


def _said(sentence: str, one: Criterion) -> Criterion:
    return Criterion(sentence, one.values, one.holds)


CRITERIA: dict[str, Criterion] = {
    "from": Criterion("came in this month or later", (), lambda case, v: _month(case) >= v),
    "to": Criterion("came in this month or before", (), lambda case, v: _month(case) <= v),
    "source": Criterion("who brought it", tuple(Source), lambda case, v: case.source == v),
    "initiator": Criterion(
        "whose wish it was", tuple(Initiator), lambda case, v: case.initiator == v
    ),
    "class": Criterion(
        "the class of the case", tuple(Sensitivity), lambda case, v: case.sensitivity == v
    ),
    "held": Criterion(
        "something of this type was held",
        tuple(InterventionType),
        lambda case, v: any(
            i.type == v and i.state is InterventionState.COMPLETED
            for i in case.interventions.values()
        ),
    ),
    "reason": Criterion(
        "a pair ended for this reason",
        tuple(EndReason),
        lambda case, v: any(
            e.ended and e.ended.reason == v for t in case.threads.values() for e in t.episodes
        ),
    ),
    "ended": _said(
        "no pair is under way", _yes(lambda c: not any(t.open for t in c.threads.values()))
    ),
    "child": _said(
        "somebody under 18 is in it", _yes(lambda c: any(p.is_child for p in c.parties.values()))
    ),
    "missed": _said("something was not done in time", _yes(lambda c: bool(c.clocks))),
    "complaint": _said("somebody complained", _yes(lambda c: bool(c.complaints))),
}
"""By what cases can be meant. A new one is a row."""


def criteria(typed: Iterable[str]) -> tuple[str, ...]:
    """Return the criteria that were typed, such as class=STANDARD, sorted. Raises `NoCriterion`."""
    return tuple(sorted({_criterion(one) for one in typed}))


def _criterion(typed: str) -> str:
    name, mark, said = typed.strip().partition("=")
    if not mark or name.lower() not in CRITERIA:
        raise NoCriterion(f"a criterion is one of {', '.join(f'{n}=…' for n in CRITERIA)}")
    values = CRITERIA[name.lower()].values
    meant = {value.lower(): value for value in values}.get(said.lower().replace("-", "_"))
    if not values:
        meant = said if _MONTH.fullmatch(said) else None
    if meant is None:
        raise NoCriterion(f"{name.lower()}= is one of {', '.join(values) or 'months, as 2026-03'}")
    return f"{name.lower()}={meant}"


def draw(
    log: Log, *, seed: str, size: int, length: int, meant: tuple[str, ...], demo: bool = False
) -> Drawn:
    """Return the sample of `size` cases that this seed draws from the first `length` entries.

    `meant` are criteria as `criteria` returns them, asked of each case as it stood then. A case
    that goes on in another one is not meant; cases made up to show the service only with `demo`,
    and then no others. Raises `TooLong`, and what the log raises.
    """
    eligible = [
        case
        for case, entries in _cases(log, length).items()
        if _is_meant(log, case, entries, meant, demo=demo)
    ]
    found = sorted(eligible, key=lambda case: _number(seed, case))[:size]
    told = f"{seed} {length} {' '.join(meant)} {size}{' demo' if demo else ''}"
    return Drawn(
        id=reference(SAMPLE_PREFIX, told),
        seed=seed,
        length=length,
        criteria=meant,
        size=size,
        eligible=len(eligible),
        cases=tuple(found),
    )


def _number(seed: str, case: str) -> str:
    return hashlib.sha256(f"{seed}\n{case}".encode()).hexdigest()


def _cases(log: Log, length: int) -> Mapping[str, int]:
    """Return how many entries each case has among the first of the log."""
    counted: Counter[str] = Counter()
    left = length
    for page in log.recorded():
        rows = page[:left]
        left -= len(rows)
        counted.update(row[0].decode(errors="replace") for row in rows)
        if not left:
            break
    if left:
        raise TooLong(f"the log has {length - left} entries")
    return {case: n for case, n in sorted(counted.items()) if case.startswith(f"{CASE_PREFIX}-")}


def _is_meant(log: Log, case: str, entries: int, meant: tuple[str, ...], *, demo: bool) -> bool:
    known = log.load(case)[:entries]
    if (known[0].recorded.origin == "demo") is not demo:
        return False
    then = fold(known)
    pairs = (one.partition("=") for one in meant)
    holds = all(CRITERIA[name].holds(then, value) for name, _, value in pairs)
    return then.merged is None and holds
