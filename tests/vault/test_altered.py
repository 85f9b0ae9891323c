"""Rows changed, moved or exchanged by somebody who has the databases, but not the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.texts import TextRef
from tests.vault.conftest import AT, CASE, OTHER_CASE
from vault import AlteredText
from vault.ciphers import digest

if TYPE_CHECKING:
    from tests.vault.conftest import Place
    from vault import Vault


@pytest.fixture
def ref(vault: Vault) -> TextRef:
    return vault.put(CASE, "V1", "I would rather not meet him.", kind="choice", at=AT)


@pytest.fixture
def other(vault: Vault) -> TextRef:
    return vault.put(CASE, "V1", "Yes, I would like to meet.", kind="choice", at=AT)


def sealed(place: Place, ref: TextRef) -> bytes:
    (row,) = place.texts("SELECT sealed FROM vault_texts WHERE id = :id", id=ref.id)
    return bytes(row.sealed)


@pytest.mark.parametrize("position", [0, 1, 13, 200, -1])
def test_a_changed_byte_is_noticed(vault: Vault, place: Place, ref: TextRef, position: int) -> None:
    changed = bytearray(sealed(place, ref))
    changed[position] ^= 1
    place.texts("UPDATE vault_texts SET sealed = :s", s=bytes(changed))
    with pytest.raises(AlteredText):
        vault.words(CASE, ref)
    # Also if the log's reference was made to fit:
    with pytest.raises(AlteredText):
        vault.words(CASE, TextRef(id=ref.id, digest=digest(bytes(changed))))


def test_a_text_whose_words_were_taken_out_is_noticed(
    vault: Vault, place: Place, ref: TextRef
) -> None:
    place.texts("UPDATE vault_texts SET sealed = NULL")
    with pytest.raises(AlteredText):
        vault.words(CASE, ref)


@pytest.mark.parametrize("length", [0, 1, 12, 20])
def test_a_text_cut_short_is_noticed(vault: Vault, place: Place, ref: TextRef, length: int) -> None:
    short = sealed(place, ref)[:length]
    place.texts("UPDATE vault_texts SET sealed = :s", s=short)
    with pytest.raises(AlteredText):
        vault.words(CASE, TextRef(id=ref.id, digest=digest(short)))


def test_a_text_exchanged_for_another_of_the_same_person_is_noticed(
    vault: Vault, place: Place, ref: TextRef, other: TextRef
) -> None:
    place.texts(
        "UPDATE vault_texts SET sealed = :s WHERE id = :id", s=sealed(place, other), id=ref.id
    )
    with pytest.raises(AlteredText, match=f"{ref.id} is not what was put"):
        vault.words(CASE, ref)
    with pytest.raises(AlteredText):
        vault.words(CASE, TextRef(id=ref.id, digest=other.digest))


@pytest.mark.parametrize(
    ("moved", "stream"),
    [
        ("UPDATE vault_texts SET stream = 'RJ-00000001-1'", OTHER_CASE),
        ("UPDATE vault_texts SET owner = 'O1'", CASE),
        ("UPDATE vault_texts SET kind = 'note'", CASE),
    ],
)
def test_a_row_that_was_moved_does_not_open(
    vault: Vault, place: Place, ref: TextRef, moved: str, stream: str
) -> None:
    place.texts(moved)
    with pytest.raises(AlteredText, match="belongs to another place"):
        vault.words(stream, ref)


def test_a_row_under_another_id_does_not_open(vault: Vault, place: Place, ref: TextRef) -> None:
    place.texts("UPDATE vault_texts SET id = 'T-0000000000000000'")
    with pytest.raises(AlteredText):
        vault.words(CASE, TextRef(id="T-0000000000000000", digest=ref.digest))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE vault_keys SET stream = 'RJ-00000001-1'",
        "UPDATE vault_keys SET owner = 'O1'",
        "UPDATE vault_keys SET wrapped = :other",
    ],
)
def test_a_key_that_was_changed_or_given_to_somebody_else_does_not_open(
    vault: Vault, place: Place, ref: TextRef, change: str
) -> None:
    (row,) = place.keys("SELECT id FROM vault_keys")
    values = {"other": b"\x01" + bytes(60)} if ":other" in change else {}
    place.keys(change, **values)
    with pytest.raises(AlteredText, match=f"the data key {row.id} was altered"):
        vault.words(CASE, ref)
