"""Reading a day of the diary: who did what when, what became of it, and how it stood at its end.

A line is a time, who, and what they typed after `rj`; `=> NAME` gives the case that it opens a
name. Further in, under it, stand the words that go with it and what was to become of it:

    V1 direct-victim Vera Pane (invented), 1984-02-29     a person, born then
    asked: What does it cost? (Invented.)                 a field of words
    + record_wish party=V1 wish=BE_TOLD_OUTCOME           a part of a visit
    > refused CODE                                        it was not recorded, and why

A table begins `-- what, asked`, and has a row a line; its last column says why it has to be so.
"""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONDON = ZoneInfo("Europe/London")
_TITLE = re.compile(r"[A-Z][a-z]+day \d{1,2} [A-Z][a-z]+ \d{4}")
_LINE = re.compile(r"(\d\d:\d\d)  (\w+) +(.+)")
_OPENS = re.compile(r"(.+?) +=> ([A-Z]+)")
_TABLE = re.compile(r"-- (\w+)(?:, (.+))?")
_PERSON = re.compile(r"([VOSC]\d) ([a-z-]+) (.+?)(?:, (\d{4}-\d\d-\d\d))?(?:, ([a-z-]+))?")
_WORDS = re.compile(r"([a-z_]+): (.+)")
DONE = ("done", "")


@dataclass
class Line:
    """One action."""

    at: datetime
    who: str
    typed: str
    opens: str | None = None
    """The name of the case that it opens."""
    given: dict[str, Any] = field(default_factory=dict)
    parts: list[dict[str, Any]] = field(default_factory=list)
    outcome: tuple[str, str] = DONE


@dataclass
class Table:
    """How something is to stand at a moment."""

    at: datetime
    what: str
    asked: str
    rows: list[tuple[str, ...]] = field(default_factory=list)
    """Each without its reason."""


def read_day(file: Path) -> list[Line | Table]:
    """Return the lines and tables of a day, in order."""
    day, found = "", []
    for number, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            day = _taken(text, day, found)
        except (ValueError, AttributeError, IndexError) as error:
            raise AssertionError(f"{file.name}, line {number}: {error}: {text}") from error
    return found


def _taken(text: str, day: str, found: list[Line | Table]) -> str:
    if not text.strip() or text.startswith("#"):
        return day
    if _TITLE.fullmatch(text):
        return text
    if match := _LINE.fullmatch(text):
        found.append(_line(_moment(day, match[1]), match[2], match[3]))
    elif match := _TABLE.fullmatch(text):
        found.append(Table(found[-1].at, match[1], match[2] or ""))
    elif isinstance(found[-1], Table):
        *row, why = re.split(r" {2,}", text.strip())
        if len(why) < 3:
            raise ValueError("a row says why at its end")
        found[-1].rows.append(tuple(row))
    else:
        _under(found[-1], text.strip())
    return day


def _moment(day: str, hour: str) -> datetime:
    return datetime.strptime(f"{day} {hour}", "%A %d %B %Y %H:%M").replace(tzinfo=LONDON)


def _line(at: datetime, who: str, typed: str) -> Line:
    match = _OPENS.fullmatch(typed)
    return Line(at, who, match[1], match[2]) if match else Line(at, who, typed)


def _under(line: Line, text: str) -> None:
    if text.startswith("> "):
        outcome, _, code = text[2:].partition(" ")
        line.outcome = (outcome, code)
    elif text.startswith("+ "):
        command, *fields = shlex.split(text[2:])
        line.parts.append({"command": command, **dict(_named(fields))})
    elif match := _PERSON.fullmatch(text):
        details = {"name": match[3], **({"born": match[4]} if match[4] else {})}
        person = {"party": match[1], "role": _code(match[2]), "details": details}
        if match[5]:
            person["stage"] = _code(match[5])
        line.given.setdefault("parties", []).append(person)
    elif match := _WORDS.fullmatch(text):
        line.given[match[1]] = _value(match[2])
    else:
        raise ValueError("this is nothing that stands under a line")


def _named(fields: list[str]) -> Iterator[tuple[str, Any]]:
    for one in fields:
        name, _, value = one.partition("=")
        yield name, _value(value)


def _code(text: str) -> str:
    return text.upper().replace("-", "_")


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
