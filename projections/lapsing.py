"""What keeps practitioners in date and is about to lapse, joined into the work queue."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from domain.case import Case
from domain.lapsing import BY_A_SUPERVISOR, SENTENCES, lapses
from domain.waits import Binds
from projections import sight
from projections.practitioners import everybody

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from domain.lapsing import Lapse
    from domain.practitioner import Practitioner
    from projections.views import Views


def lapsing(views: Views, at: datetime) -> list[Mapping[str, Any]]:
    """Return what lapses soon, or has lapsed, as rows for `waiting(..., besides=...)`.

    Each is seen by the practitioner themselves and by the supervisors of their service.
    """
    ahead = timedelta(days=views.limits.before_lapse)
    return [
        _row(who, one, demo=demo)
        for who, demo in _working(views)
        for one in lapses(who, at, ahead, views.matrix)
    ]


def _working(views: Views) -> Iterator[tuple[Practitioner, bool]]:
    return ((who, demo) for who, demo in everybody(views) if who.active)


def _row(who: Practitioner, one: Lapse, *, demo: bool) -> Mapping[str, Any]:
    # The gate looks at cases: their register entry is seen as a case of theirs would be.
    theirs = Case(
        id=who.id, version=1, organisation=who.organisation, area=who.area, case_worker=who.id
    )
    return {
        "stream": who.id,
        **sight.values(theirs),
        "name": one.name,
        "sentence": SENTENCES[one.name],
        "subject": who.id,
        "about": one.about,
        "binds": Binds.STAFF.value,
        "whom": None if one.name in BY_A_SUPERVISOR else who.id,
        "since": one.since,
        "due": one.due,
        "missed": False,
        "demo": demo,
    }
