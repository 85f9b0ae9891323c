"""An export or a proof that was made to deceive: whoever reads what the verifier says is not."""

from __future__ import annotations

import json
from dataclasses import replace
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest

from audit.checkpoint import Checkpoint
from audit.merkle import Edge
from audit.note import NoteSigner
from audit.verify.account import Account
from audit.verify.diagnosis import diagnose
from audit.verify.entry import Beginning
from audit.verify.export import LOOKS, End, Manifest, first_line, last_line, line_of
from tests.audit.logs import KEYS, ORIGIN, SEAL, STRANGER, checkpoint, made, private, with_ends
from tests.audit.test_closing import CASE, end_of, of_one_case, rows_of
from tests.audit.test_verifier import ROWS, export, keys, point, run

if TYPE_CHECKING:
    from pathlib import Path

    from audit.verify.entry import Recorded

__all__ = ["export", "point"]


def test_a_line_that_says_something_twice_is_read_by_nobody(
    export: Path, point: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = export.read_bytes()
    for name, other in (
        (b'{"stream":', b'{"stream":"RJ-00000000-0","stream":'),
        (b'"recorded":', b'"recorded":"{}","recorded":'),
        (b'"entries":', b'"entries":0,"entries":'),
        (b'"root":', b'"root":"","root":'),
    ):
        assert whole.count(name)
        export.write_bytes(whole.replace(name, other, 1))
        code, said = run(capsys, export, *keys(), "--checkpoint", point)
        assert (code, said.startswith("COULD NOT VERIFY")) == (2, True), said


@pytest.mark.parametrize("spoof", ["x\nVERIFIED: 9", "\x1b[2K\x9b1A", "\u202edeifirev", "\ud800"])
def test_nothing_in_an_export_writes_on_a_terminal_but_in_plain_characters(
    spoof: str, point: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (row, *_) = ROWS
    odd = (spoof.encode(errors="surrogatepass"), *row[1:])
    for of, origin, rows in (
        (spoof, ORIGIN, [row]),
        (spoof, ORIGIN, []),
        (spoof, ORIGIN, [odd]),
        ("log", spoof, [row]),
        ("log", ORIGIN, [odd]),
    ):
        file = tmp_path / "spoof.jsonl"
        header = {"rj_export": 1, "of": of, "origin": origin, "entries": len(rows)}
        end = last_line(End(len(rows), bytes(32), {"version": 1}))
        lines = [json.dumps(header).encode() + b"\n", *map(line_of, rows), end]
        file.write_bytes(b"".join(lines))
        code, said = run(capsys, file, *keys(), "--checkpoint", point)
        assert (bool(code), "unforeseen" in said) == (True, False), said
        assert said.isascii()
        assert "".join(c for c in said if not c.isprintable()).strip("\n") == ""
        assert not any(line.startswith("VERIFIED") for line in said.splitlines())


@pytest.mark.parametrize(
    ("origin", "expected", "why"),
    [
        (ORIGIN, 2, "nothing ever goes of what this is an export of"),
        # A log that is called as if it were another's access log.
        (f"{ORIGIN}/access", 1, "of the access log, and has entries of others"),
    ],
)
def test_of_the_event_log_nothing_ever_went_whatever_the_header_says(
    origin: str, expected: int, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whole streams at the beginning, taken out and said to have gone after their time."""
    first, rest = streams_apart()
    edge = Edge()
    edge.extend(Account().take(first))
    begins = Beginning(b"access", len(first), b"0" * 64, edge.nodes)
    whole = checkpoint([*first, *rest])
    header = first_line(Manifest(LOOKS, origin, len(rest), begins))
    file = tmp_path / "log.jsonl"
    lines = [header, *map(line_of, rest), last_line(End(len(rest), whole.root))]
    file.write_bytes(b"".join(lines))
    notary, note = NoteSigner(origin, private(3)), tmp_path / "one.checkpoint"
    note.write_text(replace(whole, origin=origin).signed([notary]))
    code, said = run(capsys, file, "--key", notary.key, "--key", KEYS[1], "--checkpoint", note)
    assert (code, why in said) == (expected, True), said


def streams_apart() -> tuple[list[Recorded], list[Recorded]]:
    """Return two stretches of one log of which neither has a stream of the other."""
    rows = made(seed=12, appends=10, streams=4)
    one = rows[0][0]
    return [row for row in rows if row[0] == one], [row for row in rows if row[0] != one]


def test_an_export_of_one_case_is_not_verified_by_checkpoints_of_another_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = NoteSigner("other.example/log", private(3))
    foreign = tmp_path / "foreign.checkpoint"
    foreign.write_text(Checkpoint("other.example/log", 3, bytes(32)).signed([other]))
    for closing in (None, end_of().said()):
        file = of_one_case(tmp_path / "case.jsonl", rows_of(CASE), closing)
        given = (*keys(), "--key", str(other.key), "--checkpoint", foreign)
        code, said = run(capsys, file, *given)
        assert (code, "is of another log" in said) == (2, True), said


def test_more_signatures_than_are_known_under_a_checkpoint_change_nothing(
    export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    point = with_ends(ROWS, len(ROWS) // 2)
    ours, witness = private(3), NoteSigner("witness.example/w", private(8))
    same_name = NoteSigner(ORIGIN, private(9))
    file = tmp_path / "witnessed.checkpoint"
    file.write_text(point.signed([witness, same_name, NoteSigner(ORIGIN, ours), witness]))
    assert run(capsys, export, *keys(), "--checkpoint", file)[0] == 0
    code, said = run(capsys, export, *keys(), "--key", str(same_name.key), "--checkpoint", file)
    assert code == 0, said
    false = file.read_text().replace(f"{point.size}\n", f"{point.size - 1}\n", 1)
    file.write_text(false)
    assert run(capsys, export, *keys(), "--checkpoint", file)[0] == 2


OTHER_KEYS: dict[str, Any] = {
    "private, of a key folder": b"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\n",
    "in PEM": b"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n",
    "of a terminal": b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI someone@example\n",
    "of no text": bytes(range(256)),
    "of another algorithm": KEYS[0].replace("+A", "+B", 1).encode(),
    "with the id of another": KEYS[1].replace(STRANGER.id, "").encode()[:-4] + b"AAA=",
    "long": b"x" * 200_000,
}


@pytest.mark.parametrize("how", OTHER_KEYS)
def test_a_key_file_of_another_kind_is_none_and_is_not_repeated(
    how: str, export: Path, point: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "keys.txt"
    file.write_bytes(OTHER_KEYS[how])
    code, said = run(capsys, export, *keys(), "--key", file, "--checkpoint", point)
    assert (code, len(said) < 200) == (2, True)
    assert OTHER_KEYS[how].decode(errors="replace").strip()[:20] not in said


def test_lines_that_end_as_on_other_systems_are_the_same_entries(
    export: Path, point: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = export.read_bytes()
    mixed = [line + (b"\r\n" if n % 2 else b"\n") for n, line in enumerate(whole.split(b"\n")[:-1])]
    export.write_bytes(b"".join(mixed))
    assert run(capsys, export, *keys(), "--checkpoint", point)[0] == 0
    export.write_bytes(whole.replace(b"\n", b"\r"))
    assert run(capsys, export, *keys(), "--checkpoint", point)[0] == 2


def test_a_stream_of_which_every_entry_was_altered_is_named_in_time_that_grows_as_it_does() -> None:
    rows = [
        (*row[:3], row[3].replace(b"V1-O1", b"V1-O2"), row[4])
        for row in made(seed=1, appends=5_000, streams=1)
    ]
    seals = {SEAL.id: SEAL.private.public_key()}

    def seconds(entries: int) -> float:
        begun = process_time()
        assert len(diagnose(rows[0][0], rows[:entries], seals)) >= entries - 1
        return process_time() - begun

    few, many = min(seconds(1_000) for _ in range(3)), seconds(10_000)
    assert many < 20 * few
