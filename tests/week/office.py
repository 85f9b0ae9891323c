"""The installation that the team works in: it starts and stops, time passes, it works beside."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from access import open_refusals
from client.connection import connect
from client.follow_ups import FollowUps
from client.noticing import WORKFLOW_ID
from client.proposing import Proposing
from domain.decide import present
from domain.ids import reference
from keys import Keyring
from projections import catch_up, open_views, take_over, to_follow
from telling import open_noticing, watching
from tests.serving import working
from tests.waiting import until
from tests.week.team import BESIDE, TEAM, UPKEEP
from tests.week.typing_in import SIGNAL, Became, Names, argv, given, typed
from up.installation import Installation, save

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    import pytest

    from client.noticing import Watch
    from domain.message import Present
    from notices import Outbox
    from projections import Views
    from settings import Settings
    from store import Log
    from tests.serving import Service
    from tests.week.reading import Line
    from tests.week.skipping import Skipped

LONG_AGO = timedelta(days=30)


@dataclass
class Office:
    """The installation, and what the diary calls those in it."""

    clock: Skipped
    settings: Settings
    lines: Sequence[Any]
    """What is logged."""
    names: Names = field(default_factory=lambda: Names({}, {}))
    asked: dict[str, Line] = field(default_factory=dict)
    """Every line that was typed, by its command id."""
    told: set[str] = field(default_factory=set)
    """The files of the notices that a table was about."""
    looked: int = 0
    """The number of the newest look that a table was about."""
    open: bool = False
    service: Service = field(init=False)
    _outbox: Outbox = field(init=False)
    _views: Views = field(init=False)
    _watch: Watch = field(init=False)
    _running: AsyncExitStack = field(init=False)

    async def start(self) -> None:
        """Start the server and the worker; whatever was under way goes on from the log."""
        await self.clock.start()
        self._running = AsyncExitStack()
        Keyring(self.settings.key_folder).create_missing()
        noticing = open_noticing(self.settings)
        self._outbox = noticing.outbox
        self._running.callback(noticing.outbox.close)
        on_server: Any = self.clock
        here = working(self.settings, on_server, noticing=noticing)
        self.service = await self._running.enter_async_context(here)
        self._views = open_views(self.settings.database("views"), self.settings.limits)
        self._running.callback(self._views.close)
        take_over(self._views)
        told = watching(self.settings, self.clock.client, self._outbox)
        self._watch = self._running.enter_context(told)
        self.clock.known = self._known
        save(self.settings.folder, Installation(id="0" * 16))
        self.open = True
        if self.names.staff:
            keeper = self.names.staff["keeper"]
            recovered = await asyncio.to_thread(typed, keeper, ["recover", "--json"], "")
            assert recovered.outcome == "done", recovered
            await until(self._all_is_told, seconds=60)
            await self.beside()
        self.papers.mkdir(exist_ok=True)
        for paper in ("PAPER", "PACK"):
            self.names.cases[paper] = str(self.papers / f"{paper}.html")

    def at_a_terminal(self, patch: pytest.MonkeyPatch) -> None:
        """Have `rj` find this installation, in this process."""
        there = self.settings
        for name, value in {
            "DATA": str(there.data),
            "KEYS": str(there.keys),
            "TEMPORAL_ADDRESS": there.temporal_address,
            "TEMPORAL_NAMESPACE": there.temporal_namespace,
            "TASK_QUEUE": there.task_queue,
            "ANSWER_WITHIN": "5",
            "ACTOR": "",
        }.items():
            patch.setenv(f"RJ_{name}", value)

        async def connected(*given: Any, **more: Any) -> Any:
            return self.clock.client if self.open else await connect(*given, **more)

        patch.setattr("client.door.connect", connected)
        # What a program of its own sets for all that it logs is not the tests' to change.
        patch.setattr("cli.installed.set_up", lambda *_: None)

    async def stop(self) -> None:
        """Stop the worker and the server."""
        self.open = False
        await self._running.aclose()
        await self.clock.stop()

    async def register(self) -> None:
        """Enter the team into the register, its facilitators in date."""
        past = {"effective_at": (self.clock.now - LONG_AGO).isoformat()}

        async def entered(name: str, who: dict[str, Any]) -> None:
            own_id = f"register-{name}"
            self.names.staff[name] = reference("PR", own_id)
            more = {"command_id": own_id}
            await self.service.do(
                "service:setup", "register_practitioner", more=more, **who, **past
            )

        async def kept_in_date(name: str) -> None:
            here = {"stream": self.names.staff[name]}
            for step, fields in UPKEEP:
                await self.service.do(
                    self.names.staff["sergeant"], step, more=here, **fields, **past
                )

        await asyncio.gather(*(entered(*one) for one in (BESIDE | TEAM).items()))
        facilitators = (name for name, who in TEAM.items() if "FACILITATOR" in who["roles"])
        await asyncio.gather(*map(kept_in_date, facilitators))

    async def type(self, line: Line) -> Became:
        """Have somebody type a line, at its time."""
        own_id = f"week-{len(self.asked):03d}"
        words = argv(line, self.names, own_id)
        self.asked[own_id] = line
        who = self.names.staff[line.who]
        became = await asyncio.to_thread(typed, who, words, given(line, self.names))
        if words[0] == SIGNAL:
            # Nobody waits for what becomes of it; here what comes after it does.
            await until(lambda: self._came_to_something(own_id), seconds=30)
        return became

    def _came_to_something(self, own_id: str) -> bool:
        refusals = open_refusals(self.settings.database("access"), create=False)
        with closing(refusals):
            refused = {task.command for task in refusals.tasks()}
        every = (entry for stream in self.streams() for entry in self.log.load(stream))
        return own_id in refused or any(one.envelope.command == own_id for one in every)

    async def until(self, moment: datetime) -> None:
        """Let time pass: whatever falls due meanwhile falls due at its time, and staff are told."""
        while self.open and (due := self._next_due()) is not None and due <= moment:
            self.clock.put_to(max(due, self.clock.now))
            await self._fall_due()
            await self.beside()
        if moment > self.clock.now:
            self.clock.put_to(moment)

    async def beside(self) -> None:
        """Have done what a worker does beside: lists, what follows, doubles, notices."""
        await asyncio.to_thread(catch_up, self.log, self._views)
        for stream in to_follow(self._views, self.clock.now):
            await FollowUps(self.service.door, list).finished(stream)
        if await Proposing(self.service.door).once():
            await asyncio.to_thread(catch_up, self.log, self._views)
        await self._watch.once()
        if self._outbox.waiting():
            await self.clock.client.get_workflow_handle(WORKFLOW_ID).result()

    @property
    def papers(self) -> Path:
        """Where what is printed lies, which holds what it was printed for."""
        return self.clock.folder / "papers"

    @property
    def log(self) -> Log:
        """The log."""
        return self.service.door.admission.log

    async def _fall_due(self) -> None:
        now = self.clock.now
        for stream, due in self._dues():
            if due <= now:
                await self.clock.bring(stream)
                await until(lambda stream=stream: self._has_told(stream, now), seconds=30)

    def _all_is_told(self) -> bool:
        due = self._next_due()
        return due is None or due > self.clock.now

    def _has_told(self, stream: str, now: datetime) -> bool:
        due = present(self.log.load(stream), self.settings.limits).next_due
        return due is None or due > now

    def _known(self, stream: str) -> Present | None:
        history = self.log.load(stream)
        return present(history, self.settings.limits) if history else None

    def _next_due(self) -> datetime | None:
        return min((due for _, due in self._dues()), default=None)

    def _dues(self) -> list[tuple[str, datetime]]:
        found = ((one, present(self.log.load(one), self.settings.limits)) for one in self.streams())
        return [(one, now.next_due) for one, now in found if now.open and now.next_due]

    def streams(self) -> list[str]:
        """Return every stream of the log."""
        return [*self.log.streams()]
