"""Where a case stands, as staff read it."""

from __future__ import annotations

from domain.stage import stage_of
from tests.domain.situations import after
from tests.paths_coming import ON_THE_STREET


def test_a_crime_resolved_on_the_spot_is_not_called_an_enquiry() -> None:
    resolved = after(ON_THE_STREET.steps[0])
    assert stage_of(resolved.case) == "RESOLVED_LOCALLY"
