"""`rj referral`: what became of a referral, for whoever made it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from cli.ending import Code
from cli.events import in_words
from cli.looking import CASE_WORK, looking, of_what_may_not_be
from cli.moments import shown
from cli.options import As, Json
from cli.output import tell, tell_json
from cli.references import reference
from cli.state import as_json
from cli.words import words_in
from domain.ids import CASE_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.words import Words
    from domain.referral import Referral

Ref = Annotated[str, Parameter(name="CASE", help="its reference, such as RJ-4T9Y2K7P-X")]


def referral(case: Ref, /, *, as_: As = None, json: Json = False) -> int:
    """Show a referral to whoever made it: what they supplied, that it was received, whether it was
    taken on, and whether it ended. What anybody said or chose since is not theirs to see.
    """
    about = reference(case, CASE_PREFIX)
    with looking(as_) as look:
        with of_what_may_not_be("such referral of yours"):
            found, opened = look.reading.referral(look.actor, about, CASE_WORK)
        words = words_in(found.supplied, opened)
        if json:
            tell_json(_described(found, words))
            return Code.DONE
        for line in _lines(found, words):
            tell(line)
    return Code.DONE


def _lines(found: Referral, words: Words) -> Iterator[str]:
    yield f"{found.case}: received {shown(found.received_at)}"
    yield f"taken on {shown(found.accepted_at)}" if found.accepted_at else "not taken on yet"
    yield f"ended {shown(found.ended_at)}" if found.ended_at else "has not ended"
    yield "You supplied:"
    for entry in found.supplied:
        yield f"  {in_words({'event': entry.name, **entry.envelope.data})}"
        for told in words.told:
            if told.entry == entry.version:
                yield f"    {told.field}: {told.words}"


def _described(found: Referral, words: Words) -> dict[str, Any]:
    return {
        "case": found.case,
        "received_at": as_json(found.received_at),
        "accepted_at": as_json(found.accepted_at),
        "ended_at": as_json(found.ended_at),
        "supplied": [{"event": e.name, "data": e.envelope.data} for e in found.supplied],
        "words": words.as_json(),
    }
