"""Making Temporal whole again from the log, and taking running streams up to a new release."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import structlog
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from client.failures import Unavailable
from client.sending import LATER
from domain.decide import present
from store import Unavailable as LogUnavailable
from workflows.run import RENEW, WORKFLOW, Run

if TYPE_CHECKING:
    from client.sending import Sender
    from domain.matrix import Matrix
    from domain.message import Present
    from domain.waits import Limits
    from store import Log

AT_ONCE = 20
"""Calls to the server under way at the same time."""
BATCH = 100
"""Streams between two looks at how many wait for a worker."""
BACKLOG = 200
"""Streams that may wait for a worker; people's commands go before them, and are never far behind
if they cannot."""
PATIENCE = 10.0
"""Seconds to wait for that number to fall before going on all the same: no worker may be there."""

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many streams have been seen to, and how many there are."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a recovery came upon."""

    streams: int
    """All in the log."""
    open: int
    """Those that wait for something, so that they need a running workflow."""
    started: int
    """Those that had none and have one now."""
    unreadable: tuple[str, ...]
    """Those whose log cannot be read: altered, or written by a later release; or not reckoned."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """Works on all streams of a log; may be broken off and repeated at any time."""

    log: Log
    sender: Sender
    limits: Limits
    matrix: Matrix

    async def recover(self, progress: Progress = lambda _done, _all: None) -> Recovered:
        """Start a workflow for every open stream of the log that has none running.

        Raises `Unavailable` when the log or the Temporal server cannot be reached.
        """
        try:
            streams = await asyncio.to_thread(lambda: list(self.log.streams()))
            done = opened = started = 0
            unreadable: list[str] = []
            served = True
            while batch := streams[done : done + BATCH]:
                known = await asyncio.to_thread(self._presents, batch, unreadable)
                waiting = {stream: now for stream, now in known.items() if now.open}
                opened += len(waiting)
                started += sum(await _few_at_once(self._start, waiting.items()))
                done += len(batch)
                progress(done, len(streams))
                served = served and await self._room()
        except (RPCError, RuntimeError) as error:
            raise _no_answer(error) from None
        except LogUnavailable as error:
            raise Unavailable(str(error)) from None
        _log.info("recovered", streams=len(streams), open=opened, started=started)
        return Recovered(len(streams), opened, started, tuple(unreadable))

    async def renew(self) -> int:
        """Ask every running workflow to continue as new, which takes up a new release of it.

        Returns how many were asked. Raises `Unavailable`.
        """
        running = f"WorkflowType = '{WORKFLOW}' AND ExecutionStatus = 'Running'"
        try:
            ids = [found.id async for found in self.sender.client.list_workflows(running)]
            return sum(await _few_at_once(self._renew, [(stream,) for stream in ids]))
        except (RPCError, RuntimeError) as error:
            raise _no_answer(error) from None

    def _presents(self, streams: Sequence[str], unreadable: list[str]) -> dict[str, Present]:
        known = {}
        for stream in streams:
            try:
                known[stream] = present(self.log.load(stream), self.limits, self.matrix)
            except LogUnavailable:
                raise
            except Exception as error:  # noqa: BLE001 - written down; no other case waits for this
                _log.error("stream_not_recovered", stream=stream, exc_info=error)
                unreadable.append(stream)
        return known

    async def _start(self, stream: str, now: Present) -> bool:
        run = Run(stream=stream, present=now, continue_after=self.sender.continue_after)
        try:
            await self.sender.client.start_workflow(
                WORKFLOW, run, id=stream, task_queue=self.sender.task_queue, priority=LATER
            )
        except WorkflowAlreadyStartedError:
            return False
        return True

    async def _renew(self, stream: str) -> bool:
        try:
            await self.sender.client.get_workflow_handle(stream).signal(RENEW)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return False
            raise
        return True

    async def _room(self) -> bool:
        """Wait until few streams are waiting for a worker; say whether they came to be few.

        After `PATIENCE` they are not waited for: no worker may be there yet.
        """
        client = self.sender.client
        request = DescribeTaskQueueRequest(
            namespace=client.namespace,
            task_queue=TaskQueue(name=self.sender.task_queue),
            task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
            report_stats=True,
        )
        for _ in range(int(PATIENCE / 0.1)):
            queue = await client.workflow_service.describe_task_queue(request)
            if queue.stats.approximate_backlog_count <= BACKLOG:
                return True
            await asyncio.sleep(0.1)
        return False


def _no_answer(error: RPCError | RuntimeError) -> Unavailable:
    # A lazy client raises the second when it finds no server.
    why = error.status.name if isinstance(error, RPCError) else "it cannot be connected to"
    return Unavailable(f"the Temporal server does not answer ({why})")


async def _few_at_once(
    call: Callable[..., Coroutine[None, None, bool]], arguments: Iterable[tuple[object, ...]]
) -> list[bool]:
    room = asyncio.Semaphore(AT_ONCE)

    async def one(given: tuple[object, ...]) -> bool:
        async with room:
            return await call(*given)

    return list(await asyncio.gather(*(one(given) for given in arguments)))
