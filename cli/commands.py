"""`rj commands`: every command there is, generated from the commands themselves."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from cli.ending import Code
from cli.fields import EVERY, choices, fields_of, is_model, model_fields
from cli.named import command_named
from cli.options import Json
from cli.output import heading, table, tell, tell_json
from cli.schema import schema_of
from cli.typed import as_typed, example_of
from domain.command import COMMANDS
from domain.rules.table import GUARDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cli.fields import CommandField
    from domain.command import Command

Name = Annotated[str | None, Parameter(help="one command: its fields, and the rules that guard it")]


def commands(name: Name = None, /, *, json: Json = False) -> int:
    """List every command, or explain one: its fields, and the rules that it must keep.

    With --json, the JSON Schema of what --from takes; personal fields are marked.
    """
    if name is not None:
        _one(command_named(name), as_json=json)
    elif json:
        tell_json({n: _described(c) for n, c in sorted(COMMANDS.items())})
    else:
        rows = [(n, c.stream.value, _kind(c), _sentence(c)) for n, c in sorted(COMMANDS.items())]
        table(("command", "of", "", "what it is for"), rows)
    return Code.DONE


def _one(command: type[Command], *, as_json: bool) -> None:
    if as_json:
        tell_json(_described(command))
        return
    tell(f"{command.name()}: {inspect.getdoc(command)}")
    if kind := _kind(command):
        tell(f"It is {kind}.")
    fields = fields_of(command)
    heading("Fields")
    table(_COLUMNS, [*_rows(f for f in fields if f.name not in EVERY)])
    heading("Fields of every command")
    table(_COLUMNS, [*_rows(f for f in fields if f.name in EVERY)])
    heading("Rules")
    for rule in GUARDS[command]:
        tell(f"{rule.__name__}: {_on_one_line(rule.__doc__)}")
    if not GUARDS[command]:
        tell("None: it is never refused.")


_COLUMNS = ("field", "takes", "", "what it is")


def _rows(fields: Iterable[CommandField], prefix: str = "") -> Iterator[Sequence[str]]:
    for field in fields:
        need = "needed" if field.required else ""
        yield f"{prefix}{field.name}", _takes(field), need, _explained(field)
        if is_model(field.shape.kind):
            yield from _rows(model_fields(field.shape.kind), f"{prefix}{field.name}.")


def _takes(field: CommandField) -> str:
    if field.words:
        return "words"
    if field.shape.kind is bool:
        return "yes or no"
    return example_of(field.shape) + (", …" if field.shape.many else "")


def _explained(field: CommandField) -> str:
    shape = field.shape if field.shape.value is None else field.shape.value
    codes = ", ".join(as_typed(code) for code in choices(shape.kind))
    never = "never an option" if field.words else ""
    return "; ".join(filter(None, (field.help, f"one of {codes}" if codes else "", never)))


def _kind(command: type[Command]) -> str:
    if command.protective:
        return "protective"
    return "the first of a case or entry" if command.opens else ""


def _described(command: type[Command]) -> dict[str, Any]:
    return {
        "description": _on_one_line(inspect.getdoc(command)),
        "stream": command.stream.value,
        "opens": command.opens,
        "protective": command.protective,
        "rules": [rule.__name__ for rule in GUARDS[command]],
        "schema": schema_of(command),
    }


def _sentence(command: type[Command]) -> str:
    return _on_one_line(inspect.getdoc(command))


def _on_one_line(text: str | None) -> str:
    return " ".join((text or "").split())
