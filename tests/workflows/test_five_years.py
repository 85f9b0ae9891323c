"""A case of five years on a real server, its clock put forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.five_years import FIVE_YEARS
from tests.workflows.test_paths import lived_as_it_should

if TYPE_CHECKING:
    from tests.serving import Service


async def test_a_case_of_five_years(service: Service) -> None:
    await lived_as_it_should(service, FIVE_YEARS)
