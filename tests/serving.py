"""A whole installation for tests: real stores, a real worker, a real door, on a real server."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment
from temporalio.workflow import SandboxImportNotificationPolicy

from client import Door
from domain.message import Present
from keys import Keyring
from migrate import migrate
from settings import Settings
from tests.faults import Faults
from tests.story import KEPT_IN_DATE, STAFF
from tests.waiting import until
from up.temporal import binary
from worker import CACHED, SLOTS, open_recorder, serving
from workflows.converter import converter
from workflows.run import PRESENT, RENEW
from workflows.sandbox import GUARDED

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from temporalio.client import WorkflowHandle

    from activities.noticing import Noticing
    from activities.record import Recorder
    from client import Answer, Queued
    from domain.record import Entry

STRICT = GUARDED.with_import_notification_policy(
    SandboxImportNotificationPolicy.RAISE_ON_UNINTENTIONAL_PASSTHROUGH
    | SandboxImportNotificationPolicy.WARN_ON_DYNAMIC_IMPORT
)
LONG_AGO = timedelta(days=30)


@dataclass
class Service:
    """An installation under test, and its staff by name."""

    settings: Settings
    environment: WorkflowEnvironment
    recorder: Recorder
    door: Door
    faults: Faults = field(default_factory=Faults)
    staff: dict[str, str] = field(default_factory=dict)

    async def do(
        self, who: str, name: str, /, *, more: dict[str, Any] | None = None, **given: Any
    ) -> Answer:
        """Ask for a command; `more` goes to the door as it is: stream, command_id, origin."""
        return await self.ask(who, name, given, **(more or {}))

    async def ask(self, who: str, name: str, given: dict[str, Any], **more: Any) -> Answer:
        """Ask for a command whose fields may be called anything."""
        named = self.named(given)
        return await self.door.do(self.someone(who), known(who), name, named, **more)

    async def signal(
        self, who: str, name: str, /, *, more: dict[str, Any] | None = None, **given: Any
    ) -> Queued:
        """Hand a command over by signal."""
        named = self.named(given)
        return await self.door.signal(self.someone(who), known(who), name, named, **(more or {}))

    def someone(self, who: str) -> str:
        """Return the reference of a member of staff; a reference or a system is itself."""
        return self.staff.get(who, who)

    def run(self, stream: str) -> WorkflowHandle[Any, Any]:
        """Return the handle of the stream's workflow, whichever run it is."""
        return self.environment.client.get_workflow_handle(stream)

    async def present(self, stream: str) -> Present:
        """Return what the workflow knows of the stream."""
        found: Present = await self.run(stream).query(PRESENT, result_type=Present)
        return found

    async def later(self, stream: str, **span: float) -> None:
        """Let time pass for one stream."""
        assert await self.environment.fast_forward(self.run(stream), timedelta(**span))

    async def renewed(self, stream: str) -> None:
        """Have the stream continue as new, and wait until it has."""
        before = (await self.run(stream).describe()).run_id
        await self.run(stream).signal(RENEW)

        async def other_run() -> bool:
            return (await self.run(stream).describe()).run_id != before

        await until(other_run)

    async def runs(self, stream: str) -> int:
        """Return how many runs the stream's workflow has had."""
        found = self.environment.client.list_workflows(f"WorkflowId = '{stream}'")
        return len([one async for one in found])

    def log(self, stream: str) -> list[Entry]:
        """Return what stands in the log."""
        return self.door.admission.log.load(stream)

    def through(self, **settings: Any) -> Service:
        """Return the same installation through a door with another `continue_after` (events) or
        `answer_within` (seconds)."""
        sender = replace(self.door.sender, **settings)
        recovery = replace(self.door.recovery, sender=sender)
        return replace(self, door=replace(self.door, sender=sender, recovery=recovery))

    def named(self, value: Any) -> Any:
        """Return what is given with staff's references in the place of `@lead` and the others."""
        if isinstance(value, str) and value.startswith("@"):
            return self.someone(value[1:])
        if isinstance(value, dict):
            return {key: self.named(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.named(one) for one in value]
        return value


def known(who: str) -> str:
    """Return how an actor was known."""
    return "service" if who.startswith("service:") else "unverified"


def new_id(prefix: str = "test") -> str:
    """Return a command id that nobody had before."""
    return f"{prefix}-{uuid.uuid4()}"


async def start_server(**more: Any) -> WorkflowEnvironment:
    """Start a real Temporal server whose clock can be put forward for each workflow by itself."""
    return await WorkflowEnvironment.start_time_skipping_v2(
        ts_config=TimeSkippingConfig(enabled=False),
        dev_server_existing_path=str(binary()),
        data_converter=converter,
        dev_server_log_level="never",
        identity="tests",
        dev_server_extra_args=[
            "--dynamic-config-value",
            "frontend.WorkflowTimeSkippingEnabled=true",
            "--dynamic-config-value",
            'history.timerProcessorMaxTimeShift="20ms"',
        ],
        **more,
    )


@asynccontextmanager
async def installation(
    folder: Path, environment: WorkflowEnvironment, cached: int = CACHED, **settings: Any
) -> AsyncIterator[Service]:
    """Give an installation in this folder, its worker running, its staff registered."""
    given = Settings(
        data=folder / "data",
        keys=folder / "keys",
        temporal_address=environment.client.service_client.config.target_host,
        temporal_namespace=environment.client.namespace,
        task_queue=f"rj-{uuid.uuid4().hex[:8]}",
        **settings,
    )
    Keyring(given.key_folder).create_missing()
    async with working(given, environment, cached) as service:
        await register(service)
        yield service


@asynccontextmanager
async def moved(service: Service, environment: WorkflowEnvironment) -> AsyncIterator[Service]:
    """Give the same installation, after its end, on another server."""
    address = environment.client.service_client.config.target_host
    settings = service.settings.model_copy(update={"temporal_address": address})
    async with working(settings, environment) as there:
        there.staff.update(service.staff)
        yield there


@asynccontextmanager
async def working(
    settings: Settings,
    environment: WorkflowEnvironment,
    cached: int = CACHED,
    noticing: Noticing | None = None,
) -> AsyncIterator[Service]:
    """Give an installation with its worker running, which keeps so many cases in memory, and with
    `noticing` sends notices."""
    faults = Faults()
    migrate(settings)
    recorder = open_recorder(settings)
    recorder = replace(recorder, turns=replace(recorder.turns, log=faults.into(recorder.turns.log)))
    door = await Door.connect(settings, environment.client)
    with ThreadPoolExecutor(2 * SLOTS) as threads:
        async with serving(
            environment.client,
            recorder,
            settings.task_queue,
            threads,
            noticing=noticing,
            restrictions=STRICT,
            cached=cached,
        ):
            yield Service(settings, environment, recorder, door, faults)
    door.close()
    recorder.close()


async def register(service: Service) -> None:
    """Enter the staff of the stories into the register, trained and in date."""
    past = (datetime.now(UTC) - LONG_AGO).isoformat()
    for name, given in STAFF.items():
        answer = await service.do(
            "service:setup", "register_practitioner", **given, effective_at=past
        )
        service.staff[name] = answer.stream
        if any(str(c).startswith("FACILITATION") for c in given["credentials"]):
            for step, more in KEPT_IN_DATE:
                await service.do(
                    "trainer", step, more={"stream": answer.stream}, **more, effective_at=past
                )
