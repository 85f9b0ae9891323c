"""Typing a line of the diary: `rj` itself, in this process, as a person types it at a terminal."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cli.__main__ import run as rj
from domain.ids import reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.week.reading import Line

LOOKS = frozenset(
    (
        *("audit", "cases", "commands", "consent-form", "consulted", "diary", "find", "history"),
        *("matches", "person", "practitioners", "reach", "referral", "report", "rights", "rules"),
        *("seen", "show", "team", "text", "visit-form", "waiting"),
    )
)
"""The verbs that record nothing in a case, so that they take no command id."""
SIGNAL = "signal"
_STAFF = re.compile(r"@(\w+)")
_CASE = re.compile(r"\b[A-Z]{3,}\b")


@dataclass(frozen=True)
class Became:
    """What became of a line."""

    outcome: str
    codes: frozenset[str]
    told: Any
    """What it printed, as JSON."""
    err: str


@dataclass
class Names:
    """What the diary calls whom and what."""

    staff: Mapping[str, str]
    cases: dict[str, str]

    def put_in(self, text: str) -> str:
        """Put references in the place of the names of staff and cases."""
        text = _STAFF.sub(lambda match: self.staff[match[1]], text)
        return _CASE.sub(lambda match: self.cases.get(match[0], match[0]), text)

    def of(self, ref: str | None) -> str:
        """Return what the diary calls somebody or something."""
        if ref is None:
            return "supervisor"
        known = {**{r: n for n, r in self.staff.items()}, **{r: n for n, r in self.cases.items()}}
        return known.get(ref, ref)


def is_look(line: Line) -> bool:
    """Say whether a line looks, or makes a paper, and has nothing recorded in a case."""
    return line.typed.split()[0] in LOOKS


def is_queued(line: Line) -> bool:
    """Say whether nobody waits for its answer; what the diary queues is not accepted."""
    return line.typed.split()[0] == SIGNAL


def argv(line: Line, names: Names, own_id: str) -> list[str]:
    """Return what is typed after `rj`; the case that it opens has its name from now on."""
    words = shlex.split(names.put_in(line.typed))
    if line.opens:
        # Of what is queued the id is asked for later, and of what is recorded the case.
        queued = words[0] == SIGNAL
        names.cases[line.opens] = own_id if queued else reference("RJ", own_id)
    if not is_look(line):
        words += ["--command-id", own_id]
    if line.given or line.parts:
        words += ["--from", "-"]
    return [*words, "--json"]


def given(line: Line, names: Names) -> str:
    """Return what is read from standard input."""
    found = [json.dumps(part) for part in line.parts] or [json.dumps(line.given)]
    return names.put_in("\n".join(found)) + "\n"


def typed(actor: str, words: list[str], text: str) -> Became:
    """Have somebody type it, and return what became of it."""
    os.environ["RJ_ACTOR"] = actor
    kept = sys.stdin, sys.stdout, sys.stderr
    read, out, err = (
        io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")
        for content in (text.encode(), b"", b"")
    )
    sys.stdin, sys.stdout, sys.stderr = read, out, err
    try:
        code = rj(words)
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept
    return _became(code, _written(out), _written(err))


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


def _became(code: int, out: str, err: str) -> Became:
    told = json.loads(out) if out.strip() else {}
    if code == 0:
        return Became("done", frozenset(), told, err)
    refusals = told.get("refusals", ()) if isinstance(told, dict) else ()
    codes = frozenset(one["code"] for one in refusals)
    return Became(told.get("outcome", str(code)), codes, told, err)
