"""Keeping the read models up to date in the background of a worker."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import structlog

from projections.loop import step, take_over
from store import Unavailable as LogUnavailable
from vault import Unavailable as ViewsUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from projections.views import Views
    from store import Log

_log = structlog.get_logger(__name__)


def start(log: Log, views: Views, every: float = 1.0) -> Callable[[], None]:
    """Catch up now and every so many seconds, in a thread; return what stops it.

    If another release or other limits made the rows, they are made again first. A store that cannot
    be used is waited for: the read models never keep anything else from running. What stops it
    waits for the transaction under way; log and views stay open.
    """
    keeper = _Keeper(log, views, every)
    keeper.start()
    return keeper.stop


class _Keeper(threading.Thread):
    def __init__(self, log: Log, views: Views, every: float) -> None:
        super().__init__(name="read-models", daemon=True)
        self._events, self._views, self._every = log, views, every
        self._stopping = threading.Event()
        self._is_ours = False
        self._trouble = ""

    def run(self) -> None:
        """Catch up until told to stop."""
        while not self._stopping.is_set():
            self._once()
            self._stopping.wait(self._every)

    def stop(self) -> None:
        """End after what is under way."""
        self._stopping.set()
        self.join()

    def _once(self) -> None:
        try:
            if not self._is_ours:
                take_over(self._views)
                self._is_ours = True
            while not self._stopping.is_set() and step(self._events, self._views):
                pass
        except (LogUnavailable, ViewsUnavailable) as error:
            self._tell(error.trouble.value)
        except Exception as error:  # noqa: BLE001 - written down; lists say how far behind they are
            self._tell("unforeseen", error)
        else:
            self._tell("")

    def _tell(self, trouble: str, error: Exception | None = None) -> None:
        """Write down what is wrong once, and once that it is over."""
        if trouble and trouble != self._trouble:
            _log.error("read_models_stand_still", trouble=trouble, exc_info=error)
        elif self._trouble and not trouble:
            _log.info("read_models_go_on")
        self._trouble = trouble
