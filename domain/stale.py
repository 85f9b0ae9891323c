"""What each material change makes stale: one table, and what applies a row of it.

What is stale is kept, and asked again before the next joining step. History and own-side acts stay
open whatever changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from domain.changing import with_changes
from domain.words import Change, Choice, Sensitivity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from domain.case import Case


class Whose(Enum):
    """Whose consent is to be confirmed again."""

    NOBODYS = "nobody's"
    THEIRS = "that of the person who changed"
    BOTH = "both people's"


@dataclass(frozen=True)
class Makes:
    """One row: what is to be asked again in each pair that a change is about."""

    risk: bool = True
    consents: Whose = Whose.NOBODYS
    permission_unknown: bool = False
    responsibility: bool = False
    class_up: bool = False
    """The case counts as sensitive or complex at once; a supervisor may find otherwise."""
    stops: bool = True
    """Whether a meeting under way is stopped; else it takes a break. What is booked is put off."""


TABLE: Mapping[Change, Makes] = {
    Change.MOVED_PRISON: Makes(risk=False, stops=False),
    Change.ORDER_OR_LICENCE: Makes(consents=Whose.BOTH, permission_unknown=True),
    Change.BAR: Makes(consents=Whose.BOTH),
    Change.STAGE_CHANGED: Makes(consents=Whose.BOTH, permission_unknown=True),
    Change.CASE_STEP: Makes(consents=Whose.BOTH, permission_unknown=True, responsibility=True),
    Change.NEW_ALLEGATION: Makes(class_up=True),
    Change.DANGER: Makes(stops=False),
    Change.SAFEGUARDING: Makes(stops=False),
    Change.HEALTH: Makes(consents=Whose.THEIRS, stops=False),
    Change.UNDERSTANDING: Makes(consents=Whose.THEIRS, stops=False),
    Change.SOMEBODY_JOINED: Makes(stops=False),
    Change.CLASS_RAISED: Makes(stops=False),
    Change.STOPPED: Makes(consents=Whose.BOTH),
    Change.RETRACTED: Makes(consents=Whose.BOTH),
    Change.WHOSE_CHOICE: Makes(consents=Whose.THEIRS, stops=False),
}
"""Every change there is, and what it makes stale."""


def after(
    case: Case, change: Change, threads: Iterable[str], at: datetime, *, party: str = ""
) -> Case:
    """Return the case with what this change makes stale in these pairs to be asked again.

    `party` is whose change it is, where it is one person's; `at` is when it took effect (UTC).
    """
    row = TABLE[change]
    for thread in threads:
        case = _stale(case, row, change, thread, party)
        case = case.with_episode(thread, shaken_at=at)
    if row.class_up and case.sensitivity is Sensitivity.STANDARD:
        case = case.changed(sensitivity=Sensitivity.SENSITIVE_COMPLEX)
    return case


def _stale(case: Case, row: Makes, change: Change, thread: str, party: str) -> Case:
    pair = case.thread(thread)
    risk = pair.current.risk
    if row.risk and risk is not None:
        case = case.with_episode(thread, risk=with_changes(risk, stale=risk.stale | {change}))
    for person in pair.people:
        theirs = row.consents is Whose.BOTH or (row.consents is Whose.THEIRS and person == party)
        side = pair.side(person)
        if theirs and side.choice is Choice.CONSENTED:
            case = case.with_side(thread, person, to_confirm=side.to_confirm | {change})
    if row.responsibility:
        case = case.with_episode(thread, responsibility_again=True)
    if row.permission_unknown:
        # A bar that stands goes on standing until it is lifted in writing.
        known = {t: p for t, p in case.permissions.items() if t != thread or p.barred}
        case = case.changed(permissions=known)
    return case
