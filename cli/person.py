"""`rj person`: somebody of a case in their other cases: what they wish there, and whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from cli.ending import Code
from cli.looking import CASE_WORK, looking, of_what_may_not_be
from cli.options import As, Json, Reason
from cli.output import table, tell, tell_json
from cli.references import reference
from cli.state import as_json
from cli.wording import words_of
from client import Denied
from domain.ids import CASE_PREFIX
from domain.words import FutureOffers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from client.beyond import Appearance, Beyond, Wishes

Ref = Annotated[str, Parameter(name="CASE", help="its reference, such as RJ-4T9Y2K7P-X")]
Who = Annotated[str, Parameter(name="PARTY", help="the person, such as V1")]
HIDDEN = "another case"
"""In the place of a reference that the reader may not see."""


def person(
    case: Ref, party: Who, /, *, reason: Reason = None, as_: As = None, json: Json = False
) -> int:
    """Show whether somebody of a case appears in other cases, what they wish there about contact,
    whether there is danger or a conflict of interest, and whom to ask.

    The other case is named only to whoever may see it. Each look is written down.
    """
    about = reference(case, CASE_PREFIX)
    with looking(as_, reason) as look:
        with of_what_may_not_be("such case"):
            found = look.reading.person(look.actor, about, party, CASE_WORK)
            if found is None:
                raise Denied
        if json:
            tell_json({"case": about, **as_json(found)})
            return Code.DONE
        for line in _lines(found):
            tell(line)
        rows = [_row(one) for one in found.appearances]
        if rows:
            table(("case", "matter", "wishes there", "ask"), rows)
    return Code.DONE


def _lines(found: Beyond) -> Iterator[str]:
    if not found.appearances:
        yield f"{found.party} is not known to appear in another case."
        return
    yield f"{found.party} appears in {len(found.appearances)} more (person {found.person})."
    holds = found.holds
    if holds.unreadable:
        yield "Something of it cannot be read now: until it can, nobody is in touch with them."
    if holds.no_contact:
        yield "They asked not to be contacted in this matter; only they can lift that."
    if holds.later_offers_refused:
        yield "They do not want later offers in this matter."
    if holds.died:
        yield "Another case knows that they died."
    if holds.danger:
        yield (
            "A concern of safeguarding or danger about them was raised in another case: ask there "
            "before anything joins them with somebody."
        )
    if holds.conflicts:
        who = ", ".join(holds.conflicts)
        yield (
            f"May have a conflict of interest because of another case: {who}. Until a supervisor "
            "decides (decide_conflict), only what protects and handing over is open to them here."
        )
    if holds.to_be_seen:
        yield (
            "What they wish elsewhere does not bar this case. Note that you have seen it before "
            "you are in touch (rj wish-seen CASE PARTY); then they are told what the Victims' "
            "Code requires, and no more unless they ask."
        )


def _row(one: Appearance) -> tuple[str, ...]:
    named = f"{one.case} {one.party}" if one.case else HIDDEN
    said = "cannot be read now"
    if one.wishes is not None:
        said = "; ".join(_wishes(one.wishes)) or "—"
    return named, "the same" if one.same_matter else "another", said, ", ".join(one.ask) or "—"


def _wishes(word: Wishes) -> Iterator[str]:
    if word.danger:
        yield "a concern for safety"
    if word.conflicts:
        yield f"a conflict of interest: {', '.join(word.conflicts)}"
    if word.died:
        yield "died"
    if word.no_contact:
        yield "asked not to be contacted"
    if word.later_offers is not FutureOffers.NOT_SAID:
        yield f"later offers: {words_of(word.later_offers)}"
    if word.withheld:
        yield "details not passed on"
    if word.safe_ways is not None:
        yield f"safe: {_ways(word.safe_ways)}"
    if word.closed_ways:
        yield f"not safe: {_ways(word.closed_ways)}"


def _ways(channels: tuple[Any, ...]) -> str:
    return ", ".join(words_of(channel) for channel in channels) or "none"
