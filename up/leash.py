"""Runs a program that never outlives the process that started it, however that one ended.

On Linux the kernel kills the program when its parent dies, and this script becomes the program.
Elsewhere it stays, as a watch on the parent. It is run as a script of its own, without this
project's packages, so that it starts in milliseconds.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_LOOK_EVERY = 0.1
NOT_STARTED = 127
"""Exit code if there is no such program, as a shell has it."""


def command(program: list[str], *, watch: bool = False) -> list[str]:
    """Return the command that runs this program on a leash held by the calling process."""
    how = "watch" if watch else "bind"
    return [sys.executable, "-I", "-S", str(Path(__file__)), str(os.getpid()), how, *program]


def main(arguments: list[str]) -> None:
    """Run the program: the parent's process id, `bind` or `watch`, then the program's command."""
    parent, how, *program = int(arguments[0]), *arguments[1:]
    if how == "bind" and _bind():
        if os.getppid() == parent:
            _become(program)
    else:
        _watch(parent, program)


def _bind() -> bool:
    """Ask the kernel to kill this process when its parent dies; say whether it will."""
    if sys.platform != "linux":
        return False
    refused: int = ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    return not refused


def _become(program: list[str]) -> None:
    try:
        os.execv(program[0], program)  # noqa: S606 - the command is ours
    except OSError as error:
        sys.stderr.write(f"{program[0]} cannot be started: {error.strerror}\n")
        sys.stderr.flush()
        os._exit(NOT_STARTED)


def _watch(parent: int, program: list[str]) -> None:
    child = os.fork()
    if child == 0:
        _become(program)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        # The whole group is told to stop: this process waits for the program to do so.
        signal.signal(number, signal.SIG_IGN)
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            _end_like(os.waitstatus_to_exitcode(status))
        if os.getppid() != parent:
            os.killpg(0, signal.SIGKILL)
        time.sleep(_LOOK_EVERY)


def _end_like(code: int) -> None:
    if code < 0:
        if -code != signal.SIGKILL:
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])
