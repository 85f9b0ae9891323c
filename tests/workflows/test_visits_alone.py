"""Somebody of the service who is not back from a visit is looked for, at the hour, on a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.fold import fold
from tests.cases import a_referred_case

if TYPE_CHECKING:
    from tests.serving import Service

ALARM = ("check_out", "visitor_safe", "visitor_alarm")


def missed(service: Service, case: str) -> list[str]:
    """Return which steps of the alarm were recorded, in order."""
    told = (e.envelope.data["wait"] for e in service.log(case) if e.name == "wait_missed")
    return [wait for wait in told if wait in ALARM]


async def test_the_alarm_is_raised_at_its_minute_and_goes_on_until_they_are_safe(
    service: Service,
) -> None:
    case = await a_referred_case(service)
    before = fold(service.log(case))
    await service.do("worker", "check_in", more={"stream": case}, minutes=30, party="V1")
    await service.later(case, minutes=44)
    assert missed(service, case) == []
    await service.later(case, minutes=2)
    assert missed(service, case) == ["check_out"]
    await service.later(case, minutes=30)
    assert missed(service, case) == ["check_out", "visitor_safe"]
    worker = service.someone("worker")
    await service.do("supervisor", "check_out", more={"stream": case}, practitioner=worker)
    await service.later(case, hours=5)
    assert missed(service, case) == ["check_out", "visitor_safe"]
    after = fold(service.log(case))
    assert after.out == {}
    assert (after.parties, after.threads) == (before.parties, before.threads)


async def test_whoever_checks_out_in_time_raises_no_alarm(service: Service) -> None:
    case = await a_referred_case(service)
    await service.do("worker", "check_in", more={"stream": case}, minutes=30, party="V1")
    await service.later(case, minutes=20)
    await service.do("worker", "check_out", more={"stream": case})
    await service.later(case, hours=5)
    assert missed(service, case) == []
