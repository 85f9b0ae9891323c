"""Patterns in the access log: each rule speaks to what it is about, and to nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from access.alerts import (
    RULES,
    alerts,
    broke_the_glass,
    looked_after_a_declared_conflict,
    looked_at_a_case_that_is_not_theirs,
    opened_many_cases_in_a_short_time,
    took_out_every_case,
)
from access.look import Outcome
from access.review import PURPOSE, Finding, asked, due, latest
from domain.ids import reference
from domain.record import Actor
from domain.words import LookReason, Relation
from tests.access.sample import CASE, NOON, READER, look

if TYPE_CHECKING:
    from access import AccessLog, Look

OTHER = Actor(id="PR-00000000-0", identified="unverified")
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def found(log: AccessLog, looks: list[Look], many: int = 5) -> list[tuple[str, str, int]]:
    log.append(looks, NOON)
    return [(a.rule, a.actor, len(a.entries)) for a in alerts([*log.entries()], many)]


def case(number: int) -> str:
    return reference("RJ", f"case-{number}")


def test_an_ordinary_day_raises_nothing(log: AccessLog) -> None:
    day = [
        look(about=(case(n % 4),), relation=Relation.ALLOCATED, at=NOON + timedelta(minutes=n))
        for n in range(40)
    ]
    a_list = look(view="OVERVIEW", about=tuple(case(n) for n in range(50)))
    by_the_service = [
        look(about=(case(n),), behalf=READER, relation=Relation.SERVICE) for n in range(40)
    ]
    assert found(log, [*day, a_list, *by_the_service]) == []


@pytest.mark.parametrize(
    ("rule", "given"),
    [
        (
            looked_after_a_declared_conflict,
            {"relation": Relation.CONFLICTED, "outcome": Outcome.DENIED},
        ),
        (
            looked_at_a_case_that_is_not_theirs,
            {"relation": Relation.NOT_THEIRS, "outcome": Outcome.DENIED},
        ),
        (
            broke_the_glass,
            {"relation": Relation.NOT_THEIRS, "glass": True, "reason": LookReason.DANGER},
        ),
        (took_out_every_case, {"view": "HISTORY", "about": (), "medium": "EXPORT"}),
    ],
)
def test_a_pattern_is_told_once_for_each_person_and_case_with_its_rule(
    log: AccessLog, rule: Any, given: dict[str, Any]
) -> None:
    told = found(log, [look(**given), look(**given), look(**given, actor=OTHER), look()])
    assert sorted(told) == sorted([(rule.__name__, READER, 2), (rule.__name__, OTHER.id, 1)])
    (one, *_) = alerts([*log.entries()], 5)
    assert one.sentence == " ".join((rule.__doc__ or "").split())
    assert one.cases == given.get("about", (CASE,))


@pytest.mark.parametrize(("apart", "told"), [(14, True), (16, False)])
def test_many_cases_within_an_hour_are_told_and_the_same_number_over_longer_is_not(
    log: AccessLog, apart: int, told: bool
) -> None:
    looks = [look(about=(case(n),), at=NOON + timedelta(minutes=n * apart)) for n in range(5)]
    expected = [(opened_many_cases_in_a_short_time.__name__, READER, 5)] if told else []
    assert found(log, looks) == expected


def test_two_crowded_hours_are_two_alerts_and_one_case_again_and_again_is_none(
    log: AccessLog,
) -> None:
    first = [look(about=(case(n),), at=NOON + timedelta(minutes=n)) for n in range(6)]
    second = [look(about=(case(n),), at=NOON + timedelta(hours=5, minutes=n)) for n in range(7)]
    again = [look(actor=OTHER, at=NOON + timedelta(minutes=n)) for n in range(30)]
    told = found(log, [*first, *second, *again])
    assert sorted(n for _, _, n in told) == [6, 7]
    assert {who for _, who, _ in told} == {READER}


def test_every_rule_has_a_sentence(log: AccessLog) -> None:
    assert all(rule.__doc__ and rule.__doc__.startswith("Somebody") for rule in RULES)
    assert len({rule.__name__ for rule in RULES}) == len(RULES)


def test_a_review_is_due_again_after_its_sign_off_which_stands_in_the_log(log: AccessLog) -> None:
    every = timedelta(days=91)
    assert due(log, every) is None
    log.append([look()], NOON)
    assert due(log, every) == NOON + every
    assert latest(log) is None
    later = NOON + timedelta(days=100)
    signed = look(
        view="ACCESS_LOG",
        purpose=PURPOSE,
        at=later,
        asked=dict(asked(1, 0, Finding.NOTHING_FOUND)),
    )
    log.append([signed, look()], later)
    assert due(log, every) == later + every
    reviewed = latest(log)
    assert reviewed is not None
    assert (reviewed.by, reviewed.through) == (READER, 1)
