"""Data keys: wrapped by the master key, kept apart, wrapped anew when the master key changes."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from keys import KeyKind, KeyMissing, Keyring
from tests.vault.conftest import AT, CASE, OTHER_CASE
from vault import Vault, open_vault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.vault.conftest import Place


def remove_key(tmp_path: Path, master: str) -> None:
    (tmp_path / "keys" / f"master-{master}.key").unlink()


def test_the_data_keys_lie_in_a_database_of_their_own(vault: Vault, place: Place) -> None:
    vault.put(CASE, "V1", "words", kind="note", at=AT)
    (key,) = place.keys("SELECT * FROM vault_keys")
    (row,) = place.texts("SELECT * FROM vault_texts")
    assert row.key_id == key.id
    assert bytes(key.wrapped) not in bytes(row.sealed)
    assert (key.stream, key.owner) == (CASE, "V1")


def test_keys_and_texts_may_not_share_a_database(place: Place, keyring: Keyring) -> None:
    with pytest.raises(ValueError, match="a database of their own"):
        open_vault(place.url, place.url, keyring)


def test_a_vault_without_a_master_key_does_not_open(place: Place, tmp_path: Path) -> None:
    with pytest.raises(KeyMissing, match="there is no master key in the key folder"):
        open_vault(place.url, place.keys_url, Keyring(tmp_path / "empty", {}))


def test_a_vault_with_another_installations_master_key_does_not_open(
    vault: Vault, place: Place, keyring: Keyring, tmp_path: Path
) -> None:
    vault.put(CASE, "V1", "words", kind="note", at=AT)
    stranger = Keyring(tmp_path / "strange", {})
    stranger.create(KeyKind.MASTER)
    needed, _ = keyring.master()
    with pytest.raises(KeyMissing, match=rf"a master key that is not among ours \({needed}\)"):
        open_vault(place.url, place.keys_url, stranger)


def test_without_one_of_several_master_keys_the_rest_still_opens(
    vault: Vault, place: Place, keyring: Keyring, tmp_path: Path
) -> None:
    old, _ = keyring.master()
    before = vault.put(CASE, "V1", "before", kind="note", at=AT)
    keyring.create(KeyKind.MASTER)
    after = vault.put(CASE, "O1", "after", kind="note", at=AT)
    assert vault.lost_masters() == frozenset()
    remove_key(tmp_path, old)
    with closing(open_vault(place.url, place.keys_url, keyring)) as again:
        assert again.words(CASE, after) == "after"
        with pytest.raises(KeyMissing, match=old):
            again.words(CASE, before)
        assert again.lost_masters() == {old}


def test_a_lost_data_key_is_not_taken_for_an_erasure(vault: Vault, place: Place) -> None:
    ref = vault.put(CASE, "V1", "words", kind="note", at=AT)
    place.keys("DELETE FROM vault_keys")
    with pytest.raises(KeyMissing, match="has lost a data key: restore its backup"):
        vault.words(CASE, ref)


def test_a_changed_master_key_opens_old_and_new_texts(
    vault: Vault, place: Place, keyring: Keyring
) -> None:
    before = vault.put(CASE, "V1", "before", kind="note", at=AT)
    new = keyring.create(KeyKind.MASTER)
    after = vault.put(OTHER_CASE, "V1", "after", kind="note", at=AT)
    assert vault.words(CASE, before) == "before"
    assert vault.words(OTHER_CASE, after) == "after"
    (row,) = place.keys("SELECT master FROM vault_keys WHERE stream = :s", s=OTHER_CASE)
    assert row.master == new


def test_a_master_key_made_by_another_process_is_found_without_a_restart(
    vault: Vault, place: Place, keyring: Keyring
) -> None:
    vault.put(CASE, "V1", "before", kind="note", at=AT)
    keyring.create(KeyKind.MASTER)
    with closing(open_vault(place.url, place.keys_url, keyring)) as other:
        ref = other.put(CASE, "O1", "after", kind="note", at=AT)
    assert vault.words(CASE, ref) == "after"


def test_whoever_comes_second_uses_the_key_of_whoever_came_first(
    vault: Vault, place: Place, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = []
    make = vault._keys._make

    def too_late(stream: str, owner: str) -> None:
        with closing(open_vault(place.url, place.keys_url, keyring)) as other:
            first.append(other.put(stream, owner, "first", kind="note", at=AT))
        make(stream, owner)

    monkeypatch.setattr(vault._keys, "_make", too_late)
    second = vault.put(CASE, "V1", "second", kind="note", at=AT)
    assert vault.words(CASE, first[0]) == "first"
    assert vault.words(CASE, second) == "second"
    assert len(place.keys("SELECT * FROM vault_keys")) == 1


def test_all_keys_are_wrapped_anew_and_the_old_master_key_is_needed_no_more(
    vault: Vault, place: Place, keyring: Keyring, tmp_path: Path
) -> None:
    owners = [f"V{n}" for n in range(1, 6)]
    refs = {o: vault.put(CASE, o, f"of {o}", kind="note", at=AT) for o in owners}
    stored = place.texts("SELECT id, sealed FROM vault_texts ORDER BY id")
    old, _ = keyring.master()
    new = keyring.create(KeyKind.MASTER)
    assert vault.rewrap() == 5
    assert vault.rewrap() == 0
    assert {row.master for row in place.keys("SELECT master FROM vault_keys")} == {new}
    assert place.texts("SELECT id, sealed FROM vault_texts ORDER BY id") == stored
    remove_key(tmp_path, old)
    with closing(open_vault(place.url, place.keys_url, keyring)) as again:
        assert {o: again.words(CASE, ref) for o, ref in refs.items()} == {
            o: f"of {o}" for o in owners
        }


def test_nothing_is_wrapped_anew_without_the_key_that_opens_it(
    vault: Vault, place: Place, keyring: Keyring, tmp_path: Path
) -> None:
    old, _ = keyring.master()
    vault.put(CASE, "V1", "words", kind="note", at=AT)
    wrapped = place.keys("SELECT * FROM vault_keys")
    keyring.create(KeyKind.MASTER)
    remove_key(tmp_path, old)
    with pytest.raises(KeyMissing, match=old):
        vault.rewrap()
    assert place.keys("SELECT * FROM vault_keys") == wrapped
