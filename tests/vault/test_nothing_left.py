"""What was erased is in no file of SQLite any more: no page, no free page, no journal."""

from __future__ import annotations

import io
import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from keys import KeyKind
from tests.vault.conftest import AT, CASE, LATER, OTHER_CASE, raw
from vault import Erased, Unavailable, open_vault, opening
from vault.files import CHUNK_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from keys import Keyring
    from tests.vault.conftest import Place
    from vault import Vault


def pieces(stored: bytes) -> list[bytes]:
    """Return pieces from all over the ciphertext: a copy of it may be left in part."""
    return [stored[start : start + 16] for start in range(1, len(stored), len(stored) // 9)][:9]


def found(wanted: Iterable[bytes], files: Iterable[bytes]) -> list[bytes]:
    return [piece for piece in wanted if any(piece in content for content in files)]


def test_no_byte_of_a_destroyed_key_is_left_in_any_file(
    sqlite_vault: Vault, sqlite_place: Place
) -> None:
    owners = [f"V{n}" for n in range(1, 61)]
    for owner in owners:
        sqlite_vault.put(CASE, owner, "words", kind="note", at=AT)
    wrapped = {r.owner: bytes(r.wrapped) for r in sqlite_place.keys("SELECT * FROM vault_keys")}
    _, apart = sqlite_place.folders
    erased = owners[::-2]
    for owner in erased:
        sqlite_vault.erase_person(CASE, owner)
    files = raw(apart)
    assert sorted(files) == ["vault_keys.db", "vault_keys.db-journal"]
    for owner in owners:
        left = found(pieces(wrapped[owner]), files.values())
        assert bool(left) == (owner not in erased)


def test_no_byte_of_an_erased_text_is_left_in_any_file(
    sqlite_vault: Vault, sqlite_place: Place
) -> None:
    for n in range(300):
        owner, length = f"V{n % 20 + 1}", (n * 997) % 6000 + 1
        sqlite_vault.put(CASE, owner, "x" * length, kind="note", at=AT)
    scan = os.urandom(3 * CHUNK_BYTES)
    sqlite_vault.put_file(CASE, "V1", io.BytesIO(scan), kind="scan", at=AT)
    stored = sqlite_place.texts(
        "SELECT t.owner, coalesce(c.sealed, t.sealed) AS sealed "
        "FROM vault_texts t LEFT JOIN vault_chunks c ON c.text_id = t.id"
    )
    data, _ = sqlite_place.folders
    erased = {f"V{n}" for n in range(1, 11)}
    for owner in erased:
        sqlite_vault.erase_person(CASE, owner)
    sqlite_vault.compact()
    files = raw(data)
    assert sorted(files) == ["vault.db", "vault.db-shm", "vault.db-wal"]
    for row in stored:
        left = found(pieces(bytes(row.sealed)), files.values())
        assert bool(left) == (row.owner not in erased)


def test_swept_drafts_leave_no_byte_either(sqlite_vault: Vault, sqlite_place: Place) -> None:
    sqlite_vault.put(CASE, "V1", "x" * 5000, kind="note", at=AT)
    (row,) = sqlite_place.texts("SELECT sealed FROM vault_texts")
    data, _ = sqlite_place.folders
    assert found(pieces(bytes(row.sealed)), raw(data).values())
    sqlite_vault.sweep(LATER, lambda _s, _t: False)
    assert found(pieces(bytes(row.sealed)), raw(data).values()) == []


def test_somebody_who_reads_meanwhile_holds_up_the_end_of_an_erasure(
    sqlite_place: Place, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LONGEST_WAIT", 0.1)
    data, _ = sqlite_place.folders
    with closing(open_vault(sqlite_place.url, sqlite_place.keys_url, keyring)) as vault:
        ref = vault.put(CASE, "V1", "x" * 5000, kind="note", at=AT)
        (row,) = sqlite_place.texts("SELECT sealed FROM vault_texts")
        stored = pieces(bytes(row.sealed))
        with closing(sqlite3.connect(data / "vault.db")) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM vault_texts").fetchall()
            with pytest.raises(Unavailable, match="is locked"):
                vault.erase_person(CASE, "V1")
            with pytest.raises(Erased):
                vault.words(CASE, ref)
            assert found(stored, raw(data).values())
        vault.erase_person(CASE, "V1")
        assert found(stored, raw(data).values()) == []


def shuffled(seed: int) -> Iterator[int]:
    """Yield numbers that look like chance, always the same ones."""
    while True:
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        yield seed >> 8


def come_and_gone(
    url: str, insert: str, delete: str, row: Callable[[int, int], dict[str, object]], seed: int
) -> list[bytes]:
    """Put in 1,000 rows and take out every other one meanwhile; return what those held."""
    numbers, alive, gone = shuffled(seed), [], []
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute("PRAGMA secure_delete = ON")
        for n in range(1000):
            new = row(n, next(numbers))
            connection.execute(insert, new)
            alive.append(new)
            if next(numbers) % 2:
                old = alive.pop(next(numbers) % len(alive))
                connection.execute(delete, old)
                gone.append(old["sealed"])
    return [bytes(stored) for stored in gone if isinstance(stored, bytes)]


def keys_that_came_and_went(place: Place) -> list[bytes]:
    """Return what some data keys held that were deleted before the key database is vacuumed."""
    return come_and_gone(
        place.keys_url,
        "INSERT INTO vault_keys VALUES (:id, :stream, :owner, 'aaaaaaaaaaaaaaaa', :sealed)",
        "DELETE FROM vault_keys WHERE id = :id",
        lambda n, _: {
            "id": f"K-{n:016}",
            "stream": CASE,
            "owner": f"V{n + 1}",
            "sealed": os.urandom(61),
        },
        seed=4,
    )


def test_copies_of_a_destroyed_key_that_pages_left_when_they_were_split_are_gone_too(
    sqlite_vault: Vault, sqlite_place: Place
) -> None:
    gone = keys_that_came_and_went(sqlite_place)
    _, apart = sqlite_place.folders
    sqlite_vault.erase_person(CASE, "O1")
    assert len(gone) > 400
    assert found((piece for stored in gone for piece in pieces(stored)), raw(apart).values()) == []


def test_copies_of_keys_as_they_were_wrapped_before_are_gone_too(
    sqlite_vault: Vault, sqlite_place: Place, keyring: Keyring
) -> None:
    gone = keys_that_came_and_went(sqlite_place)
    sqlite_vault.put(OTHER_CASE, "V1", "words", kind="note", at=AT)
    (before,) = sqlite_place.keys("SELECT wrapped FROM vault_keys WHERE stream = :s", s=OTHER_CASE)
    new = keyring.create(KeyKind.MASTER)
    # The others were only made up, and are to be left alone.
    sqlite_place.keys("UPDATE vault_keys SET master = :new WHERE stream = :s", new=new, s=CASE)
    assert sqlite_vault.rewrap() == 1
    _, apart = sqlite_place.folders
    left = (piece for stored in [*gone, bytes(before.wrapped)] for piece in pieces(stored))
    assert found(left, raw(apart).values()) == []


def test_copies_of_erased_texts_that_pages_left_when_they_were_split_go_with_compacting(
    sqlite_vault: Vault, sqlite_place: Place
) -> None:
    gone = come_and_gone(
        sqlite_place.url,
        "INSERT INTO vault_texts VALUES (:id, :stream, :owner, 'note', '', 'draft', "
        "1772443800000000, 'K-aaaaaaaaaaaaaaaa', :digest, :sealed, 0)",
        "DELETE FROM vault_texts WHERE id = :id",
        lambda n, chance: {
            "id": f"T-{n:016}",
            "stream": CASE,
            "owner": f"V{n + 1}",
            "digest": "f" * 64,
            "sealed": os.urandom(29 + 256 * (1, 1, 1, 2, 3, 6)[chance % 6]),
        },
        seed=7,
    )
    data, _ = sqlite_place.folders
    sqlite_vault.compact()
    assert len(gone) > 400
    assert found((piece for stored in gone for piece in pieces(stored)), raw(data).values()) == []
