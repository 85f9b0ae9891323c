"""Files: as large as a recording, in and out in chunks, whole or not at all."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain.texts import TextRef
from tests.vault.conftest import AT, CASE, LATER, OTHER_CASE
from vault import AlteredText, Erased, NotThere, Unfit, files
from vault.files import CHUNK_BYTES

if TYPE_CHECKING:
    from sqlalchemy import Executable

    from tests.vault.conftest import Place
    from vault import Vault

ROOT = Path(__file__).parents[2]


class Trickle(io.RawIOBase):
    """A source like a pipe: it hands over less than it is asked for."""

    def __init__(self, content: bytes, step: int) -> None:
        self._content, self._step = io.BytesIO(content), step

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._content.read(min(size, self._step))


class Broken(io.BytesIO):
    """A source that ends in an error once it has handed over its content."""

    def read(self, size: int | None = -1) -> bytes:
        some = super().read(size)
        if not some:
            raise ConnectionResetError("the upload was broken off")
        return some


def put(vault: Vault, content: bytes, owner: str = "V1") -> TextRef:
    return vault.put_file(CASE, owner, io.BytesIO(content), kind="scan", at=AT)


def whole(vault: Vault, ref: TextRef) -> bytes:
    return b"".join(vault.file(CASE, ref))


@pytest.mark.parametrize(
    "size", [1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 7]
)
def test_a_file_comes_back_byte_for_byte(vault: Vault, size: int) -> None:
    content = os.urandom(size)
    ref = put(vault, content)
    chunks = list(vault.file(CASE, ref))
    assert b"".join(chunks) == content
    assert max(map(len, chunks)) <= CHUNK_BYTES


def test_a_file_from_a_slow_source_comes_back_byte_for_byte(vault: Vault, place: Place) -> None:
    content = os.urandom(CHUNK_BYTES + 5000)
    source = io.BufferedReader(Trickle(content, 300_000))
    ref = vault.put_file(CASE, "V1", source.raw, kind="scan", at=AT)  # type: ignore[arg-type]
    assert whole(vault, ref) == content
    assert [row.n for row in place.texts("SELECT count(*) AS n FROM vault_chunks")] == [2]


def test_the_digest_is_that_of_what_is_stored(vault: Vault, place: Place) -> None:
    ref = put(vault, os.urandom(2 * CHUNK_BYTES))
    stored = place.texts("SELECT sealed FROM vault_chunks ORDER BY number")
    assert hashlib.sha256(b"".join(bytes(row.sealed) for row in stored)).hexdigest() == ref.digest


def test_an_empty_file_is_not_taken(vault: Vault, place: Place) -> None:
    with pytest.raises(Unfit, match="a file cannot be empty"):
        put(vault, b"")
    assert place.texts("SELECT * FROM vault_texts") == []


def test_a_file_that_is_too_large_is_not_taken_and_leaves_nothing(
    vault: Vault, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "FILE_LIMIT", 2 * CHUNK_BYTES)
    assert put(vault, bytes(2 * CHUNK_BYTES))
    with pytest.raises(Unfit, match="too large: 2 MiB are the most"):
        put(vault, bytes(2 * CHUNK_BYTES + 1), owner="O1")
    assert [row.owner for row in place.texts("SELECT owner FROM vault_texts")] == ["V1"]
    assert [row.n for row in place.texts("SELECT count(*) AS n FROM vault_chunks")] == [2]


def test_a_file_that_is_broken_off_leaves_nothing(vault: Vault, place: Place) -> None:
    with pytest.raises(ConnectionResetError):
        vault.put_file(CASE, "V1", Broken(bytes(CHUNK_BYTES)), kind="scan", at=AT)
    assert place.texts("SELECT * FROM vault_texts") == []
    assert place.texts("SELECT * FROM vault_chunks") == []


def test_what_a_crash_left_of_a_file_is_swept(vault: Vault, place: Place) -> None:
    ref = put(vault, bytes(CHUNK_BYTES))
    place.texts("UPDATE vault_texts SET state = 'incoming'")
    with pytest.raises(NotThere):
        vault.file(CASE, ref)
    with pytest.raises(NotThere):
        vault.check(CASE, [ref])
    assert vault.sweep(LATER, lambda _s, _t: False) == 1
    assert place.texts("SELECT * FROM vault_chunks") == []


def test_a_file_is_a_draft_until_it_is_kept(vault: Vault) -> None:
    kept, unused = put(vault, b"kept"), put(vault, b"unused")
    vault.check(CASE, [kept, unused])
    vault.keep(CASE, [kept])
    assert vault.sweep(LATER, lambda _s, _t: False) == 1
    assert whole(vault, kept) == b"kept"
    with pytest.raises(NotThere):
        vault.file(CASE, unused)


def test_a_file_is_no_text_and_a_text_no_file(vault: Vault) -> None:
    file, words = put(vault, b"a scan"), vault.put(CASE, "V1", "a note", kind="note", at=AT)
    with pytest.raises(NotThere, match="is a file, not a text"):
        vault.words(CASE, file)
    with pytest.raises(NotThere, match="is a text, not a file"):
        vault.file(CASE, words)
    with pytest.raises(NotThere, match="there is no"):
        vault.file(OTHER_CASE, file)


REARRANGED = {
    "the last chunk is missing": "DELETE FROM vault_chunks WHERE number = 2",
    "the first chunk is missing": "DELETE FROM vault_chunks WHERE number = 0",
    "the end was cut off": "UPDATE vault_texts SET chunks = 2",
    "all was cut off": "UPDATE vault_texts SET chunks = 0",
    "two were exchanged": "UPDATE vault_chunks SET sealed = (SELECT c.sealed FROM vault_chunks c "
    "WHERE c.number = 1 - vault_chunks.number) WHERE number < 2",
    "one was repeated": "UPDATE vault_chunks SET sealed = "
    "(SELECT c.sealed FROM vault_chunks c WHERE c.number = 0) WHERE number = 1",
}


@pytest.mark.parametrize("sql", REARRANGED.values(), ids=REARRANGED.keys())
def test_a_file_that_is_not_whole_or_not_in_order_is_noticed_before_its_first_byte(
    vault: Vault, place: Place, sql: str
) -> None:
    ref = put(vault, os.urandom(2 * CHUNK_BYTES + 1))
    place.texts(sql)
    with pytest.raises(AlteredText):
        vault.file(CASE, ref)


@pytest.mark.parametrize("sql", REARRANGED.values(), ids=REARRANGED.keys())
def test_it_is_noticed_by_the_chunks_themselves_if_the_reference_was_forged_too(
    vault: Vault, place: Place, sql: str
) -> None:
    ref = put(vault, os.urandom(2 * CHUNK_BYTES + 1))
    place.texts(sql)
    stored = place.texts(
        "SELECT c.sealed FROM vault_chunks c JOIN vault_texts t ON t.id = c.text_id "
        "WHERE c.number < t.chunks ORDER BY c.number"
    )
    digest = hashlib.sha256(b"".join(bytes(row.sealed) for row in stored)).hexdigest()
    with pytest.raises(AlteredText):
        whole(vault, TextRef(id=ref.id, digest=digest))


def test_a_file_erased_while_it_is_taken_in_leaves_nothing(vault: Vault, place: Place) -> None:
    class ErasedMeanwhile(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            vault.erase_person(CASE, "V1")
            return super().read(size)

    source = ErasedMeanwhile(bytes(2 * CHUNK_BYTES))
    with pytest.raises(Erased, match="was erased"):
        vault.put_file(CASE, "V1", source, kind="scan", at=AT)
    assert place.texts("SELECT * FROM vault_texts") == []
    assert place.texts("SELECT * FROM vault_chunks") == []


def test_a_file_whose_key_was_destroyed_while_it_was_taken_in_leaves_nothing(
    vault: Vault, place: Place
) -> None:
    class KeyDestroyedMeanwhile(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            vault._keys.destroy(CASE, "V1")
            return super().read(size)

    with pytest.raises(Erased, match="the data of V1 in RJ-7K3M9QXZ-D are being erased"):
        vault.put_file(CASE, "V1", KeyDestroyedMeanwhile(b"a scan"), kind="scan", at=AT)
    assert place.texts("SELECT * FROM vault_texts") == []


@pytest.mark.parametrize("when", ["before its last chunk", "after it"])
def test_a_file_swept_while_it_is_taken_in_is_not_said_to_be_there(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    database = vault._files._database
    run = database.run

    def swept_meanwhile(statement: Executable, values: dict[str, object] | None = None) -> int:
        chunk = "number" in (values or {})
        if chunk and when == "before its last chunk":
            vault.sweep(LATER, lambda _s, _t: False)
        done = run(statement, values)
        if chunk:
            vault.sweep(LATER, lambda _s, _t: False)
        return done

    monkeypatch.setattr(database, "run", swept_meanwhile)
    with pytest.raises(NotThere, match="there is no T-"):
        put(vault, b"a scan")


def test_a_file_erased_while_it_is_read_says_so(vault: Vault) -> None:
    reading = vault.file(CASE, put(vault, bytes(2 * CHUNK_BYTES)))
    next(reading)
    vault.erase_person(CASE, "V1")
    with pytest.raises(Erased):
        next(reading)


def test_others_can_write_while_a_file_is_taken_in_and_read(vault: Vault) -> None:
    class NoteMeanwhile(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            vault.put(CASE, "O1", "a note", kind="note", at=AT)
            return super().read(size)

    ref = vault.put_file(CASE, "V1", NoteMeanwhile(bytes(2 * CHUNK_BYTES)), kind="scan", at=AT)
    reading = vault.file(CASE, ref)
    next(reading)
    assert vault.words(CASE, vault.put(CASE, "O1", "another", kind="note", at=AT)) == "another"
    next(reading)


def test_a_file_of_64_mib_needs_no_more_memory_than_a_small_one(tmp_path: Path) -> None:
    code = """
        import hashlib, os, pathlib, resource, sys
        from datetime import UTC, datetime
        from keys import KeyKind, Keyring
        from vault import open_vault

        folder, size = pathlib.Path(sys.argv[1]), int(sys.argv[2])
        ring = Keyring(folder / "keys", {})
        ring.create(KeyKind.MASTER)
        vault = open_vault(f"sqlite:///{folder}/v.db", f"sqlite:///{folder}/k.db", ring)
        with (folder / "recording").open("wb") as file:
            for _ in range(size):
                file.write(os.urandom(1024 * 1024))
        with (folder / "recording").open("rb") as file:
            there = hashlib.file_digest(file, "sha256").digest()
            file.seek(0)
            at = datetime.now(UTC)
            ref = vault.put_file("RJ-7K3M9QXZ-D", "V1", file, kind="recording", at=at)
        back = hashlib.sha256()
        for chunk in vault.file("RJ-7K3M9QXZ-D", ref):
            back.update(chunk)
        assert back.digest() == there
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    """
    needed = {}
    for size in (2, 64):
        (tmp_path / str(size)).mkdir()
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(code), tmp_path / str(size), str(size)],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        needed[size] = int(done.stdout)
    assert needed[64] < needed[2] + 12
