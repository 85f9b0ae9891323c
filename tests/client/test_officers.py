"""A request in whose cases an officer has a conflict of interest: another one does all of it, is
named, and nothing of that case is told; and whoever asked never waits for an officer who is not
there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from cli.checks import CHECKS, Wrong
from client.everywhere import plan
from client.failures import Denied, DeniedThere
from client.gathering import copied, gathered
from client.officers import officers_for, waiting_for_nobody
from domain.asking import DossierCommand
from domain.command import COMMANDS
from domain.fold import fold_dossier
from domain.message import Outcome
from domain.permissions import View
from domain.words import Act, Operation
from store import Altered, Log
from tests.cli.test_rights import _followed
from tests.client.test_describing import named
from tests.client.test_gathering import actor, opened, request, told_on
from tests.desk import desk_in
from tests.looks import how_many, since
from tests.story import STAFF

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from domain.record import Entry
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


DECIDES: dict[str, dict[str, Any]] = {
    "decide_request": {
        "decision": "NOT_GRANTED",
        "ground": "RIGHTS_OF_OTHERS",
        "reasons": "Invented.",
    },
    "withdraw_request": {},
    "identify_requester": {"how": "DOCUMENT_SEEN"},
    "extend_request": {"reasons": "Invented."},
    "answer_request": {"reply": "Invented.", "channel": "LETTER"},
}


def commands() -> dict[str, type[DossierCommand]]:
    """Return every command of the register."""
    return {n: cls for n, cls in COMMANDS.items() if issubclass(cls, DossierCommand)}


async def test_of_the_whole_register_an_officer_with_a_conflict_does_nothing_but_put_on_record(
    desk: Desk,
) -> None:
    _, second, dossier = await linked(desk)
    registered(desk, "deputy")
    gate, entries = desk.door.admission.gate, desk.door.admission.log.load(dossier)

    def may(who: str) -> set[str]:
        every = commands().items()
        return {n for n, cls in every if gate.opens_for(desk.staff[who], cls.act, entries)}

    of_the_service = {n for n, cls in commands().items() if cls.act is Act.BY_THE_SERVICE}
    others = set(commands()) - of_the_service
    assert may("officer") == may("deputy") == others
    conflict(desk, "officer", second)
    opening = {n for n, cls in commands().items() if cls.opens}
    assert opening == {"record_rights_request", "record_data_breach", "record_notes_request"}
    assert may("officer") == opening
    assert may("deputy") == others
    assert gate.opens_for(desk.staff["officer"], View.DOSSIER, entries)


@pytest.mark.parametrize("name", DECIDES)
async def test_whoever_does_it_instead_is_named_also_where_something_is_to_be_recorded(
    desk: Desk, name: str
) -> None:
    _, second, dossier = await linked(desk)
    deputy = registered(desk, "deputy")
    ahead = desk.admit("officer", name, DECIDES[name], stream=dossier)
    conflict(desk, "officer", second)
    with pytest.raises(DeniedThere) as denied:
        desk.admit("officer", name, DECIDES[name], stream=dossier)
    assert [one.id for one in denied.value.officers] == [deputy]
    assert desk.take(ahead).outcome is Outcome.DENIED
    with pytest.raises(Denied) as of_worker:
        desk.admit("worker", name, DECIDES[name], stream=dossier)
    assert not isinstance(of_worker.value, DeniedThere)


async def test_naming_a_case_of_ones_conflict_hands_the_entry_on(desk: Desk) -> None:
    case = opened(desk)
    conflict(desk, "officer", case)
    deputy = registered(desk, "deputy")
    dossier = desk.do("officer", "record_rights_request", {"right": "ACCESS"})
    about = {"about": [{"case": case, "party": "V1"}]}
    desk.do("officer", "name_subjects", about, stream=dossier)
    assert free(desk, dossier) == [deputy]
    with pytest.raises(DeniedThere):
        desk.admit("officer", "withdraw_request", {}, stream=dossier)
    desk.do("deputy", "withdraw_request", {}, stream=dossier)


async def test_a_case_that_cannot_be_read_stops_nothing_that_is_done_about_the_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, dossier = await linked(desk)
    load = Log.load

    def altered(self: Log, stream: str, **how: bool) -> list[Entry]:
        if stream == first:
            raise Altered(stream, 1, "is not there")
        return load(self, stream, **how)

    with monkeypatch.context() as broken:
        broken.setattr(Log, "load", altered)
        extend = {"reasons": "Invented."}
        message = desk.admit("officer", "extend_request", extend, stream=dossier)
        assert desk.take(message).outcome is Outcome.ACCEPTED
    conflict(desk, "officer", second)
    with pytest.raises(Denied):
        desk.admit("officer", "identify_requester", {"how": "DOCUMENT_SEEN"}, stream=dossier)


async def test_that_links_were_used_to_know_of_a_conflict_is_written_down(desk: Desk) -> None:
    first, second, dossier = await linked(desk)
    alone = request(desk, (opened(desk), "V1"))
    before = how_many(desk.door)
    desk.do("officer", "extend_request", {"reasons": "Invented."}, stream=dossier)
    desk.do("officer", "extend_request", {"reasons": "Invented."}, stream=alone)
    (use,) = [one for one in since(desk.door, before) if one.view == "LINK"]
    assert {first, second, dossier} < {*use.about}
    assert (use.operation, use.purpose) == (Operation.COMBINATION, "extend_request")
    assert use.behalf == desk.staff["officer"]
