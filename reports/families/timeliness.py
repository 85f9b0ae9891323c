"""How long the service took, in working days; the time that people asked for stands apart.

No number here is of how long somebody took to choose: there is no such clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.events.choice import ConsentRecorded, FacilitatorMeetingHeld, InterestRecorded
from domain.events.contacting import CallTaken
from domain.events.interventions import InterventionCompleted
from domain.events.people import ContactAttempted, InformationGiven
from domain.words import Channel, ContactOutcome
from reports.definition import Definition, Member, Population
from reports.own_time import working_days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from domain.event import Event
    from domain.pair import Thread
    from reports.told import Told

BANDS = ((0, "0"), (2, "1-2"), (5, "3-5"), (10, "6-10"), (20, "11-20"), (60, "21-60"))
LONGER = "over-60"
IN_ORDER = (*(name for _, name in BANDS), LONGER)
"""The parts of a distribution, the shortest first: working days."""
SPOKEN = frozenset({Channel.IN_PERSON, Channel.TELEPHONE, Channel.VIDEO})
Span = tuple[str, tuple[str, ...], "datetime", "datetime"]
"""Who, whose own time counts apart, from when, until when."""


def band(days: int) -> str:
    """Return in which part of the distribution so many working days are."""
    return next((name for most, name in BANDS if days <= most), LONGER)


def _to_contact(told: Told) -> Iterator[Span]:
    yield from _victims(told, _is_contact)


def _to_meeting(told: Told) -> Iterator[Span]:
    yield from _victims(told, lambda event: isinstance(event, FacilitatorMeetingHeld))


def _victims(told: Told, ends: Callable[[Event], bool]) -> Iterator[Span]:
    begin = told.case.referred_at
    if begin is None:
        return
    kinds = (
        CallTaken,
        ContactAttempted,
        FacilitatorMeetingHeld,
        InformationGiven,
        InterestRecorded,
    )
    for victim in (one for one in told.people if one.is_victim):
        since = max(begin, victim.since)
        for at, event in told.happened(*kinds):
            if event.party == victim.id and at >= since and ends(event):
                yield victim.id, (victim.id,), since, at
                break


def _is_contact(event: Event) -> bool:
    if isinstance(event, ContactAttempted):
        return event.outcome is ContactOutcome.SPOKE
    if isinstance(event, InformationGiven):
        return event.channel in SPOKEN
    return True


def _to_intervention(told: Told) -> Iterator[Span]:
    for pair in told.pairs:
        both, held = _both_consented(told, pair), _first_held(told, pair)
        if both and held and both <= held:
            yield pair.id, pair.people, both, held


def _both_consented(told: Told, pair: Thread) -> datetime | None:
    first: dict[str, datetime] = {}
    for at, event in told.happened(ConsentRecorded):
        if event.thread == pair.id:
            first.setdefault(event.party, at)
    return max(first.values()) if first.keys() == set(pair.people) else None


def _first_held(told: Told, pair: Thread) -> datetime | None:
    for at, event in told.happened(InterventionCompleted):
        if pair.id in told.case.intervention(event.intervention).threads:
            return at
    return None


def _measured(
    spans: Callable[[Told], Iterator[Span]], *, theirs: bool
) -> Callable[[Told], Iterable[Member]]:
    def members(told: Told) -> Iterable[Member]:
        if not told.is_case or told.goes_on_elsewhere:
            return
        for who, people, begin, end in spans(told):
            ours, asked = working_days(told, people, begin, end)
            one = people[0] if len(people) == 1 else None
            if not theirs:
                yield Member(who, end, band(ours), one, days=ours)
            elif asked:
                yield Member(who, end, band(asked), one, days=asked)

    return members


_SPANS = (
    ("first-contact", "from the referral to first contact",
     "victims first spoken with", _to_contact),
    ("first-meeting", "from the referral to the first facilitator's meeting",
     "victims first met by a facilitator", _to_meeting),
    ("to-intervention", "from both consents to what was first held",
     "pairs for whom something was first held", _to_intervention),
)  # fmt: skip


def _both(
    name: str, words: str, whom: str, spans: Callable[[Told], Iterator[Span]]
) -> Iterable[Definition]:
    cohort = "by the day on which it was done; whoever still waits is not in it"
    code = name.replace("-", "_")
    ours = Population(f"{code}_1", whom, _measured(spans, theirs=False))
    theirs = Population(
        f"{code}_asked_1", f"{whom}, who had asked for time", _measured(spans, theirs=True),
        within=ours, parted_anew=True,
    )  # fmt: skip
    yield Definition(
        name, 1, "timeliness", f"Working days of the service {words}", ours, cohort=cohort,
        beware="days on which somebody had asked to wait are not in it; they stand in the next",
    )  # fmt: skip
    yield Definition(
        f"{name}-asked", 1, "timeliness", f"Working days that people asked for {words}", theirs,
        cohort=cohort, beware="theirs to take: no target, and nothing to shorten",
    )  # fmt: skip


TABLE = tuple(one for span in _SPANS for one in _both(*span))
