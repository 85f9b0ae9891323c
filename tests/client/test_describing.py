"""Somebody who is nobody of a case and told of in one: found by the officer, put in by hand, and in
their copy as a mixed item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cli.rights.copy import read_me, record_as_json
from client import Denied, Nonsense
from client.describing import described
from client.gathering import copied, gathered
from domain.held import Mixed
from domain.message import Outcome
from domain.texts import CASE
from domain.words import Handed, Operation
from tests.client.test_gathering import V, actor, decide, found, opened, request, said
from tests.desk import desk_in
from tests.looks import how_many, looks, since
from tests.story import STAFF
from vault.details import PartyDetails
from vault.mentions import Traits

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from client.describing import Search
    from tests.desk import Desk

NEIGHBOUR = {"name": "Thaddeus Plumtree", "phone": "0115 496 0999"}
TOLD = "Old Plumtree from across the road saw it all; he drinks."
UNNAMED = "The man with the wheelbarrow\n  shouted at her."
OTHER = "Nothing to do with anybody of that name."


@pytest.fixture(scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    """Yield an installation; each test opens cases of its own there."""
    async with desk_in(tmp_path_factory.mktemp("desk")) as desk:
        desk.staff["officer"] = desk.do(
            "service:setup", "register_practitioner", dict(STAFF["officer"]), identified="service"
        )
        yield desk


def looked_for(words: str = "", **details: str) -> Traits:
    return Traits.of([PartyDetails.entered(details)]).and_phrase(words)


def search(desk: Desk, dossier: str, who: str = "officer", **wanted: str) -> Search:
    wanted = wanted or NEIGHBOUR
    return described(
        desk.door.readings, actor(desk, who), dossier, looked_for(**wanted), lambda *_: None
    )


def put_in(desk: Desk, dossier: str, *items: str, who: str = "officer") -> None:
    desk.do(who, "put_in_items", {"items": list(items)}, stream=dossier)


def named(desk: Desk, words: str, offender: dict[str, str] | None = None) -> tuple[str, str]:
    """Return a case in which this was said, and how its item is named."""
    case = opened(desk, **({"offender": offender} if offender else {}))
    said(desk, case, "V1", words)
    entry = desk.door.admission.log.load(case)[-1]
    return case, f"{case}:{entry.event.account.id}"  # type: ignore[attr-defined]


async def test_texts_of_any_case_are_found_by_name_by_telephone_or_by_words(desk: Desk) -> None:
    case, by_name = named(desk, TOLD)
    said(desk, case, "V1", OTHER)
    _, by_number = named(desk, "Ring 01154960999 first.")
    _, by_words = named(desk, UNNAMED)
    dossier = request(desk)
    items = {one.item for one in search(desk, dossier).found}
    assert items == {by_name, by_number}
    (one,) = search(desk, dossier, words="with the WHEELBARROW shouted").found
    assert (one.item, one.words) == (by_words, UNNAMED)
    assert not any(found.known for found in search(desk, dossier).found)


async def test_what_was_put_in_waits_for_a_decision_and_leaves_as_it_was_decided(
    desk: Desk,
) -> None:
    case, item = named(desk, f"{TOLD} (Twice.)")
    _, withheld = named(desk, f"{TOLD} (Withheld.)")
    dossier = request(desk)
    assert found(desk, dossier).items == []
    put_in(desk, dossier, item, withheld)
    put_in(desk, dossier, item)
    now = found(desk, dossier)
    assert {one.id: one.mixed for one in now.items} == {
        item: {Mixed.PUT_IN}, withheld: {Mixed.PUT_IN},
    }  # fmt: skip
    assert {one.id for one in now.undecided} == {item, withheld}
    with pytest.raises(Nonsense, match="nobody has decided on it"):
        copied(desk.door.readings, actor(desk), now)
    decide(desk, dossier, "REDACT", "OTHERS_RIGHTS", item, redacted="Plumtree saw it all.")
    decide(desk, dossier, "WITHHOLD", "WOULD_HARM_SOMEBODY", withheld)
    now, before = found(desk, dossier), how_many(desk.door)
    (one,) = copied(desk.door.readings, actor(desk), now)
    assert (one.item.id, one.handed, one.words) == (item, Handed.REDACT, "Plumtree saw it all.")
    given = [look for look in since(desk.door, before) if look.operation is Operation.DISCLOSURE]
    assert {look.about for look in given} >= {(case,)}
    text = item.partition(":")[2]
    assert any(text in look.texts and look.recipients == (dossier,) for look in given)
    told = read_me(now, desk.settings.limits.retention)
    assert f"Case {case}, in which others are, and which tells of you" in told
    assert case in record_as_json(now, [one])["told_of_you"]
    assert TOLD not in str(record_as_json(now, [one]))


async def test_of_somebody_of_a_case_what_others_cases_tell_comes_to_what_is_theirs(
    desk: Desk,
) -> None:
    mine = opened(desk)
    _, item = named(desk, "Mr Quillfeather's aunt told me.", {"name": "Percival Elsewhere"})
    dossier = request(desk, (mine, "V1"))
    known = {one.item: one.known for one in search(desk, dossier, **V).found}
    assert known[item] is False
    assert any(known.values())
    put_in(desk, dossier, item)
    every = found(desk, dossier).items
    assert item in {one.id for one in every}
    assert len(every) > 1


async def test_a_text_about_somebody_who_asks_to_be_erased_is_reported_and_redacted(
    desk: Desk,
) -> None:
    case, item = named(desk, f"{TOLD} (Redacted.)")
    asked = {"right": "ERASURE_OF_DATA", "account": "Invented."}
    dossier = desk.do("worker", "record_rights_request", asked)
    (one,) = [each for each in search(desk, dossier).found if each.item == item]
    text = item.partition(":")[2]
    report = {"text": text, "owner": one.owner}
    desk.do("officer", "report_mention", report, stream=case)
    desk.do("officer", "report_mention", report, stream=case)
    redact = {**report, "words": "Somebody saw it all. (Redacted.)"}
    desk.do("officer", "redact_mention", redact, stream=case)
    names = [entry.name for entry in desk.door.admission.log.load(case)]
    assert names.count("mentions_found") == names.count("mention_redacted") == 1
    assert item not in {each.item for each in search(desk, dossier).found}
    assert not desk.door.admission.vault.erasing.has_text(case, text)
    message = desk.admit("officer", "report_mention", report, stream=case)
    assert desk.take(message).outcome is Outcome.NONSENSE
    with pytest.raises(Denied):
        desk.admit("worker", "report_mention", report, stream=case)


async def test_where_the_officer_has_a_conflict_of_interest_nothing_is_looked_through(
    desk: Desk,
) -> None:
    case, item = named(desk, f"{TOLD} (Conflict.)")
    dossier = request(desk)
    before = search(desk, dossier)
    assert item in {one.item for one in before.found}
    conflict = {"practitioner": desk.staff["officer"]}
    desk.do("supervisor", "declare_conflict", conflict, stream=case)
    after = search(desk, dossier)
    assert item not in {one.item for one in after.found}
    assert after.closed_cases == before.closed_cases + 1
    assert after.closed_texts == before.closed_texts


async def test_what_was_redacted_is_not_found_though_it_is_still_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, item = named(desk, f"{TOLD} (Broken off.)")
    dossier = request(desk)
    (one,) = [each for each in search(desk, dossier).found if each.item == item]
    text = {"text": item.partition(":")[2], "owner": one.owner}
    desk.do("officer", "report_mention", text, stream=case)
    monkeypatch.setattr("vault.erasing.Erasing.erase_text", lambda *_: False)
    desk.do("officer", "redact_mention", {**text, "words": "Somebody saw it."}, stream=case)
    assert desk.door.admission.vault.erasing.has_text(case, text["text"])
    assert item not in {each.item for each in search(desk, dossier).found}


async def test_what_is_looked_for_is_written_down_nowhere_and_each_look_is(desk: Desk) -> None:
    case, _ = named(desk, f"{TOLD} (Logged.)")
    dossier, before = request(desk), how_many(desk.door)
    search(desk, dossier)
    written = since(desk.door, before)
    (one,) = [look for look in written if look.operation is Operation.COMBINATION]
    assert case in one.about
    assert one.asked == {"described": dossier}
    shown = [look for look in written if look.about == (case,) and look.texts]
    assert shown
    assert "Plumtree" not in str([look.model_dump() for look in looks(desk.door)])


async def test_only_the_officer_looks_and_puts_in(desk: Desk) -> None:
    _, item = named(desk, f"{TOLD} (Gated.)")
    dossier = request(desk)
    for who in ("worker", "supervisor", "auditor", "intake"):
        with pytest.raises(Denied):
            search(desk, dossier, who)
        with pytest.raises(Denied):
            put_in(desk, dossier, item, who=who)


async def test_what_is_kept_and_not_used_is_not_found_and_its_number_is_said(desk: Desk) -> None:
    case, item = named(desk, f"{TOLD} (Kept.)")
    dossier = request(desk)
    assert item in {one.item for one in search(desk, dossier).found}
    kept = {"ground": "EVIDENCE", "authority": "COURT", "review_on": "2027-05-01"}
    (party,) = desk.door.admission.vault.owners(case, [ref_of(desk, case)]).values()
    who = {} if party == CASE else {"party": party}
    desk.do("officer", "restrict_data", {**kept, **who, "reply": "Invented."}, stream=case)
    again = search(desk, dossier)
    assert item not in {one.item for one in again.found}
    assert again.closed_texts >= 1


def ref_of(desk: Desk, case: str) -> Any:
    return desk.door.admission.log.load(case)[-1].event.account  # type: ignore[attr-defined]


async def test_an_entry_is_not_put_in_nor_a_text_of_no_case(desk: Desk) -> None:
    case, _ = named(desk, f"{TOLD} (Entry.)")
    dossier = request(desk)
    for item in (f"{case}:2", "RJ-7K3M9QXA-5:T-0123456789ABCDEF"):
        message = desk.admit("officer", "put_in_items", {"items": [item]}, stream=dossier)
        assert desk.take(message).outcome is Outcome.NONSENSE
    assert gathered(desk.door.readings, actor(desk), dossier).items == []


async def test_without_anything_to_look_for_nothing_is_looked_through() -> None:
    assert looked_for("  a ").find_nothing
    assert not looked_for("bar row").find_nothing
