"""`rj` as a person types it, in a place of its own: real processes, real folders."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[1]
RJ = (sys.executable, "-P", "-m", "cli")


@dataclass(frozen=True)
class Typed:
    """What became of one line: its exit code, and what it printed where."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON document."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Terminal:
    """A place in which `rj` is typed: a data folder, a key folder, and whoever acts."""

    data: Path
    keys: Path
    actor: str = ""
    more: dict[str, str] = field(default_factory=dict)
    """Further settings, by the names of their variables."""

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a line typed here."""
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("RJ_", "TEMPORAL_"))}
        return {
            **kept,
            "PYTHONPATH": str(ROOT),
            "RJ_DATA": str(self.data),
            "RJ_KEYS": str(self.keys),
            "RJ_ACTOR": self.actor,
            **self.more,
        }

    def rj(self, *words: str, given: Any = "", **how: Any) -> Typed:
        """Type a line and wait for its end; `given` is its standard input, or JSON for it."""
        text = given if isinstance(given, str) else json.dumps(given)
        done = subprocess.run(
            [*RJ, *words],
            input=text,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=self.environment,
            **how,
        )
        return Typed(done.returncode, done.stdout, done.stderr)


class Typist:
    """Types many lines in one process, quickly; may be used by several threads in turn."""

    def __init__(self, place: Terminal) -> None:
        self._turn = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "cli" / "typist.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=place.environment,
        )
        self._place = place

    def rj(self, *words: str, given: Any = "", actor: str | None = None) -> Typed:
        """Type a line; see `Terminal.rj`."""
        text = given if isinstance(given, str) else json.dumps(given)
        line = {"argv": words, "input": text, "actor": actor or self._place.actor}
        with self._turn:
            self._pipe(self._process.stdin).write(json.dumps(line) + "\n")
            self._pipe(self._process.stdin).flush()
            answer = self._pipe(self._process.stdout).readline()
        assert answer, "the typist has died"
        return Typed(**json.loads(answer))

    def end(self) -> None:
        """Close the process."""
        self._pipe(self._process.stdin).close()
        self._process.wait(timeout=20)
        self._pipe(self._process.stdout).close()

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe
