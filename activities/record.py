"""The activities: the one writer that every turn goes through, and a look at the log.

This is the lock. The workflow asks one turn at a time, but what makes an append safe is the
version that it expects, and what makes a command happen once is its id in the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from access import NotAccepted, NotWritten, Refusals
from activities.incident import incident
from activities.turns import Turns, is_tick
from domain.message import Outcome, Present, Reply, Turn
from proof import holds
from store import Unavailable as LogUnavailable
from vault import Unavailable as VaultUnavailable
from workflows.run import LOOK, RECORD, Failure

OUT_OF_REACH = (LogUnavailable, VaultUnavailable, NotWritten)
"""All that is worth trying again; everything else is an incident."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Recorder:
    """The activities and what they need."""

    turns: Turns
    refusals: Refusals
    follow: Callable[[str], None] = lambda _case: None
    """Told of a stream from whose queued command, or tick, something follows in another."""

    @property
    def activities(self) -> list[Callable[..., object]]:
        """What a worker offers."""
        return [self.record, self.look]

    # An exception thrown into a thread that is writing would leave locks behind: what is given up
    # on runs to its end instead, and the ordinary activity finds it recorded.
    @activity.defn(name=RECORD, no_thread_cancel_exception=True)
    def record(self, turn: Turn) -> Reply:
        """Record what follows from this turn and answer it; the same turn again is safe.

        Raises `ApplicationError` of type `Unavailable` when a store cannot be reached, and
        nothing else.
        """
        message = turn.message
        with _about(message.stream, command=message.id):
            try:
                reply = self.turns.take(turn)
            except OUT_OF_REACH:
                raise
            except Exception as error:  # noqa: BLE001 - written down; the stream goes on
                reply = Reply(outcome=Outcome.ERROR, incident=incident(error))
            self._write_down(turn, reply)
            self._tell_on(turn, reply)
            _log.info("turn", command_name=message.name, outcome=reply.outcome.value)
            return reply

    @activity.defn(name=LOOK, no_thread_cancel_exception=True)
    def look(self, stream: str) -> Present:
        """Return where a stream stands by its log.

        Raises `ApplicationError` of type `Unavailable` when the log cannot be reached, and of
        type `InternalError` for anything unforeseen.
        """
        with _about(stream):
            try:
                return self.turns.present(self.turns.log.load(stream))
            except OUT_OF_REACH:
                raise
            except Exception as error:  # noqa: BLE001 - written down with an incident id
                raise ApplicationError(
                    "unforeseen", incident(error), type=Failure.INTERNAL_ERROR, non_retryable=True
                ) from None

    def close(self) -> None:
        """Let go of the stores."""
        self.turns.log.close()
        self.turns.vault.close()
        self.turns.looking.access.close()
        self.refusals.close()

    def _tell_on(self, turn: Turn, reply: Reply) -> None:
        # Whoever waits for an answer has the door follow it up; here nobody waits.
        waited_for = not turn.by_signal and not is_tick(turn.message)
        if waited_for or reply.outcome is not Outcome.ACCEPTED or not reply.answer.get("events"):
            return
        try:
            if self.turns.leads_elsewhere(turn.message.stream):
                self.follow(turn.message.stream)
        except Exception as error:  # noqa: BLE001 - it is recorded, and found again at intervals
            incident(error)

    def _write_down(self, turn: Turn, reply: Reply) -> None:
        if reply.outcome is Outcome.ACCEPTED or is_tick(turn.message):
            return
        proved = turn.message.proof if holds(turn.message, self.turns.door) else None
        refusal = NotAccepted(
            stream=turn.message.stream,
            command=turn.message.id,
            recorded_at=turn.at.astimezone(UTC),
            name=turn.message.name,
            actor=proved.actor if proved else "unproved",
            codes=tuple(r.code for r in reply.refusals) or (reply.outcome.value,),
            by_signal=turn.by_signal,
        )
        try:
            self.refusals.write(refusal)
        except VaultUnavailable:
            # Whoever waits is told anyway; for a signal this line of writing is all there is.
            if turn.by_signal:
                raise
            _log.warning("refusal_not_written", command_name=refusal.name, codes=refusal.codes)
        except Exception as error:  # noqa: BLE001 - written down; who waits is told all the same
            incident(error)


@contextmanager
def _about(stream: str, **facts: str) -> Iterator[None]:
    with structlog.contextvars.bound_contextvars(stream=stream, **facts):
        try:
            yield
        except OUT_OF_REACH as error:
            _log.warning("out_of_reach", what=type(error).__module__, why=str(error))
            raise ApplicationError(
                "out of reach", type=Failure.UNAVAILABLE, category=ApplicationErrorCategory.BENIGN
            ) from None
