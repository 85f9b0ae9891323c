"""Taking away the words that no event refers to, once a day, in the background of a worker.

A draft is left behind by a command that was refused, or never sent. It is kept for a time, so that
nobody loses what they wrote.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from activities.references import references
from store import Altered, Unreadable
from store import Unavailable as LogUnavailable
from vault import Unavailable as VaultUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from access import Remembered
    from store import Log
    from vault import Vault

FIRST = timedelta(hours=1)
"""After a start what was queued meanwhile is recorded first: its words may be old by then."""
EVERY = timedelta(days=1)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sweep:
    """Takes away drafts. May be broken off and repeated, and done by several workers at once."""

    log: Log
    vault: Vault
    remembered: Remembered
    kept_for: timedelta

    def once(self, now: datetime) -> int:
        """Take away the drafts that were put longer ago than they are kept; return how many.

        Raises `Unavailable` of the log, the vault or the access database.
        """
        before = now - self.kept_for
        swept = self.vault.sweep(before, self._referred)
        self.remembered.forget(before)
        return swept

    def start(self, first: timedelta = FIRST, every: timedelta = EVERY) -> Callable[[], None]:
        """Do it after a while and then again and again, in a thread; return what stops it."""
        stopping = threading.Event()

        def run() -> None:
            pause = first
            while not stopping.wait(pause.total_seconds()):
                self._quietly()
                pause = every

        thread = threading.Thread(target=run, name="sweep", daemon=True)
        thread.start()

        def stop() -> None:
            stopping.set()
            thread.join()

        return stop

    def _quietly(self) -> None:
        try:
            swept = self.once(datetime.now(UTC))
        except (LogUnavailable, VaultUnavailable) as error:
            _log.warning("drafts_not_swept", trouble=error.trouble.value)
        except Exception as error:  # noqa: BLE001 - written down; tried again the next day
            _log.error("drafts_not_swept", exc_info=error)
        else:
            _log.info("drafts_swept", number=swept)

    def _referred(self, stream: str, text_id: str) -> bool:
        try:
            entries = self.log.load(stream)
        except (Altered, Unreadable) as error:
            # What cannot be read may well refer to it.
            _log.warning("draft_kept", stream=stream, why=type(error).__name__)
            return True
        return any(ref.id == text_id for ref in references(entries))
