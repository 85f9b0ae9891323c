"""One started process: on a leash, in a group of its own, its output kept, its end bounded."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from up import leash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from up.output import Output

_CHUNK = 64 * 1024
_PRIVATE = 0o077
"""What a child writes is for its owner only."""


class Process:
    """A process that runs, or has run."""

    def __init__(self, process: asyncio.subprocess.Process, reader: int, output: Output) -> None:
        self.pid = process.pid
        self.output = output
        self.started = time.time()
        """When it was started, seconds since 1970."""
        self._process = process
        self._reader = reader
        os.set_blocking(reader, False)
        asyncio.get_running_loop().add_reader(reader, self._read)

    @classmethod
    async def start(
        cls,
        command: Sequence[str],
        output: Output,
        *,
        environment: Mapping[str, str],
        folder: Path | None,
        inherit: Sequence[int],
    ) -> Process:
        """Start it. The handles to inherit are those of locks."""
        output.begin()
        reader, writer = os.pipe()
        try:
            process = await asyncio.create_subprocess_exec(
                *leash.command(list(command)),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=writer,
                stderr=writer,
                env=environment,
                cwd=folder,
                start_new_session=True,
                umask=_PRIVATE,
                pass_fds=tuple(inherit),
            )
        except BaseException:
            os.close(reader)
            raise
        finally:
            os.close(writer)
        return cls(process, reader, output)

    async def ended(self) -> int:
        """Wait for its end; return its exit code, negative for a signal."""
        code = await self._process.wait()
        self._signal(signal.SIGKILL)  # what it may have started and left behind
        self._close()
        return code

    async def stop(self, within: float, hurry: asyncio.Event) -> bool:
        """Ask it to stop, and kill it after so many seconds or in a hurry.

        Returns whether it stopped by itself.
        """
        self._signal(signal.SIGTERM)
        end = asyncio.ensure_future(self.ended())
        hurried = asyncio.ensure_future(hurry.wait())
        await asyncio.wait({end, hurried}, timeout=within, return_when=asyncio.FIRST_COMPLETED)
        hurried.cancel()
        willing = end.done()
        if not willing:
            self._signal(signal.SIGKILL)
        await end
        return willing

    @property
    def runs(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.returncode is None

    def _signal(self, number: signal.Signals) -> None:
        # Nobody is left to tell; macOS calls a group of the dead "not permitted".
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)

    def _read(self) -> None:
        try:
            chunk = os.read(self._reader, _CHUNK)
        except BlockingIOError:
            return
        if chunk:
            self.output.take(chunk)
        else:
            self._close()

    def _close(self) -> None:
        """Read what is still there and close; something it left behind may hold the other end."""
        if self._reader < 0:
            return
        reader, self._reader = self._reader, -1
        asyncio.get_running_loop().remove_reader(reader)
        with suppress(BlockingIOError):
            while chunk := os.read(reader, _CHUNK):
                self.output.take(chunk)
        os.close(reader)
