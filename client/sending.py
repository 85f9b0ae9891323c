"""Sending one command to its stream's workflow and getting the answer, however often it takes.

An update is remembered by its id only within one run, and held only in the server's memory until
a worker takes it. So the same command is sent again until there is an answer; the log, not
Temporal, makes sure that it happens once.

Within that run the server answers an update id that it has seen with the first result, without
looking at what was sent. So the id says what was asked, and by whom: anything else under the same
command id comes before the record, which says no to it.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import time
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import structlog
from temporalio.client import (
    WithStartWorkflowOperation,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import Priority, WorkflowIDConflictPolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from client.failures import Denied, Nonsense, Refused, Unavailable, Unforeseen
from domain.command import digest
from domain.message import Refusal
from workflows.envelope import APART
from workflows.run import WORKFLOW, Failure, Run

if TYPE_CHECKING:
    from temporalio.client import Client

    from domain.message import Message

PERSON, LATER = Priority(priority_key=1), Priority(priority_key=5)
"""What people do goes before imports, demonstration data and recovery."""
ONE_CALL = 5.0
"""Seconds that one call may take."""
GRACE = 0.2
"""Seconds in which a call may say itself that its time is over."""
AT_ONCE = 8
"""Commands to one stream that are under way from this door. By default the server takes ten
updates of a workflow at a time, and at the eleventh throws the others back as well."""
PAUSE = 0.05
"""Seconds between two sendings at first; it doubles up to a second."""
ENDED_MEANWHILE = "AcceptedUpdateCompletedWorkflow"
"""Temporal's own word for an update whose run ended before it did."""
HOPELESS = frozenset(
    {
        RPCStatusCode.INVALID_ARGUMENT,
        RPCStatusCode.PERMISSION_DENIED,
        RPCStatusCode.UNAUTHENTICATED,
        RPCStatusCode.UNIMPLEMENTED,
        RPCStatusCode.OUT_OF_RANGE,
    }
)
"""What another sending would not change."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends messages to their streams. Times in seconds."""

    client: Client
    task_queue: str
    continue_after: int
    answer_within: float
    _places: WeakValueDictionary[str, asyncio.Semaphore] = field(
        default_factory=WeakValueDictionary
    )

    async def ask(self, message: Message, *, start: bool, priority: Priority) -> dict[str, Any]:
        """Return the record's answer to this command.

        `start` says that the stream's workflow is likely not running. Raises `Refused`, `Denied`,
        `Nonsense`, `Unforeseen`, and `Unavailable` when `answer_within` is over.
        """
        sending = _Sending(update_id(message), start=start)
        deadline = time.monotonic() + self.answer_within
        place = self._places.setdefault(message.stream, asyncio.Semaphore(AT_ONCE))
        while await _came_within(place, deadline):
            try:
                return await self._in_time(message, sending, priority, _one_call(deadline))
            except WorkflowUpdateFailedError as error:
                sending.after(error)
            except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError):
                _log.info("sent_again", command=message.id, why="no answer")
            except RPCError as error:
                sending.after_rpc(error)
                _log.info("sent_again", command=message.id, why=error.status.name)
            except RuntimeError:
                # A lazy client says so when it finds no server.
                _log.info("sent_again", command=message.id, why="no server")
            finally:
                place.release()
            await asyncio.sleep(min(sending.pause(), max(deadline - time.monotonic(), 0)))
        raise Unavailable(
            "there is no answer in time; it may have been recorded. Sending it again with the "
            f"same command id ({message.id}) is safe",
            message.id,
        )

    async def queue(self, message: Message, *, priority: Priority) -> None:
        """Hand over a command whose answer nobody waits for; on return it is queued durably.

        Raises `Unavailable` when the server cannot be reached within `answer_within`.
        """
        deadline = time.monotonic() + self.answer_within
        sending = _Sending(update_id(message), start=True)
        while time.monotonic() < deadline:
            try:
                await self.client.start_workflow(
                    WORKFLOW,
                    self._run(message.stream),
                    id=message.stream,
                    task_queue=self.task_queue,
                    id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                    start_signal=message.name,
                    start_signal_args=[message],
                    priority=priority,
                    rpc_timeout=_one_call(deadline),
                )
            except RPCError as error:
                sending.after_rpc(error)
            except RuntimeError:
                _log.info("sent_again", command=message.id, why="no server")
            else:
                return
            await asyncio.sleep(sending.pause())
        raise Unavailable(
            "the Temporal server does not answer; it may have been queued. Sending it again with "
            f"the same command id ({message.id}) is safe",
            message.id,
        )

    async def _in_time(
        self, message: Message, sending: _Sending, priority: Priority, within: timedelta
    ) -> dict[str, Any]:
        # The time of a call is that of each of its requests: once an update was accepted, its
        # answer is asked for anew.
        async with asyncio.timeout(within.total_seconds() + GRACE):
            try:
                return await self._once(message, sending, priority, within)
            except WorkflowUpdateRPCTimeoutOrCancelledError as error:
                if isinstance(error.__cause__, asyncio.CancelledError):
                    raise error.__cause__ from None
                raise

    async def _once(
        self, message: Message, sending: _Sending, priority: Priority, within: timedelta
    ) -> dict[str, Any]:
        answer: dict[str, Any]
        if not sending.start:
            handle = self.client.get_workflow_handle(message.stream)
            answer = await handle.execute_update(
                message.name, message, id=sending.update_id, result_type=dict, rpc_timeout=within
            )
            return answer
        starting: WithStartWorkflowOperation[Any, Any] = WithStartWorkflowOperation(
            WORKFLOW,
            self._run(message.stream),
            id=message.stream,
            task_queue=self.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            priority=priority,
        )
        try:
            answer = await self.client.execute_update_with_start_workflow(
                message.name,
                message,
                id=sending.update_id,
                result_type=dict,
                start_workflow_operation=starting,
                rpc_timeout=within,
            )
        except Exception:
            await _look_at_its_error(starting)
            raise
        return answer

    def _run(self, stream: str) -> Run:
        return Run(stream=stream, continue_after=self.continue_after)


