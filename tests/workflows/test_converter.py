"""What Temporal's history keeps of a refusal: its kind and its rules, nothing of the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from client import Refused
from tests.cases import ATTEMPT, a_referred_case
from tests.faults import out_of_reach, times

if TYPE_CHECKING:
    from tests.serving import Service


async def test_no_failure_is_written_with_its_stack(service: Service) -> None:
    case = await a_referred_case(service)
    service.faults.before_append[case] = times(2, out_of_reach)
    await service.do("worker", "stop_contact", more={"stream": case}, party="V1")
    with pytest.raises(Refused):
        await service.do("worker", "record_contact_attempt", more={"stream": case}, **ATTEMPT)
    history = (await service.run(case).fetch_history()).to_json()
    assert "Refused" in history
    assert "stackTrace" not in history
