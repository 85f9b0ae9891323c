"""Following the log in the background of a worker, and the nightly proof."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from projections.loop import step, take_over
from projections.nightly import prove
from store import Unavailable as LogUnavailable
from vault import Unavailable as ViewsUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from projections.views import Views
    from store import Log

RESTS = 20
"""Times as long as it worked that it rests: what is shown in lists is a few seconds behind under
load, and commands, which share the process, are answered."""
LONGEST_REST = 5.0
"""Seconds, whatever the work was."""
LOOKS_FOR_PROOF = 60.0
"""Seconds after which it is asked again whether the day's proof is still to be done."""

_log = structlog.get_logger(__name__)


class _Stopped(Exception):
    """What was under way is broken off."""


def start(log: Log, views: Views, every: float = 1.0) -> Callable[[], None]:
    """Catch up now and every so many seconds, and prove once a night; return what stops it.

    If another release or other limits made the rows, they are made again first. A store that cannot
    be used is waited for: the read models never keep anything else from running. What stops it
    waits for the transaction under way; log and views stay open.
    """
    stopping = threading.Event()
    followed, proved = _Follower(log, views, stopping), _Prover(log, views, stopping)
    threads = [
        _Keeper("follow", followed.once, every, stopping),
        _Keeper("prove", proved.once, LOOKS_FOR_PROOF, stopping, waits_first=True),
    ]
    for thread in threads:
        thread.start()

    def stop() -> None:
        stopping.set()
        for thread in threads:
            thread.join()

    return stop


class _Follower:
    def __init__(self, log: Log, views: Views, stopping: threading.Event) -> None:
        self._events, self._views, self._stopping = log, views, stopping
        self._is_ours = False

    def once(self) -> None:
        if not self._is_ours:
            take_over(self._views)
            self._is_ours = True
        while not self._stopping.is_set() and step(self._events, self._views):
            pass


class _Prover:
    def __init__(self, log: Log, views: Views, stopping: threading.Event) -> None:
        self._events, self._views, self._stopping = log, views, stopping
        self._rested = time.monotonic()

    def once(self) -> None:
        self._rested = time.monotonic()
        prove(self._events, self._views, datetime.now(UTC), self._rest)

    def _rest(self) -> None:
        """Rest for as long as was worked, so that half of this process is left to others."""
        if self._stopping.wait(time.monotonic() - self._rested):
            raise _Stopped
        self._rested = time.monotonic()


class _Keeper(threading.Thread):
    """Does something again and again, and tells once of trouble and once that it is over."""

    def __init__(
        self,
        name: str,
        once: Callable[[], None],
        every: float,
        stopping: threading.Event,
        *,
        waits_first: bool = False,
    ) -> None:
        super().__init__(name=f"read-models-{name}", daemon=True)
        self._once, self._every, self._stopping = once, every, stopping
        self._waits = waits_first
        self._trouble = ""

    def run(self) -> None:
        """Do it until told to stop."""
        if self._waits:
            self._stopping.wait(self._every)
        while not self._stopping.is_set():
            began = time.monotonic()
            self._try()
            worked = time.monotonic() - began
            self._stopping.wait(max(self._every, min(RESTS * worked, LONGEST_REST)))

    def _try(self) -> None:
        try:
            self._once()
        except _Stopped:
            return
        except (LogUnavailable, ViewsUnavailable) as error:
            self._tell(error.trouble.value)
        except Exception as error:  # noqa: BLE001 - written down; lists say how far behind they are
            self._tell("unforeseen", error)
        else:
            self._tell("")

    def _tell(self, trouble: str, error: Exception | None = None) -> None:
        if trouble and trouble != self._trouble:
            _log.error("read_models_stand_still", trouble=trouble, exc_info=error)
        elif self._trouble and not trouble:
            _log.info("read_models_go_on")
        self._trouble = trouble
