"""The worker as a child: ready when it really asks the server for work."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.service import ConnectConfig, RPCError, ServiceClient

from up.child import Child
from up.environment import own

if TYPE_CHECKING:
    from up.place import Place
    from up.process import Process

_ASK_EVERY = 0.1
_ANSWER_WITHIN = timedelta(seconds=2)
_KINDS = (
    TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
)


def command(place: Place) -> list[str]:
    """Return the worker's command line; `-P` keeps a `worker.py` lying about from being run."""
    del place
    return [sys.executable, "-P", "-m", "worker"]


async def ready(place: Place, process: Process) -> None:
    """Wait until the server has been asked for workflow and activity tasks since this start.

    The server remembers those who asked for five minutes, a killed worker too: hence the time.
    """
    service = await ServiceClient.connect(
        ConnectConfig(target_host=place.address, identity="rj-up", lazy=True)
    )
    while True:
        if await _asked(service, place, process.started):
            return
        await asyncio.sleep(_ASK_EVERY)


async def _asked(service: ServiceClient, place: Place, since: float) -> bool:
    for kind in _KINDS:
        request = DescribeTaskQueueRequest(
            namespace=place.settings.temporal_namespace,
            task_queue=TaskQueue(name=place.settings.task_queue),
            task_queue_type=kind,
        )
        latest = 0.0
        with suppress(RPCError):  # the server may be starting again: not ready, then
            answer = await service.workflow_service.describe_task_queue(
                request, timeout=_ANSWER_WITHIN
            )
            latest = max(
                (poller.last_access_time.ToNanoseconds() / 1e9 for poller in answer.pollers),
                default=0.0,
            )
        if latest < since:
            return False
    return True


WORKER = Child(
    name="worker",
    title="The worker",
    command=command,
    environment=own,
    ready=ready,
    stop_within=25.0,
)
