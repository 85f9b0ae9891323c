"""`rj` as a person types it, in a place of its own: real processes, real folders."""

from __future__ import annotations

import json
import os
import shlex
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
        return self._run([*RJ, *words], input=text, stdout=subprocess.PIPE, **how)

    def rj_into(self, file: Path, *words: str) -> Typed:
        """Type a line whose results go into a file."""
        with file.open("w") as out:
            return self._run([*RJ, *words], stdin=subprocess.DEVNULL, stdout=out)

    def rj_as_nobody(self, *words: str) -> Typed:
        """Type a line as a user who may read everything there and write nothing."""
        script = ROOT / "tests" / "cli" / "stranger.py"
        command = [sys.executable, "-P", str(script), *words]
        return self._run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)

    def shell(self, command: str) -> Typed:
        """Have bash carry out a command; `rj` is in the variable RJ."""
        return self._run(
            ["bash", "-c", command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            env={**self.environment, "RJ": shlex.join(RJ)},
        )

    def _run(self, command: list[str], **how: Any) -> Typed:
        how = {"env": self.environment, "timeout": 60, "text": True, **how}
        done = subprocess.run(command, stderr=subprocess.PIPE, check=False, **how)
        return Typed(done.returncode, done.stdout or "", done.stderr)


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


def typed(typist: Typist, *words: str, given: Any = "", actor: str | None = None) -> Any:
    """Type a line that must be done; return its JSON."""
    answer = typist.rj(*words, "--json", given=given, actor=actor)
    assert answer.code == 0, answer.out + answer.err
    return answer.json
