"""`rj do` and `rj signal`: any command there is, typed with its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from cli.ending import Code, nonsense
from cli.line import Grammar, read_line
from cli.named import command_named
from cli.output import tell

if TYPE_CHECKING:
    from cli.line import Act, Line
    from domain.command import Command

NEW = "new"
"""In the place of a reference: the command opens a case, or enters somebody in the register."""
_OURS = frozenset({"--from", "--as", "--command-id", "--at", "--asked-by"})
"""Options with a value that may come before the command."""

Tokens = Annotated[str, Parameter(show=False, allow_leading_hyphen=True)]


def do(*tokens: Tokens) -> int:
    """Do any command: rj do CASE COMMAND [--field value … | --from FILE]."""
    return _run("do", tokens, _have_done)


def signal(*tokens: Tokens) -> int:
    """Queue any command without waiting: rj signal CASE COMMAND [--field value …]."""
    return _run("signal", tokens, _hand_over)


def _have_done(line: Line) -> int:
    from cli import send  # noqa: PLC0415 - slow to load, and not for a line that makes no sense

    return send.do(line)


def _hand_over(line: Line) -> int:
    from cli import send  # noqa: PLC0415 - slow to load, and not for a line that makes no sense

    return send.signal(line)


def _run(verb: str, tokens: tuple[str, ...], act: Act) -> int:
    places = _places(tokens)
    if len(places) < 2:  # noqa: PLR2004 - the case and the command
        return _explain(verb, tokens)
    about, name = (tokens[place] for place in places)
    command = command_named(name)
    rest = [t for i, t in enumerate(tokens) if i not in places]
    is_new = about.lower() == NEW
    if is_new and not command.opens:
        raise nonsense(f"{command.name()} opens nothing: name what it is about by its reference")
    grammar = Grammar(
        title=f"rj {verb} {NEW if is_new else _kind(command)} {command.name()}",
        command=command,
        reference=None if is_new else _kind(command),
    )
    return read_line(grammar, rest if is_new else [about, *rest], act)


def _places(tokens: tuple[str, ...]) -> list[int]:
    """Return where the reference and the command stand, options in between left out."""
    found: list[int] = []
    skip = False
    for place, token in enumerate(tokens):
        if skip:
            skip = False
        elif token in _OURS:
            skip = True
        elif not token.startswith("-"):
            found.append(place)
        if len(found) == 2:  # noqa: PLR2004 - the case and the command
            break
    return found


def _kind(command: type[Command]) -> str:
    return command.stream.name


def _explain(verb: str, tokens: tuple[str, ...]) -> int:
    if not {"--help", "-h"} & set(tokens):
        raise nonsense(f"rj {verb} CASE COMMAND …: `rj commands` lists them; `--help` says more")
    for line in _HELP.format(verb=verb).splitlines():
        tell(line)
    return Code.DONE


_HELP = """\
Usage: rj {verb} CASE COMMAND [--field value … | --from FILE]

CASE is the reference of a case, or of a practitioner for the commands of the register; `new` where
the command opens a case or enters somebody. `rj commands` lists the commands, and
`rj {verb} CASE COMMAND --help` says what a command takes.

Options are the command's fields. Words (what somebody said, a name, a letter) are never options:
they are asked for on the terminal, or read with --from FILE, or --from - for standard input: a JSON
object of fields.

Exit codes: 0 done, 1 refused, 2 nonsense, 3 unavailable, 4 unforeseen."""
