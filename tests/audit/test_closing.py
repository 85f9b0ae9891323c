"""The end of an export of one case: cut off, said otherwise, said by others, or not said at all."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from audit.checkpoint import Checkpoint, Ends, Signed
from audit.note import Malformed, NoteSigner
from audit.proofs import NotThere, ended
from audit.record import Record
from audit.verify import cores
from audit.verify import export as reading
from audit.verify.export import End, Manifest, first_line, last_line, line_of
from tests.audit.attacks import edit_and_seal_with_the_key
from tests.audit.logs import NOTARY, ORIGIN, checkpoint, kept, private, with_ends
from tests.audit.test_bad_proofs import Held
from tests.audit.test_verifier import ROWS, keys, run, written

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from audit.verify.closing import Closing
    from audit.verify.entry import Recorded

POINT = with_ends(ROWS, len(ROWS) - 3)
CASES = sorted({row[0] for row in ROWS[: POINT.size]})
CASE = CASES[0]


def signed(point: Checkpoint, by: NoteSigner = NOTARY) -> Signed:
    return Signed(point, (by.key,), point.signed([by]))


def end_of(case: bytes = CASE, point: Checkpoint = POINT, by: NoteSigner = NOTARY) -> Closing:
    return ended(Record(Held(ROWS)), case.decode(), signed(point, by))


def of_one_case(path: Path, rows: Sequence[Recorded], closing: object) -> Path:
    """Write an export of the case of these rows, as somebody may who has no key."""
    case = rows[0][0].decode()
    lines = [first_line(Manifest(case, ORIGIN, len(rows))), *map(line_of, rows)]
    end = End(len(rows), checkpoint(rows).root, closing)
    path.write_bytes(b"".join([*lines, last_line(end)]))
    return path


def judged(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    rows: Sequence[Recorded],
    closing: object,
    *points: Checkpoint,
) -> tuple[int, dict[str, Any]]:
    """Return what an outsider is told of an export with this end, by these checkpoints."""
    folder = tmp_path / "kept"
    folder.mkdir(exist_ok=True)
    file = of_one_case(tmp_path / "case.jsonl", rows, closing)
    given = ("--checkpoint", kept(folder, *(points or (POINT,))))
    code, said = run(capsys, file, *keys(), *given, "--json")
    return code, json.loads(said)


def rows_of(case: bytes) -> list[Recorded]:
    return [row for row in ROWS if row[0] == case]


def ends(rows: Sequence[Recorded]) -> list[int]:
    """Return after how many of these rows an append ends."""
    return [n + 1 for n, row in enumerate(rows) if b',"seal":' in row[3]]


def test_a_case_that_lost_its_end_in_a_file_is_altered_and_a_whole_one_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tried = 0
    for rows, closing in ((rows_of(case), end_of(case)) for case in CASES):
        for end in ends(rows):
            code, said = judged(tmp_path, capsys, rows[:end], closing.said())
            if end >= closing.version:
                assert (code, said["under_checkpoint"]) == (0, closing.version)
                assert f"after the checkpoint of {POINT.size} entries" in said["not_shown"]
                continue
            tried += 1
            (finding,) = said["findings"]
            assert (code, finding["kind"], finding["version"]) == (1, "truncated", end)
            assert f"had {closing.version} entries" in finding["sentence"]
    assert tried > len(CASES)


def test_a_case_whose_every_entry_was_taken_out_is_altered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [first_line(Manifest(CASE.decode(), ORIGIN, 0))]
    end = End(0, checkpoint([]).root, end_of().said())
    (tmp_path / "none.jsonl").write_bytes(b"".join([*lines, last_line(end)]))
    (tmp_path / "kept").mkdir()
    given = ("--checkpoint", kept(tmp_path / "kept", POINT))
    code, said = run(capsys, tmp_path / "none.jsonl", *keys(), *given)
    assert (code, "its end was cut off" in said) == (1, True)


def test_what_was_sealed_anew_by_whoever_has_the_seals_key_is_not_how_the_case_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = next(n for n, row in enumerate(ROWS) if row[0] == CASE)
    forged = edit_and_seal_with_the_key(ROWS, at)
    rows = [row for row in forged if row[0] == CASE]
    assert judged(tmp_path, capsys, rows, None, checkpoint(ROWS, POINT.size))[0] == 0
    code, said = judged(tmp_path, capsys, rows, end_of().said())
    assert (code, said["findings"][0]["kind"]) == (1, "altered")
    assert "is not the one with which it ended" in said["findings"][0]["sentence"]


def test_without_a_word_of_its_end_it_is_told_by_a_checkpoint_that_could_show_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = rows_of(CASE)
    code, said = judged(tmp_path, capsys, rows, None)
    (finding,) = said["findings"]
    assert (code, finding["kind"]) == (2, "end_not_shown")
    assert "ask for a new export of the case" in finding["sentence"]
    altered = [(*rows[0][:3], rows[0][3].replace(b"V1-O1", b"V1-O2"), rows[0][4]), *rows[1:]]
    assert judged(tmp_path, capsys, altered, None)[0] == 1


def test_by_checkpoints_from_before_there_were_such_ends_it_is_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = judged(tmp_path, capsys, rows_of(CASE), None, checkpoint(ROWS, POINT.size))
    assert (code, "whether these are all entries" in said["not_shown"]) == (0, True)
    with pytest.raises(NotThere, match="does not name where cases end"):
        end_of(point=checkpoint(ROWS, POINT.size))


def test_an_end_that_an_older_checkpoint_shows_leaves_open_what_came_since(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = with_ends(ROWS, POINT.size // 2)
    case = next(row[0] for row in ROWS[: older.size])
    closing = end_of(case, older)
    rows = rows_of(case)[: closing.version]
    if b',"seal":' not in rows[-1][3]:
        rows = rows_of(case)[: next(n for n in ends(rows_of(case)) if n > closing.version)]
    code, said = judged(tmp_path, capsys, rows, closing.said(), older)
    assert code == 0
    code, said = judged(tmp_path, capsys, rows, closing.said(), older, POINT)
    assert (code, [one["kind"] for one in said["findings"]]) == (2, ["end_not_shown"])
    assert f"one of {POINT.size} was given" in said["findings"][0]["sentence"]


def test_two_checkpoints_of_one_size_that_name_other_ends_are_of_different_logs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for other in (
        replace(POINT, ends=Ends(len(CASES), bytes(32))),
        replace(POINT, root=bytes(32)),
    ):
        code, said = judged(tmp_path, capsys, rows_of(CASE), end_of().said(), other)
        assert (code, said["findings"][0]["kind"]) == (1, "other_root")


def changed(**given: object) -> dict[str, Any]:
    return end_of().said() | given


def of_another() -> dict[str, Any]:
    other = NoteSigner("other.example/log", private(3))
    point = Checkpoint("other.example/log", POINT.size, POINT.root, POINT.ends)
    return end_of(point=point, by=other).said()


NO_FORM = "has not the form of one"
SPOILT: dict[str, tuple[Callable[[], object], int, str]] = {
    "a list": (lambda: [1], 2, NO_FORM),
    "false": (lambda: False, 2, NO_FORM),
    "a version in words": (lambda: changed(version="1"), 2, NO_FORM),
    "version 0": (lambda: changed(version=0), 2, NO_FORM),
    "a huge version": (lambda: changed(version=10**30), 2, NO_FORM),
    "a negative index": (lambda: changed(index=-1), 2, NO_FORM),
    "half a hash": (lambda: changed(hash="00"), 2, NO_FORM),
    "a proof in one text": (lambda: changed(proof="AAAA"), 2, NO_FORM),
    "too long a proof": (lambda: changed(proof=["A" * 43 + "="] * 65), 2, NO_FORM),
    "no checkpoint": (lambda: changed(checkpoint=""), 2, "not a signed note"),
    "half a surrogate": (lambda: changed(checkpoint="\ud800"), 2, "not a signed note"),
    "an oversized checkpoint": (lambda: changed(checkpoint="x" * 70_000), 2, "longer than any"),
    "by nobody known": (
        lambda: end_of(by=NoteSigner(ORIGIN, private(9))).said(),
        2,
        "none of the known keys",
    ),
    "of another log": (of_another, 2, "none of the known keys"),
    "another index": (lambda: changed(index=end_of().index + 1), 1, "is not what its checkpoint"),
    "another version": (lambda: changed(version=1), 1, "is not what its checkpoint"),
    "of another case": (lambda: end_of(CASES[1]).said(), 1, "is not what its checkpoint"),
    "a checkpoint that names no ends": (
        lambda: changed(checkpoint=signed(checkpoint(ROWS, POINT.size)).note),
        1,
        "is not what its checkpoint",
    ),
}


@pytest.mark.parametrize("how", SPOILT)
def test_an_end_that_is_said_otherwise_is_never_verified(
    how: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, expected, why = SPOILT[how]
    code, said = judged(tmp_path, capsys, rows_of(CASE), make())
    assert (code, why in said["findings"][0]["sentence"]) == (expected, True), said


def test_from_a_log_that_is_not_what_was_signed_no_end_is_shown() -> None:
    name, point = CASE.decode(), signed(POINT)
    for rows, why in (
        (ROWS[: POINT.size - 1], "not what its newest checkpoint"),
        ([*ROWS[:2], ROWS[3], ROWS[2], *ROWS[4:]], "not what its newest checkpoint"),
    ):
        with pytest.raises(NotThere, match=why):
            ended(Record(Held(rows)), name, point)
    with pytest.raises(NotThere, match="under no checkpoint yet"):
        ended(Record(Held(ROWS)), "RJ-00000000-0", point)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_notary_that_named_other_ends_than_the_logs_is_found_in_an_export_of_all(
    processes: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cores, "ALONE", 0.0)
    monkeypatch.setattr(reading, "_BLOB", 3_000)
    assert POINT.ends
    file = written(tmp_path / "log.jsonl")
    for said, expected in (
        (POINT.ends, 0),
        (Ends(POINT.ends.streams, bytes(32)), 1),
        (Ends(POINT.ends.streams + 1, POINT.ends.root), 1),
    ):
        folder = kept(tmp_path, replace(POINT, ends=said), with_ends(ROWS[:3]))
        words = (file, *keys(), "--checkpoint", folder, f"--cores={processes}")
        code, told = run(capsys, *words)
        assert (code, "where streams ended" in told) == (expected, bool(expected)), told


def test_a_line_of_ends_that_is_none_is_no_checkpoint() -> None:
    text = POINT.text
    assert Checkpoint.read(text).ends == POINT.ends
    assert Checkpoint.read(text.replace("ends ", "later ")).ends is None
    line = text.splitlines(keepends=True)[3]
    for spoilt in (
        text.replace("ends ", "ends 0"),
        text + line,
        text[:-3] + "\n",
        text.replace("=\n", "=\r\n").replace("\r", "", 1),
    ):
        with pytest.raises(Malformed):
            Checkpoint.read(spoilt)
