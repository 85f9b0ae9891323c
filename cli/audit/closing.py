"""What an export of one case can say of its end: what the newest checkpoint names of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.proofs import NotThere, ended
from audit.record import Record
from cli.audit.trusting import newest_kept
from cli.ending import Ended
from cli.output import note

if TYPE_CHECKING:
    from audit.checkpoint import Signed
    from audit.verify.closing import Closing
    from settings import Settings
    from store import Log


def closing_of(settings: Settings, log: Log, case: str) -> Closing | None:
    """Return where the case ended under the newest checkpoint that is kept here.

    Where none can show it that is told, and the export is made without: also of a log that was
    altered, since that is evidence. Raises `Unavailable` of the log.
    """
    try:
        return ended(Record(log), case, _newest(settings))
    except (NotThere, Ended) as error:
        note(f"rj: the export does not show that the end of the case is there: {error}")
        return None


def _newest(settings: Settings) -> Signed:
    kept = newest_kept(settings)
    if not kept:
        raise NotThere("there is no checkpoint yet: `rj audit checkpoint` signs one")
    return max(kept, key=lambda one: (one.checkpoint.size, one.checkpoint.ends is not None))
