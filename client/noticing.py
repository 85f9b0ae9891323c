"""Seeing to it that notices to staff leave: one workflow sends them while there are any."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from temporalio.common import WorkflowIDConflictPolicy

from workflows.run import NOTICES

if TYPE_CHECKING:
    from collections.abc import Callable

    from temporalio.client import Client

EVERY = 30.0
"""Seconds between two looks at what there is to tell."""
WORKFLOW_ID = "notices"
"""Of which there is one at a time, however many workers look."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Watch:
    """Looks what there is to tell, again and again, for as long as `run` runs."""

    client: Client
    task_queue: str
    look: Callable[[], bool]
    """Puts into the outbox what there is to tell, and says whether anything is to be sent now;
    asked in a thread."""
    every: float = EVERY
    _trouble: str = ""

    async def run(self) -> None:
        """Look at once and at intervals, until cancelled. Trouble is told once, and tried again."""
        while True:
            await self.once()
            await asyncio.sleep(self.every)

    async def once(self) -> None:
        """Look, and have what there is sent."""
        try:
            if await asyncio.to_thread(self.look):
                await self._send()
        except Exception as error:  # noqa: BLE001 - looked at again; nothing else waits for this
            self._tell(type(error).__name__)
        else:
            self._tell("")

    async def _send(self) -> None:
        await self.client.start_workflow(
            NOTICES,
            id=WORKFLOW_ID,
            task_queue=self.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )

    def _tell(self, trouble: str) -> None:
        if trouble and trouble != self._trouble:
            _log.warning("notices_not_looked_for", why=trouble)
        self._trouble = trouble
