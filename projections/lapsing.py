"""What keeps practitioners in date and is about to lapse, joined into the work queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.case import Case
from domain.renewals import lapses
from domain.waits import Binds
from projections import sight
from projections.practitioners import everybody

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from domain.practitioner import Practitioner
    from domain.renewals import Renewal
    from projections.views import Views


def lapsing(views: Views, at: datetime) -> list[Mapping[str, Any]]:
    """Return what lapses soon, or has lapsed, as rows for `waiting(..., also=...)`.

    Each is seen by the practitioner themselves and by the supervisors of their service, and is the
    task of whoever can do it; once it was missed it is a task of the other as well.
    """
    return [
        row
        for who, demo in _working(views)
        for one in lapses(who, at, views.limits, views.matrix)
        for row in _rows(who, one, demo=demo)
    ]


def _working(views: Views) -> Iterator[tuple[Practitioner, bool]]:
    return ((who, demo) for who, demo in everybody(views) if who.active)


def _rows(who: Practitioner, one: Renewal, *, demo: bool) -> Iterator[Mapping[str, Any]]:
    # The gate looks at cases: their register entry is seen as a case of theirs would be.
    theirs = Case(
        id=who.id, version=1, organisation=who.organisation, area=who.area, case_worker=who.id
    )
    was_missed = one.key in who.missed
    row = {
        "stream": who.id,
        **sight.values(theirs),
        "name": one.row.name,
        "subject": who.id,
        "about": None if one.subject == who.id else one.subject,
        "binds": Binds.STAFF.value,
        "since": one.since,
        "due": one.due,
        "missed": was_missed,
        "demo": demo,
    }
    doer, other = (None, who.id) if one.row.by_a_supervisor else (who.id, None)
    yield {**row, "sentence": one.row.sentence, "whom": doer}
    if was_missed:
        yield {**row, "sentence": one.row.once_missed, "whom": other}