def update_id(message: Message) -> str:
    """Return the id of the update that carries this message: the same for the same wish.

    It is the command's id, then 16 hexadecimal digits of the SHA-256 of what was asked, who asked
    and how they were known. When it was let in is left out: it differs between honest repetitions.
    """
    proof = message.proof
    who = [proof.actor, proof.identified] if proof else []
    asked = json.dumps([digest(message.name, message.body), *who]).encode()
    return f"{message.id}{APART}{hashlib.sha256(asked).hexdigest()[:16]}"


@dataclass(slots=True)
class _Sending:
    """What the next sending of one command has to be like."""

    first_id: str
    start: bool
    _afresh: str = ""
    _pause: float = PAUSE

    @property
    def update_id(self) -> str:
        """The id to send it under."""
        return self.first_id + self._afresh

    def pause(self) -> float:
        """Return how long to wait before it, in seconds; longer each time."""
        pause, self._pause = self._pause, min(self._pause * 2, 1.0)
        return pause

    def after(self, error: WorkflowUpdateFailedError) -> None:
        """Take in that the update ended without an answer. Raises what is final."""
        failure = _failure(error)
        if failure == Failure.UNAVAILABLE:
            # Within its run an update's failure is remembered; another id is asked afresh.
            self._afresh = f"{APART}{uuid.uuid4().hex[:8]}"

    def after_rpc(self, error: RPCError) -> None:
        """Take in that the call did not come through. Raises `Unforeseen` if none ever will."""
        if error.status is RPCStatusCode.NOT_FOUND:
            self.start = True
        elif error.status in HOPELESS:
            incident = uuid.uuid4().hex
            _log.error("incident", incident=incident, status=error.status.name)
            raise Unforeseen(incident)


async def _look_at_its_error(starting: WithStartWorkflowOperation[Any, Any]) -> None:
    """Look at the start's own copy of an error, which is reported as never retrieved otherwise."""
    with contextlib.suppress(Exception):
        async with asyncio.timeout(0.01):
            await starting.workflow_handle()


def _one_call(deadline: float) -> timedelta:
    """Return how long the next call may take: a server takes nothing below a millisecond."""
    return timedelta(seconds=max(0.001, min(ONE_CALL, deadline - time.monotonic())))


async def _came_within(place: asyncio.Semaphore, deadline: float) -> bool:
    """Say whether a place became free before the deadline; it is taken then."""
    if time.monotonic() >= deadline:
        return False
    try:
        async with asyncio.timeout(deadline - time.monotonic()):
            return await place.acquire()
    except TimeoutError:
        return False


def _failure(error: WorkflowUpdateFailedError) -> str:
    """Return why there is no answer yet; raise what the caller is to be told, if it is final."""
    cause = error.cause
    if not isinstance(cause, ApplicationError):
        return type(cause).__name__
    kind = cause.type or ""
    details = cause.details[0] if cause.details else None
    if kind == Failure.REFUSED:
        raise Refused(_refusals(details))
    if kind == Failure.NONSENSE:
        raise Nonsense(*(refusal.reason for refusal in _refusals(details)))
    if kind == Failure.DENIED:
        raise Denied
    if kind in (Failure.UNAVAILABLE, Failure.DRAINING, ENDED_MEANWHILE):
        return kind
    raise Unforeseen(str(details or cause.message))


def _refusals(details: Any) -> list[Refusal]:
    return [Refusal.model_validate(one) for one in details or []]
