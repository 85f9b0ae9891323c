"""What the door does not let in, and what it makes sure of before it puts words away."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from client import Denied, Nonsense
from domain.ids import reference
from domain.message import Outcome
from tests.desk import desk_in
from tests.paths import referred

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.desk import Desk

REFER = referred()[0].given
ATTEMPT = {"party": "V1", "channel": "TELEPHONE", "outcome": "NO_RESPONSE"}
NOT_THERE = reference("RJ", "nobody ever opened this")


@pytest.fixture(scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    async with desk_in(tmp_path_factory.mktemp("desk")) as shared:
        yield shared


@pytest.mark.parametrize(
    "command_id",
    ["tick:2026-10-20T16:00:00+00:00", "short", "x" * 81, "a b c d e f g", "a~b~c~d~e", "naïve-id"],
)
async def test_a_command_id_that_is_none_or_the_clocks_own_is_not_let_in(
    desk: Desk, command_id: str
) -> None:
    case = desk.do("worker", "refer", REFER)
    with pytest.raises(Nonsense):
        desk.admit("worker", "record_contact_attempt", ATTEMPT, stream=case, command_id=command_id)


async def test_a_case_that_is_not_there_is_told_like_one_that_is_not_theirs(desk: Desk) -> None:
    theirs = desk.do("worker", "refer", REFER)
    for stream in (theirs, NOT_THERE):
        for who in ("intake_elsewhere", "auditor"):
            with pytest.raises(Denied):
                desk.admit(who, "record_contact_attempt", ATTEMPT, stream=stream)
    with pytest.raises(Denied):
        desk.admit("worker", "record_contact_attempt", ATTEMPT, stream=NOT_THERE)


async def test_a_protective_act_under_a_mistyped_reference_is_told_that_nothing_is_there(
    desk: Desk,
) -> None:
    with pytest.raises(Nonsense, match="nothing under this reference"):
        desk.admit("worker", "stop_contact", {"party": "V1"}, stream=NOT_THERE)


async def test_nothing_is_put_away_for_a_case_that_is_not_there(desk: Desk) -> None:
    later = datetime.now(UTC) + timedelta(days=1)
    desk.door.admission.vault.sweep(later, lambda _s, _t: False)
    concern = {"concern": "DANGER", "account": "An account, plainly invented."}
    with pytest.raises(Nonsense):
        desk.admit("worker", "raise_concern", concern, stream=NOT_THERE)
    assert desk.door.admission.vault.sweep(later, lambda _s, _t: False) == 0


async def test_a_command_for_cases_is_not_let_in_for_a_practitioner(desk: Desk) -> None:
    for name, given in (("stop_contact", {"party": "V1"}), ("refer", REFER)):
        for stream in (desk.staff["worker"], reference("PR", "nobody")):
            with pytest.raises(Nonsense):
                desk.admit("worker", name, given, stream=stream)


async def test_nobody_chooses_the_reference_of_a_new_case(desk: Desk) -> None:
    with pytest.raises(Denied):
        desk.admit("worker", "refer", REFER, stream=NOT_THERE)
    assert desk.door.admission.log.load(NOT_THERE) == []


async def test_what_another_command_opened_is_not_opened_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, free = uuid.uuid4(), uuid.uuid4()
    case = desk.do("worker", "refer", REFER, command_id=str(taken))
    ids = iter([taken, free])
    monkeypatch.setattr(uuid, "uuid4", lambda: next(ids))
    assert desk.admit("worker", "refer", {**REFER, "offence": None}).id == str(free)
    monkeypatch.undo()
    monkeypatch.setattr("client.admission.reference", lambda _prefix, _id: case)
    with pytest.raises(Nonsense, match="take another id"):
        desk.admit("worker", "refer", REFER, command_id="another-command")


async def test_the_same_words_under_the_same_id_in_two_cases_are_two_drafts_each_found_again(
    desk: Desk,
) -> None:
    concern = {"concern": "DANGER", "account": "An account, plainly invented."}
    for case in [desk.do("worker", "refer", REFER) for _ in range(2)]:
        sent = [
            desk.admit("worker", "raise_concern", concern, stream=case, command_id="the-same-id")
            for _ in range(2)
        ]
        assert sent[0].body == sent[1].body
        assert [desk.take(m).outcome for m in sent] == [Outcome.ACCEPTED] * 2
