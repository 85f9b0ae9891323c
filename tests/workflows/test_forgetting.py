"""A worker that has forgotten a case replays it, and goes on as if it had never forgotten."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from client import Refused
from tests.cases import ATTEMPT, WISH, a_referred_case
from tests.faults import out_of_reach, times
from tests.serving import installation, new_id
from tests.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from temporalio.testing import WorkflowEnvironment

NAME = "record_wish"


async def test_a_worker_with_no_memory_at_all_serves_as_well(
    tmp_path: Path, temporal_server: WorkflowEnvironment
) -> None:
    async with installation(tmp_path, temporal_server, cached=0) as service:
        case = await a_referred_case(service)
        here = {"stream": case}
        again = {**here, "command_id": new_id()}
        first = await service.do("worker", NAME, more=again, **WISH)
        for fault in (lambda: time.sleep(0.8), out_of_reach):
            service.faults.before_append[case] = times(2, fault)
            await service.do("worker", NAME, more=here, **WISH)
            service.faults.before_append[case] = times(2, fault)
            queued = await service.signal("worker", NAME, more=here, **WISH)
            await until(lambda: service.log(case)[-1].envelope.command == queued.command_id)  # noqa: B023
        await service.later(case, days=5)
        assert "wait_missed" in {e.name for e in service.log(case)}
        await service.renewed(case)
        assert await service.do("worker", NAME, more=again, **WISH) == first
        await service.do("worker", "stop_contact", more=here, party="V1")
        with pytest.raises(Refused):
            await service.do("worker", "record_contact_attempt", more=here, **ATTEMPT)
        assert (await service.present(case)).version == len(service.log(case))
