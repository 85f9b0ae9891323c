"""`rj practitioners`: the register, and the commands that keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Group, Parameter

from cli import register
from cli.leaving import left
from cli.line import Grammar, read_line
from cli.named import command_named
from cli.output import help_formatter
from cli.send import do

if TYPE_CHECKING:
    from collections.abc import Callable

KEEPING: dict[str, tuple[str, tuple[str, ...]]] = {
    "register": ("register_practitioner", ("kind",)),
    "grant-role": ("grant_role", ("role",)),
    "take-role-back": ("take_role_back", ("role",)),
    "grant-credential": ("grant_credential", ("credential",)),
    "withdraw-credential": ("withdraw_credential", ("credential",)),
    "supervision": ("record_supervision", ()),
    "plan-observation": ("plan_observation", ("planned_for", "observer")),
    "observed-practice": ("record_observed_practice", ()),
    "feed-back": ("feed_back_observation", ()),
    "development": ("record_development", ("hours",)),
    "practice": ("record_practice", ()),
    "explain": ("explain_renewal", ("clocks", "cause")),
    "deactivate": ("deactivate_practitioner", ()),
    "reactivate": ("reactivate_practitioner", ()),
}
"""Each verb of the register, its command, and the fields that are typed without their names."""

practitioners = App(
    name="practitioners",
    help="the register: who works in or with the service",
    help_format="plaintext",
    help_formatter=help_formatter(),
    version_flags=[],
)
_LOOK, _KEEP = Group("Look", sort_key=1), Group("Keep the register", sort_key=2)


def _keeps(verb: str, name: str, places: tuple[str, ...]) -> Callable[..., int]:
    def run(*tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)]) -> int:
        command = command_named(name)
        grammar = Grammar(
            title=f"rj practitioners {verb}",
            command=command,
            places=places,
            reference=None if command.opens else "PRACTITIONER",
        )
        return read_line(grammar, tokens, left if verb == "deactivate" else do)

    run.__doc__ = command_named(name).__doc__
    return run


practitioners.default(register.listed)
practitioners.command(register.listed, name="list", group=_LOOK)
practitioners.command(register.show, name="show", group=_LOOK)
for _verb, (_name, _places) in KEEPING.items():
    practitioners.command(_keeps(_verb, _name, _places), name=_verb, group=_KEEP, help_flags=[])
practitioners["--help"].group = _LOOK
