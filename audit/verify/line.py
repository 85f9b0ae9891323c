"""What the verifier takes on its line, and what it says: in words or as JSON, with an exit code."""

from __future__ import annotations

import argparse
import base64
import json
import os
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from audit.verify.findings import CouldNotVerify, Finding, Report, Verdict
from audit.verify.whole import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

_EVERY = 2.0
"""Seconds between two lines that say how far it is."""
_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
_MOST_CORES = 256
_WORDS = {
    Verdict.VERIFIED: "VERIFIED",
    Verdict.ALTERED: "ALTERED",
    Verdict.COULD_NOT_VERIFY: "COULD NOT VERIFY",
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise CouldNotVerify(message)


def _parser() -> _Parser:
    parser = _Parser(
        prog="python -m audit.verify",
        description="Was this record altered? 0: verified, 1: altered, 2: could not verify.",
    )
    parser.add_argument(
        "export",
        metavar="EXPORT",
        type=Path,
        help="an export, or a proof: that an entry stands in the log (rj audit prove), or that one "
        "checkpoint grew into another (rj audit consistency --json)",
    )
    parser.add_argument(
        "--key", action="append", required=True, help="a public key, or a file with a key a line"
    )
    parser.add_argument(
        "--checkpoint",
        action="append",
        required=True,
        type=Path,
        help="a checkpoint that was kept, or a folder of them; may be repeated",
    )
    parser.add_argument(
        "--cores", type=_processes, default=1, help="processes that reckon; 1 if left out"
    )
    parser.add_argument("--json", action="store_true", help="print JSON, for programs")
    return parser


def _processes(typed: str) -> int:
    if _NUMBER.fullmatch(typed) is None or int(typed) > _MOST_CORES:
        raise argparse.ArgumentTypeError(f"a number from 1 to {_MOST_CORES}")
    return int(typed)


def main(words: Sequence[str]) -> int:
    """Verify what is named and say what it came to; return the exit code. Nothing is raised."""
    as_json = "--json" in words
    try:
        given = _parser().parse_args(words)
        report = verify(given.export, given.key, given.checkpoint, given.cores, _progress())
    except CouldNotVerify as error:
        return _could_not(str(error), as_json=as_json)
    except SystemExit:
        # `--help` has been printed.
        return Verdict.VERIFIED
    except KeyboardInterrupt:
        return _could_not("it was interrupted", as_json=as_json)
    except MemoryError:
        return _could_not("there is not enough memory", as_json=as_json)
    except Exception as error:  # noqa: BLE001 - whatever is not foreseen is not a verification
        what = f"something unforeseen went wrong: {type(error).__name__}"
        return _could_not(what, as_json=as_json)
    return _written(_as_json(report) if as_json else _in_words(report), report.verdict)


def _progress() -> Callable[[int, int], None]:
    told = time.monotonic()

    def moved(done: int, of_all: int) -> None:
        nonlocal told
        if time.monotonic() - told >= _EVERY:
            told = time.monotonic()
            sys.stderr.write(f"{done:,} of {of_all:,} entries\n")

    return moved


def _in_words(report: Report) -> str:
    lines = [f"{finding.kind}: {finding.sentence}" for finding in report.findings]
    if report.gone:
        lines.append(f"{report.gone} older entries went, as the export says after their time")
    if report.not_shown:
        lines.append(f"not shown: {report.not_shown}")
    entries = (
        f"{report.entries} entries of {report.streams} streams, {report.under_checkpoint} of them "
        "under a checkpoint"
    )
    lines.append(f"{_WORDS[report.verdict]}: {report.about or entries}")
    return "\n".join(map(_plain, lines))


def _plain(line: str) -> str:
    """Return a line as any terminal shows it: what an export names may be made to deceive."""
    return "".join(one if " " <= one <= "~" else ascii(one)[1:-1] for one in line)


def _as_json(report: Report) -> str:
    said = {
        "verdict": report.verdict.name.lower(),
        "about": report.about,
        "entries": report.entries,
        "streams": report.streams,
        "under_checkpoint": report.under_checkpoint,
        "gone": report.gone,
        "root": base64.b64encode(report.root).decode(),
        "findings": [_described(finding) for finding in report.findings],
        "not_shown": report.not_shown,
    }
    return json.dumps(said, indent=2)


def _described(finding: Finding) -> dict[str, object]:
    return {
        "kind": finding.kind.value,
        "sentence": finding.sentence,
        "stream": finding.stream,
        "version": finding.version,
    }


def _could_not(why: str, *, as_json: bool) -> int:
    verdict = Verdict.COULD_NOT_VERIFY
    if as_json:
        said = {"verdict": verdict.name.lower(), "why": why, "findings": []}
        return _written(json.dumps(said, indent=2), verdict)
    return _written(_plain(f"{_WORDS[verdict]}: {why}"), verdict, sys.stderr)


def _written(text: str, verdict: Verdict, to: TextIO | None = None) -> int:
    """Write what it came to; return the exit code. What cannot be told is not verified."""
    stream = to or sys.stdout
    try:
        stream.write(f"{text}\n")
        stream.flush()
    except OSError as error:
        _to_nowhere(stream)
        if to is None:
            why = f"what it came to cannot be written: {error.strerror}"
            _could_not(why, as_json=False)
        return verdict or Verdict.COULD_NOT_VERIFY
    return verdict


def _to_nowhere(stream: TextIO) -> None:
    """Let go of what could not be written: Python tries it again at its end, and ends with 120."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
