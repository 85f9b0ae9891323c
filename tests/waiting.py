"""Waiting for what comes about by itself, for no longer than it should take."""

from __future__ import annotations

import asyncio
import inspect
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


async def until(ask: Callable[[], Any], wanted: Any = None, *, seconds: float = 10) -> None:
    """Wait until asking gives what is wanted; anything true, if nothing in particular is."""
    deadline = time.monotonic() + seconds
    while True:
        found = ask()
        if inspect.isawaitable(found):
            found = await found
        if found == wanted if wanted is not None else found:
            return
        assert time.monotonic() < deadline, f"still {found!r}"
        await asyncio.sleep(0.02)


def until_now(ask: Callable[[], Any], *, seconds: float = 20) -> None:
    """Wait, where nothing else has to go on, until asking gives anything true."""
    deadline = time.monotonic() + seconds
    while not (found := ask()):
        assert time.monotonic() < deadline, f"still {found!r}"
        time.sleep(0.02)
