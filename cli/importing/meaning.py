"""What one line means: which case, which command, who did it, when, and its fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cli.details import check_details
from cli.ending import Ended
from cli.importing.cells import NoCells, from_cells
from cli.importing.lines import Problem
from cli.moments import NoMoment, moment
from client import Nonsense
from client.understanding import checked, command_class
from domain.command import StreamKind
from domain.ids import PRACTITIONER_PREFIX, is_reference

if TYPE_CHECKING:
    from datetime import datetime

    from cli.importing.lines import Line
    from domain.command import Command

CASE, COMMAND, ACTOR, WHEN = "case", "command", "actor", "effective_at"
"""The names on a line that are no field of its command, and when it happened."""
NOT_BY_FILE = frozenset({"task", "entry", "clocks", "into", "other", CASE, ACTOR})
"""Fields that name another case, or a place in the record that the clock may still move."""

_THEIRS = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]{0,59}")
_FIELD = re.compile(r"([A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*): (.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Meant:
    """A line that makes sense by itself."""

    line: int
    case: str
    """How the file calls the case."""
    command: type[Command]
    actor: str
    at: datetime
    given: dict[str, Any]
    """The fields of the command, as the door takes them."""


class Senseless(ValueError):
    """A line that makes no sense; `problems` says why, and `case` which case it is of, if known."""

    def __init__(self, problems: list[Problem], case: str | None) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems, self.case = problems, case


def meaning(line: Line, importer: str) -> Meant:
    """Return what a line means; whoever imports did it, if it names nobody. Raises `Senseless`."""
    problems: list[Problem] = []

    def wrong(field: str, says: str) -> None:
        problems.append(Problem(line.number, field, says))

    given = dict(line.given)
    case = given.pop(CASE, None)
    if not isinstance(case, str) or not _THEIRS.fullmatch(case):
        wrong(CASE, "the case's own reference: 1 to 60 letters, digits and any of _ . / -")
        case = None
    actor = given.pop(ACTOR, importer)
    if not _is_practitioner(actor):
        wrong(ACTOR, "who did it, by a practitioner's reference such as PR-4T9Y2K7P-X")
    command = _command(given.pop(COMMAND, None), wrong)
    at = _when(given.pop(WHEN, None), wrong)
    if command is not None:
        given = _fields(command, given, line, problems)
    if problems or command is None or at is None or case is None:
        raise Senseless(problems, case)
    return Meant(line.number, case, command, actor, at, {**given, WHEN: at.isoformat()})


def in_the_file(sentence: str, line: int, *, from_one: bool = False) -> Problem:
    """Return a sentence about a field as a problem of a line; parts are counted from 1 there."""
    named = _FIELD.fullmatch(sentence)
    if named is None:
        return Problem(line, "", sentence)
    parts = named[1].split(".")
    shown = [str(int(p) + 1) if p.isdigit() and not from_one else p for p in parts]
    return Problem(line, ".".join(shown), named[2])


def _command(named: Any, wrong: Any) -> type[Command] | None:
    if not isinstance(named, str):
        wrong(COMMAND, "the name of a command; `rj commands` lists them")
        return None
    try:
        command = command_class(named.strip().lower().replace("-", "_"))
    except Nonsense as error:
        wrong(COMMAND, error.problems[0])
        return None
    if command.stream is not StreamKind.CASE:
        wrong(COMMAND, "this is not about a case; practitioners are registered beforehand")
        return None
    if NOT_BY_FILE & command.model_fields.keys():
        wrong(COMMAND, "this names another case or an entry of the record: enter it afterwards")
        return None
    return command


def _when(given: Any, wrong: Any) -> datetime | None:
    if not isinstance(given, str):
        wrong(WHEN, "when it happened, such as 2026-03-02T14:30; it is needed on each line")
        return None
    try:
        return moment(given)
    except NoMoment as error:
        wrong(WHEN, str(error))
        return None


def _fields(
    command: type[Command], given: dict[str, Any], line: Line, problems: list[Problem]
) -> dict[str, Any]:
    if line.typed:
        try:
            given = from_cells(command, given)
        except NoCells as error:
            problems += [Problem(line.number, *pair) for pair in error.problems]
            return given
    problems += _nonsense(command, given, line.number)
    return given


def _nonsense(command: type[Command], given: dict[str, Any], line: int) -> Iterator[Problem]:
    try:
        checked(command, given)
    except Nonsense as error:
        yield from (in_the_file(said, line) for said in error.problems)
        return
    try:
        check_details(command, given)
    except Ended as error:
        yield from (in_the_file(said, line, from_one=True) for said in error.failure.sentences)


def _is_practitioner(named: Any) -> bool:
    prefix = f"{PRACTITIONER_PREFIX}-"
    return isinstance(named, str) and named.startswith(prefix) and is_reference(named)
