"""Erasure: the key destroyed, the rows deleted; what others said still opens."""

from __future__ import annotations

import io
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.vault.conftest import AT, CASE, OTHER_CASE
from trouble import Trouble
from vault import Erased, NotThere, Unavailable, open_vault
from vault.files import CHUNK_BYTES
from vault.texts import Texts

if TYPE_CHECKING:
    from keys import Keyring
    from tests.vault.conftest import Place
    from vault import Vault


def test_what_was_erased_is_erased_and_what_others_said_still_opens(vault: Vault) -> None:
    gone = vault.put(CASE, "V1", "I was afraid.", kind="statement", at=AT)
    scan = vault.put_file(CASE, "V1", io.BytesIO(b"a drawing"), kind="scan", at=AT)
    other = vault.put(CASE, "O1", "I am sorry.", kind="statement", at=AT)
    elsewhere = vault.put(OTHER_CASE, "V1", "another case", kind="statement", at=AT)
    assert vault.erase_person(CASE, "V1") == 2
    for ref, read in ((gone, vault.words), (scan, vault.file)):
        with pytest.raises(Erased, match=f"{ref.id} was erased"):
            read(CASE, ref)
    assert vault.words(CASE, other) == "I am sorry."
    assert vault.words(OTHER_CASE, elsewhere) == "another case"


def test_rows_and_keys_are_gone_and_that_they_were_there_is_remembered(
    vault: Vault, place: Place
) -> None:
    ref = vault.put(CASE, "V1", "words", kind="note", at=AT)
    vault.put_file(CASE, "V1", io.BytesIO(bytes(2 * CHUNK_BYTES)), kind="scan", at=AT)
    (key,) = place.keys("SELECT id FROM vault_keys")
    vault.erase_person(CASE, "V1")
    assert place.keys("SELECT * FROM vault_keys") == []
    assert place.texts("SELECT * FROM vault_texts") == []
    assert place.texts("SELECT * FROM vault_chunks") == []
    assert [tuple(r) for r in place.keys("SELECT * FROM vault_destroyed")] == [(key.id, CASE, "V1")]
    erased = {row.id for row in place.texts("SELECT id FROM vault_erased")}
    assert len(erased) == 2
    assert ref.id in erased


def test_erased_is_told_from_never_there_also_in_another_case(vault: Vault) -> None:
    gone = vault.put(CASE, "V1", "words", kind="note", at=AT)
    vault.erase_person(CASE, "V1")
    with pytest.raises(NotThere):
        vault.words(OTHER_CASE, gone)


def test_whom_nobody_wrote_about_can_be_erased(vault: Vault) -> None:
    assert vault.erase_person(CASE, "V9") == 0


def test_erasing_twice_changes_nothing_more(vault: Vault) -> None:
    gone = vault.put(CASE, "V1", "words", kind="note", at=AT)
    assert vault.erase_person(CASE, "V1") == 1
    assert vault.erase_person(CASE, "V1") == 0
    with pytest.raises(Erased):
        vault.words(CASE, gone)


def test_an_erasure_that_was_broken_off_has_destroyed_the_key_and_can_be_finished(
    vault: Vault, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = vault.put(CASE, "V1", "words", kind="note", at=AT)
    scan = vault.put_file(CASE, "V1", io.BytesIO(b"a drawing"), kind="scan", at=AT)

    def cut(*_: object) -> int:
        raise Unavailable(Trouble.LOCKED, "the vault is locked")

    with monkeypatch.context() as broken:
        broken.setattr(Texts, "erase", cut)
        with pytest.raises(Unavailable):
            vault.erase_person(CASE, "V1")
    assert len(place.texts("SELECT * FROM vault_texts")) == 2
    for ref, read in ((gone, vault.words), (scan, vault.file)):
        with pytest.raises(Erased):
            read(CASE, ref)
    assert vault.erase_person(CASE, "V1") == 2
    assert place.texts("SELECT * FROM vault_texts") == []


def test_a_destroyed_key_is_destroyed_in_every_process_at_once(
    vault: Vault, place: Place, keyring: Keyring
) -> None:
    ref = vault.put(CASE, "V1", "words", kind="note", at=AT)
    with closing(open_vault(place.url, place.keys_url, keyring)) as other:
        assert other.words(CASE, ref) == "words"
        vault.erase_person(CASE, "V1")
        with pytest.raises(Erased):
            other.words(CASE, ref)


def test_a_copy_of_the_ciphertext_that_comes_back_stays_closed(vault: Vault, place: Place) -> None:
    ref = vault.put(CASE, "V1", "words", kind="note", at=AT)
    (backup,) = place.texts("SELECT * FROM vault_texts")
    vault.erase_person(CASE, "V1")
    columns = backup._asdict()
    names = ", ".join(columns)
    values = ", ".join(f":{name}" for name in columns)
    restore = f"INSERT INTO vault_texts ({names}) VALUES ({values})"  # noqa: S608 - columns' names
    place.texts(restore, **columns)
    with pytest.raises(Erased):
        vault.words(CASE, ref)


def test_what_is_put_after_an_erasure_has_a_new_key_and_survives_its_repetition(
    vault: Vault, place: Place
) -> None:
    gone = vault.put(CASE, "V1", "before", kind="note", at=AT)
    (old,) = place.keys("SELECT id FROM vault_keys")
    vault.erase_person(CASE, "V1")
    back = vault.put(CASE, "V1", "I have come back.", kind="note", at=AT)
    (new,) = place.keys("SELECT id FROM vault_keys")
    assert new.id != old.id
    assert vault.words(CASE, back) == "I have come back."
    with pytest.raises(Erased):
        vault.words(CASE, gone)


def test_a_text_written_while_its_owner_is_erased_is_not_left_behind(
    vault: Vault, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure = vault._keys.ensure

    def erased_meanwhile(stream: str, owner: str) -> object:
        key = ensure(stream, owner)
        vault.erase_person(stream, owner)
        return key

    monkeypatch.setattr(vault._keys, "ensure", erased_meanwhile)
    with pytest.raises(Erased, match="the data of V1 in RJ-7K3M9QXZ-D are being erased just now"):
        vault.put(CASE, "V1", "words", kind="note", at=AT)
    assert place.texts("SELECT * FROM vault_texts") == []


def test_after_compacting_everything_still_opens(vault: Vault) -> None:
    refs = [vault.put(CASE, f"V{n}", f"text {n}", kind="note", at=AT) for n in range(1, 9)]
    vault.erase_person(CASE, "V3")
    vault.compact()
    opened = vault.words_many(CASE, refs)
    assert [w for w in opened.values() if isinstance(w, str)] == [
        f"text {n}" for n in (1, 2, 4, 5, 6, 7, 8)
    ]
