"""The floor: a bare workflow with the same update and one ordinary activity that does nothing."""

from __future__ import annotations

import asyncio
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Worker

QUEUE = "bare"


@activity.defn
def nothing(message: dict[str, Any]) -> dict[str, Any]:
    """Return an answer without doing anything."""
    return {"version": 1, "events": [], "id": message["id"]}


@workflow.defn
class Bare:
    """Takes updates until it is told to stop."""

    def __init__(self) -> None:
        self._stopped = False

    @workflow.run
    async def run(self) -> None:
        """Wait."""
        await workflow.wait_condition(lambda: self._stopped)

    @workflow.update
    async def record_wish(self, message: dict[str, Any]) -> dict[str, Any]:
        """Have the activity do nothing, and answer."""
        answer: dict[str, Any] = await workflow.execute_activity(
            nothing, message, start_to_close_timeout=timedelta(seconds=10)
        )
        return answer

    @workflow.signal
    def stop(self) -> None:
        """End."""
        self._stopped = True


async def main() -> None:
    """Serve with the same slots and threads as the service's worker."""
    client = await Client.connect(
        os.environ["RJ_TEMPORAL_ADDRESS"],
        namespace=os.environ["RJ_TEMPORAL_NAMESPACE"],
        data_converter=pydantic_data_converter,
    )
    with ThreadPoolExecutor(80) as threads:
        async with Worker(
            client,
            task_queue=QUEUE,
            workflows=[Bare],
            activities=[nothing],
            activity_executor=threads,
            max_cached_workflows=2000,
            max_concurrent_workflow_tasks=100,
            max_concurrent_activities=40,
        ):
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
