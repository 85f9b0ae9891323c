"""Where checkpoints are put: folders outside of the database, and standard output.

In a folder each is a file of its own, under the day on which it was signed, never written again:
`2026-11-25/000000001234-093015.checkpoint` is of 1,234 entries. `ALARM` beside them is there while
the notary refuses to sign.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from audit.checkpoint import Signed, open_checkpoint
from audit.note import LONGEST
from audit.verify.trust import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from audit.checkpoint import Checkpoint
    from audit.note import NoteKey

ALARM = "ALARM"
UNGUARDED = "UNGUARDED"
"""Beside them too, and never taken away by the service itself."""


class Place(Protocol):
    """Somewhere that checkpoints are put. Each method raises `OSError`."""

    def put(self, checkpoint: Checkpoint, note: str, at: datetime) -> None:
        """Keep a signed checkpoint."""

    def raise_alarm(self, text: str) -> None:
        """Say that the notary refuses."""

    def end_alarm(self) -> None:
        """Say that it signs again."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of checkpoints. Whoever keeps a copy of one of them can tell what was altered."""

    path: Path

    def put(self, checkpoint: Checkpoint, note: str, at: datetime) -> None:
        """Write the note: whole or not at all, on the disk once this returns."""
        name = f"{checkpoint.size:012d}-{at:%H%M%S}{SUFFIX}"
        self._write(self.path / f"{at:%Y-%m-%d}", name, note)

    def newest(self, keys: Collection[NoteKey]) -> Signed | None:
        """Return the checkpoint of the most entries; None if there is none.

        Raises `Malformed` and `NotSigned` if it is not one that one of these keys has signed.
        """
        paths = [*self.path.glob(f"*/*{SUFFIX}")]
        if not paths:
            return None
        with max(paths, key=lambda path: (path.name, path.parent.name)).open("rb") as file:
            return open_checkpoint(file.read(LONGEST + 1), keys)

    def alarm(self) -> str | None:
        """Return what the alarm says, if there is one."""
        return self._said(ALARM)

    def unguarded(self) -> str | None:
        """Return what is said of a log that could be changed, until a person takes that away."""
        return self._said(UNGUARDED)

    def say_unguarded(self, text: str) -> None:
        """Say that the log could be changed, behind what was said of it before."""
        said = self._said(UNGUARDED)
        self._write(self.path, UNGUARDED, f"{said}\n{text}\n" if said else f"{text}\n")

    def _said(self, name: str) -> str | None:
        try:
            return (self.path / name).read_text().strip()
        except FileNotFoundError:
            return None

    def raise_alarm(self, text: str) -> None:
        """Say that the notary refuses."""
        self._write(self.path, ALARM, f"{text}\n")

    def end_alarm(self) -> None:
        """Say that it signs again."""
        (self.path / ALARM).unlink(missing_ok=True)

    def _write(self, folder: Path, name: str, text: str) -> None:
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        new = folder / f".{name}.{os.getpid()}.new"
        try:
            with new.open("w") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            new.replace(folder / name)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
        for above in (folder, folder.parent):
            with _opened(above) as handle:
                os.fsync(handle)


class Output:
    """Standard output, for whatever collects it."""

    def put(self, checkpoint: Checkpoint, note: str, at: datetime) -> None:  # noqa: ARG002 - as every place
        """Print the note."""
        sys.stdout.write(f"{note}\n")
        sys.stdout.flush()

    def raise_alarm(self, text: str) -> None:
        """Nothing: an alarm is in the service's own logs too."""

    def end_alarm(self) -> None:
        """Nothing either."""


def places(folders: Iterable[Path], *, to_output: bool) -> list[Place]:
    """Return the places that checkpoints are put into."""
    found: list[Place] = [Folder(path) for path in folders]
    return [*found, Output()] if to_output else found


def newest(folders: Iterable[Path], keys: Collection[NoteKey]) -> Signed | None:
    """Return the checkpoint of the most entries in any of these folders; None if there is none.

    Raises `Malformed` and `NotSigned` as `Folder.newest` does.
    """
    found = [kept for path in folders if (kept := Folder(path).newest(keys)) is not None]
    return max(found, key=lambda one: one.checkpoint.size, default=None)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield handle
    finally:
        os.close(handle)
