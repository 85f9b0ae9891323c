"""Writing looks down before anything is handed over: to the log, else to the spool, else nothing.

Looks that come at the same moment are written together: one commit, one seal, for all of them.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from keys import KeyMissing
from store.errors import Altered
from vault.problems import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from access.log import AccessLog
    from access.look import Look
    from access.spool import Spool

_log = structlog.get_logger(__name__)


class NotWritten(Exception):
    """It could be written down nowhere who looks, so nothing is handed over."""


@dataclass(slots=True)
class _Waiting:
    look: Look
    done: bool = False
    error: Exception | None = None


class Access:
    """Where looks are written down. Safe for use by several threads at once.

    `opening` returns the log, or raises why it cannot be opened; it is asked again until it does.
    """

    def __init__(self, opening: Callable[[], AccessLog], spool: Spool) -> None:
        self._opening = opening
        self._log: AccessLog | None = None
        self.spool = spool
        self._waiting: list[_Waiting] = []
        self._adding = threading.Lock()
        self._writing = threading.Lock()
        self._opened = threading.Lock()

    def write(self, look: Look) -> None:
        """Write the look down; it survives a loss of power once this has returned.

        Raises `NotWritten`, with a sentence, if neither the log nor the spool can take it.
        """
        mine = _Waiting(look)
        with self._adding:
            self._waiting.append(mine)
        with self._writing:
            if not mine.done:
                self._write_all()
        if mine.error is not None:
            raise mine.error

    @property
    def log(self) -> AccessLog:
        """The log itself, opened if need be. Raises what opening it raises."""
        with self._opened:
            if self._log is None:
                self._log = self._opening()
            return self._log

    def merge(self) -> None:
        """Move what waits in the spool into the log. Raises what the log raises."""
        if self.spool.holds_any():
            with self._writing:
                self._merge(self.log, datetime.now(UTC))

    def close(self) -> None:
        """Let go of the log."""
        with self._writing, self._opened:
            if self._log is not None:
                self._log.close()
            self._log = None

    def _write_all(self) -> None:
        with self._adding:
            together, self._waiting = self._waiting, []
        try:
            self._write([one.look for one in together])
        except Exception as error:  # noqa: BLE001 - raised to each whose look it was
            for one in together:
                one.error = error
        for one in together:
            one.done = True

    def _write(self, looks: Sequence[Look]) -> None:
        now = datetime.now(UTC)
        try:
            self._merge(self.log, now)
            self.log.append(looks, now)
        except (Unavailable, Altered, KeyMissing) as error:
            _log.warning("access_log_not_written", why=str(error))
            self._spool(looks, now, error)

    def _merge(self, log: AccessLog, now: datetime) -> None:
        try:
            merged = self.spool.merge_into(log, now)
        except OSError as error:
            # What waits there goes on waiting, and keeps nothing else from being written.
            _log.warning("spool_not_merged", why=error.strerror)
            return
        if merged:
            _log.info("spool_merged", looks=merged)

    def _spool(self, looks: Sequence[Look], now: datetime, why: Exception) -> None:
        try:
            for look in looks:
                self.spool.write(look, now)
        except (OSError, KeyMissing) as error:
            told = error.strerror if isinstance(error, OSError) else str(error)
            raise NotWritten(
                "nothing is shown, because it cannot be written down who looks: "
                f"{why}; and the spool {self.spool.path} cannot be written: {told}"
            ) from None
