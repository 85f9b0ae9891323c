"""Short random lives through door, workflow, activity and log, whose store sometimes is not there,
or is lost after it wrote: judged from the log by the auditor that judges lives over the domain."""

from __future__ import annotations

import asyncio
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from client import Denied, Nonsense, Refused
from domain.decide import present
from domain.fold import fold, fold_practitioner
from domain.waits import Binds, Limits, waits
from domain.words import StaffRole
from tests.domain.auditor import Record
from tests.domain.course import audit
from tests.domain.lives import ALL_SCOPES, CASE_COMMANDS, OFTEN, PROTECTIVE, SAYING_NO, some_command
from tests.domain.onward import all_the_same, next_steps
from tests.domain.states import kept_apart, standing
from tests.domain.tempting import BEGUN, TEMPTATIONS
from tests.domain.test_never_rules import take_out
from tests.faults import out_of_reach, times
from tests.serving import new_id
from tests.steps import Ahead, chosen, explored
from tests.story import Story

if TYPE_CHECKING:
    from tests.domain.tempting import Temptation
    from tests.serving import Service

AT_ONCE, STEPS = 2, 7
"""So many lives side by side, each of so many steps beyond its beginning."""
NOT_DRAWN = {"add_party", "change_details", "identify_party"}
"""They bring in people whose ages only the vault knows."""
DRAWN = [name for name in CASE_COMMANDS if name not in NOT_DRAWN]
TEMPTING = [one for one in TEMPTATIONS.values() if one.so_far[: len(BEGUN)] == BEGUN]


class Adults(dict[str, Any]):
    """What the vault says of everybody here: they are adults."""

    def get(self, _key: str, _default: Any = None) -> Any:
        """Return that they are."""
        return {"adult": True}


@dataclass
class Life:
    """One case in the service, seen as the drawing of commands wants it."""

    service: Service
    rng: Random
    seen: Story
    tempting: list[Temptation] = field(default_factory=lambda: TEMPTING)
    case_id: str = ""
    answered: dict[str, int] = field(default_factory=dict)
    """By command id, how many events the answer told of."""
    refused: set[str] = field(default_factory=set)
    turned_away: list[str] = field(default_factory=list)
    """Protective acts that were refused or denied."""

    async def ask(self, who: str, name: str, given: dict[str, Any]) -> None:
        command_id = new_id("life")
        more = {"command_id": command_id, **({"stream": self.case_id} if self.case_id else {})}
        self._store_fails()
        try:
            answer = await self.service.ask(who, name, given, **more)
        except (Refused, Denied, Nonsense) as no:
            self.refused.add(command_id)
            if name in PROTECTIVE and not isinstance(no, Nonsense):
                self.turned_away.append(name)
        else:
            self.case_id = answer.stream
            self.answered[command_id] = len(answer.events)
        await asyncio.to_thread(self._look)

    def _store_fails(self) -> None:
        """Have the store sometimes be out of reach, or be lost once it wrote."""
        faults = self.service.faults
        if self.case_id and self.rng.random() < OFTEN:
            where = self.rng.choice([faults.before_load, faults.before_append, faults.after_append])
            where[self.case_id] = times(1, out_of_reach)

    def _look(self) -> None:
        self.seen.case_id = self.case_id
        self.seen.streams[self.case_id] = self.service.log(self.case_id)
        self.seen.now = max(datetime.now(UTC), self.seen.history[-1].recorded_at)

    async def something_happens(self) -> None:
        drawn = self.rng.random()
        if drawn < OFTEN:
            await self.ask(*some_command(self.rng, self.seen, [*DRAWN, *SAYING_NO]))
        elif drawn < 2 * OFTEN:
            await self.ask(*self.rng.choice(self.tempting).tries(self.rng, self.seen))
        elif drawn < 3 * OFTEN:
            await self.ask(*self.rng.choice([*next_steps(self.seen), *all_the_same(self.seen)]))
        elif present(self.seen.history).open:
            before = standing(self.seen.case)
            await self.service.later(self.case_id, days=7)
            await asyncio.to_thread(self._look)
            assert standing(self.seen.case) == before, "N2: the clock changed what somebody chose"

    def _supervisors(self, actors: set[str]) -> frozenset[str]:
        people = {who: self.service.log(who) for who in actors if who.startswith("PR-")}
        return frozenset(
            who
            for who, entries in people.items()
            if StaffRole.SUPERVISOR in fold_practitioner(entries).roles
        )

    def judged(self) -> None:
        """See that the log tells of everything once, of nothing refused, and nothing wrong."""
        history = self.service.log(self.case_id)
        assert [e.version for e in history] == [*range(1, len(history) + 1)]
        recorded = [e.envelope.command for e in history]
        assert not self.refused & set(recorded)
        for command, events in self.answered.items():
            assert recorded.count(command) == events
        above = self._supervisors({e.envelope.actor.id for e in history})
        wrong = [found for e in history for found in audit(Record(history, e, Adults(), above))]
        for number, e in enumerate(history):
            if number > len(BEGUN):
                known, then = fold(history[:number]), fold(history[: number + 1])
                wrong += kept_apart(standing(known), standing(then), [e], history)
        told = [f"{e.name} {e.envelope.data} by {e.envelope.actor.id}" for e in history]
        assert not wrong, "\n".join([*wrong, *told])
        assert not self.turned_away, "N20: a protective act was refused"
        for wait in waits(fold(history), Limits()):
            assert wait.binds is not Binds.PERSON or wait.due is None, "N3: a date for a person"


