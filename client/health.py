"""Whether the Temporal server answers, and whether any worker asks it for work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.service import RPCError

from client.connection import connect
from client.failures import Unavailable

if TYPE_CHECKING:
    from temporalio.client import Client

    from settings import Settings

LATELY = timedelta(seconds=90)
"""A worker asks again at least every minute; the server remembers it for five."""
ANSWER_WITHIN = timedelta(seconds=5)
KINDS = (TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)


@dataclass(frozen=True, slots=True)
class Health:
    """What serves commands, as far as the Temporal server knows."""

    server: bool
    """Whether it answers."""
    worker: bool
    """Whether one has asked lately for work of each kind."""


async def health(settings: Settings) -> Health:
    """Return whether server and worker are there; an address has to be set. Never raises."""
    try:
        client = await connect(settings.temporal_address, settings.temporal_namespace, "rj-doctor")
        polled = [await _last_asked(client, settings.task_queue, kind) for kind in KINDS]
    except (RPCError, Unavailable):
        return Health(server=False, worker=False)
    since = datetime.now(UTC) - LATELY
    return Health(server=True, worker=all(last is not None and last > since for last in polled))


async def _last_asked(
    client: Client, task_queue: str, kind: TaskQueueType.ValueType
) -> datetime | None:
    request = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=task_queue),
        task_queue_type=kind,
    )
    answer = await client.workflow_service.describe_task_queue(request, timeout=ANSWER_WITHIN)
    times = (poller.last_access_time.ToDatetime(tzinfo=UTC) for poller in answer.pollers)
    return max(times, default=None)
