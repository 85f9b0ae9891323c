"""What a scrutiny panel reads of a case: coded facts, in the order of days, and no identity.

Only what is named here goes into it: steps and codes, days counted from the first one, people by
their side and number. No reference, date, place, organisation, practitioner or word is among it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from domain.calendar import local_day
from domain.events.clock import WaitMissed
from domain.events.protection import ActedInBreach
from domain.fold import fold, in_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.record import Entry

TOLD = (
    "party", "thread", "threads", "type", "reason", "status", "decision", "sensitivity", "kind",
    "scopes", "understanding", "concern",
)  # fmt: skip
"""The fields of events that go into a pack: names of people within a case, and codes."""
LEFT_OUT = frozenset(
    {
        "appearance_noted", "case_allocated", "case_handed_over", "case_opened", "details_changed",
        "party_added", "person_linked", "person_followed", "person_told_noted", "person_unlinked",
        "referral_received", "stage_recorded", "thread_opened", "word_chosen", "wish_seen_noted",
        "case_drawn", "audit_finding_recorded", "recommendation_answered", "recommendation_closed",
        "audit_concluded", "duplicate_proposed", "duplicate_dismissed", "follow_up_noted",
    }
)  # fmt: skip
"""Events that say who it is, or are of the audit itself: what they say is told apart, if at all."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: on which day since the first, what, and its codes."""

    day: int
    event: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What the auditor found of one point, and what the service answered: not when, nor who."""

    point: str
    found: str
    answer: str | None


@dataclass(frozen=True, slots=True)
class Facts:
    """A case as a panel reads it."""

    number: int
    victims: int
    offenders: int
    others: int
    child: bool
    source: str | None
    initiator: str | None
    sensitivity: str
    steps: tuple[Step, ...]
    breaches: tuple[str, ...]
    """Rules that something was done in breach of."""
    missed: tuple[tuple[str, str | None], ...]
    """What was not done in time, and why, once somebody said so."""
    findings: tuple[Found, ...]


def facts(number: int, entries: Sequence[Entry], sample: str) -> Facts:
    """Return what a panel reads of a case, which is called by this number in the pack."""
    case = fold(entries)
    people = [*case.parties.values()]
    victims, offenders = len(case.victims), len(case.offenders)
    return Facts(
        number=number,
        victims=victims,
        offenders=offenders,
        others=len(people) - victims - offenders,
        child=any(one.is_child for one in people),
        source=case.source,
        initiator=case.initiator,
        sensitivity=case.sensitivity,
        steps=tuple(_steps(entries)),
        breaches=tuple(
            rule for e in entries if isinstance(e.event, ActedInBreach) for rule in e.event.rules
        ),
        missed=tuple((clock.wait, clock.cause) for clock in case.clocks.values()),
        findings=tuple(
            Found(one.point, one.found, one.answer)
            for one in case.findings.values()
            if one.sample == sample
        ),
    )


def _steps(entries: Sequence[Entry]) -> Iterator[Step]:
    counted = [e for e in in_order(entries) if e.name not in LEFT_OUT]
    apart = (ActedInBreach, WaitMissed)
    first = min((local_day(e.effective_at) for e in counted), default=None)
    for entry in counted:
        if first is not None and not isinstance(entry.event, apart):
            yield Step((local_day(entry.effective_at) - first).days, entry.name, _codes(entry))


def _codes(entry: Entry) -> tuple[str, ...]:
    values = (getattr(entry.event, name, None) for name in TOLD)
    return tuple(code for value in values for code in coded(value))


def coded(value: object) -> Iterator[str]:
    """Yield the codes in a field of an event, and whom of the case it names; nothing else."""
    if isinstance(value, Enum):
        yield str(value.value)
    elif isinstance(value, str) and value[:1] in "VOSC" and len(value) <= 9:  # noqa: PLR2004 - V1-O1
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from coded(one)
