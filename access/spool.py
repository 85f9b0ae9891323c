"""The spool: a file beside the service that takes the looks which the access log cannot take now.

One line each, chained and sealed like the log, on the disk before it is answered. It is merged into
the log later, once and in order: what was merged and not yet emptied is known there by its id.
"""

from __future__ import annotations

import errno
import fcntl
import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import structlog

from access.chain import SPOOL, Head, Spooled, followed, last_of, written
from store.errors import Altered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from access.log import AccessLog
    from access.look import Look
    from store.seal import Seals

PATIENCE = 3.0
"""Seconds to wait for another process that writes to it or merges it."""
_CHUNK = 65_536
_log = structlog.get_logger(__name__)


class Spool:
    """The file at a path. Raises `OSError` where it cannot be used."""

    def __init__(self, path: Path, seals: Seals) -> None:
        self.path = path
        self._seals = seals

    def holds_any(self) -> bool:
        """Say whether anything waits in it to be merged."""
        try:
            return self.path.stat().st_size > 0
        except FileNotFoundError:
            return False

    def set_aside(self) -> list[Path]:
        """Return the spools that were not as they were written and wait for somebody to look."""
        return sorted(self.path.parent.glob(f"{self.path.name}.altered-*"))

    def write(self, look: Look, at: datetime) -> None:
        """Write one look down; it is on the disk when this returns.

        What stands there and was altered is set aside first. Raises `OSError` and `KeyMissing`.
        """
        with self._locked() as file:
            try:
                self._add(file, look, at)
            except Altered:
                self._put_aside(at)
            else:
                return
        with self._locked() as file:
            self._add(file, look, at)

    def merge_into(self, log: AccessLog, at: datetime) -> int:
        """Move everything into the log, in order and once; return how many looks that was.

        A spool that was altered is set aside, what stands before the alteration merged. Raises
        `OSError` and what the log raises; to repeat it is safe.
        """
        if not self.holds_any():
            return 0
        with self._locked() as file:
            _cut(file)
            looks, whole = self._read(file)
            merged = log.append(looks, at) if looks else 0
            if whole:
                os.ftruncate(file, 0)
                os.fsync(file)
            else:
                self._put_aside(at)
        return merged

    def _add(self, file: int, look: Look, at: datetime) -> None:
        size = _cut(file)
        head = last_of(SPOOL, _last_line(file, size), self._seals) if size else Head()
        (entry,) = written(SPOOL, head, [look], at, self._seals)
        line = entry.bytes + b"\n"
        try:
            _put(file, line, size)
            os.fsync(file)
        except OSError:
            # Nothing that was not acknowledged is to be merged.
            with suppress(OSError):
                os.ftruncate(file, size)
            raise

    def _put_aside(self, at: datetime) -> None:
        self.path.rename(f"{self.path}.altered-{at:%Y%m%dT%H%M%S%f}")
        _log.error("spool_altered", what="set aside; see the operator's guide")

    def _read(self, file: int) -> tuple[list[Spooled], bool]:
        """Return the looks as far as they are as written, and whether that is all of them."""
        lines = _all(file).split(b"\n")[:-1]
        looks: list[Spooled] = []
        try:
            for entry in followed(SPOOL, Head(), enumerate(lines, 1), self._seals):
                looks.append(Spooled(entry.link.look, entry.hash))  # noqa: PERF401 - kept so far
        except Altered:
            return looks, False
        return looks, True

    @contextmanager
    def _locked(self) -> Iterator[int]:
        until = time.monotonic() + PATIENCE
        while True:
            file = self._open()
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.path.samestat(os.fstat(file), self.path.stat()):
                    break
            except (BlockingIOError, FileNotFoundError):
                if time.monotonic() > until:
                    os.close(file)
                    raise
            except BaseException:
                os.close(file)
                raise
            os.close(file)
            time.sleep(0.005)
        try:
            yield file
        finally:
            os.close(file)

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_CLOEXEC
        with suppress(FileNotFoundError):
            return os.open(self.path, flags)
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(self.path, flags | os.O_CREAT, 0o600)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return file


def _put(file: int, line: bytes, at: int) -> None:
    if os.pwrite(file, line, at) < len(line):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _cut(file: int) -> int:
    """Take away a line that was begun and never finished; return how long the file is then."""
    size = os.fstat(file).st_size
    if size and os.pread(file, 1, size - 1) != b"\n":
        size = _after_last_newline(file, size)
        os.ftruncate(file, size)
    return size


def _after_last_newline(file: int, end: int) -> int:
    """Return the place behind the last end of a line before `end`, 0 if there is none."""
    while end > 0:
        begin = max(0, end - _CHUNK)
        found = os.pread(file, end - begin, begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        end = begin
    return 0


def _last_line(file: int, size: int) -> bytes:
    begin = _after_last_newline(file, size - 1)
    return os.pread(file, size - 1 - begin, begin)


def _all(file: int) -> bytes:
    parts, at = [], 0
    while part := os.pread(file, _CHUNK, at):
        parts.append(part)
        at += len(part)
    return b"".join(parts)
