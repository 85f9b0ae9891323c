"""Taking the whole record out as it stands: no case can be left out of what is verified, so whoever
has a conflict of interest in one takes none of it out, and is told who does."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from access import Outcome
from client import Denied, What
from client.failures import DeniedThere
from client.whole_record import whole_record
from domain.permissions import View
from domain.record import Actor
from domain.words import StaffRole
from store import Altered, Log
from tests.client.test_gathering import opened
from tests.desk import desk_in
from tests.looks import how_many, since
from tests.story import STAFF
from tests.terminal import Terminal, Typist
from up import installation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from domain.record import Entry
    from tests.desk import Desk

WHOLE = What(View.HISTORY, medium="EXPORT")
BY_ROLE = ("AUDITOR", "DATA_PROTECTION_OFFICER")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """Yield an installation with somebody of every role, by its name."""
    async with desk_in(tmp_path / "desk") as desk:
        for role in StaffRole:
            desk.staff[role] = registered(desk, role)
        desk.do("service:setup", "deactivate_practitioner", {}, stream=desk.staff["auditor"],
                identified="service")  # fmt: skip
        yield desk


@pytest.fixture
def typist(desk: Desk) -> Iterator[Typist]:
    installation.found(desk.settings.folder)
    somebody = Typist(Terminal(desk.settings.folder, desk.settings.key_folder))
    yield somebody
    somebody.end()


def registered(desk: Desk, role: str) -> str:
    given = {**STAFF["officer"], "roles": [role]}
    setup: dict[str, Any] = {"identified": "service"}
    return desk.do("service:setup", "register_practitioner", given, **setup)


def taken_out(desk: Desk, who: str) -> bool:
    actor = Actor(id=desk.staff[who], identified="unverified")
    with suppress(Denied), whole_record(desk.door.readings, actor, WHOLE, "audit"):
        return True
    return False


def who_does(desk: Desk, who: str) -> list[str]:
    """Return who is named to somebody who may not for a conflict of interest."""
    actor = Actor(id=desk.staff[who], identified="unverified")
    with (
        pytest.raises(DeniedThere) as denied,
        whole_record(desk.door.readings, actor, WHOLE, "audit"),
    ):
        pass
    return [one.id for one in denied.value.officers]


def conflict(desk: Desk, who: str, case: str) -> None:
    desk.do("worker", "declare_conflict", {"practitioner": desk.staff[who]}, stream=case)


async def test_of_all_roles_those_who_review_take_it_out_and_nobody_else(desk: Desk) -> None:
    opened(desk)
    assert {role for role in StaffRole if taken_out(desk, role)} == {*BY_ROLE}


@pytest.mark.parametrize("role", BY_ROLE)
async def test_with_a_conflict_in_any_case_it_is_anothers_who_is_named(
    desk: Desk, role: str
) -> None:
    opened(desk)
    case, before = opened(desk), how_many(desk.door)
    conflict(desk, role, case)
    (other,) = {*BY_ROLE} - {role}
    assert who_does(desk, role) == [desk.staff[other]]
    look = since(desk.door, before)[-1]
    assert (look.outcome, look.about, look.actor.id) == (Outcome.DENIED, (), desk.staff[role])
    assert taken_out(desk, other)
    conflict(desk, other, case)
    assert who_does(desk, role) == []


async def test_where_it_is_decided_that_there_is_none_it_is_open_again(desk: Desk) -> None:
    case = opened(desk)
    conflict(desk, "AUDITOR", case)
    assert not taken_out(desk, "AUDITOR")
    decided = {"practitioner": desk.staff["AUDITOR"], "conflicted": False, "reasons": "Invented."}
    desk.do("supervisor", "decide_conflict", decided, stream=case)
    assert taken_out(desk, "AUDITOR")


async def test_a_record_in_which_a_case_was_altered_can_be_taken_out_to_show_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = opened(desk)
    conflict(desk, "AUDITOR", case)
    load = Log.load

    def altered(self: Log, stream: str, **how: bool) -> list[Entry]:
        if stream == case:
            raise Altered(stream, 1, "is not there")
        return load(self, stream, **how)

    monkeypatch.setattr(Log, "load", altered)
    assert taken_out(desk, "AUDITOR")


async def test_over_rj_no_file_is_there_and_the_one_case_of_the_conflict_is_not_told(
    desk: Desk, typist: Typist, tmp_path: Path
) -> None:
    case, other = opened(desk), opened(desk)
    auditor, file = desk.staff["AUDITOR"], tmp_path / "log"
    conflict(desk, "AUDITOR", case)
    said = typist.rj("audit", "export", str(file), actor=auditor)
    assert (said.code, said.out, file.exists()) == (1, "", False)
    assert f"{desk.staff['DATA_PROTECTION_OFFICER']} may take it out" in said.err
    assert case not in said.err
    one = ("audit", "export", str(file), "--case")
    assert typist.rj(*one, case, actor=auditor).code == 1
    assert typist.rj(*one, other, actor=auditor).code == 0
    conflict(desk, "DATA_PROTECTION_OFFICER", other)
    assert (
        "an administrator makes somebody an auditor"
        in typist.rj("audit", "export", str(tmp_path / "all"), actor=auditor).err
    )
