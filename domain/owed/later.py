"""What is owed after a pair has ended: telling whoever referred it, and weighing a later offer. The
offer is put to nobody as a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.approach import may_hear
from domain.calendar import working_days_after
from domain.stage import ended_at
from domain.words import EndReason, FutureOffers, Source

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case, Thread
    from domain.limits import Limits
    from domain.owed.who import Found

ELSEWHERE = frozenset(
    {
        EndReason.DUPLICATE_MERGED,
        EndReason.ENTERED_IN_ERROR,
        EndReason.TRANSFERRED,
        EndReason.NOT_RESTORATIVE_JUSTICE,
    }
)
"""There is nothing here to make an offer of."""


OF_OUR_OWN = frozenset(
    {
        Source.VICTIM_SELF,
        Source.OFFENDER_SELF,
        Source.SERVICE_INITIATED_LATER_OFFER,
        Source.CASE_EXTRACTION,
    }
)
"""Sources in which nobody else waits to hear that it ended."""


def tell_referrer(case: Case, limits: Limits) -> Found:
    """Yield the case once its last pair has ended, until whoever referred it was told so; not if it
    goes on elsewhere, nor if whoever referred it works on it and knows."""
    ended = ended_at(case)
    if ended is None or not _somebody_waits(case) or case.merged is not None:
        return
    if case.referrer_told_at is None or case.referrer_told_at < ended:
        yield case.id, ended, working_days_after(ended, limits.tell_referrer)


def _somebody_waits(case: Case) -> bool:
    if case.referred_at is None or {case.source, case.brought_by} & OF_OUR_OWN:
        return False
    on_it = {case.case_worker, case.lead, case.co, case.supervisor}
    return (case.brought_by or case.referrer) not in {*on_it, *case.parties}


def later_stage(case: Case, limits: Limits) -> Found:
    """Yield each ended pair whose criminal case has moved on since, or that was referred since, and
    whose victim did not say no to later offers, until one was made or somebody weighed it."""
    for thread in case.threads.values():
        victim, offender = case.party(thread.victim), case.party(thread.offender)
        welcome = victim.reachable and victim.later_offers is not FutureOffers.REFUSED
        moved = _moved_on(thread, offender.stage_at, case.referred_at)
        if welcome and moved and not offender.died and may_hear(case, victim.id, thread.id):
            yield thread.id, moved, working_days_after(moved, limits.later_stage)


def _moved_on(thread: Thread, *moved: datetime | None) -> datetime | None:
    ended = thread.current.ended
    if ended is None or ended.reason in ELSEWHERE:
        return None
    weighed = [at for at in (thread.later_offer_at, thread.no_later_offer_at) if at]
    since = [at for at in moved if at is not None and at > max([ended.at, *weighed])]
    return min(since, default=None)
