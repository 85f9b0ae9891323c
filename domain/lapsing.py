"""What keeps a practitioner in date, and when each of it lapses: told before it does.

Whether they may act is asked at each act on its day (`domain/competence.py`); this only says early
enough what is to be renewed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.competence import YEAR, developed, trained_for
from domain.matrix import DEFAULT, Matrix
from domain.words import Act

if TYPE_CHECKING:
    from datetime import datetime

    from domain.practitioner import Practitioner

SENTENCES = {
    "supervision": "supervise this practitioner, or they are out of date",
    "observed_practice": "observe this practitioner's practice, or they are out of date",
    "practice": "take part in a process or a training, or be out of date",
    "development": "add hours of development, approved ones too, or be out of date",
    "credential": "renew a credential that was given for a time",
}
"""What each means to staff."""
BY_A_SUPERVISOR = frozenset({"supervision", "observed_practice"})
"""What somebody else does; the others are the practitioner's own."""


@dataclass(frozen=True, slots=True)
class Lapse:
    """One thing that keeps somebody in date, and when it ends."""

    name: str
    about: str | None
    """Which credential it is, as a code."""
    since: datetime
    due: datetime


def lapses(
    who: Practitioner, at: datetime, ahead: timedelta, matrix: Matrix = DEFAULT
) -> tuple[Lapse, ...]:
    """Return what has lapsed by this moment, or will within this time, what ends first in front."""
    if not who.active or who.registered_at is None:
        return ()
    found = [*_credentials(who, who.registered_at), *_clocks(who.on(at), who.registered_at, matrix)]
    return tuple(sorted((one for one in found if one.due <= at + ahead), key=_ends_first))


def _ends_first(one: Lapse) -> tuple[datetime, str, str]:
    return one.due, one.name, one.about or ""


def _credentials(who: Practitioner, registered: datetime) -> Iterator[Lapse]:
    for credential, end in who.until.items():
        yield Lapse("credential", str(credential), who.credentials.get(credential, registered), end)


def _clocks(who: Practitioner, registered: datetime, matrix: Matrix) -> Iterator[Lapse]:
    if not trained_for(who, Act.FACILITATE, matrix):
        return
    asked = matrix.in_date
    for name, last, span in (
        ("supervision", who.supervised_at, timedelta(weeks=asked.supervision_weeks)),
        ("observed_practice", who.observed_at, timedelta(days=asked.observed_days)),
        ("practice", who.practised_at, timedelta(days=asked.practised_days)),
    ):
        since = last or registered
        yield Lapse(name, None, since, since + span if last else registered)
    yield Lapse("development", None, registered, _development_ends(who, registered, matrix))


def _development_ends(who: Practitioner, registered: datetime, matrix: Matrix) -> datetime:
    """Return when the hours of a year are no longer enough, if none are added."""
    stands = (at + YEAR for at, _ in who.development if developed(who, at + YEAR, matrix))
    return max(stands, default=registered)
