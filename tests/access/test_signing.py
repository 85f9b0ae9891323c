"""Checkpoints of the access log: its end is bound too, and whoever stands outside can check it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from access import name_of, notary_of, record_of, retire, seal_months
from access.signing import FOLDER
from audit.exporting import export
from audit.merkle import grew
from audit.notary import Refuses
from audit.note import NoteKey
from audit.proofs import NotThere, growth
from audit.verify.line import main
from audit.verify.trust import seal_key_line
from keys import KeyKind
from store import Unavailable
from tests.access.sample import look, months

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from access import AccessLog
    from audit.notary import Notary
    from keys import Keyring
    from tests.access.sample import Attacker

NAME = "rj.example/log"
APRIL = datetime(2026, 4, 2, tzinfo=UTC)
MARCH = datetime(2026, 3, 1, tzinfo=UTC)
SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "checkpoints"


@pytest.fixture
def notary(log: AccessLog, keyring: Keyring, folder: Path) -> Callable[[], Notary]:
    return lambda: notary_of(log, keyring, NAME, [folder], to_output=False)


def exported(log: AccessLog, path: Path) -> Path:
    path.unlink(missing_ok=True)
    export(record_of(log), name_of(NAME), path, of=FOLDER)
    return path


def verified(
    file: Path, folder: Path, keyring: Keyring, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str]:
    public = keyring.verifier(KeyKind.NOTARY).keys.values()
    keys = [str(NoteKey(name_of(NAME), key.public_bytes_raw())) for key in public]
    seals = keyring.verifier(KeyKind.SEAL).keys.values()
    keys += [seal_key_line(key.public_bytes_raw()) for key in seals]
    given = [word for key in keys for word in ("--key", key)]
    code = main([str(file), *given, "--checkpoint", str(folder)])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_it_is_signed_as_it_grows_and_verified_by_an_outsider(
    log: AccessLog,
    notary: Callable[[], Notary],
    folder: Path,
    tmp_path: Path,
    keyring: Keyring,
    capsys: pytest.CaptureFixture[str],
) -> None:
    signing = notary()
    assert signing.sign() is None
    log.append([look(), look()], APRIL)
    signed = signing.sign()
    assert signed is not None
    assert (signed.origin, signed.size) == ("rj.example/log/access", 2)
    assert signing.sign() is None
    log.append([look()], APRIL)
    after = notary().sign()
    assert after is not None
    assert after.size == 3
    assert signing.sign() == after
    code, said = verified(exported(log, tmp_path / "looks.jsonl"), folder, keyring, capsys)
    assert (code, "3 entries of 1 streams, 3 of them under a checkpoint" in said) == (0, True), said


@pytest.mark.parametrize("number", [1, 3, 4])
def test_an_end_that_is_cut_at_the_end_of_a_write_is_seen(
    log: AccessLog,
    attacker: Attacker,
    notary: Callable[[], Notary],
    folder: Path,
    tmp_path: Path,
    keyring: Keyring,
    capsys: pytest.CaptureFixture[str],
    number: int,
) -> None:
    for _ in range(4):
        log.append([look()], APRIL)
    notary().sign()
    attacker.run(f"DELETE FROM access_entries WHERE number >= {number}")  # noqa: S608 - a number
    with pytest.raises(Refuses, match="entries and had 4 when"):
        notary().sign(anyway=True)
    code, said = verified(exported(log, tmp_path / "looks.jsonl"), folder, keyring, capsys)
    assert (code, "truncated: this export ends with entry" in said) == (1, True), said


@SQLITE
@pytest.mark.parametrize(
    "how",
    [
        "UPDATE access_entries SET state = replace(state, 'CASE', 'WORD') WHERE number = 2",
        "UPDATE access_entries SET state = replace(state, 'CASE', 'WORD') WHERE number = 4",
        "DELETE FROM access_entries WHERE number = 2",
        "DELETE FROM access_entries WHERE number = 1",
        "UPDATE access_entries SET number = 9 WHERE number = 4",
    ],
)
def test_what_was_altered_is_not_signed_and_is_named(
    log: AccessLog,
    attacker: Attacker,
    notary: Callable[[], Notary],
    folder: Path,
    tmp_path: Path,
    keyring: Keyring,
    capsys: pytest.CaptureFixture[str],
    how: str,
) -> None:
    log.append([look(), look()], APRIL)
    log.append([look(), look()], APRIL)
    notary().sign()
    attacker.run(
        how.replace("replace(state, ", "CAST(replace(CAST(state AS TEXT), ").replace(
            "'WORD')", "'WORD') AS BLOB)"
        )
    )
    with pytest.raises(Refuses):
        notary().sign(anyway=True)
    code, said = verified(exported(log, tmp_path / "looks.jsonl"), folder, keyring, capsys)
    assert (code, "of access" in said) == (1, True), said


@SQLITE
def test_once_a_segment_is_gone_it_is_signed_on_and_what_is_there_is_verified(
    log: AccessLog,
    notary: Callable[[], Notary],
    folder: Path,
    tmp_path: Path,
    keyring: Keyring,
    capsys: pytest.CaptureFixture[str],
) -> None:
    months(log, [3, 2, 4, 1])
    before = notary().sign()
    seal_months(log, APRIL)
    retire(log, MARCH)
    signing = notary()
    assert signing.sign(anyway=True) == before
    log.append([look()], APRIL)
    assert (signing.sign() or before).size == 11
    file = exported(log, tmp_path / "looks.jsonl")
    code, said = verified(file, folder, keyring, capsys)
    assert code == 0, said
    assert "5 older entries went" in said
    assert "6 entries of 1 streams, 6 of them under a checkpoint" in said
    retire(log, APRIL)
    assert notary().sign(anyway=True) is not None


@SQLITE
def test_growth_is_shown_as_long_as_all_of_it_is_there(
    log: AccessLog, notary: Callable[[], Notary]
) -> None:
    months(log, [3, 2])
    before = notary().sign()
    log.append([look()], APRIL)
    after = notary().sign()
    assert before is not None
    assert after is not None
    proof = growth(record_of(log), before, after)
    assert grew(before.size, after.size, before.root, after.root, proof)
    seal_months(log, APRIL)
    retire(log, MARCH)
    with pytest.raises(NotThere, match="went after their time"):
        growth(record_of(log), before, after)


@SQLITE
def test_what_an_export_says_of_what_went_is_bound_by_the_checkpoint(
    log: AccessLog,
    notary: Callable[[], Notary],
    folder: Path,
    tmp_path: Path,
    keyring: Keyring,
    capsys: pytest.CaptureFixture[str],
) -> None:
    months(log, [3, 2, 4])
    notary().sign()
    seal_months(log, APRIL)
    retire(log, MARCH)
    file = exported(log, tmp_path / "looks.jsonl")
    first, *rest = file.read_text().splitlines(keepends=True)
    begins = json.loads(first)["begins_after"]

    def with_(**changes: Any) -> tuple[int, str]:
        said = json.loads(first) | {"begins_after": begins | changes}
        file.write_text("".join([json.dumps(said) + "\n", *rest]))
        return verified(file, folder, keyring, capsys)

    assert with_()[0] == 0
    other = begins["edge"][::-1]
    assert with_(edge=other)[0] == 1
    assert with_(hash="0" * 64)[0] == 1
    assert with_(version=begins["version"] + 1, edge=other)[0] == 1
    # More is said to have gone than did: what is left out is missed at the next checkpoint.
    for spoilt in (
        {"edge": other[:1]},
        {"edge": ["x"] * 2},
        {"edge": None},
        {"version": "5"},
        {"version": -1, "edge": []},
        {"version": True},
        {"hash": "F" * 64},
        {"stream": 5},
        {"edge": [[[]]]},
    ):
        code, said = with_(**spoilt)
        assert (code, "after what it begins" in said) == (2, True), (spoilt, said)


@SQLITE
@pytest.mark.parametrize("of", ["log", "RJ-7K3M9QXA-5"])
def test_of_anything_but_the_access_log_nothing_goes(
    log: AccessLog,
    notary: Callable[[], Notary],
    folder: Path,
    tmp_path: Path,
    keyring: Keyring,
    capsys: pytest.CaptureFixture[str],
    of: str,
) -> None:
    months(log, [3, 2, 4])
    notary().sign()
    seal_months(log, APRIL)
    retire(log, MARCH)
    file = exported(log, tmp_path / "looks.jsonl")
    file.write_text(file.read_text().replace('"of":"access"', f'"of":"{of}"', 1))
    code, said = verified(file, folder, keyring, capsys)
    assert (code, "nothing ever goes of what this is" in said) == (2, True), said


@SQLITE
def test_with_only_a_checkpoint_of_less_than_what_went_nothing_can_be_verified(
    log: AccessLog,
    notary: Callable[[], Notary],
    folder: Path,
    tmp_path: Path,
    keyring: Keyring,
    capsys: pytest.CaptureFixture[str],
) -> None:
    months(log, [3])
    notary().sign()
    months(log, [0, 2, 4])
    seal_months(log, APRIL)
    retire(log, APRIL)
    file = exported(log, tmp_path / "looks.jsonl")
    code, said = verified(file, folder, keyring, capsys)
    assert (code, "no checkpoint was given that is as new" in said) == (2, True), said
    with pytest.raises(Refuses, match="nothing links what is there to it"):
        notary().sign(anyway=True)


@SQLITE
def test_an_edge_that_somebody_put_there_is_not_signed_over(
    log: AccessLog, attacker: Attacker, notary: Callable[[], Notary]
) -> None:
    months(log, [3, 2, 4])
    notary().sign()
    seal_months(log, APRIL)
    retire(log, MARCH)
    attacker.run(
        'UPDATE access_segments SET state = CAST(replace(CAST(state AS TEXT), \'"edge":["\', '
        '\'"edge":["0\') AS BLOB) WHERE number = 2'
    )
    with pytest.raises(Refuses, match="version 2"):
        notary().sign(anyway=True)


@SQLITE
def test_looks_that_went_before_there_were_checkpoints_are_told(
    log: AccessLog, monkeypatch: pytest.MonkeyPatch, notary: Callable[[], Notary]
) -> None:
    monkeypatch.setattr("access.keeping._edge_after", lambda *_: None)
    months(log, [3, 2])
    seal_months(log, APRIL)
    retire(log, MARCH)
    with pytest.raises(Unavailable, match="5 looks went before checkpoints were made"):
        notary().sign()
