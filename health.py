"""Whether a worker is well: it touches a file again and again, and a check looks how old that is.

Only the worker's event loop touches it, so it grows old if the loop hangs, and it is not there
before the stores are open. Where the setting `heartbeat` names no file there is none.
"""

from __future__ import annotations

import asyncio
import sys
import time
from typing import TYPE_CHECKING

from settings import Mistyped, from_environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from settings import Settings

EVERY = 5.0
"""Seconds between two touches."""
TOO_OLD = 20.0
"""Seconds after which a worker is no longer taken for well."""


def beat(settings: Settings) -> Callable[[], None]:
    """Start touching the file from the running event loop; return what stops it."""
    path = settings.heartbeat
    if path is None:
        return lambda: None
    beating = asyncio.get_running_loop().create_task(_beat(path))

    def stop() -> None:
        beating.cancel()
        path.unlink(missing_ok=True)

    return stop


async def _beat(path: Path) -> None:
    while True:
        path.touch()  # noqa: ASYNC240 - the loop itself gives this sign of life
        await asyncio.sleep(EVERY)


def trouble(path: Path | None) -> str | None:
    """Return what is wrong with the worker that touches this file, None if it is well."""
    if path is None:
        return "no file is set for it: RJ_HEARTBEAT"
    try:
        age = time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return "the worker is not ready, or has stopped"
    return f"the worker has not moved for {age:.0f} seconds" if age > TOO_OLD else None


def main() -> int:
    """Check the worker that the environment's settings name: 0 if it is well, 1 if not."""
    try:
        found = trouble(from_environment().heartbeat)
    except Mistyped as error:
        found = "\n".join(error.sentences)
    if found:
        sys.stderr.write(f"{found}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
