"""Sending notices to staff: it runs while there are any to send, and knows nothing of them."""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from workflows.run import NOTICES, SEND

_ROUND = timedelta(hours=24)
"""Longer than a round takes whose every message takes as long as it may."""
_SIGN_OF_LIFE = timedelta(minutes=12)
"""Longer than a mail server may take for one answer."""
_AGAIN = RetryPolicy(initial_interval=timedelta(seconds=5), maximum_interval=timedelta(minutes=5))
"""A mail server that is down is asked again, later each time, for as long as it takes."""


@workflow.defn(name=NOTICES)
class Notices:
    """Sends round after round until there is nothing more to send now."""

    @workflow.run
    async def run(self) -> None:
        """Send; what cannot be sent to one address is put off in the outbox, not here."""
        while await workflow.execute_activity(
            SEND,
            result_type=bool,
            start_to_close_timeout=_ROUND,
            heartbeat_timeout=_SIGN_OF_LIFE,
            retry_policy=_AGAIN,
        ):
            pass
