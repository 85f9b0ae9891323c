"""What is owed about people's data: to decide on it, to carry that out, and to look at it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendar import end_of, working_days_after, years_after
from domain.retention import over_since
from domain.texts import CASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from domain.case import Case
    from domain.limits import Limits
    from domain.owed.who import Found
    from domain.personal_data import Keeping


def decide_on_data(case: Case, limits: Limits) -> Found:
    """Yield whose data something was proposed about that nobody has decided on."""
    for who, one in case.data.by_party.items():
        if one.proposed:
            since = one.proposed.since
            yield _subject(case, who), since, working_days_after(since, limits.decide_on_data)


def erasure(case: Case, limits: Limits) -> Found:
    """Yield whose erasure is decided and not done."""
    for who, one in case.data.being_erased.items():
        yield _subject(case, who), one.since, working_days_after(one.since, limits.task)


def mention(case: Case, limits: Limits) -> Found:
    """Yield each text of others that may be about somebody erased, and that nobody looked at."""
    for text, one in case.data.mentions.items():
        yield text, one.since, working_days_after(one.since, limits.mention)


def restriction_review(case: Case, limits: Limits) -> Found:  # noqa: ARG001
    """Yield whose data are kept and not used, until the day on which that is looked at again."""
    for who, one in case.data.by_party.items():
        if one.restriction:
            yield _subject(case, who), one.restriction.since, end_of(one.restriction.review_on)


def retention_review(case: Case, limits: Limits) -> Found:
    """Yield whose data it is to be looked at whether they are needed, once nothing goes on.

    What is nobody's in particular is looked at with the last of the people.
    """
    over = over_since(case)
    if over is None:
        return
    found = [*_reviews(case, limits, over)]
    yield from found
    own = case.data.of(None)
    if _is_kept(own, over):
        last = max((due for _, _, due in found), default=over)
        policy = years_after(over, limits.retention.years(case, None))
        yield case.id, over, end_of(own.keep_until) if own.keep_until else max(last, policy)


def _reviews(
    case: Case, limits: Limits, over: datetime
) -> Iterator[tuple[str, datetime, datetime]]:
    for party in case.parties.values():
        one = case.data.of(party.id)
        if _is_kept(one, over):
            policy = years_after(over, limits.retention.years(case, party))
            yield party.id, over, end_of(one.keep_until) if one.keep_until else policy


def _is_kept(one: Keeping, over: datetime) -> bool:
    """Say whether there is something that nobody decided about: not what is gone, unless they came
    back since; nor what is being erased, or has a review of its own."""
    gone = bool(one.erasures) and one.erasures[-1].at >= over
    return not (gone or one.erasing or one.restriction or one.proposed)


def _subject(case: Case, who: str) -> str:
    return case.id if who == CASE else who
