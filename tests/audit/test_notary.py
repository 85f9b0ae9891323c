"""The notary: signs what is as it was, everywhere it is told to, and refuses all else."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from audit.checkpoint import open_checkpoint
from audit.notary import Notary, NotKept, Refuses
from audit.places import ALARM, places
from audit.proofs import ended
from audit.record import Record
from audit.verify.findings import Kind
from keys import KeyKind, KeyMissing, Keyring
from tests.arrows import ROOT
from tests.audit.signing import NAME, more, newest
from tests.store.attack import Attacker
from tests.store.sample import CASE, OTHER_CASE, fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from store import Log


def test_it_signs_into_every_place_and_again_only_when_the_log_has_grown(
    log: Log, keyring: Keyring, folders: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    signing = Notary(log, keyring, NAME, places(folders, to_output=True))
    assert signing.sign() is None
    fill(log)
    first = signing.sign()
    assert first is not None
    assert first.size == 6
    for folder in folders:
        assert newest(folder, keyring).checkpoint == first
    note = newest(folders[0], keyring).note
    assert capsys.readouterr().out.startswith(f"{note}\n")
    assert signing.sign() is None
    more(log)
    second = signing.sign()
    assert second is not None
    assert second.size == 7
    files = sorted(path.name for path in folders[1].rglob("*.checkpoint"))
    assert [name[:12] for name in files] == ["000000000006", "000000000007"]


def test_what_it_signs_names_where_every_stream_ended(
    log: Log, notary: Callable[[], Notary], keyring: Keyring, folders: list[Path]
) -> None:
    fill(log)
    going = notary()
    for grown in (OTHER_CASE, CASE):
        more(log, grown)
        going.sign()
        signed = newest(folders[0], keyring)
        for case in (CASE, OTHER_CASE):
            closing, newest_entry = ended(Record(log), case, signed), log.load(case)[-1]
            assert (closing.version, closing.hash.hex()) == (
                newest_entry.version,
                newest_entry.hash,
            )


def test_what_it_signs_does_not_depend_on_when_it_was_started(
    log: Log, notary: Callable[[], Notary]
) -> None:
    going = notary()
    fill(log)
    going.sign()
    for _ in range(5):
        more(log)
        more(log, OTHER_CASE)
        assert going.sign(anyway=False) == notary().sign(anyway=True)


def test_it_reads_only_what_was_added_since(
    log: Log, notary: Callable[[], Notary], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(log)
    signing = notary()
    signing.sign()
    more(log)
    read: list[int] = []
    recorded = type(log).recorded

    def counting(self: Log, *where: int, **which: str) -> Iterator[list[object]]:
        for page in recorded(self, *where, **which):
            read.append(len(page))
            yield page

    monkeypatch.setattr(type(log), "recorded", counting)
    assert signing.sign() is not None
    assert sum(read) == 2


ATTACKS = {
    "an edit": lambda a: a.change(2, b'"thread":"V1-O1"', b'"thread":"V1-O2"'),
    "an edit at the end": lambda a: a.change(6, b'"thread":"V1-O1"', b'"thread":"V1-O2"'),
    "a deletion": lambda a: a.delete(3),
    "a cut": lambda a: [a.delete(version) for version in (4, 5, 6)],
    "all gone": lambda a: [a.delete(version) for version in range(1, 7)],
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_it_refuses_to_sign_over_what_was_altered_and_raises_an_alarm(
    attack: str,
    log: Log,
    notary: Callable[[], Notary],
    attacker: Attacker,
    folders: list[Path],
    keyring: Keyring,
) -> None:
    fill(log)
    signed = notary().sign()
    ATTACKS[attack](attacker)
    later = notary()
    with pytest.raises(Refuses) as refusal:
        later.sign(anyway=True)
    assert refusal.value.findings
    later.raise_alarm(refusal.value)
    for folder in folders:
        assert newest(folder, keyring).checkpoint == signed
        assert "the notary does not sign" in (folder / ALARM).read_text()
        assert "V1-O2" not in (folder / ALARM).read_text()


def test_one_that_goes_on_refuses_what_was_altered_since_and_what_was_cut(
    log: Log, notary: Callable[[], Notary], attacker: Attacker
) -> None:
    fill(log)
    going = notary()
    going.sign()
    for version in (4, 5, 6):
        attacker.delete(version)
    with pytest.raises(Refuses, match="had 6 when a checkpoint was signed: 3 are missing"):
        going.sign()


def test_it_refuses_a_forged_entry_added_since(
    log: Log, notary: Callable[[], Notary], attacker: Attacker
) -> None:
    fill(log)
    going = notary()
    going.sign()
    attacker.insert(7, attacker.state(6))
    with pytest.raises(Refuses) as refusal:
        going.sign()
    assert {finding.stream for finding in refusal.value.findings} == {CASE}


def test_once_the_log_is_what_it_was_it_signs_again_and_the_alarm_ends(
    log: Log, notary: Callable[[], Notary], attacker: Attacker, folders: list[Path]
) -> None:
    fill(log)
    signing = notary()
    signing.sign()
    was = attacker.state(2)
    attacker.put(2, was.replace(b"V1-O1", b"V1-O2"))
    with pytest.raises(Refuses) as refusal:
        signing.sign(anyway=True)
    signing.raise_alarm(refusal.value)
    attacker.put(2, was)
    assert signing.sign(anyway=True) is not None
    assert not (folders[0] / ALARM).exists()


def test_a_log_sealed_with_a_key_that_is_not_known_is_not_signed(
    log: Log, notary: Callable[[], Notary], keyring: Keyring, tmp_path: Path
) -> None:
    fill(log)
    notary().sign()
    for path in (tmp_path / "keys").glob("seal-*.key"):
        path.unlink()
    keyring.create(KeyKind.SEAL)
    with pytest.raises(Refuses) as refusal:
        notary().sign(anyway=True)
    assert {finding.kind for finding in refusal.value.findings} == {Kind.UNKNOWN_SEAL}


def test_a_checkpoint_that_somebody_else_put_there_is_not_signed_over(
    log: Log, notary: Callable[[], Notary], folders: list[Path]
) -> None:
    fill(log)
    notary().sign()
    (path,) = folders[1].rglob("*.checkpoint")
    forged = path.with_name("000000000099-000000.checkpoint")
    for text in (path.read_text().replace("\n6\n", "\n99\n"), "", "[" * 500):
        forged.write_text(text)
        with pytest.raises(Refuses, match="is not to be trusted"):
            notary().sign(anyway=True)


def test_a_new_key_signs_beside_the_old_one_first_and_then_alone(
    log: Log, notary: Callable[[], Notary], keyring: Keyring, folders: list[Path]
) -> None:
    fill(log)
    signing = notary()
    signing.sign()
    (old,) = newest(folders[0], keyring).by
    keyring.create(KeyKind.NOTARY)
    assert signing.sign() is not None
    both = newest(folders[0], keyring)
    assert len(both.by) == 2
    assert open_checkpoint(both.note.encode(), [old]).by == (old,)
    new = next(key for key in both.by if key != old)
    assert open_checkpoint(both.note.encode(), [new]).by == (new,)
    assert signing.sign() is None
    more(log)
    signing.sign()
    assert notary().sign() is None
    assert new in newest(folders[0], keyring).by


def test_without_a_key_it_says_so(log: Log, notary: Callable[[], Notary], tmp_path: Path) -> None:
    fill(log)
    for path in (tmp_path / "keys").glob("notary-*.key"):
        path.unlink()
    with pytest.raises(KeyMissing, match="there is no notary key"):
        notary().sign()


def test_a_place_that_cannot_be_written_keeps_no_other_from_its_checkpoint(
    log: Log, notary: Callable[[], Notary], folders: list[Path], keyring: Keyring
) -> None:
    fill(log)
    folders[0].write_text("a file where the folder should be")
    signing = notary()
    with pytest.raises(NotKept, match="one: "):
        signing.sign()
    assert newest(folders[1], keyring).checkpoint.size == 6
    folders[0].unlink()
    assert signing.sign() is not None
    assert newest(folders[0], keyring).checkpoint.size == 6
    assert signing.sign() is None


def test_a_place_that_cannot_be_read_is_told_and_nothing_is_signed_meanwhile(
    log: Log, notary: Callable[[], Notary], folders: list[Path], keyring: Keyring
) -> None:
    fill(log)
    notary().sign()
    in_the_way = folders[0] / "2026-01-01" / "999999999999-000000.checkpoint"
    in_the_way.mkdir(parents=True)
    with pytest.raises(NotKept, match="one cannot be read: Is a directory"):
        notary().sign(anyway=True)
    in_the_way.rmdir()
    assert notary().sign(anyway=True) is not None


@pytest.mark.parametrize("text", ["", "[" * 60_000, "x" * 70_000, "a\n1\n", "\x00\x00"])
def test_a_newest_checkpoint_that_is_none_is_not_signed_over(
    log: Log, notary: Callable[[], Notary], folders: list[Path], text: str
) -> None:
    fill(log)
    notary().sign()
    spoilt = folders[0] / "2026-01-01" / "999999999999-000000.checkpoint"
    spoilt.parent.mkdir()
    spoilt.write_text(text)
    with pytest.raises(Refuses, match="is not to be trusted"):
        notary().sign(anyway=True)


FULL = """
import resource, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from audit.checkpoint import Checkpoint
from audit.places import Folder
from datetime import UTC, datetime
resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16))
import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
try:
    Folder(Path({folder!r})).put(Checkpoint("n", 1, bytes(32)), "x" * 100, datetime.now(UTC))
except OSError as error:
    print(error.strerror)
"""


def test_on_a_full_disk_no_half_checkpoint_is_left(tmp_path: Path) -> None:
    code = FULL.format(root=str(ROOT), folder=str(tmp_path / "kept"))
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "File too large\n"
    assert [path for path in (tmp_path / "kept").rglob("*") if path.is_file()] == []
