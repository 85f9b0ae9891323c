"""Events of these tests' own, and short ways to ask for them to be recorded."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from domain.event import Event
from domain.record import Actor, Draft, Regime
from store import Asked

if TYPE_CHECKING:
    from store import Appended, Log

CASE = "RJ-7K3M9QXA-5"
OTHER_CASE = "RJ-0A1B2C3D-4"
MORNING = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DIGEST = hashlib.sha256(b"as it was asked").hexdigest()


class TestedStep(Event):
    """A step of a case, in the tests only."""

    __test__ = False

    thread: str = "V1-O1"
    number: int = 1
    on: date | None = None
    names: tuple[str, ...] = ()
    part: float | None = None


def step(number: int = 1, at: datetime = MORNING) -> Draft:
    return Draft(TestedStep(number=number), at)


def asked(command_id: str, at: datetime = MORNING, digest: str = DIGEST) -> Asked:
    return Asked(
        command_id=command_id,
        digest=digest,
        actor=Actor(id="PR-7K3M9QXA-5", identified="unverified"),
        asked_by="V1",
        origin="cli",
        at=at,
        rules="2026.1",
        controller="DERBYSHIRE_RJ",
        regime=Regime.UK_GDPR,
        read={"PR-7K3M9QXA-5": 3},
    )


def fill(log: Log, stream: str = CASE, appends: tuple[int, ...] = (1, 2, 3)) -> list[Appended]:
    """Record appends of these many events each."""
    expected, done = 0, []
    for number, size in enumerate(appends):
        drafts = [step(expected + part) for part in range(1, size + 1)]
        done.append(log.append(stream, expected, asked(f"command-{number}"), drafts))
        expected += size
    return done
