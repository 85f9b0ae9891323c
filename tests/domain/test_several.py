"""Three victims and two offenders choose differently: whatever the order, each pair is right."""

from __future__ import annotations

import pytest

from tests.domain.situations import after, go_on
from tests.several import OPENED, PAIRS, expected, order, stands


def live(seed: int) -> None:
    arriving = order(seed)
    case = go_on(after(*OPENED), *arriving.steps).case
    for pair in PAIRS:
        assert stands(case, pair) == expected(arriving.courses[pair]), (seed, pair)


@pytest.mark.parametrize("seed", range(40))
def test_each_pair_is_right_whatever_the_order(seed: int) -> None:
    live(seed)


@pytest.mark.prove
def test_each_pair_is_right_in_two_thousand_orders() -> None:
    for seed in range(2000):
        live(seed)
