"""The same log, counted again, comes to the same: in any order, in parts, and as known before."""

from __future__ import annotations

from contextlib import closing
from functools import lru_cache
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from keys import KeyKind, Keyring
from reports import DEFINITIONS, Asked, Months, Sources, count
from reports.parts import NOTHING, OWN
from reports.told import of_entries, told_of
from store import open_log
from tests.paths import PATHS
from tests.playing import play
from tests.projections.recording import Told as Recorded
from tests.reports.stories import LATER, sources

if TYPE_CHECKING:
    from pathlib import Path

    from reports import Tally, Told
    from tests.story import Story

ASKED = [Asked(one, by) for one in DEFINITIONS.values() for by in (OWN, NOTHING)]
NAMES = sorted(PATHS)


@lru_cache(maxsize=1)
def stories() -> dict[str, Story]:
    return {name: play(PATHS[name]) for name in NAMES}


def told(names: list[str], cut: dict[str, int] | None = None) -> list[Told]:
    """Return what the numbers read of these cases, each as if no more than so many were there."""
    found = []
    for name in names:
        story = stories()[name]
        one = of_entries(story.history[: (cut or {}).get(name)], sources(story))
        assert one is not None
        found.append(one)
    return found


def numbers(tally: Tally) -> dict[object, int]:
    """Return every number that is not nothing, by what it is of and the month."""
    every = ((key, months) for key, months in tally.counts.items())
    return {(key, month): n for key, months in every for month, n in months.items() if n}


def together(*several: Tally) -> dict[object, int]:
    found: dict[object, int] = {}
    for tally in several:
        for key, n in numbers(tally).items():
            found[key] = found.get(key, 0) + n
    return found


SOME = st.lists(st.sampled_from(NAMES), unique=True, min_size=1)


@given(SOME, st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_the_cases_changes_nothing(names: list[str], chance: Random) -> None:
    once = numbers(count(told(names), ASKED))
    chance.shuffle(names)
    assert numbers(count(told(names), ASKED)) == once


@given(SOME, st.integers(0, 18))
@settings(max_examples=25, deadline=None)
def test_two_halves_come_to_the_whole(names: list[str], cut: int) -> None:
    halves = (count(told(part), ASKED) for part in (names[:cut], names[cut:]))
    assert together(*halves) == numbers(count(told(names), ASKED))


@given(st.sampled_from(NAMES), st.data())
@settings(max_examples=40, deadline=None)
def test_as_it_was_known_then_comes_to_what_was_counted_then(
    name: str, data: st.DataObject
) -> None:
    story = stories()[name]
    at = story.history[data.draw(st.integers(0, len(story.history) - 1))].recorded_at
    length = sum(e.recorded_at <= at for e in story.history)
    then = numbers(count(told([name], {name: length}), ASKED))
    again = of_entries(story.history, sources(story), known_at=at)
    assert again is not None
    assert numbers(count([again], ASKED)) == then


@given(st.lists(st.integers(0, 12), min_size=1, max_size=4))
@settings(max_examples=20, deadline=None)
def test_months_come_to_the_period(edges: list[int]) -> None:
    tally = count(told(NAMES), ASKED[:12])
    begin = Months.typed("2026").begin
    cuts = sorted({begin, begin + 12, *(begin + edge for edge in edges)})
    for asked in ASKED[:12]:
        parts = [tally.table(asked, Months(*two)).total for two in pairwise(cuts)]
        whole = tally.table(asked, Months(begin, begin + 12)).total
        assert sum(one.counted or 0 for one in parts) == whole.counted
        assert sum(one.met or 0 for one in parts) == (whole.met or 0)


def test_only_cases_and_practitioners_of_a_log_are_counted_whatever_else_is_in_it(
    tmp_path: Path,
) -> None:
    keyring = Keyring(tmp_path / "keys", environment={})
    keyring.create_missing()
    seal, verifier = keyring.signer(KeyKind.SEAL), keyring.verifier(KeyKind.SEAL)
    with closing(open_log(f"sqlite:///{tmp_path / 'log.db'}", seal, verifier)) as log:
        recorded = Recorded(log)
        recorded.path("letter")
        before = numbers(count(told_of(log, Sources(LATER)), ASKED))
        recorded.dossier()
        assert numbers(count(told_of(log, Sources(LATER)), ASKED)) == before != {}
