"""The hard cases of the practice, played over the pure domain with a simulated clock."""

from __future__ import annotations

import pytest

from tests.domain.test_paths import lived_as_it_should
from tests.scenarios import SCENARIOS, Scenario


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_the_scenario_is_lived_through(scenario: Scenario) -> None:
    lived_as_it_should(scenario.path)
