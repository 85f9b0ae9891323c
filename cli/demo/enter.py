"""Entering the demonstration through the door: each command once, however often it is tried."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cli.demo.cases import CASES
from cli.demo.people import IN_DATE, PEOPLE, REGISTERED, organised
from cli.demo.steps import dated
from cli.looking import DEMO_ORIGIN
from client.admission import UNVERIFIED
from domain.ids import CASE_PREFIX, PRACTITIONER_PREFIX, reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cli.demo.steps import DemoCase
    from client import Door
    from store import Log

    Moved = Callable[[int, int], None]

_AT_ONCE = 4
"""Cases that are entered side by side."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One command of the demonstration, as it goes to the door."""

    actor: str
    command: str
    given: dict[str, Any]
    stream: str
    id: str
    opens: bool


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The demonstration of one installation: its commands' ids and dates are its own, for good."""

    installation: str
    administrator: str
    """Who registers its practitioners."""
    anchor: datetime
    """When it was first entered."""

    def practitioners(self) -> Iterator[list[Asked]]:
        """Yield for each practitioner the commands that make them what they are, in order."""
        for name, who in PEOPLE.items():
            dates = [("register_practitioner", REGISTERED, organised(who))]
            dates += IN_DATE if who["kind"] == "FACILITATOR" else ()
            yield [
                Asked(
                    actor=self.administrator,
                    command=command,
                    given={**given, "effective_at": (self.anchor - timedelta(days)).isoformat()},
                    stream=self.who(name),
                    id=self._id(name, number),
                    opens=number == 0,
                )
                for number, (command, days, given) in enumerate(dates)
            ]

    def cases(self) -> Iterator[list[Asked]]:
        """Yield for each case its commands, in order."""
        for case in CASES:
            yield [*self._commands(case)]

    def who(self, name: str) -> str:
        """Return the reference of the practitioner of this name."""
        return reference(PRACTITIONER_PREFIX, self._id(name, 0))

    def _commands(self, case: DemoCase) -> Iterator[Asked]:
        for number, (one, at) in enumerate(dated(case, self.anchor)):
            given = {name: self._named(value) for name, value in one.given.items()}
            yield Asked(
                actor=self.who(one.who),
                command=one.command,
                given={**given, "effective_at": at.isoformat()},
                stream=reference(CASE_PREFIX, self._id(case.name, 0)),
                id=self._id(case.name, number),
                opens=number == 0,
            )

    def _named(self, value: Any) -> Any:
        if isinstance(value, str) and value.startswith("@"):
            return self.who(value[1:])
        if isinstance(value, list):
            return [self._named(one) for one in value]
        return value

    def _id(self, name: str, number: int) -> str:
        return f"demo:{self.installation}:{name}:{number}"


def holds_other_cases(log: Log) -> bool:
    """Say whether the log holds a case that is not of a demonstration."""
    cases = (stream for stream in log.streams() if stream.startswith(f"{CASE_PREFIX}-"))
    return any(log.load(case)[0].envelope.origin != DEMO_ORIGIN for case in cases)


def demonstration(log: Log, installation: str, administrator: str) -> Demonstration:
    """Return the demonstration of this installation, dated as when it was first entered."""
    now = datetime.now(UTC).replace(microsecond=0)
    fresh = Demonstration(installation, administrator, now)
    first = log.load(fresh.who(next(iter(PEOPLE))))
    if not first:
        return fresh
    anchor = first[0].effective_at + timedelta(days=REGISTERED)
    return Demonstration(installation, administrator, anchor)


async def enter(door: Door, demo: Demonstration, moved: Moved) -> int:
    """Enter what is not entered yet; return how many commands that was.

    `moved` is told how many are done and how many there are. Raises what the door raises.
    """
    staff, cases = [*demo.practitioners()], [*demo.cases()]
    count = _Count(sum(map(len, (*staff, *cases))), moved)
    await _side_by_side(door, staff, count)
    await _side_by_side(door, cases, count)
    return count.entered


async def _side_by_side(door: Door, streams: list[list[Asked]], count: _Count) -> None:
    room = asyncio.Semaphore(_AT_ONCE)

    async def one(commands: list[Asked]) -> None:
        async with room:
            await _in_order(door, commands, count)

    try:
        async with asyncio.TaskGroup() as group:
            for commands in streams:
                group.create_task(one(commands))
    except BaseExceptionGroup as several:
        raise several.exceptions[0] from None


async def _in_order(door: Door, commands: list[Asked], count: _Count) -> None:
    stream = commands[0].stream
    entries = await asyncio.to_thread(door.readings.log.load, stream)
    known = {entry.envelope.command for entry in entries}
    for asked in commands:
        if asked.id not in known:
            await door.do(
                asked.actor,
                UNVERIFIED,
                asked.command,
                asked.given,
                stream=None if asked.opens else asked.stream,
                command_id=asked.id,
                origin=DEMO_ORIGIN,
            )
        count.one(entered=asked.id not in known)


class _Count:
    """How far it is."""

    def __init__(self, of_all: int, moved: Moved) -> None:
        self._all, self._moved = of_all, moved
        self._done = self.entered = 0

    def one(self, *, entered: bool) -> None:
        """Count one command, and whether it had to be entered."""
        self._done += 1
        self.entered += entered
        self._moved(self._done, self._all)
