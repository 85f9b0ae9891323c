"""The options that the verbs which only look have in common."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

As = Annotated[
    str | None,
    Parameter(
        name="--as",
        metavar="PRACTITIONER",
        help="who looks, by reference; RJ_ACTOR if left out",
        negative="",
    ),
]
Json = Annotated[
    bool, Parameter(name="--json", help="print JSON, for programs", negative="", show_default=False)
]
