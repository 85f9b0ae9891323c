"""The options that several verbs have in common."""

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
ActsAs = Annotated[
    str | None,
    Parameter(
        name="--as", metavar="PRACTITIONER", help="who acts, by reference; RJ_ACTOR if left out"
    ),
]
Reason = Annotated[
    str | None,
    Parameter(
        name="--reason",
        metavar="REASON",
        help="why, where the case is sensitive: my-work, covering, supervising, auditing, "
        "rights-request, complaint, legal-duty, safeguarding or danger; it is recorded",
        negative="",
    ),
]
BreakGlass = Annotated[
    bool,
    Parameter(
        name="--break-glass",
        help="an emergency, in a case that is not yours: with --reason safeguarding or danger; the "
        "data-protection officer sees it",
        negative="",
        show_default=False,
    ),
]
Json = Annotated[
    bool, Parameter(name="--json", help="print JSON, for programs", negative="", show_default=False)
]
