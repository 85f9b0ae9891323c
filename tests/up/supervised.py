"""A supervisor in a process of its own, its output read as it comes, and what it leaves behind."""

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
START = Path(__file__).with_name("start.py")
LONG = 60.0


class Up:
    """One start of the supervisor on a data folder."""

    def __init__(self, folder: Path, *words: str, unheard: bool = False, **settings: str) -> None:
        self.folder = folder
        self.lines: list[str] = []
        self._queue: queue.Queue[str | None] = queue.Queue()
        self.process = subprocess.Popen(
            [sys.executable, str(START), *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment(folder, settings),
            preexec_fn=_take_orders,  # noqa: PLW1509 - one thread, one call
        )
        if unheard:
            assert self.process.stdout is not None
            self.process.stdout.close()
        else:
            threading.Thread(target=self._read, daemon=True).start()

    def says(self, part: str, within: float = LONG) -> str:
        """Wait for the next line with this part."""
        until = time.monotonic() + within
        while True:
            try:
                line = self._queue.get(timeout=max(0.01, until - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"{part!r} was not said, but {self.text}") from None
            if line is None:
                raise AssertionError(f"it ended without {part!r}: {self.text}")
            if part in line:
                return line

    def ends(self, within: float = LONG) -> int:
        """Wait for its end; return the exit code."""
        code = self.process.wait(within)
        while self._queue.get(timeout=within) is not None:
            pass
        return code

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.ends()

    def __repr__(self) -> str:
        return f"<Up that said {self.text!r}>"

    @property
    def text(self) -> str:
        return "".join(self.lines)

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, part: str) -> psutil.Process:
        """Return the child with this in its command line."""
        # A child that was forked this instant still goes by its parent's command line.
        parents = psutil.Process(self.process.pid).cmdline()
        lines = ((child, child.cmdline()) for child in self.children())
        (found,) = (child for child, line in lines if line != parents and part in " ".join(line))
        return found

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as stream:
            for line in stream:
                self.lines.append(line)
                self._queue.put(line)
        self._queue.put(None)


def _take_orders() -> None:
    """Under a shell's background job Ctrl-C would be ignored, and stay so."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def environment(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("RJ_")}
    own = {f"RJ_{name.upper()}": value for name, value in settings.items()}
    keys = {"RJ_DATA": str(folder), "RJ_KEYS": str(folder.with_name(f"{folder.name}-keys"))}
    return clean | keys | own | {"PYTHONPATH": str(ROOT)}


def eventually(holds: Callable[[], bool], within: float = 10.0) -> bool:
    until = time.monotonic() + within
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def gone(processes: list[psutil.Process], within: float = 10.0) -> bool:
    """Say whether all of them have ended by then."""
    assert processes
    return eventually(lambda: not any(_lives(process) for process in processes), within)


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
