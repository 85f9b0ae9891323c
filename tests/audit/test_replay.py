"""A replay: cut at a version or an hour, compared with the live workflow and every read model."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from audit.replay import Until, known_and_true, not_as_replayed
from client.live import live
from domain.decide import present
from domain.message import Present
from projections import Difference, Differs, differences, differing, open_views
from projections.cases import CASES
from tests.cases import ATTEMPT, a_referred_case, an_ended_case

if TYPE_CHECKING:
    from client.sending import Sender
    from tests.serving import Service


async def test_the_live_workflow_agrees_with_a_replay(service: Service) -> None:
    case, ended = await a_referred_case(service), await an_ended_case(service)
    for stream in (case, ended, service.someone("lead")):
        replayed = present(service.log(stream), service.settings.limits)
        found = await live(service.door.sender, stream)
        assert not_as_replayed(replayed, found) == []


async def test_a_workflow_that_differs_or_is_gone_is_told(service: Service) -> None:
    case = await a_referred_case(service)
    replayed = present(service.log(case), service.settings.limits)
    other = replayed.model_copy(update={"version": 1, "next_due": None, "head": "0" * 64})
    assert not_as_replayed(replayed, other) == ["version", "head", "next_due"]
    assert not_as_replayed(replayed, None) == ["no workflow is running, and it waits for something"]
    assert not_as_replayed(Present(), None) == []
    assert await live(service.door.sender, "RJ-00000000-0") is None


async def test_a_replay_sends_nothing(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    case = await a_referred_case(service)
    before = service.log(case)
    history = len((await service.run(case).fetch_history()).events)

    async def trapped(self: Sender, *_: Any, **__: Any) -> None:
        raise AssertionError("a replay sent something")

    for way in ("ask", "queue"):
        monkeypatch.setattr(type(service.door.sender), way, trapped)
    for way in ("execute_update", "signal", "start_workflow"):
        monkeypatch.setattr(type(service.run(case)), way, trapped, raising=False)
    await live(service.door.sender, case)
    settings = service.settings
    log = service.door.admission.log
    with closing(open_views(settings.database("views"), settings.limits)) as views:
        assert differing(log, views, case) == []
        assert differences(log, views) == []
    assert service.log(case) == before
    assert len((await service.run(case).fetch_history()).events) == history


async def test_seeded_drift_in_any_read_model_is_found_and_named(service: Service) -> None:
    case = await a_referred_case(service)
    settings, log = service.settings, service.door.admission.log
    with closing(open_views(settings.database("views"), settings.limits)) as views:
        assert differing(log, views, case) == []
        table = CASES.table
        views.database.run(sa.update(table).where(table.c.stream == case).values(pairs_open=9))
        found = differing(log, views, case)
        assert found == [Difference(CASES.name, case, Differs.OTHER_VALUES, ("pairs_open",))]
        assert len(differences(log, views)) == 1
        views.database.run(sa.update(table).where(table.c.stream == case).values(pairs_open=1))
        assert differences(log, views) == []


async def test_a_replay_is_cut_by_version_by_what_was_known_and_by_what_was_true(
    service: Service,
) -> None:
    case = await a_referred_case(service)
    known = datetime.now(UTC)
    earlier = (known - timedelta(minutes=5)).isoformat()
    given = {**ATTEMPT, "effective_at": earlier}
    await service.do("worker", "record_contact_attempt", more={"stream": case}, **given)
    entries = service.log(case)
    late = entries[-1]
    assert late.effective_at < known <= late.recorded_at
    assert Until().cut(entries) == entries
    assert Until(version=3).cut(entries) == entries[:3]
    assert late not in Until(known_at=known).cut(entries)
    assert Until(true_at=late.effective_at).cut(entries) == [
        entry for entry in entries if entry.effective_at <= late.effective_at
    ]


async def test_what_was_recorded_since_about_an_earlier_time_shows_both(service: Service) -> None:
    case = await a_referred_case(service)
    assert [*known_and_true(service.log(case))][-1] is None
    at = datetime.now(UTC).isoformat()
    for stage in ("CUSTODY", "COMMUNITY_OR_SUSPENDED_SENTENCE"):
        given = {"party": "O1", "stage": stage, "effective_at": at}
        await service.do("supervisor", "record_stage", more={"stream": case}, **given)
    entries = service.log(case)
    first = next(n for n, e in enumerate(entries) if e.envelope.data.get("stage") == "CUSTODY")
    both = [*known_and_true(entries)][first]
    assert both is not None
    assert [one.parties["O1"].stage for one in both] == [
        "CUSTODY",
        "COMMUNITY_OR_SUSPENDED_SENTENCE",
    ]
    assert [*known_and_true(entries[: first + 1])][first] is None


async def test_what_was_recorded_together_corrects_nothing_of_itself(service: Service) -> None:
    entries = service.log(await a_referred_case(service))
    together = [entry for entry in entries if entry.envelope.parts > 1]
    assert len(together) > 2
    assert {*known_and_true(entries)} == {None}
