"""A line that was typed for one command: its options are made from the command's own fields."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Group, Parameter

from cli.ending import nonsense
from cli.fields import EVERY, fields_of, is_model
from cli.fields import model_fields as _of
from cli.meant import MEANT
from cli.moments import FORMS
from cli.output import help_formatter
from cli.typed import NotTyped, as_typed, example_of, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from cli.fields import CommandField
    from domain.command import Command

    Act = Callable[["Line"], int]

_OWN = Group("What is recorded", sort_key=1)
_EVERY = Group("Every command", sort_key=2)
_OURS = Group("How it is sent", sort_key=3)


@dataclass(frozen=True, slots=True)
class Line:
    """What was typed: the command, what it is about, its options as JSON has them, and how."""

    command: type[Command]
    stream: str | None
    options: dict[str, Any]
    source: str | None
    """Where the rest is read from: a file, or `-` for standard input."""
    actor: str | None
    command_id: str | None
    as_json: bool


@dataclass(frozen=True, slots=True)
class Grammar:
    """How one command is typed: what it is called, and which fields need no option's name."""

    title: str
    """`rj consent`, or `rj do CASE record_consent`."""
    command: type[Command]
    places: tuple[str, ...] = ()
    """Fields that may be typed without their names, in this order, after the reference."""
    reference: str | None = "CASE"
    """What the reference in front is called; None if a new one is opened."""
    optional: bool = False
    """Whether the reference may be left out."""
    left_out: str = "a new one is opened if left out"
    """What is meant then."""
    example: str = ""
    """What may be typed after the reference, to show it; none if left out."""


def read_line(grammar: Grammar, tokens: Sequence[str], act: Act) -> int:
    """Parse the tokens after the command's name and act on them; `--help` explains instead.

    Raises `Ended` for a personal field that was typed as an option, before anything else is done,
    and cyclopts' errors for a line that does not parse.
    """
    fields = fields_of(grammar.command)
    _refuse_words(fields, tokens)
    app = App(
        name=grammar.title,
        help_format="plaintext",
        help_formatter=help_formatter(),
        help_epilogue=_epilogue(grammar, fields),
        usage=_usage(grammar),
        version_flags=[],
        result_action="return_value",
    )
    app["--help"].group = _OURS
    app.default(_function(grammar, fields, act))
    result: int = app(_joined(fields, tokens), exit_on_error=False, print_error=False) or 0
    return result


def _function(grammar: Grammar, fields: Sequence[CommandField], act: Act) -> Callable[..., int]:
    """Return a function whose parameters are the command's options, for cyclopts to read."""
    typed = {f.name: f for f in fields if not f.words}
    last = grammar.places[-1:]
    places = [
        _parameter(typed[name], typed, placed=True, followed=name not in last)
        for name in grammar.places
    ]
    others = [_parameter(f, typed) for f in typed.values() if f.name not in grammar.places]
    signature = inspect.Signature([*_reference(grammar), *places, *others, *_ours()])

    def run(*given: Any, **named: Any) -> int:
        return act(_line(grammar, fields, signature.bind(*given, **named).arguments))

    run.__signature__ = signature  # type: ignore[attr-defined]
    run.__doc__ = inspect.getdoc(grammar.command)
    return run


def _line(grammar: Grammar, fields: Sequence[CommandField], given: dict[str, Any]) -> Line:
    options, problems = {}, []
    for field in fields:
        if (typed := given.get(field.name)) is None:
            continue
        try:
            texts = typed if isinstance(typed, list) else [typed]
            options[field.name] = typed if isinstance(typed, bool) else value_of(field, texts)
        except NotTyped as error:
            problems.append(str(error))
    if problems:
        raise nonsense(*problems)
    return Line(
        command=grammar.command,
        stream=given.get("_reference"),
        options=options,
        source=given.get("_source"),
        actor=given.get("_actor"),
        command_id=given.get("_command_id"),
        as_json=given.get("_as_json", False),
    )


def _reference(grammar: Grammar) -> list[inspect.Parameter]:
    if grammar.reference is None:
        return []
    what = f"its reference, such as {_PREFIX[grammar.reference]}-4T9Y2K7P-X"
    if grammar.optional:
        return [_positional(str | None, f"{what}; {grammar.left_out}", grammar, None)]
    return [_positional(str, what, grammar)]


def _positional(
    kind: Any, what: str, grammar: Grammar, default: Any = inspect.Parameter.empty
) -> inspect.Parameter:
    return inspect.Parameter(
        "_reference",
        inspect.Parameter.POSITIONAL_ONLY,
        annotation=Annotated[kind, Parameter(name=grammar.reference, help=what)],
        default=default,
    )


_PREFIX = {"CASE": "RJ", "PRACTITIONER": "PR", "DOSSIER": "DP"}


