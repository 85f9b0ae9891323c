"""Entering a demonstration through the door: each command once, however often it is tried."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from cli.demo.people import REGISTERED, organised
from cli.demo.steps import Ahead, Other, dated
from cli.looking import DEMO_ORIGIN
from client import Denied, Nonsense, Refused
from client.admission import UNVERIFIED
from client.understanding import command_class
from domain.calendar import local_day
from domain.ids import CASE_PREFIX, PRACTITIONER_PREFIX, reference
from domain.visit import VISIT, may_be_part

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
    from datetime import date

    from cli.demo.steps import DemoCase, Step
    from client import Door
    from store import Log

    Moved = Callable[[int, int], None]
    Upkeep = Callable[[str], Iterable[tuple[str, int, Mapping[str, Any]]]]

_AT_ONCE = 4
"""Cases that are entered side by side."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What goes to the door at once: a command, or several of one visit."""

    actor: str
    command: str
    given: dict[str, Any]
    stream: str
    id: str
    opens: bool = False
    commands: int = 1


@dataclass(frozen=True, slots=True)
class Cast:
    """A demonstration before it is dated: who works in it, and its cases."""

    called: str
    """What its commands' ids begin with, after that of the installation; never changes."""
    people: Mapping[str, Mapping[str, Any]]
    upkeep: Upkeep
    """Says by name what keeps somebody in date: command, days before it was entered, fields."""
    cases: tuple[DemoCase, ...]


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The demonstration of one installation: its commands' ids and dates are its own, for good."""

    cast: Cast
    installation: str
    administrator: str
    """Who registers its practitioners."""
    anchor: datetime
    """When it was first entered."""

    def practitioners(self) -> Iterator[list[Asked]]:
        """Yield for each practitioner the commands that make them what they are, in order."""
        for name, who in self.cast.people.items():
            dates = [("register_practitioner", REGISTERED, organised(who)), *self.cast.upkeep(name)]
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
        """Yield for each case what goes to the door, in order: as much as happened by then; what a
        second referral of the same matter brings follows it."""
        for case in self.cast.cases:
            again = self._of(case.again) if case.again else ()
            if asked := [*self._of(case), *again]:
                yield asked

    def _of(self, case: DemoCase) -> Iterator[Asked]:
        happened = (one for one in dated(case, self.anchor) if one[1] <= self.anchor)
        together = groupby(enumerate(happened), lambda one: _visit_of(one[0], *one[1]))
        return (self._asked(case, [*several]) for _, several in together)

    def who(self, name: str) -> str:
        """Return the reference of the practitioner of this name."""
        return reference(PRACTITIONER_PREFIX, self._id(name, 0))

    def _asked(self, case: DemoCase, several: Sequence[tuple[int, tuple[Step, datetime]]]) -> Asked:
        number, (first, _) = several[0]
        parts: list[dict[str, Any]] = [
            {"name": one.command, "body": self._given(one.given, at)} for _, (one, at) in several
        ]
        alone = len(parts) == 1
        return Asked(
            actor=self.who(first.who),
            command=first.command if alone else VISIT,
            given=parts[0]["body"] if alone else {"parts": parts},
            stream=reference(CASE_PREFIX, self._id(case.name, 0)),
            id=self._id(case.name, number),
            opens=number == 0,
            commands=len(parts),
        )

    def _given(self, given: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        return {**self._named(given, at), "effective_at": at.isoformat()}

    def _named(self, value: Any, at: datetime) -> Any:
        if isinstance(value, str) and value.startswith("@"):
            return self.who(value[1:])
        if isinstance(value, Ahead):
            return value.after(at)
        if isinstance(value, Other):
            return reference(CASE_PREFIX, self._id(value.name, 0))
        if isinstance(value, Mapping):
            return {name: self._named(one, at) for name, one in value.items()}
        if isinstance(value, list):
            return [self._named(one, at) for one in value]
        return value

    def _id(self, name: str, number: int) -> str:
        return f"demo:{self.installation}:{self.cast.called}{name}:{number}"


def _visit_of(number: int, one: Step, at: datetime) -> tuple[str, date] | int:
    """Return whose visit of which day a step is part of; its number if it is asked for alone."""
    part = number and may_be_part(command_class(one.command))
    return (one.who, local_day(at)) if part else number


def holds_other_cases(log: Log) -> bool:
    """Say whether the log holds a case that is not of a demonstration."""
    cases = (stream for stream in log.streams() if stream.startswith(f"{CASE_PREFIX}-"))
    return any(log.load(case)[0].recorded.origin != DEMO_ORIGIN for case in cases)


def demonstration(log: Log, cast: Cast, installation: str, administrator: str) -> Demonstration:
    """Return the demonstration of this installation, dated as when it was first entered."""
    now = datetime.now(UTC).replace(microsecond=0)
    fresh = Demonstration(cast, installation, administrator, now)
    first = log.load(fresh.who(next(iter(cast.people))))
    if not first:
        return fresh
    anchor = first[0].effective_at + timedelta(days=REGISTERED)
    return Demonstration(cast, installation, administrator, anchor)


async def enter(door: Door, demo: Demonstration, moved: Moved) -> Entered:
    """Enter what is not entered yet; return what became of it.

    `moved` is told how many are done and how many there are. Raises what the door raises; but a
    case whose next command is not accepted, since somebody acted in it meanwhile, is left to them.
    """
    staff, cases = [*demo.practitioners()], [*demo.cases()]
    found = Entered(sum(one.commands for several in (*staff, *cases) for one in several), moved)

    async def in_case(commands: list[Asked]) -> None:
        try:
            await _in_order(door, commands, found)
        except (Denied, Nonsense, Refused):
            found.left.append(commands[0].stream)

    await _side_by_side(staff, lambda commands: _in_order(door, commands, found))
    await _side_by_side(cases, in_case)
    return found


async def _side_by_side(
    streams: list[list[Asked]], do: Callable[[list[Asked]], Awaitable[None]]
) -> None:
    room = asyncio.Semaphore(_AT_ONCE)

    async def one(commands: list[Asked]) -> None:
        async with room:
            await do(commands)

    try:
        async with asyncio.TaskGroup() as group:
            for commands in streams:
                group.create_task(one(commands))
    except BaseExceptionGroup as several:
        raise several.exceptions[0] from None


async def _in_order(door: Door, commands: list[Asked], found: Entered) -> None:
    streams = dict.fromkeys(one.stream for one in commands)
    loaded = [await asyncio.to_thread(door.readings.log.load, stream) for stream in streams]
    known = {entry.recorded.command for entries in loaded for entry in entries}
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
        found.add(asked.commands, entered=asked.id not in known)


class Entered:
    """What became of a demonstration, and how far it is."""

    def __init__(self, of_all: int, moved: Moved) -> None:
        self._all, self._moved = of_all, moved
        self._done = self.commands = 0
        self.left: list[str] = []
        """Cases of which the rest was not accepted."""

    def add(self, commands: int, *, entered: bool) -> None:
        """Count so many commands, and whether they had to be entered."""
        self._done += commands
        self.commands += commands if entered else 0
        self._moved(self._done, self._all)
