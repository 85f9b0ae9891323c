"""A visit: several commands about one case, decided one after the other, recorded together or not
at all.

What is decided about a later part knows what the earlier parts say. It travels as one message with
one id, and is one step of the record: its events are appended at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.asking import Asking, CaseCommand
from domain.command import COMMANDS
from domain.decide import Accepted, Decision, Denied, Refused, decide, decode
from domain.errors import Nonsense
from domain.problems import problems
from domain.record import Entry
from domain.supposed import as_if_recorded
from domain.words import Act

if TYPE_CHECKING:
    from domain.command import Command
    from domain.record import Draft

VISIT = "record_visit"
"""The name under which it travels; no command is called that."""
MOST = 50
"""Parts of one visit."""
TAKEN = frozenset({Act.INFORM, Act.FACILITATE, Act.LOCAL_RESOLUTION, Act.PROTECT})
"""The acts of whoever visits. What a supervisor or a data-protection officer decides is asked for
by itself."""
OTHER_CASES = frozenset({"into", "other", "case"})
"""Fields that name another case: something follows there, which is no part of a visit."""

Gather = Callable[[Sequence[Entry], "Command", int], Asking]
"""Takes what is known by then, the command and its number; returns what deciding it rests on."""


class Part(BaseModel):
    """One command of a visit, as it travels."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: str = Field(max_length=60)
    body: dict[str, Any] = Field(default_factory=dict)


class Visit(BaseModel):
    """The body of the message: its parts, in the order in which they are decided."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    parts: tuple[Part, ...] = Field(min_length=1, max_length=MOST)


def visit(body: Mapping[str, Any]) -> Visit:
    """Return the visit with this body. Raises `Nonsense` for one that has another form."""
    try:
        return Visit.model_validate(body)
    except ValidationError as error:
        raise Nonsense(*problems(error)) from None


def may_be_part(command: type[Command]) -> bool:
    """Say whether a command may be a part of a visit: it is about this case and no other, and
    whoever visits may do it."""
    if not issubclass(command, CaseCommand) or command.model_fields.keys() & OTHER_CASES:
        return False
    return command.act in TAKEN


def part_class(number: int, name: str) -> type[Command]:
    """Return the class of a part by its wire name. Raises `Nonsense` for what is no part."""
    command = COMMANDS.get(name)
    if command is None:
        raise Nonsense(f"part {number}: there is no such command; `rj commands` lists them all")
    if not may_be_part(command):
        raise Nonsense(
            f"part {number}: {name} is no part of a visit: it is decided by somebody else, or "
            "about more than this case; ask for it by itself"
        )
    return command


def commands_of(body: Mapping[str, Any]) -> tuple[Command, ...]:
    """Return the commands of a visit with this body. Raises `Nonsense`, which names each part."""
    found, wrong = [], []
    for number, part in enumerate(visit(body).parts, 1):
        try:
            part_class(number, part.name)
            found.append(decode(part.name, part.body))
        except Nonsense as error:
            wrong.extend(in_part(number, part.name, error.problems))
    if wrong:
        raise Nonsense(*wrong)
    return tuple(found)


def in_part(number: int, name: str, sentences: Iterable[str]) -> list[str]:
    """Return these sentences about a part, each saying about which."""
    said = f"part {number} ({name}): "
    return [one if one.startswith(f"part {number}") else said + one for one in sentences]


def decide_visit(history: Sequence[Entry], commands: Sequence[Command], gather: Gather) -> Decision:
    """Return what is recorded of a visit, all of it; or which rules speak against its first part
    that they do not let pass, or that a part is denied.

    What comes after such a part is not judged: it may rest on it. Raises `Nonsense`.
    """
    known = list(history)
    drafts: list[Draft] = []
    for number, command in enumerate(commands, 1):
        asking = gather(known, command, number)
        try:
            decision = decide(known, command, asking)
        except Nonsense as error:
            raise Nonsense(*in_part(number, command.name(), error.problems)) from None
        if isinstance(decision, Denied):
            return decision
        if isinstance(decision, Refused):
            named = {"part": number, "command": command.name()}
            return Refused(tuple(r.model_copy(update=named) for r in decision.refusals))
        new = [replace(draft, asked_by=command.asked_by) for draft in decision.drafts]
        known += as_if_recorded(known[0].stream, known, new, asking)
        drafts += new
    return Accepted(tuple(drafts))
