"""Whatever a proof of one entry is made of: it shows what it says, or it is told why not."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from audit.checkpoint import Checkpoint, Signed
from audit.merkle import Tree
from audit.note import NoteSigner
from audit.proofs import NotThere, prove
from audit.record import Record
from audit.verify.account import Account
from audit.verify.export import LONGEST_LINE, line_of
from audit.verify.line import main
from audit.verify.proof import Proof, Standing
from tests.audit.logs import KEYS, NOTARY, ORIGIN, checkpoint, kept, made, private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from audit.verify.entry import Recorded

ROWS = made(seed=11, appends=9)
LEAVES = Account().take(ROWS)
WHOLE = checkpoint(ROWS)
SIGNED = Signed(WHOLE, (NOTARY.key,), WHOLE.signed([NOTARY]))
AT = 4


def proof(index: int = AT, note: str = SIGNED.note) -> Proof:
    return Proof(index, Tree(LEAVES).inclusion(index, len(LEAVES)), note)


def said(row: int = AT, of: Proof | None = None) -> dict[str, Any]:
    return Standing.said(json.loads(line_of(ROWS[row])), of or proof())


def run(
    tmp_path: Path, text: str | bytes, capsys: pytest.CaptureFixture[str], *keys: str
) -> tuple[int, str]:
    file = tmp_path / "entry.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode(errors="surrogatepass"))
    given = [word for key in keys or KEYS for word in ("--key", key)]
    point = kept(tmp_path, checkpoint(ROWS, 5))
    code = main([str(file), *given, "--checkpoint", str(point)])
    told = capsys.readouterr()
    return code, told.out + told.err


def test_a_proof_as_it_is_made_is_verified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for row in range(len(ROWS)):
        assert run(tmp_path, json.dumps(said(row, proof(row))), capsys)[0] == 0


class Held:
    """A log of these rows."""

    def __init__(self, rows: Sequence[Recorded]) -> None:
        self.rows = [*rows]

    def recorded(
        self, after: int = 0, to: int | None = None, *, stream: str | None = None
    ) -> Iterator[list[Recorded]]:
        end = self.last() if to is None else to
        rows = [row for row in self.rows if after < row[4] <= end]
        yield [row for row in rows if stream is None or row[0] == stream.encode()]

    def count(self, to: int) -> int:
        return sum(row[4] <= to for row in self.rows)

    def last(self) -> int:
        return self.rows[-1][4]


def test_from_a_log_that_was_altered_no_proof_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stream, version = ROWS[AT][0].decode(), ROWS[AT][1]
    made_of = prove(Record(Held(ROWS)), stream, version, SIGNED)
    assert run(tmp_path, made_of, capsys)[0] == 0
    for rows, why in (
        ([replaced(ROWS[0], b"V1-O1", b"V1-O2"), *ROWS[1:]], "is not what its newest checkpoint"),
        ([*ROWS[:2], ROWS[3], ROWS[2], *ROWS[4:]], "is not what its newest checkpoint"),
        (ROWS[:-1], "shorter than its newest checkpoint"),
        ([row for row in ROWS if row[:2] != ROWS[AT][:2]], "no such entry"),
    ):
        with pytest.raises(NotThere, match=why):
            prove(Record(Held(rows)), stream, version, SIGNED)


def replaced(row: Recorded, was: bytes, now: bytes) -> Recorded:
    assert was in row[3]
    return (*row[:3], row[3].replace(was, now), row[4])


def foreign() -> str:
    """A checkpoint of the same tree under another name, by a key of that name."""
    other = NoteSigner("other.example/log", private(3))
    return Checkpoint("other.example/log", WHOLE.size, WHOLE.root).signed([other])


def without(name: str) -> str:
    return json.dumps({key: value for key, value in said().items() if key != name})


def with_proof(change: Callable[[str], str]) -> str:
    return json.dumps(said() | {"proof": change(str(proof()))})


NO_PROOF = "this is not a proof"
BAD: dict[str, tuple[Callable[[], str | bytes], str]] = {
    "cut off": (lambda: json.dumps(said())[:-40], NO_PROOF),
    "two in one file": (lambda: "\n".join([json.dumps(said())] * 2), NO_PROOF),
    "an export behind it": (lambda: json.dumps(said()) + '\n{"rj_export":1}', NO_PROOF),
    "deep": (lambda: '{"rj_proof":' + "[" * 200_000, NO_PROOF),
    "a deep entry": (
        lambda: json.dumps(said()).replace('"entry": {', '"entry": {"x":' + "[" * 200_000, 1),
        NO_PROOF,
    ),
    "oversized": (lambda: json.dumps(said() | {"more": "x" * LONGEST_LINE}), NO_PROOF),
    "no text": (lambda: b'{"rj_proof":\xff\xfe', NO_PROOF),
    "another form": (lambda: json.dumps({"rj_proof": 2} | {**said(), "rj_proof": 2}), NO_PROOF),
    "without the entry": (lambda: without("entry"), NO_PROOF),
    "without the proof": (lambda: without("proof"), NO_PROOF),
    "a list for a proof": (lambda: json.dumps(said() | {"proof": [str(proof())]}), NO_PROOF),
    "a negative index": (lambda: with_proof(lambda p: p.replace("index 4", "index -4")), NO_PROOF),
    "a huge index": (
        lambda: with_proof(lambda p: p.replace("index 4", "index " + "9" * 99)),
        NO_PROOF,
    ),
    "too many hashes": (
        lambda: json.dumps(said(of=replace(proof(), hashes=[bytes(32)] * 65))),
        NO_PROOF,
    ),
    "half a hash": (
        lambda: json.dumps(said(of=replace(proof(), hashes=[bytes(16)]))),
        "a line of this proof is no hash",
    ),
    "no checkpoint in it": (
        lambda: with_proof(lambda p: p[: p.index("\n\n") + 2] + "none\n"),
        "the checkpoint in this proof",
    ),
    "half a surrogate in its checkpoint": (
        lambda: with_proof(lambda p: p + "\ud800"),
        "the checkpoint in this proof",
    ),
    "an oversized checkpoint": (
        lambda: with_proof(lambda p: p + "x" * 70_000),
        "the checkpoint in this proof",
    ),
    "a checkpoint by nobody known": (
        lambda: json.dumps(said(of=proof(note=WHOLE.signed([NoteSigner(ORIGIN, private(9))])))),
        "none of the known keys has signed",
    ),
    "a checkpoint of another log": (
        lambda: json.dumps(said(of=proof(note=foreign()))),
        "none of the known keys has signed",
    ),
    "an entry that is none": (
        lambda: json.dumps(said() | {"entry": said()["entry"] | {"version": -1}}),
        "has not the form of one",
    ),
}


@pytest.mark.parametrize("how", BAD)
def test_what_is_no_proof_could_not_be_verified_and_it_is_said_why(
    how: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, why = BAD[how]
    code, told = run(tmp_path, make(), capsys)
    assert (code, why in told) == (2, True), told[:300]
    assert len(told) < 300


@pytest.mark.parametrize(
    "make",
    [
        lambda: said(row=AT + 1),
        lambda: said(of=replace(proof(), index=AT + 1)),
        lambda: said(of=replace(proof(), index=WHOLE.size + 3)),
        lambda: said(of=replace(proof(), hashes=proof().hashes[:-1])),
        lambda: said(of=replace(proof(), hashes=[*proof().hashes, bytes(32)])),
        lambda: said(of=replace(proof(), hashes=proof().hashes[::-1])),
    ],
    ids=["of another", "elsewhere", "beyond the end", "one less", "one more", "turned round"],
)
def test_a_proof_that_does_not_show_it_is_an_alteration(
    make: Callable[[], dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = run(tmp_path, json.dumps(make()), capsys)
    assert (code, "does not show" in told) == (1, True), told


def test_with_the_key_of_another_log_beside_its_own_a_foreign_checkpoint_shows_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = NoteSigner("other.example/log", private(3))
    text = json.dumps(said(of=proof(note=foreign())))
    code, told = run(tmp_path, text, capsys, *KEYS, str(other.key))
    assert (code, "was given of other.example/log" in told) == (2, True), told
