"""What a demonstration case is made of: who does what, how long after the step before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from domain.calendar import LONDON, is_working_day, local_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MORNING = time(10, 0)
_BETWEEN = timedelta(minutes=20)
"""From one step to the next on the same day."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A moment so many days after its step, or that day; before it if they are fewer than none."""

    days: int
    whole: bool = False

    def after(self, at: datetime) -> str:
        """Return it for a step that took effect at this moment, as commands take it."""
        moment = at + timedelta(days=self.days)
        return (local_day(moment) if self.whole else moment).isoformat()


@dataclass(frozen=True, slots=True)
class Other:
    """Another case of the same demonstration, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a demonstration case."""

    who: str
    """A name of those who work in this demonstration."""
    command: str
    given: Mapping[str, Any] = field(default_factory=dict)
    """`@lead` stands for the reference of the practitioner of that name; `Ahead` for a date,
    `Other` for the reference of another case."""
    days: int = 0
    """Working days after the step before."""
    years: int = 0


@dataclass(frozen=True, slots=True)
class DemoCase:
    """One invented case."""

    name: str
    """Part of its commands' ids; never changes, so that a demonstration can be carried on."""
    began: int
    """Calendar days before the demonstration was entered."""
    steps: tuple[Step, ...]
    again: DemoCase | None = None
    """A second referral of the same matter; entered after this one, since it names it."""


def step(who: str, command: str, days: int = 0, years: int = 0, **given: Any) -> Step:
    """Return one step."""
    return Step(who, command, given, days, years)


def dated(case: DemoCase, anchor: datetime) -> Iterator[tuple[Step, datetime]]:
    """Yield each step with when it took effect (UTC): on working days, from the morning on.

    `anchor` is when the demonstration was entered.
    """
    day = local_day(anchor) - timedelta(days=case.began)
    while not is_working_day(day):
        day -= timedelta(days=1)
    at = _morning(day)
    for one in case.steps:
        at = _after(at, one)
        yield one, at
        at += _BETWEEN


def _after(at: datetime, one: Step) -> datetime:
    if not one.days and not one.years:
        return at
    day = local_day(at) + timedelta(days=365 * one.years)
    left = one.days or (0 if is_working_day(day) else 1)
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return _morning(day)


def _morning(day: date) -> datetime:
    return datetime.combine(day, _MORNING, LONDON).astimezone(UTC)
