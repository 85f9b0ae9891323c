"""What the live workflow of a stream says of itself: asked by a query, which changes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from temporalio.client import WorkflowQueryFailedError
from temporalio.service import RPCError, RPCStatusCode

from client.failures import Unavailable
from domain.message import Present
from workflows.run import PRESENT

if TYPE_CHECKING:
    from client.sending import Sender

ANSWER_WITHIN = timedelta(seconds=10)


async def live(sender: Sender, stream: str) -> Present | None:
    """Return where the workflow takes the stream to stand; None if there is none.

    Raises `Unavailable` if the server, or a worker to ask, cannot be reached.
    """
    handle = sender.client.get_workflow_handle(stream)
    try:
        found: Present = await handle.query(PRESENT, result_type=Present, rpc_timeout=ANSWER_WITHIN)
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return None
        raise Unavailable("the live workflow could not be asked: no answer") from None
    except (WorkflowQueryFailedError, RuntimeError):
        raise Unavailable("the live workflow could not be asked") from None
    return found
