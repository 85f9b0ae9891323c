"""How a turn reaches the record: a local activity first, then an ordinary one that may wait longer.

A local activity is two to three times cheaper, but while it waits its case can do nothing else. An
append is safe to repeat, so half a second is all it gets (docs/decisions/0005).
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

from temporalio import workflow
from temporalio.common import Priority, RetryPolicy
from temporalio.exceptions import (
    ActivityError,
    ApplicationError,
    FailureError,
    TimeoutError,  # noqa: A004 - Temporal's own
    is_cancelled_exception,
)

from domain.message import Present, Reply, Turn
from workflows.run import LOOK, RECORD, Failure

AT_ONCE = timedelta(seconds=0.5)
ONE_ATTEMPT = timedelta(seconds=5)
A_PERSON_WAITS = timedelta(seconds=10)
LATER_ORIGINS = frozenset({"import", "demo", "matcher"})
"""What comes from these may wait for what people do."""
SOON, USUAL, LATER = Priority(priority_key=1), Priority(priority_key=3), Priority(priority_key=5)


class Patience(Enum):
    """How long one turn may keep the lock of its stream."""

    PERSON = RetryPolicy(
        initial_interval=timedelta(seconds=0.2), maximum_interval=timedelta(seconds=2)
    )
    """Somebody waits: try again for ten seconds."""
    NOBODY = RetryPolicy(maximum_attempts=1)
    """The clock, or a signal: one attempt, then let others have their turn."""


async def append(turn: Turn, patience: Patience) -> Reply:
    """Return what the record answers to this turn.

    Raises Temporal's own `FailureError` when no answer came: see `unavailable`.
    """
    try:
        reply: Reply = await workflow.execute_local_activity(
            RECORD,
            turn,
            result_type=Reply,
            schedule_to_close_timeout=AT_ONCE,
            retry_policy=RetryPolicy(maximum_attempts=1),
        )
    except FailureError as error:
        # A time-out arrives wrapped in an activity's error at first, and bare when it is replayed.
        if is_cancelled_exception(error):
            raise
        reply = await workflow.execute_activity(
            RECORD,
            turn,
            result_type=Reply,
            start_to_close_timeout=ONE_ATTEMPT,
            schedule_to_close_timeout=A_PERSON_WAITS,
            retry_policy=patience.value,
            priority=_priority(turn),
        )
    return reply


async def look(stream: str) -> Present:
    """Return where the stream stands by its log. Raises `FailureError` when it cannot be read."""
    present: Present = await workflow.execute_activity(
        LOOK,
        stream,
        result_type=Present,
        start_to_close_timeout=ONE_ATTEMPT,
        retry_policy=Patience.NOBODY.value,
    )
    return present


def unavailable(error: FailureError) -> bool:
    """Say whether the record could not be reached, so that the same turn may be tried again."""
    cause = error.cause if isinstance(error, ActivityError) else error
    if isinstance(cause, ApplicationError):
        return cause.type == Failure.UNAVAILABLE
    return isinstance(cause, TimeoutError)


def _priority(turn: Turn) -> Priority:
    if turn.message.proof is None:
        return USUAL
    return LATER if turn.message.proof.origin in LATER_ORIGINS else SOON