def ahead(value: Any) -> Any:
    """Return a moment that is so many days ahead, if that is what is given."""
    if not isinstance(value, Ahead):
        return value
    return (datetime.now(UTC) + timedelta(days=value.days)).isoformat()


NOBODY_YET = Story()


async def live(service: Service, seed: int, tempted: Temptation | None = None) -> None:
    """Live one life, in which somebody may be tempted by one thing only; then judge it."""
    seen = copy(NOBODY_YET)
    seen.staff, seen.streams = service.staff, {}
    life = Life(service, Random(seed), seen, [tempted] if tempted else TEMPTING)  # noqa: S311
    beginnings = [(), (), explored(), (*explored(), *chosen(*ALL_SCOPES))]
    for one in tempted.so_far if tempted else (*BEGUN, *life.rng.choice(beginnings)):
        given = {k: service.someone(v[1:]) if str(v).startswith("@") else ahead(v)
                 for k, v in one.given.items()}  # fmt: skip
        await life.ask(one.who, one.name, given)
    for _ in range(STEPS):
        await life.something_happens()
    # The worker has its turns meanwhile.
    await asyncio.to_thread(life.judged)


async def lives(service: Service, seeds: range) -> None:
    for first in seeds[::AT_ONCE]:
        together = range(first, min(first + AT_ONCE, seeds.stop))
        await asyncio.gather(*(live(service, seed) for seed in together))


async def one_after_the_other(service: Service, seeds: range, tempted: Temptation) -> None:
    """Live some lives. What happens besides is drawn by lot, and may keep one from temptation."""
    for seed in seeds:
        await live(service, seed, tempted)


async def test_what_is_promised_holds_in_short_lives(service: Service) -> None:
    await lives(service, range(10))


async def test_without_the_rule_that_is_found_in_what_the_service_recorded(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    tempted = TEMPTATIONS["somebody who asked for no contact"]
    take_out(monkeypatch, tempted)
    with pytest.raises(AssertionError, match="N14:"):
        await one_after_the_other(service, range(5), tempted)


@pytest.mark.prove
async def test_what_is_promised_holds_in_a_hundred_short_lives(service: Service) -> None:
    await lives(service, range(100))


ELSEWHERE = {"a facilitator out of date", "something missing on the spot"}
"""Nobody is out of date before months have passed in the register too; and of a resolution on the
spot the record keeps only that it was so."""
BY_A_RULE = {c: one for c, one in TEMPTATIONS.items() if one.change is None and c not in ELSEWHERE}
"""What is held by rules of the table: the others are held by what the service is made of."""


@pytest.mark.prove
@pytest.mark.parametrize("called", BY_A_RULE)
async def test_without_each_rule_that_is_found_in_what_the_service_recorded(
    service: Service, monkeypatch: pytest.MonkeyPatch, called: str
) -> None:
    tempted = BY_A_RULE[called]
    take_out(monkeypatch, tempted)
    with pytest.raises(AssertionError, match=f"{tempted.number}:"):
        await one_after_the_other(service, range(20), tempted)
