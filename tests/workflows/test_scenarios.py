"""The hard cases of the practice, lived through on a real server: door, workflow, log and vault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.scenarios import SCENARIOS, Scenario
from tests.workflows.test_paths import lived_as_it_should

if TYPE_CHECKING:
    from tests.serving import Service

OTHERS = SCENARIOS


@pytest.mark.parametrize("scenario", OTHERS, ids=str)
async def test_the_scenario_is_lived_through(service: Service, scenario: Scenario) -> None:
    await lived_as_it_should(service, scenario.path)
