"""What a child says: kept in a log file of limited size, and its last lines at hand."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from up.problem import cannot_write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOG_LIMIT = 10 * 1024 * 1024
"""Bytes of one log file; the one before it is kept as `….log.1`."""

_TAIL = 8 * 1024
_LINE = 300


class Output:
    """One child's output over all its lives."""

    def __init__(self, path: Path, say: Callable[[str], None], limit: int = LOG_LIMIT) -> None:
        self.path = path
        self._say = say
        self._limit = limit
        self._tail = b""
        self._waiting: list[tuple[bytes, asyncio.Event]] = []
        self._dropping = False

    def begin(self) -> None:
        """A new life begins: its last lines are its own."""
        self._tail = b""

    def take(self, chunk: bytes) -> None:
        """Keep this. A log that cannot be written must not stop the service: it is said once."""
        self._tail = (self._tail + chunk)[-_TAIL:]
        for text, event in self._waiting:
            if text in self._tail:
                event.set()
        try:
            self._write(chunk)
        except OSError as error:
            if not self._dropping:
                self._say(f"{cannot_write(self.path, error)} The service goes on without this log.")
            self._dropping = True
        else:
            self._dropping = False

    async def says(self, text: str) -> None:
        """Wait until the child has said this text, in this life."""
        event = asyncio.Event()
        waiting = (text.encode(), event)
        self._waiting.append(waiting)
        try:
            if waiting[0] not in self._tail:
                await event.wait()
        finally:
            self._waiting.remove(waiting)

    def last_lines(self, number: int = 5) -> list[str]:
        """Return the last lines said in this life, shortened."""
        lines = self._tail.decode(errors="replace").splitlines()
        return [line[:_LINE] for line in lines if line.strip()][-number:]

    def _write(self, chunk: bytes) -> None:
        if self.path.exists() and self.path.stat().st_size + len(chunk) > self._limit:
            self.path.replace(self.path.with_name(f"{self.path.name}.1"))
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "ab") as file:
            file.write(chunk)
