"""Entries of the register that name nobody: an enquirer whom nobody knows yet, a breach that
touches unknown people. They are found by their words, told of wherever they may matter, and get
their person as soon as somebody knows who it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from client.describing import described
from client.everywhere import plan
from domain.fold import fold_dossier
from domain.message import Outcome
from domain.permissions import View
from tests.client.test_describing import NEIGHBOUR, looked_for
from tests.client.test_gathering import actor, opened, request
from tests.looks import how_many, looks, since

if TYPE_CHECKING:
    from client.describing import Search
    from client.everywhere import Plan
    from tests.desk import Desk

ASKED = "Thaddeus Plumtree rang from a box and would not say where he is on record."
LOST = "A list with old Plumtree's number was left on a bus."


def asked(desk: Desk, words: str = ASKED) -> str:
    return desk.do("worker", "record_rights_request", {"right": "ACCESS", "account": words})


def breach(desk: Desk) -> str:
    return desk.do("worker", "record_data_breach", {"kind": "LOST", "account": LOST})


def search(desk: Desk, dossier: str) -> Search:
    wanted = looked_for(**NEIGHBOUR)
    return described(desk.door.readings, actor(desk), dossier, wanted, lambda *_: None)


def shown(desk: Desk, dossier: str) -> Plan:
    return plan(desk.door.readings, actor(desk), dossier, desk.settings.limits.retention)


def name(desk: Desk, dossier: str, case: str, party: str = "V1") -> Outcome:
    given = {"about": [{"case": case, "party": party}]}
    return desk.take(desk.admit("officer", "name_subjects", given, stream=dossier)).outcome


async def test_what_names_nobody_is_found_by_its_words_also_for_who_is_in_no_case(
    desk: Desk,
) -> None:
    earlier, lost = asked(desk), breach(desk)
    asked(desk, "Somebody else altogether (invented).")
    mine = desk.do("worker", "record_rights_request", {"right": "ACCESS", "account": ASKED})
    found = search(desk, mine).register
    assert {(one.dossier, one.words, one.names_nobody) for one in found} == {
        (earlier, ASKED, True),
        (lost, LOST, True),
    }


async def test_what_names_somebody_else_is_found_too_and_said_to(desk: Desk) -> None:
    about = [{"case": opened(desk), "party": "O1"}]
    given = {"right": "ACCESS", "account": ASKED, "about": about}
    earlier = desk.do("worker", "record_rights_request", given)
    (one,) = search(desk, request(desk)).register
    assert (one.dossier, one.names_nobody) == (earlier, False)


async def test_who_looks_and_what_they_were_shown_of_the_register_is_written_down(
    desk: Desk,
) -> None:
    earlier, mine = asked(desk), request(desk)
    before = how_many(desk.door)
    search(desk, mine)
    written = since(desk.door, before)
    (one,) = [look for look in written if look.asked == {"described": mine}]
    assert earlier in one.about
    (words,) = [look for look in written if look.about == (earlier,) and look.texts]
    assert (words.view, len(words.texts)) == (View.DOSSIER, 1)
    assert "Plumtree" not in str([look.model_dump() for look in looks(desk.door)])


async def test_whoever_is_to_be_erased_is_told_of_what_names_nobody_until_it_does(
    desk: Desk,
) -> None:
    case, lost = opened(desk), breach(desk)
    mine = request(desk, (case, "V1"))
    register = shown(desk, mine).register
    assert (register.unnamed, [one.dossier for one in register.kept]) == ((lost,), [mine])
    assert name(desk, lost, case) is Outcome.ACCEPTED
    register = shown(desk, mine).register
    assert (register.unnamed, {one.dossier for one in register.kept}) == ((), {mine, lost})


async def test_a_closed_entry_gets_its_person_later(desk: Desk) -> None:
    case, earlier = opened(desk), asked(desk)
    desk.do("officer", "withdraw_request", {}, stream=earlier)
    assert name(desk, earlier, case) is Outcome.ACCEPTED
    log = desk.door.admission.log
    dossier = fold_dossier(log.load(earlier))
    assert ([*map(str, (one.case for one in dossier.subjects))], dossier.open) == ([case], False)
    register = shown(desk, request(desk, (case, "V1"))).register
    assert earlier in {one.dossier for one in register.kept}
    given = {"decision": "WHOLLY_GRANTED"}
    message = desk.admit("officer", "decide_request", given, stream=earlier)
    assert desk.take(message).outcome is Outcome.NONSENSE
