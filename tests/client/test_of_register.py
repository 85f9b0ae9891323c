"""What other entries of the register have of whoever asks is in their copy, as far as it was
decided item by item; of an entry of which they receive nothing they are not told that it is
there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cli.rights.copy import read_me, record, record_as_json
from client import Nonsense
from client.gathering import copied
from domain.held import Mixed
from domain.message import Outcome
from domain.permissions import View
from domain.texts import CASE
from domain.words import Operation
from tests.client.test_gathering import actor, decide, found, opened, request
from tests.looks import how_many, since

if TYPE_CHECKING:
    from client.gathering import Gathered
    from tests.desk import Desk

ASKED = "Rang in March and asked to be erased (invented)."
POLICE = "An inspector asks for the notes of the meeting (invented)."


def asked(desk: Desk, case: str, party: str = "V1") -> str:
    about = [{"case": case, "party": party}]
    given = {"right": "ERASURE_OF_DATA", "account": ASKED, "about": about}
    return desk.do("worker", "record_rights_request", given)


def police(desk: Desk, case: str) -> str:
    about = [{"case": case, "party": "V1"}]
    given = {"by": "POLICE", "account": POLICE, "about": about}
    return desk.do("worker", "record_notes_request", given)


def of(all_: Gathered, dossier: str) -> list[str]:
    return [item.id for item in all_.items if item.case == dossier]


def withhold_the_rest(desk: Desk, mine: str) -> Gathered:
    left = [one.id for one in found(desk, mine).undecided]
    decide(desk, mine, "WITHHOLD", "OTHERS_RIGHTS", *left)
    return found(desk, mine)


async def test_what_they_asked_before_waits_for_a_decision_and_is_in_the_copy(desk: Desk) -> None:
    case = opened(desk)
    earlier, mine = asked(desk, case), request(desk, (case, "V1"))
    asked(desk, case, "O1")
    now = found(desk, mine)
    (one,) = now.register
    assert one.dossier.id == earlier
    assert all(Mixed.OF_REGISTER in item.mixed for item in one.items)
    assert ASKED in {item.words for item in one.items}
    with pytest.raises(Nonsense, match="nobody has decided on it"):
        copied(desk.door.readings, actor(desk), now)
    decide(desk, mine, "GIVE", "NOBODY_ELSE_IN_IT", *of(now, earlier))
    now, before = withhold_the_rest(desk, mine), how_many(desk.door)
    given = copied(desk.door.readings, actor(desk), now)
    assert ASKED in record(given)
    assert earlier in read_me(now, desk.settings.limits.retention)
    assert record_as_json(now, given)["register"] == [earlier]
    looks = [one for one in since(desk.door, before) if one.operation is Operation.DISCLOSURE]
    (told,) = [one for one in looks if one.about == (earlier,)]
    assert (told.view, told.recipients, len(told.texts)) == (View.DOSSIER, (mine,), 1)


async def test_of_an_entry_that_is_withheld_they_are_not_told_that_it_is_there(desk: Desk) -> None:
    case = opened(desk)
    notes, mine = police(desk, case), request(desk, (case, "V1"))
    decide(desk, mine, "WITHHOLD", "WOULD_PREJUDICE", *of(found(desk, mine), notes))
    now = withhold_the_rest(desk, mine)
    given = copied(desk.door.readings, actor(desk), now)
    retention = desk.settings.limits.retention
    told = read_me(now, retention) + record(given) + str(record_as_json(now, given))
    assert notes not in told
    assert POLICE not in told


async def test_the_request_itself_is_not_among_its_items_and_the_copy_says_what_is_kept_of_it(
    desk: Desk,
) -> None:
    mine = request(desk, (opened(desk), "V1"))
    now = found(desk, mine)
    assert (now.register, of(now, mine)) == ((), [])
    now = withhold_the_rest(desk, mine)
    assert "Of this request itself we keep" in read_me(now, desk.settings.limits.retention)


async def test_what_was_erased_of_an_entry_is_said_to_be_erased_and_waits_for_nobody(
    desk: Desk,
) -> None:
    case = opened(desk)
    earlier, mine = asked(desk, case), request(desk, (case, "V1"))
    desk.door.admission.vault.erasing.destroy(earlier, CASE, found=False)
    text = next(one for one in found(desk, mine).items if one.case == earlier and one.ref)
    assert (text.is_erased, text.mixed) == (True, frozenset())


async def test_an_item_of_the_register_is_decided_on_and_never_put_in(desk: Desk) -> None:
    case = opened(desk)
    earlier, mine = asked(desk, case), request(desk, (case, "V1"))
    given = {"items": [f"{earlier}:1"]}
    with pytest.raises(Nonsense):
        desk.admit("officer", "put_in_items", given, stream=mine)
    more = {"handed": "WITHHOLD", "ground": "OTHERS_RIGHTS"}
    message = desk.admit("officer", "decide_items", {**given, **more}, stream=mine)
    assert desk.take(message).outcome is Outcome.ACCEPTED
