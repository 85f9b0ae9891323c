"""`rj audit`: whether the record is as it was recorded, and who looked at what."""

from __future__ import annotations

from cyclopts import App

from cli.output import help_formatter

VERBS: tuple[tuple[str, str, str], ...] = ()
"""Each verb, where it is found (loaded when it is used), and its help."""

audit = App(
    name="audit",
    help="whether the record is as it was recorded, and who looked at what",
    help_format="plaintext",
    help_formatter=help_formatter(),
    version_flags=[],
)
for _name, _where, _help in VERBS:
    audit.command(_where, name=_name, help=_help)
