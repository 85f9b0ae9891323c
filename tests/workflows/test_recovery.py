"""Temporal may be lost: every open stream gets its workflow again from the log."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from temporalio.client import WorkflowExecutionStatus

from store import Altered
from tests.cases import WISH, a_referred_case, an_ended_case
from tests.faults import Faults
from tests.serving import installation, moved, start_server
from tests.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults import Faults
from tests.serving import Service

FACILITATORS = ("lead", "co", "advanced", "intermediate")
"""Those of the staff who have clocks of their own."""


async def test_with_temporals_database_gone_every_open_case_lives_again(tmp_path: Path) -> None:
    first = await start_server(dev_server_database_filename=str(tmp_path / "temporal.db"))
    async with installation(tmp_path, first) as before:
        cases = [await a_referred_case(before) for _ in range(5)]
        ended = await an_ended_case(before)
        known = {case: await before.present(case) for case in cases}
    await first.shutdown()
    forget(tmp_path)

    second = await start_server(dev_server_database_filename=str(tmp_path / "temporal.db"))
    async with moved(before, second) as after:
        seen: list[tuple[int, int]] = []
        recovered = await after.door.recovery.recover(lambda *told: seen.append(told))
        waiting = 5 + len(FACILITATORS)
        assert (recovered.open, recovered.started) == (waiting, waiting)
        assert recovered.unreadable == ()
        for name in FACILITATORS:
            assert (await after.present(after.staff[name])).next_due is not None
        assert seen[-1] == (recovered.streams, recovered.streams)
        assert {case: await after.present(case) for case in cases} == known
        for case in cases:
            here = {"stream": case}
            answer = await after.do("worker", "record_wish", more=here, **WISH)
            assert answer.version == known[case].version + 1
        assert (await an_answer_of(after, ended)) == len(after.log(ended))
    await second.shutdown()


async def test_a_recovery_may_be_repeated_and_leaves_running_cases_alone(service: Service) -> None:
    lost, running = await a_referred_case(service), await a_referred_case(service)
    run = (await service.run(running).describe()).run_id
    await service.run(lost).terminate()
    first = await service.door.recovery.recover()
    again = await service.door.recovery.recover()
    assert first.started >= 1
    assert (again.started, again.open) == (0, first.open)
    assert (await service.run(running).describe()).run_id == run
    assert (await service.run(lost).describe()).status is WorkflowExecutionStatus.RUNNING


async def test_a_stream_whose_log_cannot_be_read_is_named_and_stops_nothing(
    service: Service,
) -> None:
    case = await a_referred_case(service)
    await service.run(case).terminate()
    faults = Faults()
    faults.before_load[case] = lambda: altered(case)
    recovery = replace(service.door.recovery, log=faults.into(service.door.recovery.log))
    assert (await recovery.recover()).unreadable == (case,)
    assert (await service.door.recovery.recover()).started == 1


async def test_all_running_cases_are_renewed_at_once(service: Service) -> None:
    cases = [await a_referred_case(service) for _ in range(3)]
    runs = {case: (await service.run(case).describe()).run_id for case in cases}

    async def seen() -> bool:
        found = service.environment.client.list_workflows("ExecutionStatus = 'Running'")
        return set(cases) <= {one.id async for one in found}

    await until(seen)
    assert await service.door.recovery.renew() >= 3

    async def all_renewed() -> bool:
        now = {case: (await service.run(case).describe()).run_id for case in cases}
        return all(now[case] != runs[case] for case in cases)

    await until(all_renewed)


def forget(folder: Path) -> None:
    """Delete the server's database."""
    files = list(folder.glob("temporal.db*"))
    assert files
    for file in files:
        file.unlink()


def altered(case: str) -> None:
    raise Altered(case, 1, "was exchanged")


async def an_answer_of(service: Service, ended: str) -> int:
    """Add a person to a case that waited for nothing; return the version after it."""
    given = {"party": "V1", "role": "DIRECT_VICTIM"}
    return (await service.do("intake", "add_party", more={"stream": ended}, **given)).version
