"""Everything that is held of somebody, and what of it leaves: nothing mixed without a decision."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from cli.rights.copy import read_me, record_as_json
from client import Denied, Nonsense
from client.gathering import copied, gathered
from client.persons import follow
from domain.held import Mixed
from domain.record import Actor
from domain.words import Handed, Operation
from tests.desk import desk_in
from tests.looks import how_many, since
from tests.paths import referred
from tests.story import STAFF
from vault.tables import TEXTS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from client.gathering import Gathered
    from tests.desk import Desk

V = {"name": "Zebedee Quillfeather", "phone": "0115 496 0777"}
O = {"name": "Ottoline Marrowby", "known_as": "Otto"}  # noqa: E741 - an offender
OWN = "I want my marmalade spoon back."
NAMES_OTHER = "It was otto, I saw it."
OF_STAFF = "Seems to sleep badly."
ABOUT_OTHER = "Lives with an aunt."
OTHERS_WORDS = "I did not know that Mr Quillfeather was at home."


@pytest.fixture(scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    """Yield an installation; each test opens a case of its own there."""
    async with desk_in(tmp_path_factory.mktemp("desk")) as desk:
        desk.staff["officer"] = desk.do(
            "service:setup", "register_practitioner", dict(STAFF["officer"]), identified="service"
        )
        yield desk


def opened(desk: Desk, *, offender: dict[str, str] = O) -> str:
    given = dict(referred()[0].given)
    given["parties"] = [
        {"party": "V1", "role": "DIRECT_VICTIM", "details": V},
        {"party": "O1", "role": "OFFENDER", "details": offender},
    ]
    return desk.do("worker", "refer", {**given, "notes": OF_STAFF})


def request(desk: Desk, *about: tuple[str, str]) -> str:
    subjects = [{"case": case, "party": party} for case, party in about]
    given = {"right": "ACCESS", "account": "Invented.", "about": subjects}
    dossier = desk.do("worker", "record_rights_request", given)
    desk.do("officer", "identify_requester", {"how": "DOCUMENT_SEEN"}, stream=dossier)
    desk.do("officer", "decide_request", {"decision": "WHOLLY_GRANTED"}, stream=dossier)
    return dossier


def actor(desk: Desk, who: str = "officer") -> Actor:
    return Actor(id=desk.staff[who], identified="unverified")


def found(desk: Desk, dossier: str) -> Gathered:
    return gathered(desk.door.readings, actor(desk), dossier)


def said(desk: Desk, case: str, party: str, words: str) -> None:
    concern = {"concern": "COMPLAINT", "party": party, "account": words}
    desk.do("worker", "raise_concern", concern, stream=case)


def by_words(all_: Gathered) -> dict[str, frozenset[Mixed]]:
    return {item.words: item.mixed for item in all_.items if item.words}


def decide(desk: Desk, dossier: str, handed: str, ground: str, *items: str, **more: Any) -> None:
    given = {"items": list(items), "handed": handed, "ground": ground, **more}
    desk.do("officer", "decide_items", given, stream=dossier)


async def test_their_own_details_are_theirs_and_staffs_notes_wait_for_a_person(desk: Desk) -> None:
    case = opened(desk)
    texts = by_words(found(desk, request(desk, (case, "V1"))))
    own = next(mixed for words, mixed in texts.items() if "Quillfeather" in words)
    assert own == frozenset()
    assert Mixed.NOT_THEIR_WORDS in texts[OF_STAFF]
    assert not any("Marrowby" in words for words in texts)


async def test_what_stands_of_them_in_somebody_elses_record_is_found(desk: Desk) -> None:
    case = opened(desk)
    desk.do("worker", "record_chosen_word", {"party": "O1", "word": OTHERS_WORDS}, stream=case)
    desk.do("worker", "record_chosen_word", {"party": "O1", "word": ABOUT_OTHER}, stream=case)
    texts = by_words(found(desk, request(desk, (case, "V1"))))
    assert Mixed.NOT_THEIR_WORDS in texts[OTHERS_WORDS]
    assert ABOUT_OTHER not in texts


async def test_their_own_words_are_mixed_if_they_name_somebody_else(desk: Desk) -> None:
    case = opened(desk)
    desk.do("worker", "record_chosen_word", {"party": "V1", "word": OWN}, stream=case)
    desk.do("worker", "record_chosen_word", {"party": "V1", "word": NAMES_OTHER}, stream=case)
    texts = by_words(found(desk, request(desk, (case, "V1"))))
    assert texts[OWN] == frozenset()
    assert texts[NAMES_OTHER] == {Mixed.NAME_FOUND}


@pytest.mark.parametrize(
    ("offender", "words"),
    [
        ({"name": "Robert Marrowby"}, "Bob did it."),
        ({"name": "Zoë Marrowby"}, "Zoe did it."),
        ({"name": "Ottoline O'Marrow"}, "It was young O\u2019Marrow."),
        ({"name": "Ottoline Marrowby"}, "It was Marrowby's brother."),
        ({"name": "Ottoline Marrowby"}, "All the Marrowbys were there."),
        ({**O, "phone": "07700 900123"}, "You reach them at 07700900123."),
        ({**O, "address": "12 Invented Row\nDerby"}, "They moved to 12 Invented Row."),
    ],
)
async def test_their_own_words_are_mixed_if_they_tell_of_another_in_any_way(
    desk: Desk, offender: dict[str, str], words: str
) -> None:
    case = opened(desk, offender=offender)
    desk.do("worker", "record_chosen_word", {"party": "V1", "word": words}, stream=case)
    texts = by_words(found(desk, request(desk, (case, "V1"))))
    assert texts[words] == {Mixed.NAME_FOUND}


async def test_somebody_is_looked_for_by_what_they_were_called_before(desk: Desk) -> None:
    case = opened(desk)
    changed = {"party": "O1", "details": {"name": "Prunella Newname"}}
    desk.do("worker", "change_details", changed, stream=case)
    desk.do("worker", "record_chosen_word", {"party": "V1", "word": NAMES_OTHER}, stream=case)
    texts = by_words(found(desk, request(desk, (case, "V1"))))
    assert texts[NAMES_OTHER] == {Mixed.NAME_FOUND}


async def test_where_a_name_is_not_known_nobody_can_say_that_it_is_not_there(desk: Desk) -> None:
    case = opened(desk, offender={})
    desk.do("worker", "record_chosen_word", {"party": "V1", "word": OWN}, stream=case)
    texts = by_words(found(desk, request(desk, (case, "V1"))))
    assert texts[OWN] == {Mixed.NAME_UNKNOWN}


async def test_nothing_mixed_is_copied_without_a_decision_on_each(desk: Desk) -> None:
    case = opened(desk)
    dossier = request(desk, (case, "V1"))
    waiting = found(desk, dossier).undecided
    assert len(waiting) > 2
    for number, item in enumerate(waiting):
        with pytest.raises(Nonsense, match="nobody has decided"):
            copied(desk.door.readings, actor(desk), found(desk, dossier))
        assert len(found(desk, dossier).undecided) == len(waiting) - number
        decide(desk, dossier, "WITHHOLD", "OTHERS_RIGHTS", item.id)
    given = copied(desk.door.readings, actor(desk), found(desk, dossier))
    assert not {one.item.id for one in given} & {item.id for item in waiting}
    assert OF_STAFF not in {one.words for one in given}


async def test_a_text_is_given_with_parts_taken_out_only_as_somebody_wrote_it(desk: Desk) -> None:
    case = opened(desk)
    dossier = request(desk, (case, "V1"))
    waiting = found(desk, dossier).undecided
    note = next(item for item in waiting if item.words == OF_STAFF)
    rest = [item.id for item in waiting if item.id != note.id]
    decide(desk, dossier, "GIVE", "REASONABLE_WITHOUT", *rest)
    decide(desk, dossier, "REDACT", "OTHERS_RIGHTS", note.id, redacted="Seems to …")
    given = copied(desk.door.readings, actor(desk), found(desk, dossier))
    one = next(one for one in given if one.item.id == note.id)
    assert (one.handed, one.words) == (Handed.REDACT, "Seems to …")
    assert OF_STAFF not in {other.words for other in given}


async def test_what_came_after_the_decisions_waits_for_its_own(desk: Desk) -> None:
    case = opened(desk)
    dossier = request(desk, (case, "V1"))
    decide(desk, dossier, "WITHHOLD", "OTHERS_RIGHTS", *[i.id for i in found(desk, dossier).items])
    assert found(desk, dossier).undecided == []
    said(desk, case, "V1", "Somebody was rude.")
    assert [item.words for item in found(desk, dossier).undecided] == ["Somebody was rude."]


async def test_every_case_in_which_they_are_known_to_appear_is_gathered(desk: Desk) -> None:
    first, second, other = opened(desk), opened(desk), opened(desk)
    link = {"party": "V1", "other": first, "there": "V1", "same_matter": False}
    desk.do("worker", "link_person", link, stream=second)
    await told_on(desk, first, second)
    cases = {part.case.id for part in found(desk, request(desk, (first, "V1"))).parts}
    assert cases == {first, second}
    assert other not in cases


@pytest.mark.parametrize("asked", [("first", "V1"), ("second", "V2")])
async def test_a_case_that_goes_on_in_another_is_gathered_with_it(
    desk: Desk, asked: tuple[str, str]
) -> None:
    first, second, other = opened(desk), opened(desk), opened(desk)
    more = {"party": "V2", "role": "DIRECT_VICTIM", "details": V}
    desk.do("worker", "add_party", more, stream=second)
    people = {"V1": "V2", "O1": "O1"}
    desk.do("supervisor", "merge_into", {"into": second, "people": people}, stream=first)
    desk.do("supervisor", "receive_case", {"other": first}, stream=second)
    by_name = {"first": first, "second": second}
    parts = found(desk, request(desk, (by_name[asked[0]], asked[1]))).parts
    assert {(part.case.id, part.party) for part in parts} == {(first, "V1"), (second, "V2")}
    assert other not in {part.case.id for part in parts}


async def told_on(desk: Desk, *cases: str) -> None:
    class There:
        admission = desk.door.admission

        async def do(self, who: str, known: str, name: str, given: Any, **more: Any) -> None:
            kept = {k: v for k, v in more.items() if v is not None}
            desk.do(who, name, dict(given), identified=known, **kept)

    for case in cases:
        assert await follow(There(), case)  # type: ignore[arg-type]


async def test_the_recipients_are_those_of_the_ledger(desk: Desk) -> None:
    case = opened(desk)
    told = {"party": "V1", "recipient": "POLICE", "ground": "DANGER", "items": ["NAME"]}
    desk.do("worker", "record_disclosure", told, stream=case)
    of_other = {**told, "party": "O1", "recipient": "PRISON"}
    desk.do("worker", "record_disclosure", of_other, stream=case)
    (part,) = found(desk, request(desk, (case, "V1"))).parts
    assert [str(one.recipient) for one in part.recipients] == ["POLICE"]


async def test_each_look_and_the_copy_are_in_the_access_log_before_it_is_handed_over(
    desk: Desk,
) -> None:
    case = opened(desk)
    dossier, before = request(desk, (case, "V1")), how_many(desk.door)
    all_ = found(desk, dossier)
    decide(desk, dossier, "WITHHOLD", "OTHERS_RIGHTS", *[item.id for item in all_.undecided])
    given = copied(desk.door.readings, actor(desk), found(desk, dossier))
    told = since(desk.door, before)
    disclosed = [one for one in told if one.operation is Operation.DISCLOSURE]
    assert [(one.about, one.recipients, one.medium) for one in disclosed] == [
        ((case,), (dossier,), "EXPORT")
    ]
    assert set(disclosed[0].texts) == {one.item.ref.id for one in given if one.item.ref}
    assert {one.reason for one in told if one.view == "GATHERED"} == {"RIGHTS_REQUEST"}


async def test_what_is_decided_to_be_withheld_is_withheld_though_nobody_else_is_in_it(
    desk: Desk,
) -> None:
    case = opened(desk)
    told = {"party": "V1", "recipient": "POLICE", "ground": "DANGER", "items": ["RISK"]}
    desk.do("worker", "record_disclosure", told, stream=case)
    dossier = request(desk, (case, "V1"))
    all_ = found(desk, dossier)
    (one,) = [item for item in all_.items if item.entry.name == "information_disclosed"]
    assert not one.mixed
    others = [item.id for item in all_.undecided]
    decide(desk, dossier, "WITHHOLD", "OTHERS_RIGHTS", *others)
    decide(desk, dossier, "WITHHOLD", "WOULD_PREJUDICE", one.id)
    again = found(desk, dossier)
    given = copied(desk.door.readings, actor(desk), again)
    assert one.id not in {other.item.id for other in given}
    written = read_me(again, desk.settings.limits.retention)
    assert "police" not in written
    assert "prejudice an investigation or proceedings: 1" in written
    assert "POLICE" not in json.dumps(record_as_json(again, given))


@pytest.mark.parametrize("who", ["worker", "supervisor", "auditor", "intake"])
async def test_nobody_else_gathers_and_nobody_else_reads_a_request(desk: Desk, who: str) -> None:
    dossier = request(desk, (opened(desk), "V1"))
    with pytest.raises(Denied):
        gathered(desk.door.readings, actor(desk, who), dossier)


async def test_what_was_erased_is_listed_as_such_and_waits_for_nobody(desk: Desk) -> None:
    case = opened(desk)
    dossier = request(desk, (case, "V1"))
    desk.door.admission.vault.erase_person(case, "V1")
    gone = [item for item in found(desk, dossier).items if item.is_erased]
    assert gone
    assert not [item for item in gone if item.mixed]


async def test_what_is_kept_and_not_used_is_theirs_to_see_and_nobody_elses(desk: Desk) -> None:
    case = opened(desk)
    desk.do("worker", "record_chosen_word", {"party": "V1", "word": OWN}, stream=case)
    desk.do("worker", "record_chosen_word", {"party": "O1", "word": OTHERS_WORDS}, stream=case)
    mine, others = request(desk, (case, "V1")), request(desk, (case, "O1"))
    desk.door.admission.vault.restricting.restrict(case, "V1")
    texts = by_words(found(desk, mine))
    assert texts[OWN] == frozenset()
    assert any("Quillfeather" in words for words in texts)
    about_o1 = by_words(found(desk, others))
    assert about_o1[OTHERS_WORDS] == {Mixed.NAME_UNKNOWN}
    assert OWN not in about_o1


async def test_what_cannot_be_read_is_not_left_out_in_silence(desk: Desk) -> None:
    case = opened(desk)
    dossier = request(desk, (case, "V1"))
    _altered(desk.settings.folder / "vault.db", case)
    unread = [item for item in found(desk, dossier).undecided if Mixed.UNREADABLE in item.mixed]
    assert unread


def _altered(path: Path, case: str) -> None:
    with sqlite3.connect(path) as database:
        changed = f"UPDATE {TEXTS.name} SET sealed = zeroblob(64) WHERE stream = ?"  # noqa: S608
        assert database.execute(changed, (case,)).rowcount
