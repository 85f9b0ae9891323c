"""One file of sentences: its shape, and what has to be so before anybody reads it."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from string import Formatter
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from domain import words
from domain.stage import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Sentence = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=r"^[^\n\t]+$"),
]
LARGEST = 200_000
"""Bytes of one file."""
ENGLISH = "en"


class Besides(StrEnum):
    """What a participant may be told that no other code stands for."""

    WAITING_FOR_YOU = "WAITING_FOR_YOU"
    WAITING_FOR_US = "WAITING_FOR_US"
    NEXT_CALL = "NEXT_CALL"
    PENCILLED_IN = "PENCILLED_IN"
    IT_IS_YOURS_TO_RING = "IT_IS_YOURS_TO_RING"


OF_THE_RECORD = {
    name: kind
    for name, kind in vars(words).items()
    if isinstance(kind, type) and issubclass(kind, StrEnum)
}
KINDS: dict[str, type[StrEnum]] = {**OF_THE_RECORD, "Besides": Besides}
"""Every kind of code, by its name."""

ALWAYS = {"me", "other", "contact"}
DATED = {
    "InterventionState": frozenset({"meeting"}),
    "HearingKind": frozenset({"hearing"}),
    "Besides": frozenset({"call", "meeting"}),
}
"""Where a day may be named, and which: what they agreed to, or asked about. No other day is ever
put to anybody."""


class Wrong(Exception):
    """A file of sentences cannot be used; says which, and everything that is wrong with it."""


class Line(BaseModel):
    """What a participant hears for one code."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    text: Sentence | None = None
    easy: Sentence | None = None
    only: str | None = Field(default=None, alias="for", pattern=r"^(victim|offender)$")
    instead: str | None = None
    same_as: str | None = None


class Address(BaseModel):
    """What a participant is called where they chose no word, and what the other person is."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    me: Sentence
    other: Sentence


class File(BaseModel):
    """The file as it is written."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    version: int = Field(ge=1)
    language: str = Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")
    called: tuple[Sentence, ...] = Field(min_length=1)
    """How people call the language, when they say in which they would rather speak."""
    staff_only: frozenset[str]
    address: Address
    stage: dict[str, Sentence] = {}
    task: dict[str, Sentence] = {}
    counted: dict[str, Sentence] = {}
    """What a number is broken down by, where that is no code of the record."""
    staff: dict[str, Sentence] = {}
    participant: dict[str, dict[str, Line]]


def read(path: Path) -> File:
    """Return a file of sentences. Raises `Wrong`, with everything that is wrong with it."""
    problems: list[str]
    try:
        content = path.read_bytes()
        if len(content) > LARGEST:
            raise Wrong(f"{path.name}: it is larger than {LARGEST} bytes")
        file = File.model_validate(tomllib.loads(content.decode()))
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, p['loc']))}: {p['msg']}" for p in error.errors()]
    except (OSError, ValueError) as error:
        problems = [str(error)]
    else:
        problems = sorted(_problems(file, path.stem))
    if problems:
        raise Wrong(f"{path.name}: {'; '.join(problems)}")
    return file


def _problems(file: File, name: str) -> Iterator[str]:
    if file.language != name:
        yield f"it says that it is in {file.language}"
    if file.language == ENGLISH:
        codes = {code.value for kind in OF_THE_RECORD.values() for code in kind}
        yield from _apart("staff", set(file.staff), codes)
        yield from _apart("stage", set(file.stage), set(STAGES))
    every = {f"{kind}.{code.value}" for kind, codes in KINDS.items() for code in codes}
    told = {f"{kind}.{code}" for kind, lines in file.participant.items() for code in lines}
    hidden = {n for n in every if n in file.staff_only or n.split(".")[0] in file.staff_only}
    yield from _apart("participant", told, every - hidden)
    yield from (f"staff_only: {one} is no code" for one in file.staff_only - every - set(KINDS))
    for kind, lines in file.participant.items():
        for code, line in lines.items():
            yield from (f"{kind}.{code}: {what}" for what in _of_line(file, kind, line))


def _apart(where: str, found: set[str], wanted: set[str]) -> Iterator[str]:
    for code in wanted - found:
        yield f"{where}: nothing for {code}"
    for code in found - wanted:
        yield f"{where}: {code} is no code that stands here"


def _of_line(file: File, kind: str, line: Line) -> Iterator[str]:
    if line.same_as and (line.text or line.easy or line.only):
        yield "same_as stands alone"
    if not line.same_as and not (line.text and line.easy):
        yield "a text, and the same in easy words, are needed"
    if line.instead and not line.only:
        yield "instead needs for"
    for name in filter(None, (line.same_as, line.instead)):
        other_kind, _, code = name.partition(".")
        other = file.participant.get(other_kind, {}).get(code)
        if other is None or other.same_as or (other.only and line.instead):
            yield f"{name} is no sentence of its own"
    may = ALWAYS | DATED.get(kind, frozenset())
    for text in filter(None, (line.text, line.easy)):
        yield from (f"there is no {{{name}}} here" for name in _named(text) - may)


def _named(text: str) -> set[str]:
    try:
        parts = [*Formatter().parse(text)]
    except ValueError:
        return {"brackets that do not close"}
    return {name + (spec or "") + (how or "") for _, name, spec, how in parts if name is not None}
