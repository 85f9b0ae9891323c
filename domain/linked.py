"""That somebody in a case is a person who may appear in others, and what of it is under way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from domain.changing import with_changes

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case, When
    from domain.party import Party

FOLLOWING = "service:follow_up"
"""Who has one stream record what follows from another."""


class Fact(StrEnum):
    """What of a person may hold beyond the case in which it was said or found."""

    CONTACT = "CONTACT"
    LATER_OFFERS = "LATER_OFFERS"
    DETAILS = "DETAILS"
    WAYS = "WAYS"
    AGE = "AGE"
    DEATH = "DEATH"
    DANGER = "DANGER"


@dataclass(frozen=True)
class Linked:
    """The person that somebody in a case is, and what their stream still has to be told."""

    person: str
    since: datetime
    by: str
    other: str | None = None
    """The case by which it was linked, and their name there, where it was linked in this one."""
    there: str | None = None
    same_matter: bool = True
    left: str | None = None
    """The person's stream that it was in before, until that one knows."""
    pending: int | None = None
    """The version of this case that the person's stream has not looked at yet."""
    pending_since: datetime | None = None
    read: int = 0
    """The version of the person's stream that this case last looked at."""
    carried: frozenset[Fact] = frozenset()
    """What stands here because it was said in another case."""
    conflicts: frozenset[str] = frozenset()
    """Practitioners who, as other cases say, may have a conflict of interest about them."""
    conflicts_told: frozenset[str] = frozenset()
    """Those of them of whom it was told here, since they worked on this case."""
    danger_told: datetime | None = None
    """The latest concern about them in another case that was told here."""
    undone: bool = False
    times: int = 0
    """How often a link of theirs was undone."""

    @property
    def joined(self) -> bool:
        """Whether it is known here that they appear in another case, too."""
        return not self.undone and (self.other is not None or self.read > 0)

    def telling(self, version: int, at: datetime) -> Linked:
        """Return it with it noted that the person's stream is to look at this version."""
        since = self.pending_since if self.pending is not None else at
        return with_changes(self, pending=max(self.pending or 0, version), pending_since=since)


def spoken(party: Party) -> dict[Fact, Any]:
    """Return what is known of somebody that may hold beyond this case."""
    return {
        Fact.CONTACT: (party.no_contact, party.no_contact_since, party.contact_allowed_at),
        Fact.LATER_OFFERS: (party.later_offers, party.later_offers_at),
        Fact.DETAILS: (party.contact_by, party.contact_by_at),
        Fact.WAYS: (party.safe_ways, party.closed_ways, party.ways_at),
        Fact.AGE: party.is_child,
        Fact.DEATH: party.died,
        Fact.DANGER: party.danger_at,
    }


def who_acts(case: Case) -> tuple[Any, ...]:
    """Return who works on a case with its people, and who has a conflict of interest about whom."""
    return case.case_worker, case.lead, case.co, case.conflicted, case.conflict_with


def told_to_persons(before: Case, after: Case, when: When, *, moved: bool) -> Case:
    """Return the case with it noted which persons' streams are to hear of what has just happened.

    `moved` says that the case now goes on in another, or no longer, or took one over, or looked at
    what was said since in one that it took over: what follows from that is told on, too, whoever
    had it recorded.
    """
    persons = dict(after.persons)
    staffed = who_acts(before) != who_acts(after)
    for name, linked in after.persons.items():
        was, now = before.parties.get(name), after.parties[name]
        by_itself = when.actor == FOLLOWING or (was is now and not staffed)
        if linked.undone or (by_itself and not moved):
            continue
        old, new = spoken(was) if was else {}, spoken(now)
        changed = {fact for fact, value in new.items() if old.get(fact) != value}
        if changed or moved or staffed:
            persons[name] = with_changes(
                linked.telling(when.version, when.recorded), carried=linked.carried - changed
            )
    return after.changed(persons=persons)
