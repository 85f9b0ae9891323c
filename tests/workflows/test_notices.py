"""Notices leave through one workflow and one activity, however many look and whatever is down."""

from __future__ import annotations

import asyncio
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs
from temporalio.client import WorkflowExecutionStatus
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.noticing import Noticing
from client.noticing import WORKFLOW_ID, Watch
from notices import Addresses, Folder, open_outbox
from tests.notices.conftest import notice
from tests.notices.mail import Postbox, free_port, served
from tests.notices.test_smtp import by_mail
from tests.serving import STRICT
from tests.waiting import until
from worker import SLOTS, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from notices import Outbox
    from tests.serving import Service


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with closing(open_outbox(f"sqlite:///{tmp_path / 'views.db'}")) as opened:
        yield opened


async def test_however_many_look_one_workflow_sends_each_once_and_ends(
    service: Service, outbox: Outbox, tmp_path: Path
) -> None:
    client, queue = service.environment.client, f"rj-{uuid.uuid4().hex[:8]}"
    noticing = Noticing(outbox, Folder(tmp_path / "notices"), Addresses(None))

    began = datetime.now(UTC)

    def look() -> bool:
        outbox.put([notice(number, since=began) for number in range(120)], began)
        return bool(outbox.to_send(datetime.now(UTC), 1))

    watches = [Watch(client, queue, look) for _ in range(3)]
    with ThreadPoolExecutor(2 * SLOTS) as threads:
        async with serving(
            client, service.recorder, queue, threads, noticing=noticing, restrictions=STRICT
        ):
            with capture_logs() as lines:
                await asyncio.gather(*(watch.once() for watch in watches))
            assert [one for one in lines if one["event"] == "notices_not_looked_for"] == []
            await until(lambda: outbox.waiting() == 0)
            handle = client.get_workflow_handle(WORKFLOW_ID)
            await handle.result()
            assert (await handle.describe()).status is WorkflowExecutionStatus.COMPLETED
    assert len([*(tmp_path / "notices").iterdir()]) == 120


async def test_while_the_server_is_down_the_activity_is_to_be_tried_again(
    outbox: Outbox, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    outbox.put([notice(1, since=now)], now)
    (tmp_path / "addresses").write_text(f"{notice(1).to} staff-1@service.example\n")
    port = free_port()
    noticing = Noticing(outbox, by_mail(port), Addresses(tmp_path / "addresses"))
    with pytest.raises(ApplicationError) as told:
        ActivityEnvironment().run(noticing.send)
    assert not told.value.non_retryable
    assert "127.0.0.1" not in str(told.value)
    postbox = Postbox()
    with served(postbox, port):
        assert ActivityEnvironment().run(noticing.send) is False
    assert len(postbox.taken) == 1


async def test_trouble_with_looking_is_told_once_and_ends_nothing(
    service: Service,
) -> None:
    asked: list[int] = []

    def look() -> bool:
        asked.append(1)
        if len(asked) < 4:
            raise OSError
        return False

    watch = Watch(service.environment.client, "none", look, every=0.01)
    running = asyncio.create_task(watch.run())
    await until(lambda: len(asked) > 5)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
