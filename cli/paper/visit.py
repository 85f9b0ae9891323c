"""`rj visit-form`: paper for visits while the service is down, and how it is typed in later."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from cli.ending import Code
from cli.fields import fields_of
from cli.meant import MEANT
from cli.named import command_named
from cli.new_file import check_new, write_new
from cli.options import Json
from cli.output import tell, tell_json
from cli.paper.page import box, heading, page, table, text, to_write_on
from cli.typed import as_typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.fields import CommandField
    from domain.command import Command

ON_THE_FORM = (
    "stop_contact",
    "withdraw_consent",
    "pause_participation",
    "decline_offer",
    "record_need_for_time",
    "raise_concern",
    "record_call",
    "record_contact_attempt",
    "give_information",
    "record_interest",
    "record_facilitator_meeting",
    "record_responsibility",
    "record_consent",
    "record_wish",
    "record_safe_ways",
    "gather_question",
    "agree_next_contact",
    "book_appointment",
)
"""What a visit brings, what stops and protects first: all of it may be a part of `rj visit`."""
File = Annotated[Path, Parameter(name="FILE", help="an .html file that is not there yet")]


def visit_form(file: File, /, *, json: Json = False) -> int:
    """Write a blank form for visits while the service is down: print some before you need them.

    It needs no service. Each part of it is a command of `rj visit`, by which all of it is typed in
    afterwards, with the day and hour at which it was: rj visit CASE --paper --at WHEN --from FILE.
    """
    check_new(file)
    commands = [command_named(name) for name in ON_THE_FORM]
    write_new(file, page("A visit, on paper", _body(commands)))
    if json:
        tell_json({"parts": list(ON_THE_FORM)})
    else:
        tell(f"{file.name}: a blank form of {len(commands)} parts. Print some before you need it.")
    return Code.DONE


def _body(commands: list[type[Command]]) -> Iterator[str]:
    yield box(
        (
            "For use while the service is down. A no, a pause or a danger takes effect at once:",
            "tell the lead facilitator and the supervisor by telephone, and do not wait.",
            "Once it is typed in, this paper is destroyed, or put in the vault.",
        )
    )
    yield table((name, "") for name in ("Case", "Day and hour", "Who was there", "Written by"))
    for number, command in enumerate(commands, 1):
        yield heading(f"{number}. {_sentence(command)}")
        yield table((*_asked(command),))
        yield to_write_on(1)
    yield heading("Whatever else was said")
    yield to_write_on(8)
    yield heading("Typing it in")
    yield text(
        "One JSON object a line, what happened first in front, such as:\n"
        '{"command": "record_wish", "party": "V1", "wish": "BE_TOLD_OUTCOME"}\n'
        "rj visit CASE --paper --at 2026-11-22T14:30 --from FILE\n"
        "All of it is recorded together, or nothing; what stops or protects is taken all the same."
    )


def _sentence(command: type[Command]) -> str:
    said = " ".join((command.__doc__ or "").split())
    return f"{said.partition('. ')[0].rstrip('.')} ({command.name()})"


def _asked(command: type[Command]) -> Iterator[tuple[str, str]]:
    for field in fields_of(command):
        if field.name in ("effective_at", "basis", "why", "happened"):
            continue
        yield field.name, _choices(field)


def _choices(field: CommandField) -> str:
    if field.choices:
        return "  ".join(f"☐ {as_typed(code)}" for code in field.choices)
    return field.help or MEANT.get(field.name, "")
