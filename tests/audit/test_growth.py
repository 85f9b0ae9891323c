"""A proof that one checkpoint grew into another, in a file, by the notary's key alone."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from audit.checkpoint import Checkpoint
from audit.merkle import Tree
from audit.note import NoteSigner
from audit.verify.account import Account
from audit.verify.export import LONGEST_LINE
from audit.verify.growth import Growth
from tests.audit.logs import KEYS, NOTARY, ORIGIN, checkpoint, kept, made, private, with_ends
from tests.audit.test_bad_proofs import proof as entry_proof
from tests.audit.test_bad_proofs import said as entry_said
from tests.audit.test_verifier import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROWS = made(seed=5, appends=9)
TREE = Tree(Account().take(ROWS))
OLD, NEW = 5, len(ROWS) - 1
OTHER = NoteSigner("other.example/log", private(3))


def note(size: int, by: NoteSigner = NOTARY, root: bytes | None = None) -> str:
    found = Checkpoint(by.name, size, TREE.root(size) if root is None else root)
    return found.signed([by])


def grown(old: int = OLD, new: int = NEW) -> Growth:
    return Growth(note(old), note(new), tuple(TREE.consistency(old, new)))


def judged(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    text: str | bytes,
    *points: Checkpoint,
    keys: tuple[str, ...] = (KEYS[0],),
) -> tuple[int, dict[str, Any]]:
    file = tmp_path / "growth.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode(errors="surrogatepass"))
    folder = tmp_path / "kept"
    folder.mkdir(exist_ok=True)
    given = [word for key in keys for word in ("--key", key)]
    where = kept(folder, *(points or (checkpoint(ROWS, OLD),)))
    code, said = run(capsys, file, *given, "--checkpoint", where, "--json")
    return code, json.loads(said)


def test_each_growth_of_a_log_is_verified_by_the_notarys_key_and_one_checkpoint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for old in range(len(ROWS) + 1):
        for new in range(old, len(ROWS) + 1):
            for of in (old, new):
                one = json.dumps(grown(old, new).said(), indent=2)
                code, said = judged(tmp_path, capsys, one, with_ends(ROWS, of))
                assert (code, said["verdict"]) == (0, "verified"), (old, new)
                assert said["about"] == f"growth of {ORIGIN} from {old} entries to {new}"
                (tmp_path / "kept" / f"{of}.checkpoint").unlink()


def test_a_log_that_did_not_grow_from_what_was_kept_is_altered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = grown()
    for spoilt in (
        replace(one, hashes=one.hashes[:-1]),
        replace(one, hashes=(*one.hashes, bytes(32))),
        replace(one, hashes=one.hashes[::-1]),
        replace(one, hashes=()),
        replace(one, new=note(NEW - 1)),
        replace(one, new=note(NEW, root=bytes(32))),
    ):
        code, said = judged(tmp_path, capsys, json.dumps(spoilt.said()))
        assert (code, [f["kind"] for f in said["findings"]]) == (1, ["other_proof"])
    other = replace(checkpoint(ROWS, OLD), root=bytes(32))
    code, said = judged(tmp_path, capsys, json.dumps(one.said()), other)
    assert (code, [f["kind"] for f in said["findings"]]) == (1, ["other_root"])


def test_a_proof_of_other_checkpoints_than_were_kept_shows_nothing_of_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = json.dumps(grown(3, NEW).said())
    code, said = judged(tmp_path, capsys, text, checkpoint(ROWS, OLD), checkpoint(ROWS, 2))
    assert (code, "no checkpoint of either was given" in said["why"]) == (2, True)


NO_PROOF = "this is not a proof that one checkpoint grew"


def changed(**given: object) -> Callable[[], str]:
    return lambda: json.dumps(grown().said() | given)


BAD: dict[str, tuple[Callable[[], str | bytes], str]] = {
    "cut off": (lambda: json.dumps(grown().said())[:-30], NO_PROOF),
    "two in one file": (lambda: "\n".join([json.dumps(grown().said())] * 2), NO_PROOF),
    "a form to come": (changed(rj_growth=2), NO_PROOF),
    "one checkpoint": (changed(checkpoints=[note(OLD)]), NO_PROOF),
    "checkpoints of numbers": (changed(checkpoints=[1, 2]), NO_PROOF),
    "half a hash": (changed(proof=["AAAA"]), NO_PROOF),
    "a proof in one text": (changed(proof="A" * 44), NO_PROOF),
    "a proof of numbers": (changed(proof=[1]), NO_PROOF),
    "no proof": (changed(proof=None), NO_PROOF),
    "too many hashes": (changed(proof=["A" * 43 + "="] * 129), NO_PROOF),
    "deep": (lambda: '{"rj_growth":' + "[" * 200_000, NO_PROOF),
    "oversized": (changed(more="x" * LONGEST_LINE), NO_PROOF),
    "no text": (lambda: b'{"rj_growth":\xff\xfe', NO_PROOF),
    "no checkpoint": (changed(checkpoints=["", note(NEW)]), "a checkpoint in this proof"),
    "half a surrogate": (changed(checkpoints=["\ud800", note(NEW)]), "a checkpoint in this proof"),
    "turned round": (changed(checkpoints=[note(NEW), note(OLD)]), "of more entries than the other"),
    "by nobody known": (
        changed(checkpoints=[note(OLD), note(NEW, NoteSigner(ORIGIN, private(9)))]),
        "none of the known keys",
    ),
    "of two logs": (
        changed(checkpoints=[note(OLD), note(NEW, OTHER)]),
        "this proof is of two logs",
    ),
    "of another log": (
        changed(checkpoints=[note(OLD, OTHER), note(NEW, OTHER)]),
        "no checkpoint was given of other.example/log",
    ),
}


@pytest.mark.parametrize("how", BAD)
def test_what_is_no_such_proof_could_not_be_verified_and_it_is_said_why(
    how: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, why = BAD[how]
    code, said = judged(tmp_path, capsys, make(), keys=(KEYS[0], str(OTHER.key)))
    assert (code, why in said["why"]) == (2, True), said
    assert len(said["why"]) < 300


def test_an_entry_is_proved_by_the_notarys_key_alone_and_its_seal_is_then_not_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = json.dumps(entry_said(of=entry_proof()), indent=2)
    code, said = judged(tmp_path, capsys, text)
    assert (code, "no key of the seals" in said["not_shown"]) == (0, True)
    code, said = judged(tmp_path, capsys, text, keys=tuple(KEYS))
    assert (code, said["not_shown"], said["about"][:8]) == (0, "", "entry 5 ")
