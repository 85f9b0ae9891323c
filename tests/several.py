"""Three victims and two offenders, each pair with a course of its own, in any order of arrival."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from tests.steps import Step, chosen, ended, explored, offender, referred, step, victim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from domain.case import Case

PAIRS = tuple(f"V{v}-O{o}" for v in (1, 2, 3) for o in (1, 2))
OPENED = referred(victim(1), victim(2), victim(3), offender(1), offender(2))
LETTERS = ("INDIRECT_LETTER_SEND", "INDIRECT_LETTER_RECEIVE")


@dataclass(frozen=True)
class Course:
    """What happens in one pair, in its order, and how the pair then stands."""

    steps: Callable[[str], tuple[Step, ...]]
    choices: tuple[str, str]
    scopes: frozenset[str] = frozenset()
    """Of the victim."""
    responsibility: str = "ACCEPTS_RESPONSIBILITY"
    ended: str | None = None


def _said(name: str) -> Callable[[str], Step]:
    return lambda pair: step("intake", name, party=pair[:2], threads=[pair])


def _denies(pair: str) -> tuple[Step, ...]:
    return (
        *explored(pair)[:-1],
        step("lead", "record_responsibility", thread=pair, party=pair[3:], status="DENIES",
             evidence="FACILITATOR_ASSESSMENT"),
        ended("OFFENDER_NOT_ACCEPTING", thread=pair, told="TOLD_NOT_GOING_AHEAD"),
    )  # fmt: skip


def _at_once(pair: str) -> tuple[Step, ...]:
    return (
        _said("decline_offer")(pair),
        ended("VICTIM_DECLINED_DOOR_OPEN", thread=pair, who="lead"),
    )


def _midway(closing: str) -> Callable[[str], tuple[Step, ...]]:
    return lambda pair: (
        *explored(pair),
        *chosen("FACE_TO_FACE", thread=pair),
        _said(closing)(pair),
    )


COURSES = {
    "meets": Course(
        lambda pair: (*explored(pair), *chosen("FACE_TO_FACE", thread=pair)),
        ("CONSENTED", "CONSENTED"),
        frozenset({"FACE_TO_FACE"}),
    ),
    "writes": Course(
        lambda pair: (*explored(pair), *chosen(*LETTERS, thread=pair)),
        ("CONSENTED", "CONSENTED"),
        frozenset(LETTERS),
    ),
    "declines": Course(
        _at_once,
        ("DECLINED_THIS_OFFER", "NOT_YET_OFFERED"),
        responsibility="NOT_EXPLORED",
        ended="VICTIM_DECLINED_DOOR_OPEN",
    ),
    "is denied": Course(
        _denies,
        ("EXPLORING", "NOT_YET_OFFERED"),
        responsibility="DENIES",
        ended="OFFENDER_NOT_ACCEPTING",
    ),
    "withdraws": Course(_midway("withdraw_consent"), ("WITHDRAWN", "CONSENTED")),
    "pauses": Course(_midway("pause_participation"), ("PAUSED", "CONSENTED")),
    "needs time": Course(
        lambda pair: (*explored(pair), _said("record_need_for_time")(pair)),
        ("CONSIDERING", "NOT_YET_OFFERED"),
    ),
}


@dataclass(frozen=True)
class Order:
    """One order of arrival: which course each pair takes, and whose turn it is."""

    courses: dict[str, Course]
    steps: tuple[Step, ...]


def order(seed: int) -> Order:
    """Return the order of this number: each pair's own steps in turn, the pairs mixed."""
    chance = Random(seed)  # noqa: S311 - a seed that gives the same again
    courses = {pair: COURSES[chance.choice(sorted(COURSES))] for pair in PAIRS}
    left = {pair: list(course.steps(pair)) for pair, course in courses.items()}
    return Order(courses, tuple(_mixed(left, chance)))


def _mixed(left: dict[str, list[Step]], chance: Random) -> Iterator[Step]:
    while waiting := [pair for pair, steps in left.items() if steps]:
        yield left[chance.choice(waiting)].pop(0)


def stands(case: Case, pair: str) -> dict[str, Any]:
    """Return how a pair stands, in the terms of a course."""
    episode = case.thread(pair).current
    return {
        "choices": (episode.victim.choice, episode.offender.choice),
        "scopes": episode.victim.scopes,
        "responsibility": episode.responsibility,
        "ended": episode.ended.reason if episode.ended else None,
    }


def expected(course: Course) -> dict[str, Any]:
    """Return how the pair of this course must stand."""
    return {
        "choices": course.choices,
        "scopes": course.scopes,
        "responsibility": course.responsibility,
        "ended": course.ended,
    }
