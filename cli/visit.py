"""`rj visit`: what was said, chosen and agreed at one visit, recorded together; if something speaks
against it, only what protects."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from cli.details import check_details
from cli.ending import Ended, nonsense
from cli.installed import require_data, settings_now
from cli.moments import FORMS, NoMoment, moment
from cli.options import ActsAs, Json
from cli.output import note
from cli.references import reference
from cli.scanned import with_files
from cli.send import Sent, command_id_of, have_done
from cli.source import read_lines
from cli.who import acting
from client import Nonsense, Refused
from client.failures import KeptBefore
from client.understanding import asked
from domain.ids import CASE_PREFIX
from domain.visit import VISIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from client.understanding import Asked

Ref = Annotated[str, Parameter(name="CASE", help="its reference, such as RJ-4T9Y2K7P-X")]
From = Annotated[
    str,
    Parameter(
        name="--from",
        metavar="FILE",
        help="the parts, one JSON object a line, words too; - is standard input",
        allow_leading_hyphen=True,
    ),
]
At = Annotated[
    str | None,
    Parameter(name="--at", metavar="WHEN", help=f"when it was, for parts that do not say: {FORMS}"),
]
Paper = Annotated[
    bool,
    Parameter(
        name="--paper",
        help="it was written down on paper first; the record says so",
        negative="",
        show_default=False,
    ),
]
Id = Annotated[
    str | None,
    Parameter(name="--command-id", metavar="ID", help="to send the same again: it happens once"),
]
COMMAND = "command"
"""The name in each line that says which command it is."""


def visit(
    case: Ref,
    /,
    *,
    from_: From,
    at: At = None,
    paper: Paper = False,
    as_: ActsAs = None,
    command_id: Id = None,
    json: Json = False,
) -> int:
    """Record what was said, chosen and agreed at one visit, all of it together.

    Each line is one command with its fields, in the order in which it happened:
    {"command": "record_wish", "party": "V1", "wish": …}. Each is decided after the ones before
    it, and may build on them; `rj do CASE COMMAND --help` says what a command takes; the scan of a
    signed form is named by its file. It may have been days ago (--at) and on paper (--paper). If a
    rule speaks against one part, you are told which and why, and the visit is not recorded; what
    stops, slows or protects in it is, at once.
    """
    settings = settings_now()
    actor = acting(as_, settings)
    stream = reference(case, CASE_PREFIX)
    own_id = command_id_of(command_id)
    every = asked(VISIT, {"parts": [*_parts(from_, _when(at))]})
    origin = "paper" if paper else "cli"
    try:
        given = _checked(every)
        require_data(settings)
        return have_done(Sent(actor, VISIT, given, stream, own_id, origin), settings, as_json=json)
    except (Refused, Nonsense, Ended) as error:
        _say_what_need_not_wait(every, _recorded(error))
        raise


def _when(typed: str | None) -> str | None:
    try:
        return None if typed is None else moment(typed).isoformat()
    except NoMoment as error:
        raise nonsense(f"--at: {error}") from None


def _parts(source: str, when: str | None) -> Iterator[dict[str, Any]]:
    lines = read_lines(source)
    if not lines:
        raise nonsense("there is no part in it: each line is a command with its fields")
    for number, line in enumerate(lines, 1):
        name = line.pop(COMMAND, None)
        if not isinstance(name, str):
            raise nonsense(f'part {number}: say which command it is, as {{"command": …}}')
        if when is not None:
            line.setdefault("effective_at", when)
        yield {"name": name.replace("-", "_"), "body": line}


def _checked(every: tuple[Asked, ...]) -> dict[str, Any]:
    """Return the parts as they are sent, what is in a file in the place of its name.

    Raises `Ended` with every problem of every part.
    """
    problems: list[str] = []
    parts = []
    for one in every:
        try:
            given = with_files(one.cls, dict(one.given))
        except Ended as error:
            problems += one.named(*error.failure.sentences)
            continue
        problems += _problems(replace(one, given=given))
        parts.append({"name": one.cls.name(), "body": given})
    if problems:
        raise nonsense(*problems)
    return {"parts": parts}


def _problems(one: Asked) -> Iterator[str]:
    try:
        check_details(one.cls, dict(one.given))
    except Ended as error:
        yield from one.named(*error.failure.sentences)
    try:
        one.check()
    except Nonsense as error:
        yield from error.problems


def _recorded(error: Refused | Nonsense | Ended) -> set[int]:
    """Return the numbers of the parts that were recorded all the same."""
    if isinstance(error, Ended):
        return {one["part"] for one in error.failure.details.get("recorded", ())}
    return {k.part for k in error.kept} if isinstance(error, Refused | KeptBefore) else set()


def _say_what_need_not_wait(every: tuple[Asked, ...], recorded: set[int]) -> None:
    """A no and a danger may be among what was not recorded: whoever typed it is told."""
    stops = [one for one in every if one.cls.protective and one.part not in recorded]
    if stops and len(every) > 1:
        named = ", ".join(f"{one.part} ({one.cls.name()})" for one in stops)
        note(
            "rj: not everything of the visit was recorded. What stops, slows or protects need not "
            f"wait for the rest: record it by itself now: part {named}"
        )
