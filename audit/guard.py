"""Said before it is made good: that the log's table could be changed.

A trigger that is missing is made again by whoever opens the log for writing, and nobody would know.
So a worker looks first, and what it finds stays beside the checkpoints until a person has seen to
it and takes the file away.
"""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from audit.places import Folder
from keys import Verifier
from store import Unavailable, open_log
from trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_log = structlog.get_logger(__name__)


def look_at_guard(url: str, folders: Iterable[Path]) -> list[str]:
    """Return what is wrong with the triggers of the log at this URL; say it in the log lines and in
    each of these folders of checkpoints. A log that is not made yet has nothing wrong.

    Raises `Unavailable`.
    """
    try:
        log = open_log(url, None, Verifier({}), create=False)
    except Unavailable as error:
        if error.trouble is Trouble.NOT_MIGRATED:
            return []
        raise
    with closing(log):
        broken = log.broken_guards()
    if broken:
        _log.error("log_unguarded", why=broken)
        said = "; ".join(broken)
        text = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC: the log could be changed: {said}"
        for folder in folders:
            try:
                Folder(folder).say_unguarded(text)
            except OSError as error:
                _log.error("alarm_not_written", why=error.strerror)
    return broken
