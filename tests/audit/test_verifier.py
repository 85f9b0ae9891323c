"""The verifier that stands alone: as an outsider runs it, and whatever it is given."""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audit.checkpoint import Checkpoint
from audit.note import NoteSigner
from audit.verify import cores
from audit.verify import export as reading
from audit.verify.account import Account
from audit.verify.export import LONGEST_LINE, End, Manifest, first_line, last_line, line_of
from audit.verify.line import main
from audit.verify.trust import seal_key_line
from tests.arrows import ROOT
from tests.audit.logs import (
    KEYS,
    ORIGIN,
    STRANGER,
    checkpoint,
    kept,
    made,
    private,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from audit.verify.entry import Recorded

ROWS = made(seed=7, appends=12)
OWN = ("merkle.py", "note.py", "checkpoint.py")
"""The files that the verifier needs besides its folder."""


def written(path: Path, rows: Sequence[Recorded] = ROWS, end: bool = True) -> Path:
    """Write an export of these rows, as the service does."""
    whole = checkpoint(rows)
    lines = [first_line(Manifest("log", ORIGIN, len(rows))), *map(line_of, rows)]
    lines += [last_line(End(whole.size, whole.root))] if end else []
    path.write_bytes(b"".join(lines))
    return path


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return written(tmp_path / "log.jsonl")


@pytest.fixture
def point(tmp_path: Path) -> Path:
    folder = tmp_path / "kept"
    folder.mkdir()
    return kept(folder, checkpoint(ROWS, len(ROWS) // 2))


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    """Run the verifier in this process; return its exit code and all that it printed."""
    code = main([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out + said.err


def keys() -> list[str]:
    return [word for key in KEYS for word in ("--key", key)]


def test_it_imports_nothing_but_the_standard_library_and_cryptography() -> None:
    files = [*(ROOT / "audit" / "verify").glob("*.py"), *(ROOT / "audit" / name for name in OWN)]
    allowed = {"audit.verify", *(f"audit.{name.removesuffix('.py')}" for name in OWN)}
    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            named = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            named += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in named:
                top = name.partition(".")[0]
                ours = any(name == one or name.startswith(f"{one}.") for one in allowed)
                assert ours or top in {*sys.stdlib_module_names, "cryptography"}, (path, name)


def test_two_processes_find_the_same_as_one(
    export: Path,
    point: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cores, "ALONE", 0.0)
    monkeypatch.setattr(reading, "_BLOB", 1_000)
    rows = [*ROWS]
    rows[3] = (*rows[3][:3], rows[3][3].replace(b"V1-O1", b"V1-O2"), rows[3][4])
    altered = written(tmp_path / "altered.jsonl", rows)
    for file, code in ((export, 0), (altered, 1)):
        words = (file, *keys(), "--checkpoint", point, "--json")
        alone = run(capsys, *words)
        assert alone == run(capsys, *words, "--cores", 2)
        assert alone[0] == code


def test_an_altered_entry_is_named_and_the_exit_code_is_1(
    point: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [*ROWS]
    rows[0] = (*rows[0][:3], rows[0][3].replace(b"V1-O1", b"V1-O2"), rows[0][4])
    altered = written(tmp_path / "altered.jsonl", rows)
    code, said = run(capsys, altered, *keys(), "--checkpoint", point)
    assert code == 1
    assert f"version 1 of {ROWS[0][0].decode()}" in said
    assert "something was altered, taken out, put in, or moved" in said
    assert "ALTERED" in said


def test_lines_taken_out_put_in_or_moved_in_the_file_are_altered(
    export: Path, point: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = export.read_bytes().splitlines(keepends=True)
    for other in (
        [*lines[:4], *lines[5:]],
        [*lines[:4], lines[3], *lines[4:]],
        [*lines[:2], lines[3], lines[2], *lines[4:]],
        [*lines[:-2], lines[-1]],
    ):
        path = tmp_path / "other.jsonl"
        path.write_bytes(b"".join(other))
        assert run(capsys, path, *keys(), "--checkpoint", point)[0] == 1


def test_a_whole_append_taken_off_the_end_of_a_file_is_told_by_the_files_own_end(
    point: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [*ROWS]
    while b'"part":1,' not in rows.pop()[3]:
        pass
    whole = checkpoint(ROWS)
    lines = [first_line(Manifest("log", ORIGIN, len(ROWS))), *map(line_of, rows)]
    path = tmp_path / "short.jsonl"
    path.write_bytes(b"".join([*lines, last_line(End(whole.size, whole.root))]))
    code, said = run(capsys, path, *keys(), "--checkpoint", point, "--json")
    sentences = [finding["sentence"] for finding in json.loads(said)["findings"]]
    assert code == 1
    assert sentences == [
        f"the export says that it has {len(ROWS)} entries, and has {len(rows)}",
        "the entries are not those that this export was made with",
    ]


def test_an_export_that_is_older_than_a_checkpoint_is_short_of_it_and_both_readings_are_told(
    export: Path, point: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    end = next(n + 1 for n, row in enumerate(ROWS) if n > len(ROWS) // 2 and b'"seal":' in row[3])
    older = written(tmp_path / "older.jsonl", ROWS[:end])
    kept(point, checkpoint(ROWS))
    code, said = run(capsys, older, *keys(), "--checkpoint", point, "--json")
    (finding,) = json.loads(said)["findings"]
    assert (code, finding["kind"]) == (1, "truncated")
    assert f"ends with entry {end}, and the log had {len(ROWS)} when" in finding["sentence"]
    assert "Either they were cut off or the export is older than that" in finding["sentence"]
    assert f"by a checkpoint of no more than {end} entries" in finding["sentence"]
    (point / f"{len(ROWS)}.checkpoint").unlink()
    assert run(capsys, older, *keys(), "--checkpoint", point)[0] == 0
    assert run(capsys, export, *keys(), "--checkpoint", point)[0] == 0


BAD: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _: b"", "this is not an export of this service"),
    "cut off after a line": (lambda all_: all_[: all_.rindex(b'{"end"')], "breaks off after"),
    "cut off in a line": (lambda all_: all_[:-400], "breaks off in the middle of a line"),
    "another program's": (lambda _: b'{"some":"thing"}\n' * 20, "not an export of this service"),
    "a picture": (lambda _: bytes(range(256)) * 100, "not an export of this service"),
    "two in one": (lambda all_: all_ + all_, "two are mixed"),
    "two interleaved": (
        lambda all_: b"\n".join(line + b"\n" + line for line in all_.split(b"\n")),
        "two are mixed",
    ),
    "something after the end": (lambda all_: all_ + b'{"stream":"RJ"}\n', "after the end"),
    "a form to come": (
        lambda all_: all_.replace(b'"rj_export":1', b'"rj_export":2', 1),
        "a form that this verifier does not know",
    ),
    "a line that is no entry": (
        lambda all_: all_.replace(b'{"stream"', b'{"steram"', 1),
        "line 2 is not an entry of an export",
    ),
    "a deep line": (
        lambda all_: all_.replace(b"\n", b"\n" + b"[" * 200_000 + b"]" * 200_000 + b"\n", 1),
        "line 2 is not an entry of an export",
    ),
    "a deep first line": (
        lambda _: b'{"rj_export":' + b"[" * 200_000 + b"]" * 200_000 + b"}\n",
        "not an export of this service",
    ),
    "a huge number": (
        lambda all_: all_.replace(b'"version":1', b'"version":' + b"9" * 10_000, 1),
        "line 2 is not an entry of an export",
    ),
    "a version in words": (
        lambda all_: all_.replace(b'"version":1', b'"version":true', 1),
        "line 2 is not an entry of an export",
    ),
    "a long line": (
        lambda all_: all_.replace(b"\n", b"\n" + b"x" * (LONGEST_LINE + 9_000_000) + b"\n", 1),
        "longer than any entry",
    ),
    "a long first line": (lambda _: b"x" * (LONGEST_LINE + 2), "longer than any line"),
    "half a surrogate": (
        lambda all_: all_.replace(b'"stream":"', b'"stream":"\\ud800', 1),
        "line 2 is not an entry of an export",
    ),
    "a spoilt end": (
        lambda all_: all_.replace(b'"root":"', b'"root":"!', 1),
        "the last line does not end the export",
    ),
    "an end that is deep": (
        lambda all_: all_[: all_.rindex(b'{"end"')] + b'{"end":' + b"[" * 99_999 + b"\n",
        "the last line does not end the export",
    ),
}


@pytest.mark.parametrize("how", BAD)
@pytest.mark.parametrize("processes", [1, 2])
def test_a_bad_export_could_not_be_verified_and_it_is_said_why(
    how: str,
    processes: int,
    export: Path,
    point: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    spoil, why = BAD[how]
    export.write_bytes(spoil(export.read_bytes()))
    code, said = run(capsys, export, *keys(), "--checkpoint", point, "--cores", processes)
    assert code == 2, said
    assert why in said
    assert said.startswith("COULD NOT VERIFY: ")
    assert len(said) < 300


def test_what_cannot_be_read_or_was_not_given_could_not_be_verified(
    export: Path, point: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "nothing").mkdir()
    for words, why in (
        ([tmp_path / "none", *keys(), "--checkpoint", point], "the export cannot be read"),
        ([tmp_path, *keys(), "--checkpoint", point], "the export cannot be read"),
        ([export, *keys(), "--checkpoint", tmp_path / "none"], "the checkpoint cannot be read"),
        ([export, *keys(), "--checkpoint", tmp_path / "nothing"], "no checkpoint was given"),
        ([export, "--key", KEYS[0], "--checkpoint", point], "no key of the seals"),
        ([export, "--key", KEYS[1], "--checkpoint", point], "no key of a notary"),
        ([export, "--key", tmp_path / "none", "--checkpoint", point], "the keys cannot be read"),
        ([export, "--key", "a+b+c", "--checkpoint", point], "a key is not one"),
        ([export, *keys()], "--checkpoint"),
        ([export, *keys(), "--checkpoint", point, "--cores", "many"], "--cores"),
        ([], "EXPORT"),
    ):
        code, said = run(capsys, *words)
        assert (code, why in said) == (2, True), said


def test_wrong_keys_verify_nothing(
    export: Path, point: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other_notary = str(NoteSigner(ORIGIN, private(9)).key)
    other_seal = seal_key_line(STRANGER.private.public_key().public_bytes_raw())
    code, said = run(capsys, export, "--key", other_notary, "--key", KEYS[1], "--checkpoint", point)
    assert (code, "none of the known keys has signed" in said) == (2, True)
    code, said = run(capsys, export, "--key", KEYS[0], "--key", other_seal, "--checkpoint", point)
    assert (code, "sealed with a key that was not given" in said) == (2, True)
    wrong_id = KEYS[1].replace(KEYS[1].split("+")[1], "0" * 16)
    code, said = run(capsys, export, "--key", KEYS[0], "--key", wrong_id, "--checkpoint", point)
    assert (code, "does not go with it" in said) == (2, True)


def test_a_checkpoint_of_another_log_or_one_that_is_none_verifies_nothing(
    export: Path, point: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = NoteSigner("other.example/log", private(3))
    foreign = Checkpoint("other.example/log", 3, bytes(32)).signed([other])
    for text, why in (
        (foreign, "of another log"),
        ("", "not a signed note"),
        ("[" * 60_000, "not a signed note"),
        ("x" * 70_000, "longer than any note"),
        (foreign.replace("3\n", "4\n", 1), "does not fit this note"),
    ):
        path = tmp_path / "other.checkpoint"
        path.write_text(text)
        words = [*keys(), "--key", str(other.key), "--checkpoint", path]
        code, said = run(capsys, export, *words)
        assert (code, why in said) == (2, True), said


def test_keys_may_stand_in_a_file(
    export: Path, point: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "keys.txt"
    file.write_text("# who signs\n" + "\n".join(KEYS) + "\n")
    assert run(capsys, export, "--key", file, "--checkpoint", point)[0] == 0


def test_something_unforeseen_is_no_verification(
    export: Path,
    point: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for error in (RuntimeError("boom"), MemoryError(), KeyboardInterrupt()):

        def fail(*_: object, error: BaseException = error) -> None:
            raise error

        monkeypatch.setattr(Account, "take", fail)
        code, said = run(capsys, export, *keys(), "--checkpoint", point)
        assert code == 2
        assert "boom" not in said


def test_bytes_that_are_no_text_are_exported_and_verified_as_they_stand(
    tmp_path: Path, point: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [*ROWS, (b"\xff\xfe", 1, b"\x80name", b"\xc3\x28\x00\xed\xa0\x80", 999)]
    path = written(tmp_path / "odd.jsonl", rows)
    code, said = run(capsys, path, *keys(), "--checkpoint", point)
    assert code == 1
    assert "version 1 of ?? has not the form of an entry" in said
    assert "not those that this export was made with" not in said


def test_long_runs_say_how_far_they_are(
    export: Path,
    point: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("audit.verify.line._EVERY", 0.0)
    code, said = run(capsys, export, *keys(), "--checkpoint", point)
    assert code == 0
    assert f"of {len(ROWS)} entries\n" in said
