"""Words that no event refers to are taken away after a time; all others stay."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from activities.references import references
from activities.sweeping import Sweep
from store import Altered
from tests.desk import desk_in
from tests.faults import Faults
from tests.paths import referred
from vault import NotThere
from worker import BACKGROUND, sweep_drafts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from domain.texts import TextRef
    from tests.desk import Desk

REFER = referred()[0].given
CONCERN = {"concern": "DANGER", "account": "An account, plainly invented."}
MONTH = timedelta(days=30)


@pytest.fixture
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    async with desk_in(tmp_path_factory.mktemp("desk")) as here:
        yield here


async def test_words_that_were_never_sent_are_gone_after_a_month_and_not_before(desk: Desk) -> None:
    case, draft = a_case_with_a_draft(desk)
    sweep = sweep_of(desk)
    now = datetime.now(UTC)
    assert sweep.once(now + MONTH - timedelta(minutes=1)) == 0
    assert desk.door.admission.vault.words(case, draft) == CONCERN["account"]
    assert sweep.once(now + MONTH + timedelta(minutes=1)) == 1
    with pytest.raises(NotThere):
        desk.door.admission.vault.words(case, draft)


async def test_words_that_an_event_refers_to_stay_though_they_were_not_noted_as_kept(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as cut_short:
        cut_short.setattr(desk.recorder.turns.vault, "keep", lambda _stream, _refs: None)
        case = desk.do("worker", "refer", REFER)
    assert sweep_of(desk).once(datetime.now(UTC) + 2 * MONTH) == 0
    recorded = references(desk.door.admission.log.load(case))
    opened = desk.door.admission.vault.words_many(case, recorded)
    assert recorded
    assert all(isinstance(words, str) for words in opened.values())


async def test_a_case_that_cannot_be_read_keeps_its_words_and_stops_nothing(desk: Desk) -> None:
    broken, kept = a_case_with_a_draft(desk)
    a_case_with_a_draft(desk)

    def altered() -> None:
        raise Altered(broken, 1, "is not as it was")

    faults = Faults()
    faults.before_load[broken] = altered
    sweep = Sweep(
        faults.into(desk.door.admission.log),
        desk.door.admission.vault,
        desk.door.admission.remembered,
        MONTH,
    )
    assert sweep.once(datetime.now(UTC) + 2 * MONTH) == 1
    assert desk.door.admission.vault.words(broken, kept) == CONCERN["account"]


async def test_the_same_words_can_be_sent_again_under_the_same_id_after_the_sweep(
    desk: Desk,
) -> None:
    case = desk.do("worker", "refer", REFER)
    for _ in range(2):
        message = desk.admit(
            "worker", "raise_concern", CONCERN, stream=case, command_id="left-lying"
        )
        sweep_of(desk).once(datetime.now(UTC) + 2 * MONTH)
    message = desk.admit("worker", "raise_concern", CONCERN, stream=case, command_id="left-lying")
    assert desk.take(message).outcome.value == "accepted"


async def test_a_worker_sweeps_again_and_again_until_it_is_stopped(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, thrice = [], threading.Event()

    def counted(_self: Sweep, now: datetime) -> int:
        seen.append(now)
        if len(seen) == 3:
            thrice.set()
        return 0

    monkeypatch.setattr(Sweep, "once", counted)
    stop = sweep_of(desk).start(timedelta(milliseconds=1), timedelta(milliseconds=1))
    assert await asyncio.to_thread(thrice.wait, 10)
    stop()
    assert "sweep" not in {thread.name for thread in threading.enumerate()}


async def test_trouble_with_a_store_does_not_end_the_sweeping(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    troubles, twice = [], threading.Event()

    def troubled(_self: Sweep, now: datetime) -> int:
        troubles.append(now)
        if len(troubles) == 2:
            twice.set()
        raise OSError

    monkeypatch.setattr(Sweep, "once", troubled)
    stop = sweep_of(desk).start(timedelta(milliseconds=1), timedelta(milliseconds=1))
    assert await asyncio.to_thread(twice.wait, 10)
    stop()


async def test_sweeping_is_among_what_a_worker_does_beside_its_work(desk: Desk) -> None:
    assert sweep_drafts in BACKGROUND
    sweep_drafts(desk.settings)()


def a_case_with_a_draft(desk: Desk) -> tuple[str, TextRef]:
    """Return a case, and words in it that were put away and never sent."""
    case = desk.do("worker", "refer", REFER)
    vault = desk.door.admission.vault
    return case, vault.put(case, "case", CONCERN["account"], kind="account", at=datetime.now(UTC))


def sweep_of(desk: Desk) -> Sweep:
    door = desk.door.admission
    return Sweep(door.log, door.vault, door.remembered, MONTH)
