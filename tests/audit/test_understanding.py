"""A log is verified and understood in one pass: read, checked, given its meaning, folded."""

# ruff: noqa: S608 - the statements are these tests' own

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.record import Record
from audit.understanding import Place, understand
from audit.verify import cores as together
from audit.verify.findings import Kind, Verdict
from audit.verify.judging import judge
from domain.event import EVENTS, Event
from domain.events.people import PartyAdded, ThreadOpened
from domain.events.staff import CaseOpened
from domain.ids import reference
from domain.record import Draft
from domain.words import CjStage, Role
from tests.audit.logs import checkpoint
from tests.store.sample import MORNING, asked, step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store import Log
    from tests.store.attack import Attacker

WORKER = "PR-7K3M9QXA-5"


def case(number: int) -> str:
    return reference("RJ", f"understood-{number:07d}")


def record(log: Log, cases: int) -> None:
    """Record cases of one pair each, real events all."""
    for number in range(cases):
        record_one(log, number)


def record_one(log: Log, number: int) -> None:
    opened = CaseOpened(case_worker=WORKER, organisation="DERBYSHIRE_RJ", area="DERBYSHIRE")
    people = [
        PartyAdded(party="V1", role=Role.DIRECT_VICTIM),
        PartyAdded(party="O1", role=Role.OFFENDER, stage=CjStage.CUSTODY),
        ThreadOpened(thread="V1-O1", victim="V1", offender="O1"),
    ]
    drafts = [Draft(event, MORNING) for event in (opened, *people)]
    log.append(case(number), 0, asked(f"command-{number:05d}"), drafts)


@pytest.fixture
def place(url: str, tmp_path: Path) -> Place:
    return Place(url, tmp_path / "keys")


@pytest.mark.parametrize("cores", [1, 2])
def test_it_comes_to_what_the_verification_comes_to_however_many_processes_read_it(
    cores: int, log: Log, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "WORTH", 0.0)
    record(log, 120)
    kept = checkpoint([row for page in log.recorded() for row in page], 300)
    seen: list[tuple[int, int]] = []
    report = understand(log, place, [kept], cores, lambda *at: seen.append(at))
    assert report == judge(Record(log), [kept], place.seals)
    assert (report.verdict, report.entries, report.streams) == (Verdict.VERIFIED, 480, 120)
    assert (report.under_checkpoint, report.findings) == (300, [])
    assert seen[-1] == (480, 480)


def test_an_empty_log_is_verified(log: Log, place: Place) -> None:
    assert understand(log, place, []) == judge(Record(log), [], place.seals)


def of_a_later_release(log: Log, stream: str, version: int) -> None:
    """Record an event that only another release knows."""

    class AnsweredByPigeon(Event):
        """A pigeon came back, in these tests only."""

    draft = Draft(AnsweredByPigeon(), MORNING)
    log.append(stream, version, asked("command-pigeon"), [draft])
    del EVENTS[AnsweredByPigeon.name()]


@pytest.mark.parametrize("cores", [1, 2])
def test_what_this_release_has_no_meaning_for_is_named_and_nothing_is_altered(
    cores: int, log: Log, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "WORTH", 0.0)
    record(log, 120)
    of_a_later_release(log, case(119), 4)
    report = understand(log, place, [], cores)
    (found,) = report.findings
    assert (found.kind, found.stream, found.version) == (Kind.NO_MEANING, case(119), 5)
    assert "answered_by_pigeon version 1 is not an event of this release" in found.sentence
    assert report.verdict is Verdict.COULD_NOT_VERIFY
    assert judge(Record(log), [], place.seals).verdict is Verdict.VERIFIED


def test_a_stream_that_cannot_be_folded_is_named_without_a_word_of_what_it_holds(
    log: Log, place: Place
) -> None:
    record(log, 2)
    log.append(case(0), 4, asked("command-step"), [step()])
    (found,) = understand(log, place, []).findings
    assert (found.kind, found.stream) == (Kind.NO_MEANING, case(0))
    assert found.sentence == f"{case(0)} cannot be folded by this release: TypeError"


def test_of_what_is_altered_it_is_told_what_the_verification_tells_and_the_rest_is_read(
    log: Log, place: Place, attacker: Attacker
) -> None:
    record(log, 3)
    of_a_later_release(log, case(2), 4)
    attacker.unguard()
    attacker.sql(
        "UPDATE stored_events SET topic = 'case_allocated' "
        "WHERE originator_id = ? AND originator_version = 2",
        case(1),
    )
    report = understand(log, place, [])
    altered, unread = report.findings
    assert [altered] == judge(Record(log), [], place.seals).findings
    assert (altered.stream, altered.version) == (case(1), 2)
    assert (unread.kind, unread.stream) == (Kind.NO_MEANING, case(2))
    assert report.verdict is Verdict.ALTERED


def test_a_row_under_no_streams_name_is_not_passed_over(
    log: Log, place: Place, attacker: Attacker
) -> None:
    record(log, 2)
    attacker.sql(
        "INSERT INTO stored_events (originator_id, originator_version, topic, state) "
        "SELECT '', originator_version, topic, state FROM stored_events WHERE originator_id = ?",
        case(0),
    )
    report = understand(log, place, [])
    assert report.findings == judge(Record(log), [], place.seals).findings != []


def test_a_row_under_no_streams_name_is_not_made_up_for_by_rows_put_before_the_first(
    log: Log, place: Place, attacker: Attacker
) -> None:
    record(log, 2)
    attacker.unguard()
    at = "rowid" if attacker.url.startswith("sqlite") else "notification_id"
    attacker.sql(f"UPDATE stored_events SET {at} = {at} - 4 WHERE originator_id = ?", case(0))
    attacker.sql(
        f"INSERT INTO stored_events (originator_id, originator_version, topic, state, {at}) "
        f"SELECT '', originator_version, topic, state, {at} + 4 FROM stored_events "
        "WHERE originator_id = ?",
        case(0),
    )
    assert (log.last(), attacker.count()) == (8, 12)
    report = understand(log, place, [])
    assert report.findings == judge(Record(log), [], place.seals).findings != []


def test_what_is_appended_meanwhile_is_not_looked_at(
    log: Log, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(log, 2)
    streams = log.streams

    def grows() -> Iterator[str]:
        if not log.load(case(2)):
            record_one(log, 2)
        return streams()

    monkeypatch.setattr(log, "streams", grows)
    report = understand(log, place, [])
    assert (report.entries, report.streams, report.findings) == (8, 2, [])
