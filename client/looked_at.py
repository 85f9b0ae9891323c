"""What of the record is about one person, so that every look at it can be told: their own stream,
the cases in which they are on record, and the entries of the data-protection register about them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from access import Combination
from domain.appearing import appearances, of_person
from domain.dossier import Subject
from domain.errors import Nonsense
from domain.fold import fold, fold_dossier
from domain.ids import DOSSIER_PREFIX, PERSON_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from client.reading import Reading
    from domain.record import Actor
    from store import Log

ACCESS_LOG = "access_log"
"""What a person's link is used for here, as a code."""


def about_person(reading: Reading, actor: Actor, named: str) -> frozenset[str]:
    """Return every name under which looks at this person stand in the access log.

    `named` is the person's stream, an entry of the register about them, or CASE=PARTY, as which
    they are asked for here too. That records were joined for it is written down. Raises `Nonsense`
    for somebody who is not there, and what loading a stream raises.
    """
    log = reading.log
    here, started = _meant(log, named)
    found = [*appearances(log.load, started, lambda case: fold(log.load(case)))]
    if named != here and not found:
        raise Nonsense(f"there is no {named}")
    subjects = {*started, *(one.subject for one in found)}
    persons = {one.person for one in found if one.person}
    streams = {here, *persons, *_dossiers(log, subjects), *(one.case for one in subjects)}
    if len(streams) > 1:
        others = tuple(sorted(streams - persons - {here}))
        use = Combination(actor, here, tuple(sorted(persons)), others, ACCESS_LOG)
        reading.combined(use)
    return frozenset({*streams, *(f"{one.case}={one.party}" for one in subjects)})


def _meant(log: Log, named: str) -> tuple[str, tuple[Subject, ...]]:
    """Return the stream that is named, and as whom it knows the person."""
    if named.startswith(PERSON_PREFIX):
        return named, tuple(of_person(log.load, named))
    if named.startswith(DOSSIER_PREFIX):
        entries = log.load(named)
        return named, fold_dossier(entries).subjects if entries else ()
    case, _, party = named.rpartition("=")
    return case, (Subject(case=case, party=party),)


def _dossiers(log: Log, subjects: set[Subject]) -> Iterator[str]:
    for stream in log.streams():
        if stream.startswith(DOSSIER_PREFIX):
            about = fold_dossier(log.load(stream)).subjects
            if not subjects.isdisjoint(about):
                yield stream
