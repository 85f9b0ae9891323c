"""The activity by which notices leave: a round of the outbox, each at least once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from notices import Addresses, Down, NoAddresses, Outbox, Sender, send
from vault import Unavailable
from workflows.run import SEND, Failure

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Noticing:
    """The activity and what it needs."""

    outbox: Outbox
    sender: Sender
    addresses: Addresses

    @property
    def activities(self) -> list[Callable[..., object]]:
        """What a worker offers."""
        return [self.send]

    # What is being sent is noted down before anything else happens.
    @activity.defn(name=SEND, no_thread_cancel_exception=True)
    def send(self) -> bool:
        """Send what is to be sent by now; say whether there may be more.

        Raises `ApplicationError` of type `Unavailable` while the mail server, the file of addresses
        or the outbox cannot be used: what was not sent waits, and is tried again.
        """
        try:
            done = send(
                self.outbox, self.sender, self.addresses, lambda: datetime.now(UTC), self._alive
            )
        except (Down, NoAddresses, Unavailable) as error:
            _log.warning("notices_wait", why=str(error))
            raise ApplicationError(
                "out of reach", type=Failure.UNAVAILABLE, category=ApplicationErrorCategory.BENIGN
            ) from None
        if done.sent or done.put_off:
            _log.info("notices_sent", sent=done.sent, put_off=done.put_off)
        return done.more

    @staticmethod
    def _alive() -> None:
        if activity.in_activity():
            activity.heartbeat()
