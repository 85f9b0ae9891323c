"""Three victims and two offenders in any order of arrival, through the workflow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.several import OPENED, PAIRS, expected, order, stands
from tests.workflows.test_paths import Living

if TYPE_CHECKING:
    from tests.serving import Service


@pytest.mark.parametrize("seed", range(20))
async def test_each_pair_is_right_whatever_the_order(service: Service, seed: int) -> None:
    arriving, living = order(seed), Living(service)
    for one in (*OPENED, *arriving.steps):
        await living.take(one)
    for pair in PAIRS:
        assert stands(living.case, pair) == expected(arriving.courses[pair])
