"""What an attack did is named, with the case and the version where it shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from audit.verify.findings import Kind, Verdict
from audit.verify.judging import judge
from tests.audit import attacks
from tests.audit.logs import SEAL, Made, Rows, case, checkpoint, sealing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.checkpoint import Checkpoint
    from audit.verify.entry import Recorded
    from audit.verify.findings import Report

CASE, OTHER = case(1), case(2)


@pytest.fixture
def log() -> list[Recorded]:
    """Return two cases: one of appends of 1, 2, 1, 3 and 1 events, and one of a single event."""
    log = Made()
    for stream, size in ((CASE, 1), (CASE, 2), (OTHER, 1), (CASE, 1), (CASE, 3), (CASE, 1)):
        log.append(stream, size)
    return log.rows


def at(log: Sequence[Recorded], version: int) -> int:
    """Return the place of a version of the case in the log."""
    return next(n for n, row in enumerate(log) if row[:2] == (CASE.encode(), version))


def judged(rows: list[Recorded] | None, *checkpoints: Checkpoint) -> Report:
    assert rows is not None
    return judge(Rows(rows), checkpoints, {SEAL.id: SEAL.private.public_key()})


def named(rows: list[Recorded] | None) -> list[tuple[Kind, int | None]]:
    """Return what is found in the case by its chain and seals alone."""
    report = judged(rows)
    assert {finding.stream for finding in report.findings} == {CASE}
    return [(finding.kind, finding.version) for finding in report.findings]


def test_an_edited_entry(log: list[Recorded]) -> None:
    assert named(attacks.edit(log, at(log, 2))) == [(Kind.ALTERED, 2)]
    assert named(attacks.edit(log, at(log, 4)))[0] == (Kind.ALTERED, 4)


def test_the_last_entry_edited(log: list[Recorded]) -> None:
    assert named(attacks.edit(log, at(log, 8))) == [(Kind.BROKEN_SEAL, 8)]


def test_an_edit_with_a_new_chain_says_from_where_on_the_seals_break(log: list[Recorded]) -> None:
    report = judged(attacks.edit_and_chain(log, at(log, 2)))
    (finding,) = report.findings
    assert (finding.kind, finding.version) == (Kind.BROKEN_SEAL, 3)
    assert "something from version 2 on is not what was sealed" in finding.sentence


def test_a_missing_entry(log: list[Recorded]) -> None:
    assert (Kind.MISSING, 3) in named(attacks.delete(log, at(log, 3)))


def test_a_missing_entry_after_which_the_others_were_renumbered(log: list[Recorded]) -> None:
    assert (Kind.MISSING, 4) in named(attacks.delete_and_chain(log, at(log, 4))) or (
        Kind.BROKEN_SEAL,
        6,
    ) in named(attacks.delete_and_chain(log, at(log, 4)))


def test_all_entries_under_other_numbers(log: list[Recorded]) -> None:
    found = named(attacks.renumber_case(log, at(log, 1)))
    assert found[0] == (Kind.MISSING, 1)
    assert (Kind.INSERTED, 2) in found


def test_an_inserted_entry(log: list[Recorded]) -> None:
    rows = attacks.insert(log, at(log, 8))
    assert (Kind.BROKEN_SEAL, 9) in named(rows)


def test_an_entry_that_stands_there_twice(log: list[Recorded]) -> None:
    twice = [*log, (*log[at(log, 4)][:4], log[-1][4] + 1)]
    assert named(twice) == [(Kind.DUPLICATED, 4)]


def test_entries_in_another_order(log: list[Recorded]) -> None:
    assert named(attacks.swap_rows_of_a_case(log, at(log, 1))) == [(Kind.REORDERED, 1)]


def test_an_append_cut_short(log: list[Recorded]) -> None:
    assert named(attacks.cut_case(log, at(log, 7))) == [(Kind.TRUNCATED, 6)]


def test_a_seal_taken_off_and_a_seal_by_a_stranger(log: list[Recorded]) -> None:
    assert (Kind.BROKEN_SEAL, 8) in named(attacks.strip_seal(log, at(log, 8)))
    report = judged(attacks.edit_and_seal_with_another_key(log, at(log, 8)))
    assert {finding.kind for finding in report.findings} == {Kind.UNKNOWN_SEAL}
    assert report.verdict is Verdict.COULD_NOT_VERIFY


def test_what_has_not_the_form_of_an_entry(log: list[Recorded]) -> None:
    assert (Kind.MALFORMED, 2) in named(attacks.empty(log, at(log, 2)))


@pytest.mark.parametrize("version", [-1, 0, 2**63, 2**64, "1", None, 1.5])
def test_a_version_that_is_none_is_found_and_breaks_nothing(
    log: list[Recorded], version: object
) -> None:
    place = at(log, 2)
    rows = [*log[:place], (CASE.encode(), version, *log[place][2:]), *log[place + 1 :]]
    assert judged(rows).verdict is Verdict.ALTERED  # type: ignore[arg-type]


@pytest.mark.parametrize("column", [0, 2, 3])
def test_nothing_where_something_should_be_is_found_and_breaks_nothing(
    log: list[Recorded], column: int
) -> None:
    row = list(log[1])
    row[column] = None  # type: ignore[call-overload]
    rows = [log[0], tuple(row), *log[2:]]
    assert judged(rows).verdict is Verdict.ALTERED  # type: ignore[arg-type]


def test_a_whole_case_gone_shows_by_the_checkpoint_and_between_which(log: list[Recorded]) -> None:
    before, after = checkpoint(log, 3), checkpoint(log)
    report = judged(attacks.delete_case(log, 3), before, after)
    (finding,) = report.findings
    assert (finding.kind, finding.stream) == (Kind.TRUNCATED, None)
    assert "the log has 8 entries and had 9" in finding.sentence
    moved = judged(attacks.case_last(log, 3), before, after)
    (finding,) = moved.findings
    assert finding.kind is Kind.OTHER_ROOT
    assert "from entry 4 to 9 something was altered" in finding.sentence


def test_of_many_checkpoints_the_one_is_told_that_says_where(log: list[Recorded]) -> None:
    every = [checkpoint(log, size) for size in range(1, 10)] * 2
    report = judged(attacks.case_last(log, 3), *every)
    (finding,) = report.findings
    assert "from entry 4 to 4 something was altered" in finding.sentence
    shorter = judged(log[:3], *every).findings[-1]
    assert "the log has 3 entries and had 9 when" in shorter.sentence


def test_two_checkpoints_of_one_length_over_different_logs_are_told(log: list[Recorded]) -> None:
    fits, other = checkpoint(log, 6), replace(checkpoint(log, 6), root=bytes(32))
    for points in ((fits, other), (other, fits)):
        (finding,) = judged(log, *points).findings
        assert "6" in finding.sentence
    assert (
        "two checkpoints of 6 entries were signed" in judged(log, fits, other).findings[0].sentence
    )


def test_a_stream_with_a_hostile_name_is_printed_harmlessly(log: list[Recorded]) -> None:
    name = b"\x1b[2J\xff" + "\N{RIGHT-TO-LEFT OVERRIDE}".encode() + b"x" * 500
    report = judged([(name, *log[1][1:]), *log])
    shown = {finding.stream for finding in report.findings if finding.stream != CASE}
    assert shown == {"?[2J??" + "x" * 54}


def test_many_broken_streams_are_counted_and_not_all_named() -> None:
    made = Made()
    for number in range(230):
        made.append(case(number), 1)
    rows = [(*row[:3], row[3].replace(b"V1-O1", b"V1-O2"), row[4]) for row in made.rows]
    report = judged(rows)
    assert len(report.findings) == 201
    assert report.findings[-1].sentence.startswith("30 more streams")


def test_what_somebody_with_the_key_left_out_or_did_not_finish_is_named() -> None:
    """The chain links and the seals are good: only versions and parts tell."""
    made = Made()
    made.append(CASE, 1)
    head = made.heads[CASE]
    made.heads[CASE] = replace(head, version=head.version + 1)
    made.append(CASE, 1)
    assert named(made.rows) == [(Kind.MISSING, 2)]

    begun = Made()
    begun.append(CASE, 2)
    stream, version, name, state, position = begun.rows[0]
    sealed = sealing().seal(CASE, version, name.decode(), state)
    assert (Kind.TRUNCATED, 1) in named([(stream, version, name, sealed, position)])
