"""Giving out a table: small cells hidden, when published also beside all that was before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.given import Protected
from reports.hiding import TOTAL, Hidden, settle, small
from reports.subtracting import Beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from reports.archive import Archive, Published
    from reports.counting import Asked, Counted, Tally
    from reports.months import Months


def protect(table: Counted) -> Protected:
    """Return a table with its small cells hidden, by itself: working figures."""
    return _given(small(table))


def related(asked: Asked, published: Iterable[Published]) -> list[Published]:
    """Return the published tables that count anybody whom this one counts, or whom those count."""
    left, names = list(published), _names(asked)
    found: list[Published] = []
    while nearer := [one for one in left if names & _names(one.asked)]:
        found += nearer
        left = [one for one in left if one not in nearer]
        names |= {name for one in nearer for name in _names(one.asked)}
    return found


def publish(
    asked: Asked, months: Months, tally: Tally, archive: Archive, *, actor: str, at: datetime
) -> Protected:
    """Return the table as it was published, now or before; what is published is recorded first.

    A table that was published once is never counted anew: what came in late would stand in the
    difference. `tally` counts what is in it and in every table `related` to it. Raises
    `Overtaken`, and what the archive raises.
    """

    def decided(published: Sequence[Published]) -> Protected:
        near = related(asked, published)
        tally.require([asked, *(one.asked for one in near)])
        return _given(safe_beside(tally.table(asked, months), near, tally), at)

    return archive.publish(asked, months, decided, actor, at)


def safe_beside(table: Counted, published: Sequence[Published], tally: Tally) -> Hidden:
    """Return the table with hidden what is too few in it, or would come out beside these."""
    hidden = small(table)
    beside = Beside(table.asked, table.months, published, tally)
    while (gone := beside.given_away(hidden)) is not None:
        hidden = _better(hidden, beside, gone)
    return hidden


def _better(hidden: Hidden, beside: Beside, gone: object) -> Hidden:
    """Return the table with the smallest cell hidden that keeps this in, else just the smallest."""
    tried = [*_one_more(hidden)]
    keeps = (one for one in tried if beside.given_away(one) != gone)
    return next(keeps, tried[0])


def _one_more(hidden: Hidden) -> Iterator[Hidden]:
    """Yield the table with one more cell hidden, a rate before a count, the smallest first."""
    places = [(n, False) for n in (*hidden.shown(met=True), TOTAL) if n not in hidden.met]
    places = places if hidden.is_rate else []
    places += [(n, True) for n in (*hidden.shown(), TOTAL) if n not in hidden.counted]
    for place, counted in places:
        more = Hidden(hidden.table, set(hidden.counted), set(hidden.met))
        more.hide(place, counted=counted)
        settle(more)
        yield more


def _given(hidden: Hidden, at: datetime | None = None) -> Protected:
    table, (rows, total) = hidden.table, hidden.rows()
    middle = table.middle if total.counted is not None else None
    return Protected(table.asked, table.months, rows, total, middle, at)


def _names(asked: Asked) -> set[str]:
    """Return whom a table tells of: versions are about the same people, and so is a part of them
    about the whole."""
    return {p.idea for one in asked.populations for p in (one, *one.around)}


__all__ = ["Protected", "protect", "publish", "related", "safe_beside"]
