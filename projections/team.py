"""The Monday view: who works on how much, what waits for a supervisor's decision, what was missed.

Reckoned from the case list and the work queue; nothing of its own is stored.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.waits import TABLE
from projections.cases import cases
from projections.practitioners import practitioners
from projections.sight import AREA, TEAM
from projections.waiting import Standing, waiting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from domain.absence import Absence
    from domain.practitioner import Practitioner
    from projections.cases import ListedCase
    from projections.practitioners import Registered
    from projections.views import Views
    from projections.waiting import Waiting

DECISIONS = frozenset(
    row.name for row in TABLE if row.whose in ("supervisor", "second", "looking_for")
)
"""What waits for somebody who supervises: allocation, countersignature, a held approach …"""
LATE = (Standing.OVERDUE,)


@dataclass(frozen=True, slots=True)
class Load:
    """How much one practitioner has in hand. Practitioners are given by reference."""

    who: str
    lead: int
    co: int
    worker: int
    """Cases with a pair under way that they lead, co-facilitate, or are the case worker of."""
    due: int
    """Tasks of theirs that fall due today or later."""
    overdue: int
    at_their_pace: int
    """Of the cases that they lead: those that wait at a person's own pace."""
    active: bool = True
    """Whether they are there: what somebody who left still has in hand is to be handed over."""
    absence: Absence | None = None
    """In which they are away: their tasks are counted with whoever covers."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What a supervisor asks on a Monday."""

    loads: tuple[Load, ...]
    """Everybody in the register who has work in hand, the fullest first."""
    unallocated: tuple[ListedCase, ...]
    """Referred, a pair under way, and nobody leads it."""
    decisions: tuple[Waiting, ...]
    missed: tuple[Waiting, ...]
    """What is overdue, and not done yet: in cases, and of practitioners' own clocks."""


def team(
    views: Views,
    reader: Practitioner,
    at: datetime,
    *,
    area: bool = False,
    also: Iterable[Mapping[str, Any]] = (),
) -> Overview:
    """Return how it stands with the reader's organisation in their area, or with their area.

    Only of cases that this reader may see. `also` are rows from elsewhere, as for `waiting`.
    """
    own = None if area else reader.organisation
    found = cases(views, reader, area=reader.area, organisation=own)
    listed = [one for one in found if one.pairs_open]
    queue = waiting(views, reader, at, AREA if area else TEAM, also)
    register = {one.who.id: one for one in practitioners(views, reader, at)}
    return Overview(
        loads=_loads(register, listed, queue),
        unallocated=tuple(c for c in listed if c.referred_at and c.lead is None),
        decisions=tuple(w for w in queue if w.name in DECISIONS),
        missed=tuple(w for w in queue if w.standing in LATE),
    )


def _loads(
    register: Mapping[str, Registered], listed: Sequence[ListedCase], queue: Iterable[Waiting]
) -> tuple[Load, ...]:
    lead, co = Counter(c.lead for c in listed), Counter(c.co for c in listed)
    worker = Counter(c.case_worker for c in listed)
    pace = Counter(c.lead for c in listed if c.at_their_pace)
    dated = Counter((w.whom, w.standing in LATE) for w in queue if w.due is not None)
    found = [
        Load(
            who=who,
            lead=lead[who],
            co=co[who],
            worker=worker[who],
            due=dated[who, False],
            overdue=dated[who, True],
            at_their_pace=pace[who],
            active=register[who].who.active,
            absence=register[who].absence,
        )
        for who in sorted(register)
    ]
    with_work = (o for o in found if o.lead or o.co or o.worker or o.overdue or o.due)
    return tuple(sorted(with_work, key=lambda one: (-one.lead - one.co - one.worker, one.who)))
