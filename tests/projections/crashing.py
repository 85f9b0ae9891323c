"""Processes that follow a log, for the tests to kill or to set against each other.

`crashing.py dying LOG VIEWS KEYS TIMES`: catches up again and again, each time in a process that
kills itself before the n-th statement that writes, n rising from 1 to TIMES. Prints how many died.
`crashing.py racing LOG VIEWS KEYS STOP`: three processes catch up until the file STOP is there.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import sqlalchemy as sa

from domain.waits import Limits
from keys import KeyKind, Keyring
from projections import Views, catch_up, open_views
from store import Log, open_log
from vault import Unavailable

WRITING = ("INSERT", "UPDATE", "DELETE", "COMMIT")
BATCH = 5


def opened(log_url: str, views_url: str, keys: str) -> tuple[Log, Views]:
    seals = Keyring(Path(keys), environment={}).verifier(KeyKind.SEAL)
    return open_log(log_url, None, seals, create=False), open_views(views_url, Limits())


def die_before(number: int) -> None:
    """Let this process be killed when it is about to run so many writing statements."""
    left = [number]

    def count(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.lstrip().startswith(WRITING):
            left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(sa.Engine, "before_cursor_execute", count)


def dying(log_url: str, views_url: str, keys: str, times: str) -> None:
    died = 0
    for number in range(1, int(times) + 1):
        child = os.fork()
        if child == 0:
            log, views = opened(log_url, views_url, keys)
            views.place()
            die_before(number)
            catch_up(log, views, BATCH)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        died += os.WIFSIGNALED(status)
    sys.stdout.write(f"{died}\n")


def racing(log_url: str, views_url: str, keys: str, stop: str) -> None:
    children = []
    for _ in range(3):
        child = os.fork()
        if child == 0:
            log, views = opened(log_url, views_url, keys)
            follow(log, views, Path(stop))
            os._exit(0)
        children.append(child)
    sys.exit(any(os.waitpid(child, 0)[1] for child in children))


def follow(log: Log, views: Views, stop: Path) -> None:
    last_time = False
    while not last_time:
        last_time = stop.exists()
        try:
            catch_up(log, views, 7)
        except Unavailable as busy:
            sys.stderr.write(f"{busy}\n")
            last_time = False


if __name__ == "__main__":
    {"dying": dying, "racing": racing}[sys.argv[1]](*sys.argv[2:])
