"""Save a history of each path and of what can befall a run; for each release that changes them.

Run from the repository: `python -m tests.workflows.record_histories [NAME ...]`. What is saved
stays: a later release must still replay it. Histories hold ids and codes of invented cases.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from client import Nonsense, Refused, Unforeseen
from domain.commands.opening import AcceptReferral
from tests.cases import WISH, a_referred_case, an_ended_case
from tests.faults import out_of_reach, times
from tests.paths import PATHS
from tests.serving import installation, start_server
from tests.waiting import until
from tests.workflows.replaying import FOLDER
from tests.workflows.test_paths import Living

if TYPE_CHECKING:
    from temporalio.client import WorkflowHistory

    from tests.serving import Service

NAME = "record_wish"
Story = Callable[["Service"], Awaitable[str]]


async def refusals(service: Service) -> str:
    """Accepted, refused, nonsense, an incident, and accepted again."""
    case = await a_referred_case(service)
    here = {"stream": case}
    await service.do("worker", NAME, more=here, **WISH)
    with pytest.raises(Nonsense):
        await service.do("worker", NAME, more=here, **{**WISH, "party": "V9"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(AcceptReferral, "events", lambda *_: 1 / 0)
        with pytest.raises(Unforeseen):
            await service.do("supervisor", "accept_referral", more=here)
    await service.do("worker", "stop_contact", more=here, party="V1")
    with pytest.raises(Refused):
        await service.do("worker", NAME, more=here, **WISH)
    await service.do("supervisor", "accept_referral", more=here)
    return case


async def signals(service: Service) -> str:
    """Signals among commands, one of them unreadable."""
    case = await a_referred_case(service)
    await service.run(case).signal(NAME, "a text")
    for _ in range(3):
        last = await service.signal("worker", NAME, more={"stream": case}, **WISH)
        await service.do("worker", NAME, more={"stream": case}, **WISH)
    await until(lambda: last.command_id in {e.envelope.command for e in service.log(case)})
    return case


async def outage(service: Service) -> str:
    """The store out of reach at first: for a person, for a signal, and for the clock."""
    case = await a_referred_case(service)
    service.faults.before_append[case] = times(3, out_of_reach)
    await service.do("worker", NAME, more={"stream": case}, **WISH)
    service.faults.before_append[case] = times(3, out_of_reach)
    last = await service.signal("worker", NAME, more={"stream": case}, **WISH)
    await until(lambda: last.command_id in {e.envelope.command for e in service.log(case)})
    service.faults.before_append[case] = times(3, out_of_reach)
    await service.later(case, days=5)
    return case


async def slowness(service: Service) -> str:
    """A store so slow that the local attempt is cut short, for a person and for the clock."""
    case = await a_referred_case(service)
    service.faults.before_append[case] = times(1, lambda: time.sleep(0.8))
    await service.do("worker", NAME, more={"stream": case}, **WISH)
    service.faults.before_append[case] = times(1, lambda: time.sleep(0.8))
    await service.later(case, days=5)
    return case


async def renewal(service: Service) -> str:
    """A run that was continued as new, and what it did with signals that came meanwhile."""
    case = await a_referred_case(service)
    await service.renewed(case)
    await service.do("worker", NAME, more={"stream": case}, **WISH)
    await service.later(case, days=5)
    return case


async def from_the_log(service: Service) -> str:
    """A run that was started from the log, without a command."""
    case = await a_referred_case(service)
    await service.run(case).terminate()
    await service.door.recovery.recover()
    await service.do("worker", NAME, more={"stream": case}, **WISH)
    return case


async def ending(service: Service) -> str:
    """A run that ended because its case waited for nothing."""
    case = await an_ended_case(service)
    await service.run(case).result()
    return case


STORIES: dict[str, Story] = {
    story.__name__: story
    for story in (refusals, signals, outage, slowness, renewal, from_the_log, ending)
}


def lived(name: str) -> Story:
    """Return the story of a path of the practice."""

    async def story(service: Service) -> str:
        living = Living(service)
        await living.live(PATHS[name])
        return living.case_id

    return story


async def record(names: list[str]) -> None:
    """Live through the stories and save every run of each."""
    stories = {**STORIES, **{name: lived(name) for name in PATHS}}
    server = await start_server()
    FOLDER.mkdir(exist_ok=True)
    async with installation(Path(tempfile.mkdtemp()), server) as service:
        for name in names or stories:
            case = await stories[name](service)
            for number, history in enumerate(await runs(service, case), 1):
                save(f"{name}-{number}", history)
    await server.shutdown()


async def runs(service: Service, case: str) -> list[WorkflowHistory]:
    """Return the history of each run of a case, the first run first."""
    last = (await service.run(case).describe()).run_id
    client = service.environment.client

    async def listed() -> list[str]:
        found = [one async for one in client.list_workflows(f"WorkflowId = '{case}'")]
        found.sort(key=lambda one: one.start_time)
        ids = [one.run_id for one in found]
        return ids if last in ids else []

    await until(listed)
    return [
        await client.get_workflow_handle(case, run_id=run).fetch_history() for run in await listed()
    ]


def save(name: str, history: WorkflowHistory) -> None:
    """Write one history, as small as it can be written."""
    saved: dict[str, Any] = {
        "workflow": history.workflow_id,
        "history": json.loads(history.to_json()),
    }
    text = json.dumps(saved, separators=(",", ":"), sort_keys=True)
    (FOLDER / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    asyncio.run(record(sys.argv[1:]))