def _parameter(
    field: CommandField,
    beside: Collection[str],
    *,
    placed: bool = False,
    followed: bool = False,
) -> inspect.Parameter:
    flag = field.shape.kind is bool and not placed
    # Several in the last place may stand apart; before another they would take it as their own.
    kind: Any = bool if flag else list[str] if field.shape.many and not followed else str
    parameter = Parameter(
        name=_names(field, beside),
        metavar=None if flag else example_of(field.shape),
        help=_help(field),
        group=_EVERY if field.name in EVERY else _OWN,
        negative=None if flag and field.name not in EVERY else "",
        show_default=False,
    )
    how = inspect.Parameter.POSITIONAL_OR_KEYWORD if placed else inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(
        field.name, how, annotation=Annotated[kind | None, parameter], default=None
    )


def _names(field: CommandField, beside: Collection[str]) -> str | tuple[str, ...]:
    # Where the command has a field of its own called `at`, that is meant by it.
    if field.name == "effective_at" and "at" not in beside:
        return ("--at", field.option)
    return field.option


def _ours() -> list[inspect.Parameter]:
    return [
        _our("_source", "--from", "FILE", "the fields as JSON, words too; - is standard input"),
        _our("_actor", "--as", "PRACTITIONER", "who acts, by reference; RJ_ACTOR if left out"),
        _our("_command_id", "--command-id", "ID", "to send the same again: it happens once"),
        _our("_as_json", "--json", None, "print JSON, for programs"),
    ]


def _our(name: str, option: str, metavar: str | None, text: str) -> inspect.Parameter:
    parameter = Parameter(
        name=option,
        help=text,
        group=_OURS,
        negative="",
        show_default=False,
        metavar=metavar,
        # `-` alone is standard input.
        allow_leading_hyphen=name == "_source",
    )
    kind: Any = bool if metavar is None else str | None
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        annotation=Annotated[kind, parameter],
        default=False if metavar is None else None,
    )


def _help(field: CommandField) -> str:
    words = [_HELP.get(field.name) or field.help or MEANT.get(field.name, "")]
    if field.choices:
        words.append(f"one of: {', '.join(as_typed(code) for code in field.choices)}")
    if field.shape.many:
        words.append("several with commas between them")
    if field.required:
        words.append("needed")
    return "; ".join(filter(None, words))


_HELP = {"effective_at": f"when it happened, if not now: {FORMS}"}
"""Where a terminal takes a field in another form than the command does."""


def _usage(grammar: Grammar) -> str:
    reference = f"[{grammar.reference}]" if grammar.optional else grammar.reference
    places = [name.replace("_", "-").upper() for name in grammar.places]
    said = grammar.reference in grammar.title.split()
    about = [] if said or reference is None else [reference]
    return f"Usage: {' '.join([grammar.title, *about, *places, '[OPTIONS]'])}\n"


def _example(grammar: Grammar) -> str:
    about = [] if grammar.optional else [f"{_PREFIX[grammar.reference or 'CASE']}-4T9Y2K7P-X"]
    return f"For example: {' '.join([grammar.title, *about, grammar.example])}"


def _epilogue(grammar: Grammar, fields: Sequence[CommandField]) -> str:
    words = [f"{f.name}{f' ({f.help})' if f.help else ''}" for f in fields if f.words]
    lines = [f"Times are typed as {FORMS}, and recorded in UTC."]
    if words:
        lines.append(
            "Words are never options: asked for on the terminal, or read with --from: "
            + ", ".join(words)
        )
    if grammar.example:
        lines.insert(0, _example(grammar))
    return "\n\n".join(lines)


def _refuse_words(fields: Sequence[CommandField], tokens: Sequence[str]) -> None:
    inner = (f for field in fields if is_model(field.shape.kind) for f in _of(field.shape.kind))
    personal = {f.option for f in (*fields, *inner) if f.words}
    for token in tokens:
        option = token.partition("=")[0].lower().replace("_", "-")
        if option in personal:
            raise nonsense(
                f"{option} holds somebody's words: they are never typed as an option, where every "
                "program on this machine can read them. Leave it out and they are asked for on the "
                "terminal, or read them with --from FILE, or from standard input with --from -. "
                "Nothing was sent"
            )


def _joined(fields: Sequence[CommandField], tokens: Sequence[str]) -> list[str]:
    """Return the tokens with `--flag yes` as `--flag=yes`: flags may be typed like any field."""
    flags = {f.option for f in fields if f.shape.kind is bool}
    joined: list[str] = []
    for token in tokens:
        if joined and joined[-1] in flags and token.lower() in _ANSWERS:
            joined[-1] += f"={_ANSWERS[token.lower()]}"
        else:
            joined.append(token)
    return joined


_ANSWERS = {"yes": "true", "true": "true", "no": "false", "false": "false"}
