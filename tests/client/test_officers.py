"""A request in whose cases an officer has a conflict of interest: another one does all of it, is
named, and nothing of that case is told; and whoever asked never waits for an officer who is not
there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from cli.checks import CHECKS, Wrong
from client.everywhere import plan
from client.failures import DeniedThere
from client.gathering import copied, gathered
from client.officers import officers_for, waiting_for_nobody
from domain.fold import fold_dossier
from tests.cli.test_rights import _followed
from tests.client.test_describing import named
from tests.client.test_gathering import actor, opened, request, told_on
from tests.desk import desk_in
from tests.looks import how_many, since
from tests.story import STAFF

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.desk import Desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """Yield an installation with one officer."""
    async with desk_in(tmp_path / "desk") as desk:
        registered(desk, "officer")
        yield desk


def registered(desk: Desk, name: str) -> str:
    given = dict(STAFF["officer"])
    setup: dict[str, Any] = {"identified": "service"}
    desk.staff[name] = desk.do("service:setup", "register_practitioner", given, **setup)
    return desk.staff[name]


async def linked(desk: Desk) -> tuple[str, str, str]:
    """Return two cases of one person, and their request, which names the first."""
    first, second = opened(desk), opened(desk)
    given = {"party": "V1", "other": first, "there": "V1", "same_matter": False}
    desk.do("worker", "link_person", given, stream=second)
    await told_on(desk, first, second)
    return first, second, request(desk, (first, "V1"))


def conflict(desk: Desk, who: str, case: str) -> None:
    desk.do("worker", "declare_conflict", {"practitioner": desk.staff[who]}, stream=case)


def free(desk: Desk, dossier: str) -> list[str]:
    log = desk.door.admission.log
    found = officers_for(log, fold_dossier(log.load(dossier)), datetime.now(UTC))
    return [one.id for one in found]


async def test_the_officer_who_may_see_all_of_it_is_named_and_gives_the_plan_and_the_copy(
    desk: Desk,
) -> None:
    _, second, dossier = await linked(desk)
    deputy = registered(desk, "deputy")
    assert set(free(desk, dossier)) == {desk.staff["officer"], deputy}
    conflict(desk, "officer", second)
    before, reading = how_many(desk.door), desk.door.readings
    retention = desk.settings.limits.retention
    for ask in (gathered, lambda *given: plan(*given, retention)):
        with pytest.raises(DeniedThere) as denied:
            ask(reading, actor(desk), dossier)
        assert [one.id for one in denied.value.officers] == [deputy]
    texts = [look.texts for look in since(desk.door, before) if second in look.about]
    assert not any(texts)
    mine = actor(desk, "deputy")
    found = gathered(reading, mine, dossier)
    assert second in found.cases
    items = {"items": [one.id for one in found.undecided], "handed": "WITHHOLD"}
    desk.do("deputy", "decide_items", {**items, "ground": "OTHERS_RIGHTS"}, stream=dossier)
    assert copied(reading, mine, gathered(reading, mine, dossier))
    assert plan(reading, mine, dossier, retention).places


async def test_a_conflict_in_a_case_of_which_something_was_put_in_counts_too(desk: Desk) -> None:
    case, item = named(desk, "Saw it from her window (invented).")
    dossier = request(desk)
    desk.do("officer", "put_in_items", {"items": [item]}, stream=dossier)
    deputy = registered(desk, "deputy")
    conflict(desk, "officer", case)
    assert free(desk, dossier) == [deputy]
    with pytest.raises(DeniedThere):
        gathered(desk.door.readings, actor(desk), dossier)


async def test_whoever_is_away_is_named_last_and_as_away(desk: Desk) -> None:
    first, _, dossier = await linked(desk)
    away, there = registered(desk, "away"), registered(desk, "there")
    starts = datetime.now(UTC) - timedelta(hours=1)
    absence = {"starts": starts.isoformat(), "back": (starts + timedelta(days=3)).isoformat()}
    desk.do("away", "record_absence", absence, stream=away)
    conflict(desk, "officer", first)
    log = desk.door.admission.log
    found = officers_for(log, fold_dossier(log.load(dossier)), datetime.now(UTC))
    assert [(one.id, one.away is None) for one in found] == [(there, True), (away, False)]


async def test_that_no_officer_may_do_all_of_it_is_told_by_the_doctor_until_there_is_one(
    desk: Desk,
) -> None:
    first, second, dossier = await linked(desk)
    other = request(desk, (opened(desk), "V1"))
    log, check = desk.door.admission.log, CHECKS["data protection"]
    assert list(waiting_for_nobody(log)) == []
    conflict(desk, "officer", first)
    assert list(waiting_for_nobody(log)) == [dossier]
    with pytest.raises(Wrong, match="1 wait for a data-protection officer who may see") as wrong:
        check(_followed(desk))
    assert dossier in str(wrong.value)
    assert other not in str(wrong.value)
    assert not [case for case in (first, second) if case in str(wrong.value)]
    with pytest.raises(DeniedThere) as denied:
        gathered(desk.door.readings, actor(desk), dossier)
    assert denied.value.officers == ()
    registered(desk, "deputy")
    assert list(waiting_for_nobody(log)) == []
    assert check(_followed(desk)) == "2 requests or breaches are open"
    desk.do("deputy", "withdraw_request", {}, stream=dossier)
    conflict(desk, "deputy", second)
    assert list(waiting_for_nobody(log)) == []
