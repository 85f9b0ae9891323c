"""Which data-protection officers may answer a request as a whole: those who may see every case that
it is about.

Nobody answers a part of one: what is missing in a copy cannot be told from what is not there.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from client.failures import Denied, DeniedThere
from domain.appearing import rests_on
from domain.fold import fold_dossier, fold_practitioner
from domain.ids import DOSSIER_PREFIX, PRACTITIONER_PREFIX
from domain.permissions import View, may

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.absence import Absence
    from domain.case import Case
    from domain.dossier import Dossier
    from domain.practitioner import Practitioner
    from store import Log


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who may do all of it, and until when they are away, if they are."""

    id: str
    away: Absence | None


def officers_for(log: Log, dossier: Dossier, at: datetime) -> tuple[Officer, ...]:
    """Return who may answer this dossier as a whole, whoever is there at this moment in front.

    Nothing of a case is told by it. Raises what loading a stream raises.
    """
    cases = rests_on(log.readable, dossier).cases
    free = [who for who in _officers(log) if _may(who, cases)]
    found = (Officer(who.id, who.away(at)) for who in free)
    return tuple(sorted(found, key=lambda one: (one.away is not None, one.id)))


def waiting_for_nobody(log: Log) -> Iterator[str]:
    """Yield the open dossiers that no officer may answer as a whole: whoever asked would wait."""
    officers = [*_officers(log)]
    for stream in log.streams():
        if stream.startswith(DOSSIER_PREFIX):
            dossier = fold_dossier(log.load(stream))
            cases = rests_on(log.readable, dossier).cases if dossier.open else ()
            if dossier.open and not any(_may(who, cases) for who in officers):
                yield stream


@contextmanager
def all_or_nothing(log: Log, dossier: Dossier) -> Iterator[None]:
    """Say of a case that may not be seen that it is one of several, and whose all of it is.

    Raises `DeniedThere`.
    """
    try:
        yield
    except Denied:
        raise DeniedThere(officers_for(log, dossier, datetime.now(UTC))) from None


def _may(who: Practitioner, cases: Sequence[Case]) -> bool:
    return all(may(who, View.GATHERED, case) for case in cases)


def _officers(log: Log) -> Iterator[Practitioner]:
    for stream in log.streams():
        if stream.startswith(PRACTITIONER_PREFIX):
            who = fold_practitioner(log.load(stream))
            if may(who, View.DOSSIER):
                yield who
