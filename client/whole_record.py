"""Taking the whole record out as it stands: only for whoever may see every case of it.

No case can be left out of it: what is missing could not be told from what was taken away, and the
root that checkpoints sign is of all. So it is another one's where somebody has a conflict of
interest, who is named.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from client.failures import Denied, DeniedThere
from client.officers import Officer
from domain.fold import fold_practitioner
from domain.ids import PRACTITIONER_PREFIX
from domain.permissions import may

if TYPE_CHECKING:
    from collections.abc import Iterator

    from client.reading import Reading, What
    from domain.record import Actor


@contextmanager
def whole_record(reading: Reading, actor: Actor, what: What, purpose: str) -> Iterator[None]:
    """Give way once it is certain that the actor may see every case, and is written down.

    Raises `Denied`, and `DeniedThere` for somebody who might but for a conflict of interest.
    """
    with ExitStack() as entered:
        try:
            entered.enter_context(reading.reading(actor, replace(what, whole=True), purpose))
        except Denied:
            if not reading.gate.opens_for(actor.id, what.view, ()):
                raise
            raise DeniedThere(_who_may(reading, what)) from None
        yield


def _who_may(reading: Reading, what: What) -> tuple[Officer, ...]:
    """Return who may, whoever is there at this moment in front."""
    everything, at = reading.gate.everything(), datetime.now(UTC)
    streams = (one for one in reading.log.streams() if one.startswith(PRACTITIONER_PREFIX))
    known = (fold_practitioner(reading.log.load(one)) for one in streams)
    free = (Officer(w.id, w.away(at)) for w in known if may(w, what.view, everything))
    return tuple(sorted(free, key=lambda one: (one.away is not None, one.id)))
