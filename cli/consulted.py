"""`rj consulted`: what a specialist is asked about a case, with the words that it opens to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from cli.ending import Code
from cli.looking import CASE_WORK, looking, of_what_may_not_be
from cli.moments import shown
from cli.options import As, Json
from cli.output import tell, tell_json
from cli.references import reference
from cli.state import as_json
from cli.words import words_or_why
from domain.ids import CASE_PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.consulted import Consultation

Ref = Annotated[str, Parameter(name="CASE", help="its reference, such as RJ-4T9Y2K7P-X")]


def consulted(case: Ref, /, *, as_: As = None, json: Json = False) -> int:
    """Show a specialist what they are asked about a case: the question and the texts it needs.

    Nothing else of the case is shown, and nothing at all once it is answered or taken back. Each
    look is logged, with the texts.
    """
    about = reference(case, CASE_PREFIX)
    with looking(as_) as look, of_what_may_not_be("such question to you"):
        found, opened = look.reading.asked(look.actor, about, CASE_WORK)
    words = {name: str(words_or_why("", one)) for name, one in opened.items()}
    if json:
        tell_json({"case": about, "asked": [_described(one, words) for one in found]})
        return Code.DONE
    for one in found:
        tell(f"{one.id}: asked {shown(one.since)} by {one.by}")
        tell(f"  {words[one.question.id]}")
        for text in one.texts:
            tell(f"  {text}: {words.get(text, 'not there')}")
    return Code.DONE


def _described(one: Consultation, words: Mapping[str, str]) -> dict[str, Any]:
    return {
        "consultation": one.id,
        "by": one.by,
        "since": as_json(one.since),
        "question": words[one.question.id],
        "texts": {text: words.get(text) for text in one.texts},
    }
