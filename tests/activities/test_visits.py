"""A visit: several commands about one case, decided one after the other, recorded at once or not
at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from client import Denied, Nonsense
from domain.command import COMMANDS
from domain.fold import fold
from domain.message import UPDATE_LIMIT, Outcome
from domain.rules.contact import nobody_who_asked_not_to_be_contacted_is_contacted
from domain.visit import MOST, VISIT, may_be_part
from tests.cases import ATTEMPT, WISH
from tests.desk import desk_in
from tests.paths import referred

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from domain.message import Message, Reply
    from domain.record import Entry
    from tests.desk import Desk

REFER = referred()[0].given
ACCOUNT = "What was said at the door. (Invented.)"
STOP: dict[str, Any] = {"party": "V1"}


@pytest.fixture(scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    async with desk_in(tmp_path_factory.mktemp("desk")) as shared:
        yield shared


@pytest.fixture
def case(desk: Desk) -> str:
    return desk.do("worker", "refer", REFER)


def parts(*named: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return {"parts": [{"name": name, "body": body} for name, body in named]}


def visited(
    desk: Desk, case: str, *named: tuple[str, dict[str, Any]], **more: Any
) -> tuple[Message, Reply]:
    message = desk.admit("worker", VISIT, parts(*named), stream=case, **more)
    return message, desk.take(message)


def history(desk: Desk, case: str) -> list[Entry]:
    return desk.recorder.turns.log.load(case, afresh=True)


async def test_the_parts_of_a_visit_are_one_append_of_one_command(desk: Desk, case: str) -> None:
    before = len(history(desk, case))
    concern = {"concern": "DANGER", "party": "V1", "account": ACCOUNT}
    message, reply = visited(
        desk,
        case,
        ("record_contact_attempt", ATTEMPT),
        ("record_wish", WISH),
        ("raise_concern", concern),
    )
    assert reply.outcome is Outcome.ACCEPTED, reply
    new = [e.envelope for e in history(desk, case)[before:]]
    assert {e.command for e in new} == {message.id}
    assert [(e.part, e.parts) for e in new] == [(n, len(new)) for n in range(1, len(new) + 1)]
    assert desk.recorder.turns.log.verify(case) == before + len(new)
    named = [event["event"] for event in reply.answer["events"]]
    assert [n for n in named if n in ("contact_attempted", "wish_recorded", "concern_raised")] == [
        "contact_attempted",
        "wish_recorded",
        "concern_raised",
    ]


async def test_a_later_part_is_judged_by_what_the_earlier_ones_say(desk: Desk, case: str) -> None:
    before = history(desk, case)
    _, reply = visited(
        desk,
        case,
        ("record_wish", WISH),
        ("stop_contact", STOP),
        ("record_contact_attempt", ATTEMPT),
    )
    assert reply.outcome is Outcome.REFUSED
    rule = nobody_who_asked_not_to_be_contacted_is_contacted.__name__
    assert (rule, 3, "record_contact_attempt") in [
        (r.code, r.part, r.command) for r in reply.refusals
    ]
    assert {r.part for r in reply.refusals} == {3}
    assert history(desk, case) == before
    assert fold(before) == fold(history(desk, case))


async def test_what_was_decided_of_a_visit_is_what_the_record_then_means(
    desk: Desk, case: str
) -> None:
    added = ("add_party", {"party": "V2", "role": "DIRECT_VICTIM"})
    _, reply = visited(desk, case, added, ("stop_contact", {"party": "V2"}))
    assert reply.outcome is Outcome.ACCEPTED, reply
    assert reply.present is not None
    assert reply.present.version == len(history(desk, case))
    assert reply.present.head == history(desk, case)[-1].hash
    then = fold(history(desk, case))
    assert (then.party("V1").reachable, then.party("V2").reachable) == (True, False)


async def test_the_same_visit_again_is_answered_as_it_was_first_recorded(
    desk: Desk, case: str
) -> None:
    said = (
        ("raise_concern", {"concern": "DANGER", "account": ACCOUNT}),
        ("raise_concern", {"concern": "COMPLAINT", "account": ACCOUNT + " Again."}),
    )
    first = visited(desk, case, *said, command_id="the-visit-of-monday")
    recorded = history(desk, case)
    again = visited(desk, case, *said, command_id="the-visit-of-monday")
    assert again[0].body == first[0].body
    assert again[1].answer == first[1].answer
    other = visited(desk, case, said[1], command_id="the-visit-of-monday")
    assert other[1].outcome is Outcome.NONSENSE
    assert history(desk, case) == recorded


async def test_what_was_said_at_a_visit_travels_as_references(desk: Desk, case: str) -> None:
    message, _ = visited(
        desk,
        case,
        ("raise_concern", {"concern": "DANGER", "account": ACCOUNT}),
        ("raise_concern", {"concern": "COMPLAINT", "account": ACCOUNT + " Twice."}),
    )
    assert ACCOUNT not in message.model_dump_json()
    refs = [part["body"]["account"]["id"] for part in message.body["parts"]]
    assert len(set(refs)) == 2
    kept = [e.event.account.id for e in history(desk, case) if e.name == "concern_raised"]
    assert kept[-2:] == refs


async def test_each_part_says_who_wanted_it_and_when_it_was(desk: Desk, case: str) -> None:
    then = datetime.now(UTC) - timedelta(seconds=1)
    _, reply = visited(
        desk,
        case,
        ("record_wish", {**WISH, "asked_by": "V1", "effective_at": then.isoformat()}),
        ("record_wish", {"party": "O1", "wish": "BE_TOLD_OUTCOME", "asked_by": "O1"}),
        origin="paper",
    )
    assert reply.outcome is Outcome.ACCEPTED, reply
    first, second = [e for e in history(desk, case) if e.name == "wish_recorded"][-2:]
    assert (first.envelope.asked_by, second.envelope.asked_by) == ("V1", "O1")
    assert first.effective_at == then < first.recorded_at
    assert {first.envelope.origin, second.envelope.origin} == {"paper"}


async def test_nonsense_names_each_part_and_quotes_nothing(desk: Desk, case: str) -> None:
    with pytest.raises(Nonsense) as told:
        visited(
            desk,
            case,
            ("record_wish", WISH),
            ("raise_concern", {"concern": "Zebedee Quillfeather"}),
        )
    assert [p.partition(":")[0] for p in told.value.problems] == ["part 2 (raise_concern)"]
    assert "Zebedee" not in str(told.value)
    with pytest.raises(Nonsense, match="part 2: there is no such command"):
        visited(desk, case, ("record_wish", WISH), ("dance", {}))
    with pytest.raises(Nonsense, match="part 1: allocate_case is no part of a visit"):
        visited(desk, case, ("allocate_case", {"lead": desk.staff["worker"]}))


async def test_a_person_who_is_not_there_is_told_with_the_part(desk: Desk, case: str) -> None:
    _, reply = visited(desk, case, ("record_wish", WISH), ("stop_contact", {"party": "V7"}))
    assert reply.outcome is Outcome.NONSENSE
    assert all(r.reason.startswith("part 2 (stop_contact): ") for r in reply.refusals)


async def test_whoever_may_not_do_one_part_is_denied_the_visit(desk: Desk, case: str) -> None:
    before = history(desk, case)
    body = parts(("stop_contact", STOP), ("record_wish", WISH))
    with pytest.raises(Denied):
        desk.admit("auditor", VISIT, body, stream=case)
    assert history(desk, case) == before


async def test_a_visit_opens_no_case_and_is_not_empty_endless_or_too_large(
    desk: Desk, case: str
) -> None:
    with pytest.raises(Nonsense, match="say which"):
        desk.admit("worker", VISIT, parts(("refer", REFER)))
    for too_many in ([], [("record_wish", WISH)] * (MOST + 1)):
        with pytest.raises(Nonsense):
            visited(desk, case, *too_many)
    told = {"why": {"code": "A" * 60}, **WISH, "asked_by": "V1"}
    long = ("give_information", {"party": "V1", "channel": "LETTER", "leaflet": "A" * UPDATE_LIMIT})
    with pytest.raises(Nonsense):
        visited(desk, case, ("record_wish", told), long)


def test_what_others_decide_or_what_is_about_other_cases_is_no_part_of_a_visit() -> None:
    assert VISIT not in COMMANDS
    taken = {name for name, cls in COMMANDS.items() if may_be_part(cls)}
    others = {"merge_into", "link_person", "decide_erasure", "allocate_case", "grant_role"}
    assert not taken & others
    assert {"record_consent", "withdraw_consent", "record_wish", "record_risk_item"} <= taken
