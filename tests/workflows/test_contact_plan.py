"""A contact plan that is changed while cases are under way: asked at once, and nothing undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from client import Refused
from domain.contact_plan import ContactPlan
from domain.fold import fold
from domain.limits import Limits
from tests.cases import a_referred_case
from tests.serving import installation, working

if TYPE_CHECKING:
    from pathlib import Path

    from temporalio.testing import WorkflowEnvironment

    from tests.serving import Service

RING: dict[str, Any] = {"party": "V1", "channel": "TELEPHONE", "outcome": "NO_RESPONSE"}
END: dict[str, Any] = {
    "thread": "V1-O1",
    "reason": "VICTIM_NOT_CONTACTABLE",
    "told": {"V1": "NOT_REACHED", "O1": "TOLD_NOT_GOING_AHEAD"},
}
LONGER = Limits(contact_plan=ContactPlan(attempts=4, days_apart=10))


async def tried_in_full(service: Service) -> str:
    """Return a case whose victim was tried three times, two weeks apart, and never answered."""
    case = await a_referred_case(service)
    for channel in ("TELEPHONE", "LETTER", "TELEPHONE"):
        await service.later(case, days=21)
        await service.do(
            "worker",
            "record_contact_attempt",
            more={"stream": case},
            **{**RING, "channel": channel},
        )
    return case


async def refused(service: Service, case: str, who: str, name: str, **given: Any) -> list[str]:
    """Return by which rules it is refused."""
    with pytest.raises(Refused) as found:
        await service.do(who, name, more={"stream": case}, **given)
    return [one.code for one in found.value.refusals]


async def test_a_plan_that_was_changed_is_asked_in_cases_under_way_and_undoes_nothing(
    tmp_path: Path, temporal_server: WorkflowEnvironment
) -> None:
    # None is kept in memory: each command replays all that went before, of either plan.
    async with installation(tmp_path, temporal_server, cached=0) as before:
        ended, under_way = await tried_in_full(before), await tried_in_full(before)
        await before.do("supervisor", "end_thread", more={"stream": ended}, **END)
    settings = before.settings.model_copy(update={"limits": LONGER})
    async with working(settings, temporal_server, cached=0) as after:
        after.staff.update(before.staff)
        assert await refused(after, under_way, "supervisor", "end_thread", **END) == [
            "the_contact_plan_must_be_carried_out_in_full"
        ]
        await after.later(under_way, days=9)
        assert await refused(after, under_way, "worker", "record_contact_attempt", **RING) == [
            "attempts_come_days_apart"
        ]
        await after.later(under_way, days=12)
        tried = await after.do(
            "worker", "record_contact_attempt", more={"stream": under_way}, **RING
        )
        await after.do("supervisor", "end_thread", more={"stream": under_way}, **END)
        for case in (ended, under_way):
            assert (await after.present(case)).version == len(after.log(case))
            assert fold(after.log(case)).thread("V1-O1").current.ended is not None
        rules = [entry.envelope.rules for entry in after.log(under_way)]
        assert rules[tried.version - 2].endswith("+3.2.5.3.365")
        assert rules[tried.version - 1].endswith("+4.2.10.3.365")
