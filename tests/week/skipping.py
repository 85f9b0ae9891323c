"""A clock that a test puts forward: for this process, and for every workflow that it touches.

A Temporal server in these tests has one clock for each workflow. Here each is put to the clock of
the process before anything is sent to it; and what is new begins as the child of a workflow whose
clock was put there, since it would begin today otherwise.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import time_machine
from temporalio import workflow
from temporalio.client import Client, Interceptor, OutboundInterceptor, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from tests.serving import start_server
from workflows.run import WORKFLOW, Run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from temporalio.client import (
        StartWorkflowInput,
        StartWorkflowUpdateInput,
        StartWorkflowUpdateWithStartInput,
        WorkflowHandle,
        WorkflowUpdateHandle,
    )
    from temporalio.testing import WorkflowEnvironment

    from domain.message import Present

QUEUE = "beginnings"


@workflow.defn(name="Beginnings")
class Beginnings:
    """Begins other workflows, at the time that it is for itself."""

    @workflow.run
    async def run(self) -> None:
        """Wait to be asked."""
        await workflow.wait_condition(lambda: False)

    @workflow.update
    async def begin(self, stream: str, given: dict[str, Any], queue: str) -> None:
        """Begin the workflow of a stream; it outlives this one."""
        await workflow.start_child_workflow(
            WORKFLOW,
            given,
            id=stream,
            task_queue=queue,
            parent_close_policy=workflow.ParentClosePolicy.ABANDON,
        )


@dataclass
class Skipped:
    """A Temporal server, and a clock that goes only when it is put forward."""

    folder: Path
    traveller: Any
    port: int
    known: Callable[[str], Present | None] = field(default=lambda _: None)
    """Returns where a stream stands, None for one of which nothing was recorded."""
    client: Client = field(init=False)
    """Whatever is sent through it arrives at the time that it is."""
    _server: WorkflowEnvironment = field(init=False)
    _beginning: WeakKeyDictionary[Any, asyncio.Lock] = field(default_factory=WeakKeyDictionary)
    _worker: Worker = field(init=False)

    @property
    def now(self) -> datetime:
        """What time it is."""
        return datetime.now(UTC)

    async def start(self) -> None:
        """Start a server that knows nothing yet."""
        database = self.folder / f"temporal-{self.now:%m%d%H%M}.db"
        self._server = await start_server(
            port=self.port, dev_server_database_filename=str(database)
        )
        plain = self._server.client
        config = plain.config()
        config["interceptors"] = [*config["interceptors"], _InTime(self)]
        self.client = Client(**config)
        self._worker = Worker(
            plain,
            task_queue=QUEUE,
            workflows=[Beginnings],
            workflow_runner=UnsandboxedWorkflowRunner(),
        )
        await self._worker.__aenter__()

    async def stop(self) -> None:
        """Stop the server."""
        await self._worker.__aexit__(None, None, None)
        await self._server.shutdown()

    def put_to(self, moment: datetime) -> None:
        """Put the clock of this process forward."""
        self.traveller.move_to(moment)

    async def bring(self, stream: str) -> None:
        """Put the clock of one workflow to the time that it is; what falls due by then does."""
        run = self._server.client.get_workflow_handle(stream)
        behind = self.now - await self._server.get_current_time(run)
        if behind > timedelta(0):
            await self._server.fast_forward(run, behind)

    async def runs(self, stream: str) -> bool:
        """Say whether a workflow runs for this stream."""
        try:
            found = await self._server.client.get_workflow_handle(stream).describe()
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return False
            raise
        return found.status is WorkflowExecutionStatus.RUNNING

    async def present(self, stream: str, given: Run, queue: str) -> None:
        """See that a workflow runs for this stream and that it is now for it."""
        if not await self.runs(stream):
            # A run ends where nothing is waited for: this one is to wait for what is sent now.
            known = await asyncio.to_thread(self.known, stream)
            waits = known and known.model_copy(update={"open": True})
            await self.begin(given.model_copy(update={"present": waits}), queue)
        await self.bring(stream)

    async def begin(self, given: Run, queue: str) -> None:
        """Begin the workflow of a stream at the time that it is."""
        # Each line that is typed has an event loop of its own, and a lock belongs to one.
        async with self._beginning.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
            beginner = await self._beginner()
        arguments = [given.stream, given.model_dump(mode="json"), queue]
        await beginner.execute_update(Beginnings.begin, args=arguments)

    async def _beginner(self) -> WorkflowHandle[Any, Any]:
        # The clock of one with children is not put forward: each time has a new one.
        plain, its_id = self._server.client, f"beginner-{self.now.isoformat()}"
        if not await self.runs(its_id):
            await plain.start_workflow(Beginnings.run, id=its_id, task_queue=QUEUE)
            await self.bring(its_id)
        return plain.get_workflow_handle(its_id)


class _InTime(Interceptor):
    def __init__(self, clock: Skipped) -> None:
        self._clock = clock

    def intercept_client(self, next: OutboundInterceptor) -> OutboundInterceptor:  # noqa: A002
        return _Outbound(next, self._clock)


class _Outbound(OutboundInterceptor):
    def __init__(self, following: OutboundInterceptor, clock: Skipped) -> None:
        super().__init__(following)
        self._clock = clock

    async def start_workflow(self, input: StartWorkflowInput) -> WorkflowHandle[Any, Any]:  # noqa: A002
        if input.workflow == WORKFLOW and input.start_signal:
            await self._clock.present(input.id, input.args[0], input.task_queue)
        elif input.workflow == WORKFLOW and not await self._clock.runs(input.id):
            await self._clock.begin(input.args[0], input.task_queue)
            return self._clock.client.get_workflow_handle(input.id)
        return await super().start_workflow(input)

    async def start_workflow_update(
        self,
        input: StartWorkflowUpdateInput,  # noqa: A002
    ) -> WorkflowUpdateHandle[Any]:
        if await self._clock.runs(input.id):
            await self._clock.bring(input.id)
        return await super().start_workflow_update(input)

    async def start_update_with_start_workflow(
        self,
        input: StartWorkflowUpdateWithStartInput,  # noqa: A002
    ) -> WorkflowUpdateHandle[Any]:
        start = input.start_workflow_input
        await self._clock.present(start.id, start.args[0], start.task_queue)
        return await super().start_update_with_start_workflow(input)


def travelling(moment: datetime) -> Any:
    """Return what puts the clock of this process to a moment, and stops it there."""
    return time_machine.travel(moment, tick=False)
