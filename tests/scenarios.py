"""The hard cases of the practice by number; played over the domain and through the workflow."""

from __future__ import annotations

from tests import (
    scenarios_care,
    scenarios_data,
    scenarios_ordinary,
    scenarios_pace,
    scenarios_people,
    scenarios_quality,
    scenarios_staff,
)
from tests.steps import Scenario

SCENARIOS: list[Scenario] = sorted(
    (
        value
        for module in (
            scenarios_ordinary,
            scenarios_pace,
            scenarios_people,
            scenarios_care,
            scenarios_data,
            scenarios_staff,
            scenarios_quality,
        )
        for value in vars(module).values()
        if isinstance(value, Scenario)
    ),
    key=lambda scenario: scenario.number,
)
"""Every one, in the order of their numbers."""
