"""Entering what was checked through the door: each line once, however often it is tried."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cli.importing.checking import IMPORT_ORIGIN, said_of, whoever_did
from client import Denied, Nonsense, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.importing.checking import Brought, Plan
    from cli.importing.lines import Problem
    from client import Door
    from domain.record import Actor

_AT_ONCE = 4
"""Cases that are entered side by side."""


@dataclass
class Entering:
    """Enters a plan. What is done is counted even if it is broken off."""

    door: Door
    plan: Plan
    importer: Actor
    moved: Callable[[int, int], None]
    recorded: int = 0
    already: int = 0
    problems: list[Problem] = field(default_factory=list)
    """What was not accepted on the day: that case waits there, and the others go on."""

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return sum(len(case.lines) for case in self.plan.cases)

    async def run(self) -> None:
        """Enter what is not entered yet. Raises `Unavailable` and `Unforeseen`."""
        room = asyncio.Semaphore(_AT_ONCE)

        async def one(case: Brought) -> None:
            async with room:
                await self._case(case)

        try:
            async with asyncio.TaskGroup() as group:
                for case in self.plan.cases:
                    group.create_task(one(case))
        except BaseExceptionGroup as several:
            raise several.exceptions[0] from None
        self.problems.sort(key=lambda problem: problem.line)

    async def _case(self, case: Brought) -> None:
        done = self.plan.done[case.theirs]
        for number, line in enumerate(case.lines):
            if case.id_of(number) in done:
                self.already += 1
            else:
                actor = whoever_did(line, self.importer)
                try:
                    await self.door.do(
                        actor.id,
                        actor.identified,
                        line.command.name(),
                        line.given,
                        stream=case.stream if number else None,
                        command_id=case.id_of(number),
                        origin=IMPORT_ORIGIN,
                    )
                except (Denied, Nonsense, Refused) as error:
                    self.problems += said_of(error, line.line)
                    return
                self.recorded += 1
            self.moved(self.recorded + self.already, self.lines)
