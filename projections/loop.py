"""Keeping the read models up to date: events are pulled from the log, four thousand at a time.

A stream that moved on is loaded from the log and folded anew, and its rows are replaced, in one
transaction with the place in the log. Several processes may do so at once: of two that took the
same events, one finds that the place has moved, and drops what it made. A stream is loaded as it
stands now, so what of it comes later in the log is passed over when it is reached.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from projections.place import Alarm, Shown, go_back, heads, move_on
from projections.projection import NotCoded, Stream
from store import Altered, Unavailable, UnknownSeal, Unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from projections.place import Place
    from projections.projection import Projection, Row
    from projections.views import Views
    from store import Log, Moved

BATCH = 4_000
"""Events for each transaction."""
_CODES: tuple[tuple[type[Exception], str], ...] = (
    (UnknownSeal, "unknown_seal"),
    (Altered, "altered"),
    (Unreadable, "unreadable"),
    (NotCoded, "not_coded"),
    (Exception, "unforeseen"),
)

_log = structlog.get_logger(__name__)


def catch_up(log: Log, views: Views, limit: int = BATCH) -> int:
    """Take in everything that the log has, `limit` events at a time; return how far that is.

    Read models of another form (another release, or other limits) are left alone: `take_over` is
    for whoever serves. Raises `Unavailable` of the log or of the views.
    """
    while step(log, views, limit):
        pass
    return views.place().position


def step(log: Log, views: Views, limit: int = BATCH) -> bool:
    """Take in the next `limit` events; say whether there may be more."""
    seen = views.place()
    if seen.form != views.form:
        return False
    moved = log.moved(seen.position, limit)
    if not moved:
        return _was_put_back(log, views, seen)
    # A long replay is not to push out of memory the streams that are in use.
    afresh = sum(one.events for one in moved) == limit
    shown = _shown(log, views, moved, afresh=afresh)
    move_on(views, seen, max(one.position for one in moved), shown)
    return True


def behind(log: Log, views: Views) -> int:
    """Return how many events the read models have not seen; at most, as positions have holes."""
    return max(0, log.last() - views.place().position)


def rebuild(log: Log, views: Views, limit: int = BATCH) -> int:
    """Throw all rows away and make them again from the log; return how far that is."""
    go_back(views, without_rows=True)
    return catch_up(log, views, limit)


def take_over(views: Views) -> bool:
    """Make the rows again, each in its turn, if another release or other limits made them.

    Says whether that is so. Until each is made again it is shown as it was.
    """
    if views.place().form == views.form:
        return False
    go_back(views, without_rows=False)
    _log.info("read_models_taken_over")
    return True


def show(log: Log, views: Views, stream: str, version: int, *, afresh: bool = False) -> Shown:
    """Return what a stream looks like now in each read model; `version` is known to be there.

    With `afresh` nothing is made use of that was read or folded before. What goes wrong with one
    stream is an alarm for it, and never stands in the way of another. Raises `Unavailable` of the
    log.
    """
    meant = [p for p in views.projections if stream.startswith(p.kind)]
    try:
        loaded = _read(log, views, stream, afresh=afresh) if meant else None
    except Unavailable:
        raise
    except Exception as error:  # noqa: BLE001 - written down as an alarm; the others go on
        return Shown(stream, version, {}, tuple(_alarm(p, stream, version, error) for p in meant))
    if loaded is None:
        return Shown(stream, version, {})
    version = len(loaded.entries)
    rows: dict[str, Sequence[Row]] = {}
    raised: list[Alarm] = []
    for projection in meant:
        try:
            rows[projection.name] = projection.rows_of(loaded)
        except Exception as error:  # noqa: BLE001 - written down as an alarm; the others go on
            raised.append(_alarm(projection, stream, version, error))
    return Shown(stream, version, rows, tuple(raised))


def _read(log: Log, views: Views, stream: str, *, afresh: bool) -> Stream:
    return Stream(log.load(stream, afresh=afresh), views.limits, afresh=afresh)


def _shown(log: Log, views: Views, moved: Sequence[Moved], *, afresh: bool) -> list[Shown]:
    newest = {one.stream: one.version for one in moved}
    known = heads(views, newest)
    return [
        show(log, views, stream, version, afresh=afresh)
        for stream, version in newest.items()
        if version > known.get(stream, 0)
    ]


def _was_put_back(log: Log, views: Views, seen: Place) -> bool:
    """Begin again if the log ends before the place: it was restored from an older copy."""
    last = log.last()
    if last >= seen.position:
        return False
    _log.warning("log_shorter_than_read_models", seen=seen.position, found=last)
    go_back(views, without_rows=True)
    return True


def _alarm(projection: Projection, stream: str, version: int, error: Exception) -> Alarm:
    code = next(code for kind, code in _CODES if isinstance(error, kind))
    _log.error(
        "read_model_quarantined",
        projection=projection.name,
        stream=stream,
        code=code,
        exc_info=error,
    )
    kind = type(error).__name__[:60]
    return Alarm(projection.name, stream, version, code, kind, datetime.now(UTC))
