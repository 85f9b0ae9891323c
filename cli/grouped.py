"""Verbs of a group, such as `rj rights decide`: each a command, whose fields are its options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Group, Parameter

from cli.output import help_formatter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cli.line import Act

Commands = dict[str, tuple[str, tuple[str, ...]]]
"""Each verb, its command, and the fields that are typed without their names."""


def group_of(name: str, text: str) -> App:
    """Return the application of a group, without verbs; `text` is its help."""
    return App(
        name=name,
        help=text,
        help_format="plaintext",
        help_formatter=help_formatter(),
        version_flags=[],
    )


def add_commands(
    app: App,
    commands: Commands,
    about: str,
    group: Group | None = None,
    acts: Mapping[str, Act] | None = None,
) -> None:
    """Add these verbs to a group.

    `about` is what the reference in front is called, where the command opens nothing; `acts` has
    the verbs by name that do more than have their command done.
    """
    from cli.named import command_named  # noqa: PLC0415 - the domain is slow to load

    for verb, (name, places) in commands.items():
        command = command_named(name)
        reference = None if command.opens else about
        run = _runs(f"rj {app.name[0]} {verb}", name, places, reference, (acts or {}).get(verb))
        run.__doc__ = command.__doc__
        app.command(run, name=verb, group=group, help_flags=[])


def _runs(
    title: str, name: str, places: tuple[str, ...], about: str | None, act: Act | None
) -> Callable[..., int]:
    def run(*tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)]) -> int:
        from cli.line import Grammar, read_line  # noqa: PLC0415 - slow to load, not for help
        from cli.named import command_named  # noqa: PLC0415
        from cli.send import do  # noqa: PLC0415

        grammar = Grammar(title, command_named(name), places, reference=about)
        return read_line(grammar, tokens, act or do)

    return run
