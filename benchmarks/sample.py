"""Invented cases for measuring: recorded straight through the log, with real events and seals."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from domain.decide import Draft
from domain.events.opening import ReferralReceived
from domain.events.people import ContactAttempted, PartyAdded, ThreadOpened
from domain.events.staff import CaseAllocated, CaseOpened
from domain.ids import reference
from domain.record import Actor, Regime
from domain.words import Channel, CjStage, ContactOutcome, Initiator, Role, Source
from keys import KeyKind, Keyring
from store import Asked, open_log

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from domain.event import Event
    from store import Log

START = datetime.now(UTC) - timedelta(hours=4)
WORKER = reference("PR", "benchmark-worker")
ACTOR = Actor(id=WORKER, identified="unverified")


def log_in(url: str, keys: Path) -> Log:
    """Return a log at this URL, sealed with keys of its own."""
    ring = Keyring(keys)
    ring.create_missing()
    return open_log(url, ring.signer(KeyKind.SEAL), ring.verifier(KeyKind.SEAL))


def asked(command_id: str, at: datetime) -> Asked:
    """Return what goes with an append."""
    return Asked(
        command_id=command_id,
        digest=hashlib.sha256(command_id.encode()).hexdigest(),
        actor=ACTOR,
        asked_by=None,
        origin="import",
        at=at,
        rules="benchmark",
        controller="BENCHMARK",
        regime=Regime.UK_GDPR,
        read={},
    )


def beginning() -> list[Event]:
    """Return the events of a referral of one pair, allocated."""
    return [
        CaseOpened(case_worker=WORKER, organisation="DERBYSHIRE_RJ", area="DERBYSHIRE"),
        PartyAdded(party="V1", role=Role.DIRECT_VICTIM),
        PartyAdded(party="O1", role=Role.OFFENDER, stage=CjStage.CUSTODY),
        ThreadOpened(thread="V1-O1", victim="V1", offender="O1"),
        ReferralReceived(
            source=Source.PCSO,
            initiator=Initiator.VICTIM_INITIATED,
            referrer=WORKER,
            organisation="DERBYSHIRE_RJ",
            area="DERBYSHIRE",
        ),
        CaseAllocated(lead=WORKER),
    ]


def attempts(count: int) -> list[Event]:
    """Return so many attempts to reach somebody: an ordinary event of an ordinary size."""
    one = ContactAttempted(
        party="V1", channel=Channel.TELEPHONE, outcome=ContactOutcome.NO_RESPONSE
    )
    return [one] * count


def drafts(events: list[Event], at: datetime) -> list[Draft]:
    """Return the events as drafts that took effect then."""
    return [Draft(event, at) for event in events]


def case(number: int) -> str:
    """Return the reference of the benchmark's case of this number."""
    return reference("RJ", f"benchmark-{number:07d}")


def fill(log: Log, cases: int, events: int, beginning_with: int = 0) -> Iterator[int]:
    """Record cases of so many events each, until there are so many; yield after each how many."""
    for number in range(beginning_with, cases):
        stream, at = case(number), START + timedelta(seconds=number % 10_000)
        first = drafts(beginning(), at)
        version = 0
        for part in range(0, events, 100):
            batch = first if part == 0 else []
            batch = [*batch, *drafts(attempts(min(100, events - part) - len(batch)), at)]
            log.append(stream, version, asked(f"benchmark-{number:07d}-{part}", at), batch)
            version += len(batch)
        yield number + 1
