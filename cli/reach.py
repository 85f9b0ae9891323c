"""`rj reach`: before somebody is tried: whether it is welcome now, when, and by which ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from cli.contact_plan import tried
from cli.ending import Code
from cli.looking import CASE_WORK, looking, of_what_may_not_be
from cli.moments import shown
from cli.options import As, Json, Reason
from cli.output import heading, table, tell, tell_json
from cli.reaching import in_words
from cli.references import party as party_named
from cli.references import reference
from cli.state import as_json
from cli.wording import words_of
from client.reaching import before_reaching
from domain.ids import CASE_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.welcome import Way, Welcome

Ref = Annotated[str, Parameter(name="CASE", help="its reference, such as RJ-4T9Y2K7P-X")]
Who = Annotated[str, Parameter(name="PARTY", help="the person, such as V1")]


def reach(
    case: Ref, party: Who, /, *, reason: Reason = None, as_: As = None, json: Json = False
) -> int:
    """Show whether you may try to reach somebody now, by which ways, and every attempt so far.

    It asks the rules that an attempt is judged by, and shows what they themselves said about when
    and how, as rj book does.
    """
    about, person = reference(case, CASE_PREFIX), party_named(party)
    with looking(as_, reason) as look:
        with of_what_may_not_be("such case to be in touch in"):
            of = (about, person)
            found, how = before_reaching(
                look.reading,
                look.actor,
                of,
                purpose=CASE_WORK,
                matrix=look.settings.competence,
                contact_plan=look.settings.limits.contact_plan,
            )
        if json:
            tell_json({"case": about, **as_json(found), "reaching": as_json(how)})
            return Code.DONE
        for line in (*_lines(found), *in_words(how)):
            tell(line)
        if not found.against:
            table(("way", "", "why not"), [_row(way) for way in found.ways])
        if found.attempts:
            heading("Tried so far")
            table(("when", "way", "what came of it", "by"), [*_tried(found)])
    return Code.DONE


def _lines(found: Welcome) -> Iterator[str]:
    for refusal in found.against:
        yield f"{found.party}: not now. {refusal.reason}"
    if not found.against:
        yield f"{found.party}: welcome, by these ways."
    if found.unanswered:
        yield f"Tried without an answer so far: {found.unanswered}. The plan: {tried(found.plan)}."


def _row(way: Way) -> Sequence[str]:
    why = " ".join(refusal.reason for refusal in way.against)
    return words_of(way.channel), "no" if why else "yes", why or "—"


def _tried(found: Welcome) -> Iterator[Sequence[str]]:
    for one in found.attempts:
        yield shown(one.at), words_of(one.channel), words_of(one.outcome), one.by or "—"
