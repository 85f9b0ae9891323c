"""A sample can be drawn again: by its seed, its criteria and the length of the log."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from audit.sampling import CRITERIA, Drawn, NoCriterion, TooLong, criteria, draw
from keys import KeyKind, Keyring
from store import open_log
from tests.paths import PATHS, referred, step
from tests.projections.recording import Told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store import Log


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Yield a log with every path in it, and some more cases that only began."""
    keyring = Keyring(tmp_path_factory.mktemp("keys"), environment={})
    keyring.create_missing()
    url = f"sqlite:///{tmp_path_factory.mktemp('log') / 'log.db'}"
    seal = keyring.signer(KeyKind.SEAL)
    with closing(open_log(url, seal, keyring.verifier(KeyKind.SEAL))) as log:
        made = Told(log)
        for name in PATHS:
            made.path(name)
        for _ in range(12):
            made.case(*referred()[:2])
        yield made


def drawn(log: Log, seed: str = "an-invented-seed", size: int = 6, **more: object) -> Drawn:
    given: dict[str, object] = {"length": log.count(log.last()), "meant": (), **more}
    return draw(log, seed=seed, size=size, **given)  # type: ignore[arg-type]


def test_the_same_seed_and_length_give_the_same_sample_whatever_was_recorded_since(
    told: Told,
) -> None:
    before = drawn(told.log)
    for _ in range(5):
        told.case(*referred()[:2])
    again = drawn(told.log, length=before.length)
    assert again == before
    assert len(before.cases) == 6
    later = drawn(told.log)
    assert later.id != before.id
    assert later.eligible == before.eligible + 5


def test_another_seed_gives_another_sample(told: Told) -> None:
    samples = {drawn(told.log, seed=f"seed-{n}").cases for n in range(20)}
    assert len(samples) == 20


def test_a_larger_sample_holds_the_smaller_one(told: Told) -> None:
    assert set(drawn(told.log, size=4).cases) < set(drawn(told.log, size=9).cases)


def test_every_case_is_drawn_about_as_often(told: Told) -> None:
    seen: dict[str, int] = {}
    for number in range(400):
        one = drawn(told.log, seed=f"seed-{number}", size=5)
        for case in one.cases:
            seen[case] = seen.get(case, 0) + 1
    expected = 400 * 5 / drawn(told.log).eligible
    assert len(seen) == drawn(told.log).eligible
    assert all(expected / 3 < times < expected * 3 for times in seen.values())


def test_only_what_is_meant_is_drawn_and_as_it_stood_then(told: Told) -> None:
    ended = drawn(told.log, size=100, meant=criteria(["ended=yes"]))
    under_way = drawn(told.log, size=100, meant=criteria(["ended=no"]))
    every = drawn(told.log, size=100)
    assert {*ended.cases, *under_way.cases} == set(every.cases)
    assert ended.eligible + under_way.eligible == every.eligible
    both = criteria(["held=face-to-face", "class=standard"])
    assert both == ("class=STANDARD", "held=FACE_TO_FACE")
    met = drawn(told.log, size=100, meant=both)
    assert 0 < met.eligible < ended.eligible


def test_what_was_drawn_from_is_what_was_known_by_that_length(told: Told) -> None:
    told.case(*referred())
    length = told.log.count(told.log.last())
    meant = criteria(["complaint=yes"])
    assert drawn(told.log, size=100, meant=meant).eligible == 0
    told.case(*referred(), step("auditor", "raise_concern", concern="COMPLAINT"))
    assert drawn(told.log, size=100, meant=meant).eligible == 1
    assert drawn(told.log, size=100, meant=meant, length=length).eligible == 0


def test_what_was_made_up_to_show_the_service_is_drawn_apart(told: Told) -> None:
    made_up = told.path("letter", origin="demo")
    assert made_up not in drawn(told.log, size=100).cases
    assert drawn(told.log, size=100, demo=True).cases == (made_up,)


def test_a_log_that_is_shorter_is_told(told: Told) -> None:
    with pytest.raises(TooLong):
        drawn(told.log, length=10_000_000)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "class",
        "class=",
        "name=Vera",
        "class=Vera",
        "from=2026-13",
        "from=2026-3",
        "from=2026-003",
        "from=2026-0\N{SUPERSCRIPT TWO}",
        "ended=maybe",
    ],
)
def test_what_is_no_criterion_is_told_without_what_was_typed(typed: str) -> None:
    with pytest.raises(NoCriterion) as told:
        criteria([typed])
    assert "Vera" not in str(told.value)


def test_every_criterion_says_what_it_asks() -> None:
    assert all(one.sentence for one in CRITERIA.values())
