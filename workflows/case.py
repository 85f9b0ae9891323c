"""One workflow class for all streams: it takes commands in turn, keeps the clock, renews itself.

It decides nothing. Each command goes to one activity that reads the log, asks the rules and
appends; the workflow keeps only the present that comes back. See docs/decisions/0004 and 0005.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError, FailureError, is_cancelled_exception

from domain.message import Message, Present, Reply, Turn
from workflows.append import Patience, append, look, unavailable
from workflows.details import details
from workflows.envelope import Malformed, read, unreadable
from workflows.inbox import Inbox
from workflows.outcome import failure, incident
from workflows.pauses import Held, Pauses
from workflows.run import PRESENT, RENEW, TICK, WORKFLOW, Failure, Run

LINGER = timedelta(minutes=1)
"""How long a run waits for the first event of a stream whose log is empty."""
HOLD = timedelta(minutes=1)
"""How long the clock waits before it tries again what did not move it on."""


@workflow.defn(name=WORKFLOW)
class Case:
    """A queue, a clock and the last outcome of one stream."""

    @workflow.init
    def __init__(self, run: Run) -> None:
        self._run = run
        self._present = run.present
        self._inbox = Inbox(run.inbox, workflow.now())
        self._started = workflow.now()
        self._held = Held()
        self._pauses = Pauses()
        self._renewal = False
        self._draining = False
        self._lock = asyncio.Lock()
        workflow.set_current_details(details(self._present))

    @workflow.run
    async def run(self, _run: Run) -> None:
        """Live until the stream waits for nothing at all."""
        while not self._may_end():
            if self._wants_renewal():
                await self._drain()
            elif self._present is None:
                await self._look()
            elif _has_come(self._inbox.ready_at):
                await self._serve()
            elif _has_come(self._tick_at()):
                await self._tick()
            else:
                await self._sleep()

    # What comes in.

    @workflow.update(dynamic=True, description="a command, by its wire name")
    async def _command(self, name: str, args: Sequence[RawValue]) -> dict[str, object]:
        try:
            reply = await self._turn(read(name, args), Patience.PERSON)
        except FailureError as error:
            raise _told(error) from None
        except Exception as error:  # noqa: BLE001 - an escaping one would jam the whole case
            raise incident(error) from None
        if (not_accepted := failure(reply)) is not None:
            raise not_accepted
        return reply.answer

    @_command.validator
    def _let_in(self, name: str, args: Sequence[RawValue]) -> None:
        """Refuse what is no message of this stream, and everything while the run is draining.

        Nothing that changes by itself (time, history length) may be asked here: a refused update
        does not wake the main loop, so that the case would stay stuck.
        """
        if self._draining:
            raise ApplicationError("this run is about to be renewed", type=Failure.DRAINING)
        try:
            read(name, args)
        except Malformed as error:
            raise ApplicationError(str(error), type=Failure.MALFORMED) from None

    @workflow.signal(dynamic=True, description="a command that nobody waits for")
    def _signalled(self, name: str, args: Sequence[RawValue]) -> None:
        try:
            self._inbox.add(read(name, args))
        except Malformed:
            self._inbox.add(unreadable(name, self._run.stream))

    @workflow.signal(name=RENEW, description="continue as new, to take up a release")
    def _renew(self) -> None:
        self._renewal = True

    @workflow.query(name=PRESENT, description="where the stream stands, in codes")
    def _where_it_stands(self) -> Present | None:
        return self._present

    # One at a time.

    async def _turn(self, message: Message, patience: Patience, *, signal: bool = False) -> Reply:
        # Between a decision and its append nothing else of this stream may be decided.
        async with self._lock:
            turn = Turn(
                message=message,
                at=workflow.now(),
                witness=self._present or Present(),
                by_signal=signal,
            )
            reply = await append(turn, patience)
            self._keep(reply.present)
            return reply

    def _keep(self, present: Present | None) -> None:
        # A command sent again is answered as it was first recorded; it must not set us back.
        if present is None or (self._present and present.version < self._present.version):
            return
        self._present = present
        workflow.set_current_details(details(present))

    # The main loop's own work.

    async def _look(self) -> None:
        await workflow.wait_condition(
            lambda: self._present is not None or workflow.all_handlers_finished()
        )
        if self._present is not None:
            return
        try:
            self._keep(await look(self._run.stream))
            self._pauses.over()
        except FailureError as error:
            if is_cancelled_exception(error):
                raise
            workflow.logger.warning("log_not_read")
            wake = workflow.now() + self._pauses.longer()
            await self._until(lambda: self._present is not None, wake)

    async def _serve(self) -> None:
        try:
            reply = await self._turn(self._inbox.first, Patience.NOBODY, signal=True)
        except FailureError as error:
            if is_cancelled_exception(error):
                raise
            if unavailable(error):
                self._inbox.wait_until(workflow.now() + self._pauses.longer())
                return
            incident(error)
        else:
            if (not_accepted := failure(reply)) is not None:
                workflow.logger.info("signal_not_accepted", extra={"type": not_accepted.type})
        self._pauses.over()
        self._inbox.served()

    async def _tick(self) -> None:
        due = self._due()
        if due is None:
            return
        stamp = due.isoformat()
        stream = self._run.stream
        message = Message(id=f"tick:{stamp}", stream=stream, name=TICK, body={"due": stamp})
        try:
            await self._turn(message, Patience.NOBODY)
        except FailureError as error:
            if is_cancelled_exception(error):
                raise
            if not unavailable(error):
                incident(error)
            self._held.hold(due, workflow.now() + self._pauses.longer())
            return
        self._pauses.over()
        if (following := self._due()) and following <= due:
            workflow.logger.error("clock_does_not_move_on", extra={"due": stamp})
            self._held.hold(due, workflow.now() + HOLD)

    def _due(self) -> datetime | None:
        return self._present.next_due if self._present and self._present.open else None

    def _tick_at(self) -> datetime | None:
        return self._held.tick_at(self._due())

    # Sleeping, renewing, ending.

    def _wake_at(self) -> datetime | None:
        times = [self._tick_at(), self._inbox.ready_at]
        if self._present and not self._present.version:
            times.append(self._started + LINGER)
        return min((time for time in times if time), default=None)

    async def _sleep(self) -> None:
        # A timer that has become too early is left running: it costs less than a new one with
        # each command, and when it fires there is only another sleep.
        wake = self._wake_at()
        await self._until(
            lambda: self._wakes_before(wake) or self._wants_renewal() or self._may_end(), wake
        )

    def _wakes_before(self, wake: datetime | None) -> bool:
        now = self._wake_at()
        return now is not None and (wake is None or now < wake)

    async def _until(self, stirred: Callable[[], bool], wake: datetime | None) -> None:
        timeout = max(wake - workflow.now(), timedelta(0)) if wake else None
        with contextlib.suppress(TimeoutError):
            await workflow.wait_condition(stirred, timeout=timeout)

    def _wants_renewal(self) -> bool:
        info = workflow.info()
        full = info.get_current_history_length() >= self._run.continue_after
        wanted = self._renewal or full or info.is_continue_as_new_suggested()
        return wanted and self._inbox.fits

    async def _drain(self) -> None:
        # Only waiting for the handlers would never end under load; so nothing new is let in.
        self._draining = True
        await workflow.wait_condition(workflow.all_handlers_finished)
        if self._inbox.fits and not self._may_end():
            following = {"present": self._present, "inbox": self._inbox.carried}
            workflow.continue_as_new(self._run.model_copy(update=following))
        self._draining = False

    def _may_end(self) -> bool:
        if self._present is None or self._present.open or self._inbox:
            return False
        if not workflow.all_handlers_finished():
            return False
        return bool(self._present.version) or _has_come(self._started + LINGER)


def _has_come(moment: datetime | None) -> bool:
    return moment is not None and moment <= workflow.now()


def _told(error: FailureError) -> ApplicationError:
    if unavailable(error):
        return ApplicationError("the record cannot be reached", type=Failure.UNAVAILABLE)
    return incident(error)
