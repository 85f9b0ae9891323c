"""What was asked, of what was recorded: proved by its digest, or said by an entry, not guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from audit.asked import Asked, How, asked_of, asked_of_each
from domain.visit import VISIT
from tests.client.test_gathering import opened
from tests.desk import desk_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from domain.record import Entry
    from tests.desk import Desk

DAYS_AGO = datetime.now(UTC).replace(microsecond=0) - timedelta(days=3)
SAID = [
    ("withdraw_consent", {"party": "V1"}),
    ("withdraw_consent", {"party": "V1", "cause": "ABOUT_THE_SERVICE"}),
    ("pause_participation", {"party": "V1"}),
    ("decline_offer", {"party": "V1", "threads": ["V1-O1"], "asked_by": "V1"}),
    ("stop_contact", {"party": "O1"}),
    ("raise_concern", {"concern": "COMPLAINT", "party": "V1", "account": "Invented."}),
    ("report_mistake", {"entry": 2}),
]


@pytest.fixture(scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    """Yield an installation; each test opens a case of its own there."""
    async with desk_in(tmp_path_factory.mktemp("desk")) as desk:
        yield desk


def recorded(desk: Desk, name: str, given: dict[str, Any], **more: Any) -> list[Entry]:
    """Return what this led to, in a case of its own."""
    case = opened(desk)
    log = desk.door.admission.log
    before = len(log.load(case))
    desk.do("worker", name, given, stream=case, **more)
    return log.load(case)[before:]


@pytest.mark.parametrize(("name", "given"), SAID, ids=[f"{n}-{len(g)}" for n, g in SAID])
async def test_the_command_is_proved_by_its_digest(
    desk: Desk, name: str, given: dict[str, Any]
) -> None:
    assert asked_of(recorded(desk, name, given)) == Asked(name, How.PROVED)


@pytest.mark.parametrize("zone", ["UTC", "Europe/London"])
async def test_so_it_is_with_the_moment_at_which_it_happened(desk: Desk, zone: str) -> None:
    at = (DAYS_AGO - timedelta(days=120)).astimezone(ZoneInfo(zone)).isoformat()
    given = {"party": "V1", "channel": "TELEPHONE", "outcome": "MESSAGE_LEFT", "effective_at": at}
    found = recorded(desk, "record_contact_attempt", given)
    assert asked_of(found).name == "record_contact_attempt"


async def test_what_was_done_in_breach_of_a_rule_is_named_by_its_entry(desk: Desk) -> None:
    given = {"party": "V1", "channel": "TELEPHONE", "outcome": "MESSAGE_LEFT", "happened": True}
    case = opened(desk)
    desk.do("worker", "stop_contact", {"party": "V1"}, stream=case)
    desk.do("worker", "record_contact_attempt", given, stream=case)
    entries = desk.door.admission.log.load(case)
    assert entries[-1].name == "acted_in_breach"
    assert [*asked_of_each(entries)][-1] == Asked("record_contact_attempt", How.RECORDED)


@pytest.mark.parametrize("visit", [False, True], ids=["alone", "in a visit"])
async def test_what_was_entered_late_is_named_by_its_entry_where_nothing_proves_it(
    desk: Desk, visit: bool
) -> None:
    case, at = opened(desk), datetime.now(UTC) - timedelta(seconds=1)
    desk.do("worker", "pause_participation", {"party": "V1"}, stream=case)
    name, late = "record_need_for_time", {"effective_at": at.isoformat(), "party": "V1"}
    both = [{"name": name, "body": late}, {"name": "stop_contact", "body": {"party": "O1"}}]
    asked = (VISIT, {"parts": both}) if visit else (name, late)
    desk.do("worker", *asked, stream=case)
    entries = desk.door.admission.log.load(case)
    assert "late_entry_noted" in {one.name for one in entries}
    how = How.RECORDED if visit else How.PROVED
    assert [*asked_of_each(entries)][-1] == Asked(name, how)


def otherwise(entries: Sequence[Entry], **data: Any) -> list[Entry]:
    """Return these entries as if they had said something else."""
    (one,) = entries
    other = one.envelope.model_copy(update={"data": {**one.envelope.data, **data}})
    return [one._replace(recorded=other)]


async def test_nothing_is_guessed_where_the_entries_do_not_say_what_was_typed(desk: Desk) -> None:
    found = recorded(desk, "pause_participation", {"party": "V1"})
    assert asked_of(otherwise(found, party="O1")) == Asked(None, How.NOT_TOLD)


async def test_a_visit_is_one_command_of_several_and_is_not_told(desk: Desk) -> None:
    parts = [
        {"name": "pause_participation", "body": {"party": "V1"}},
        {"name": "stop_contact", "body": {"party": "O1"}},
    ]
    found = recorded(desk, VISIT, {"parts": parts})
    told = [*asked_of_each(found)]
    assert told == [Asked(None, How.NOT_TOLD)] * len(found)
    assert len(found) > 1


async def test_of_a_case_each_entry_is_told_once_and_in_order(desk: Desk) -> None:
    case = opened(desk)
    log = desk.door.admission.log
    desk.do("worker", "pause_participation", {"party": "V1"}, stream=case)
    desk.do("worker", "stop_contact", {"party": "V1"}, stream=case)
    entries = log.load(case)
    names = [one.name for one in asked_of_each(entries)]
    assert len(names) == len(entries)
    assert names[-2:] == ["pause_participation", "stop_contact"]
    assert set(names[:-2]) == {None}


async def test_what_fell_due_nobody_asked_for(desk: Desk) -> None:
    (one,) = recorded(desk, "pause_participation", {"party": "V1"})
    by_clock = one.envelope.model_copy(update={"origin": "clock"})
    assert asked_of([one._replace(recorded=by_clock)]) == Asked(None, How.CLOCK)
