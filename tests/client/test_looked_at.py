"""Every look at somebody is told to the officer who asks for it by the person: at their cases, at
what is kept of their requests, and what was searched for on their account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from client.looked_at import about_person
from domain.errors import Nonsense
from domain.fold import fold
from domain.permissions import View
from domain.words import Operation
from tests.client.test_gathering import V, actor, opened, request, told_on
from tests.desk import desk_in
from tests.looks import how_many, since
from tests.story import STAFF

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.desk import Desk


@pytest.fixture(scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    """Yield an installation; each test opens cases of its own there."""
    async with desk_in(tmp_path_factory.mktemp("desk")) as desk:
        desk.staff["officer"] = desk.do(
            "service:setup", "register_practitioner", dict(STAFF["officer"]), identified="service"
        )
        yield desk


async def linked(desk: Desk) -> tuple[str, str, str]:
    """Return two cases in which V1 is one person, and that person's stream."""
    first, second = opened(desk), opened(desk)
    given: dict[str, Any] = {"party": "V1", "other": first, "there": "V1", "same_matter": False}
    desk.do("worker", "link_person", given, stream=second)
    await told_on(desk, first, second)
    person = fold(desk.door.admission.log.load(first)).persons["V1"].person
    return first, second, person


def theirs(desk: Desk, named: str) -> frozenset[str]:
    return about_person(desk.door.readings, actor(desk), named)


async def test_whichever_way_somebody_is_named_the_same_is_about_them(desk: Desk) -> None:
    first, second, person = await linked(desk)
    other, of_other = opened(desk), request(desk, (opened(desk), "V1"))
    mine = request(desk, (second, "V1"))
    everything = {first, second, person, mine}
    for named in (person, mine, f"{first}=V1", f"{second}=V1"):
        found = theirs(desk, named)
        assert found >= everything
        assert f"{first}=V1" in found
        assert found.isdisjoint({other, of_other, f"{first}=O1"})


async def test_somebody_who_is_linked_to_nothing_is_named_by_their_case(desk: Desk) -> None:
    case = opened(desk)
    assert theirs(desk, f"{case}=O1") == {case, f"{case}=O1"}
    dossier, of_other = request(desk, (case, "O1")), request(desk, (case, "V1"))
    assert theirs(desk, f"{case}=O1") == {case, f"{case}=O1", dossier}
    assert of_other not in theirs(desk, dossier)
    with pytest.raises(Nonsense, match="there is no"):
        theirs(desk, f"{case}=V7")


async def test_somebody_who_is_in_no_case_is_named_by_their_request(desk: Desk) -> None:
    dossier = request(desk)
    assert theirs(desk, dossier) == {dossier}


async def test_a_case_that_goes_on_in_another_is_about_them_too(desk: Desk) -> None:
    first, second = opened(desk), opened(desk)
    more = {"party": "V2", "role": "DIRECT_VICTIM", "details": V}
    desk.do("worker", "add_party", more, stream=second)
    people = {"V1": "V2", "O1": "O1"}
    desk.do("supervisor", "merge_into", {"into": second, "people": people}, stream=first)
    desk.do("supervisor", "receive_case", {"other": first}, stream=second)
    assert theirs(desk, f"{first}=V1") == {first, second, f"{first}=V1", f"{second}=V2"}
    assert theirs(desk, f"{second}=V2") == theirs(desk, f"{first}=V1")


async def test_that_records_were_joined_to_answer_it_is_itself_written_down(desk: Desk) -> None:
    first, second, person = await linked(desk)
    before = how_many(desk.door)
    theirs(desk, f"{first}=V1")
    (one,) = since(desk.door, before)
    assert (one.operation, one.view, one.actor) == (Operation.COMBINATION, "LINK", actor(desk))
    assert set(one.about) == {first, second, person}
    before = how_many(desk.door)
    theirs(desk, f"{opened(desk)}=V1")
    assert [look for look in since(desk.door, before) if look.view == "LINK"] == []
    assert View.GATHERED not in {look.view for look in since(desk.door, before)}
