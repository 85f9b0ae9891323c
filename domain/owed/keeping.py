"""What is owed while the service keeps something for somebody: asking, and changing nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.approach import may_be_spoken_to
from domain.calendar import days_after
from domain.case import latest
from domain.events.letters import owner_of
from domain.owed.following import IN_CUSTODY

if TYPE_CHECKING:
    from domain.case import Case
    from domain.limits import Limits
    from domain.owed.who import Found


def letter_review(case: Case, limits: Limits) -> Found:
    """Yield each letter kept of a pair that has ended, whose owner can be asked about it."""
    for letter in case.letters.values():
        ended = case.thread(letter.thread).current.ended
        asked = may_be_spoken_to(case, owner_of(case, letter.id))
        if ended and letter.state in IN_CUSTODY and asked:
            since = latest(letter.asked_at, ended.at)
            yield letter.id, since, days_after(since, limits.letter_review)
