"""The notary at work in the background: every so often, and once a day all anew."""

from __future__ import annotations

import threading
import time
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from audit.notary import NotKept, Refuses
from domain.calendar import LONDON
from keys import KeyMissing
from store import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit.notary import Notary

AFTER_A_REFUSAL = timedelta(minutes=10)
"""How long until the whole log is looked at again after the notary has refused."""

_log = structlog.get_logger(__name__)


class _Stopped(Exception):
    """What was under way is broken off."""


class Keeping(threading.Thread):
    """Has the notary sign at most every so many seconds, and once a day after this hour in London.

    `trouble` says as a code why nothing is signed just now; it is empty while all is well. The
    whole log is read at the start and once a day: for as long as it works on that, it rests, so
    that whatever else this process does goes on.
    """

    def __init__(self, notary: Notary, every: float, daily_at: int) -> None:
        super().__init__(name="notary", daemon=True)
        self.trouble = ""
        self._notary = notary
        self._every = every
        self._daily_at = daily_at
        self._day: date | None = None
        self._stopping = threading.Event()
        self._rested = time.monotonic()

    def run(self) -> None:
        """Sign until told to stop."""
        while not self._stopping.is_set():
            wait = self._once()
            self._stopping.wait(wait)

    def stop(self) -> None:
        """Have it stop, and wait until it has."""
        self._stopping.set()
        self.join()

    def _once(self) -> float:
        """Look once; return for how many seconds not to look again."""
        self._rested = time.monotonic()
        today = self._day_to_begin()
        try:
            self._notary.sign(anyway=today is not None, between=self._rest)
        except _Stopped:
            return 0
        except Refuses as refusal:
            self._refused(refusal)
            return AFTER_A_REFUSAL.total_seconds()
        except NotKept as error:
            self._tell("not_kept", why=str(error))
        except Unavailable as error:
            self._tell(error.trouble.value)
        except KeyMissing as error:
            self._tell("key_missing", why=str(error))
        except Exception as error:  # noqa: BLE001 - told; the rest of this process goes on
            self._tell("unforeseen", exc_info=error)
        else:
            self._day = today or self._day
            self._tell("")
        return self._every

    def _day_to_begin(self) -> date | None:
        """Return today if the day's checkpoint is still to be signed."""
        now = datetime.now(UTC).astimezone(LONDON)
        is_due = now.hour >= self._daily_at and now.date() != self._day
        return now.date() if is_due else None

    def _rest(self) -> None:
        if self._stopping.wait(time.monotonic() - self._rested):
            raise _Stopped
        self._rested = time.monotonic()

    def _refused(self, refusal: Refuses) -> None:
        kinds = sorted({finding.kind.value for finding in refusal.findings})
        _log.error("notary_refuses", findings=len(refusal.findings), kinds=kinds, why=str(refusal))
        self._notary.raise_alarm(refusal)
        self.trouble = "refused"

    def _tell(self, trouble: str, **more: object) -> None:
        if trouble and trouble != self.trouble:
            _log.error("notary_stands_still", trouble=trouble, **more)
        elif self.trouble and not trouble:
            _log.info("notary_goes_on")
        self.trouble = trouble


def start(notary: Notary, every: float, daily_at: int) -> Callable[[], None]:
    """Have the notary sign in the background from now on; return what stops it."""
    keeping = Keeping(notary, every, daily_at)
    keeping.start()
    return keeping.stop
