"""A case of five years over the pure domain."""

from __future__ import annotations

from tests.domain.test_paths import lived_as_it_should
from tests.five_years import FIVE_YEARS


def test_a_case_of_five_years() -> None:
    lived_as_it_should(FIVE_YEARS)
