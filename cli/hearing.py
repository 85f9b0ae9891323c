"""What each person of a case was told, as the record has it, in the words that they may hear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.moments import shown, shown_day
from domain.words import InterventionState, Told, WhereItStands
from sentences import Besides, NotFor, To, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from enum import StrEnum

    from domain.case import Case

LEAST = {
    InterventionState.POSTPONED: WhereItStands.TOLD_POSTPONED,
    InterventionState.CANCELLED: WhereItStands.TOLD_NOT_GOING_AHEAD,
}


def heard(case: Case, contact: str) -> Iterator[Sequence[str]]:
    """Yield (person, about, sentence) for all that the record says somebody was told."""
    for person, about, code, day in _told(case):
        try:
            said = sentences().said(code, _to(case, person), contact=contact, day=day)
        except NotFor:
            continue
        yield person, about, said


def _told(case: Case) -> Iterator[tuple[str, str, StrEnum, str | None]]:
    for thread in case.threads.values():
        for ended in (e.ended for e in thread.episodes if e.ended):
            for person, told in ended.told.items():
                code = ended.reason if told is Told.TOLD_IT_ENDED else told
                yield person, f"{thread.id}, {shown_day(ended.at)}", code, None
    for one in case.interventions.values():
        for person in sorted(one.knows) if one.state in LEAST else ():
            yield person, one.id, LEAST[one.state], None
    for court in case.hearings.values():
        for person in sorted(court.told):
            yield person, court.id, court.kind, shown(court.day)
    for party in case.parties.values():
        if party.waiting_told_at:
            yield party.id, shown_day(party.waiting_told_at), Besides.WAITING_FOR_US, None


def _to(case: Case, person: str) -> To:
    party = case.party(person)
    if party.is_victim:
        return To.VICTIM
    return To.OFFENDER if party.is_offender else To.ANYBODY
