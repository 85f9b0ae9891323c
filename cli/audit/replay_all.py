"""`rj audit replay --all`: every read model against a full replay of the log."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from cli.audit.trusting import log_of
from cli.ending import Code
from cli.installed import installed
from cli.output import tell, tell_json
from cli.progress import progress
from collecting import seldom
from projections import Differs, differences, open_views
from projections.drift import PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from projections import Difference

MOST_TOLD = 20
"""Differences that a person is told one by one; a program is told all."""
_IN_WHAT = {
    Differs.ROWS_MISSING: "rows are missing",
    Differs.ROWS_TOO_MANY: "there are rows too many",
    Differs.CANNOT_BE_SHOWN: "it cannot be shown",
    Differs.NOT_IN_THE_LOG: "it is there, and not in the log",
}


def replay_all(*, json: bool) -> int:
    """Compare every read model with a full replay, and tell what differs; return the exit code.

    References and names of columns are told, never what stands there.
    """
    found = _found()
    if json:
        outcome = "differs" if found else "replayed"
        which = [_described(one) for one in found]
        tell_json({"outcome": outcome, "differences": len(found), "which": which})
    else:
        for line in told(found):
            tell(line)
    return Code.REFUSED if found else Code.DONE


def _found() -> list[Difference]:
    settings = installed()
    url = settings.database("views")
    with (
        closing(open_views(url, settings.limits, settings.competence)) as views,
        log_of(settings) as log,
        progress("Replaying the log") as moved,
    ):
        seldom()
        of_all = len([*log.streams()])
        done = 0

        def between() -> None:
            nonlocal done
            done = min(done + PAGE, of_all)
            moved(done, of_all)

        return differences(log, views, between)


def told(found: Sequence[Difference]) -> Iterator[str]:
    """Yield what a person is told of these, a line each."""
    for one in found[:MOST_TOLD]:
        yield f"{one.model} of {one.stream}: {_in_what(one)}"
    if (more := len(found) - MOST_TOLD) > 0:
        yield f"and {more} more: --json names each"
    what = "difference" if len(found) == 1 else "differences"
    yield f"{len(found)} {what} between the read models and a full replay of the log."


def _in_what(one: Difference) -> str:
    if one.what is not Differs.OTHER_VALUES:
        return _IN_WHAT[one.what]
    # The same values in other rows are in no one column.
    return f"other values in {', '.join(one.columns)}" if one.columns else "values of other rows"


def _described(one: Difference) -> dict[str, object]:
    return {
        "read_model": one.model,
        "stream": one.stream,
        "what": one.what.value,
        "columns": list(one.columns),
    }
