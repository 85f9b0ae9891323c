"""A lost or late message and a duplicate command: withdrawal wins over whatever is on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.serving import new_id
from tests.steps import DAY, chosen, explored, referred
from tests.workflows.test_paths import Living

if TYPE_CHECKING:
    from tests.serving import Service

CONSENT: dict[str, Any] = {**chosen("FACE_TO_FACE")[0].given}
DAYS = 40
"""So many days later whatever the case waits for has fallen due more than once."""


async def test_lost_late_message_duplicate_command(service: Service) -> None:
    living = Living(service)
    for one in (*referred(), *explored()):
        await living.take(one)
    more = {"stream": living.case_id, "command_id": new_id("late")}
    first = await service.do("lead", "record_consent", more=more, **CONSENT)
    again = await service.do("lead", "record_consent", more=more, **CONSENT)
    assert again == first
    recorded = [e.name for e in service.log(living.case_id)]
    assert recorded.count("consent_recorded") == 1
    assert living.case.thread("V1-O1").side("V1").choice == "CONSENTED"

    await service.do("intake", "withdraw_consent", more={"stream": living.case_id}, party="V1")
    late = await service.do("lead", "record_consent", more=more, **CONSENT)
    assert late == first
    side = living.case.thread("V1-O1").side("V1")
    assert (side.choice, side.consents) == ("WITHDRAWN", False)

    await living.later(DAYS * DAY)
    names = [e.name for e in service.log(living.case_id)]
    assert "wait_missed" in names
    assert names.count("consent_recorded") == 1
    assert living.case.thread("V1-O1").side("V1").choice == "WITHDRAWN"
    assert living.case.thread("V1-O1").open
