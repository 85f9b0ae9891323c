"""`rj matches`: whether the people or the matter of a case are in other cases too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from cli.ending import Code
from cli.looking import CASE_WORK, looking, of_what_may_not_be
from cli.options import As, Json
from cli.output import table, tell, tell_json
from cli.references import reference
from cli.wording import words_of
from client.matching import Matching
from domain.ids import CASE_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from client.matching import Found

Ref = Annotated[str, Parameter(name="CASE", help="the case's reference")]
A_SUPERVISOR = "a supervisor"
"""Whom to ask where the other case has no supervisor of its own."""


def matches(case: Ref, /, *, as_: As = None, json: Json = False) -> int:
    """Ask whether the people or the matter of a case are in other cases too.

    Another case is named only to somebody who may see it; everybody else hears whom to ask. That
    it was asked is written down.
    """
    about = reference(case, CASE_PREFIX)
    with looking(as_) as look, of_what_may_not_be("such case"):
        found = Matching(look.reading).matches(look.actor, about, CASE_WORK)
    tell_found(
        found, as_json=json, nothing=f"{about}: nobody and nothing of it is in another case."
    )
    return Code.DONE


def tell_found(found: Sequence[Found], *, as_json: bool, nothing: str) -> None:
    """Print what was found: yes, how like and where to whom it concerns, and whom to ask."""
    if as_json:
        tell_json({"known": bool(found), "found": [_as_json(one) for one in found]})
    elif not found:
        tell(f"No. {nothing}")
    else:
        tell("Yes.")
        table(("case", "how like", "who is who", "ask"), [*_rows(found)])


def _rows(found: Sequence[Found]) -> Iterator[Sequence[str]]:
    for one in found:
        who = ", ".join(f"{w.here} is {w.there} there: {words_of(w.strength)}" for w in one.people)
        strength = words_of(one.strength) if one.strength else ""
        yield one.case or "—", strength or "—", who or "—", one.ask or A_SUPERVISOR


def _as_json(found: Found) -> dict[str, object]:
    told: dict[str, object] = {"ask": found.ask}
    if found.case is not None:
        told |= {
            "case": found.case,
            "strength": found.strength,
            "people": [
                {"here": w.here, "there": w.there, "strength": w.strength} for w in found.people
            ],
        }
    return told
