"""What goes with erasing: who else wrote of somebody, what they are found by, what is kept from
use, and doing it all again after an old backup was put back."""

from __future__ import annotations

import io
import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from keys import KeyKind
from tests.vault.conftest import AT, CASE, OTHER_CASE, raw
from vault import Erased, Restricted, open_vault
from vault.details import OffenceDetails, PartyDetails
from vault.matching import Likeness

if TYPE_CHECKING:
    from pathlib import Path

    from domain.texts import TextRef
    from keys import Keyring
    from tests.vault.conftest import Place
    from vault import Vault

VERA = PartyDetails.entered(
    {
        "name": "Vera Exampleton",
        "known_as": "Vee",
        "born": "1980-05-17",
        "phone": "0300 555 0199",
        "email": "Vera@example.org",
        "address": "1 Invented Lane, Exampleton",
        "needs": "A quiet room.",
    }
)
NOBODY = OffenceDetails()


def put(vault: Vault, owner: str, words: str, kind: str = "note", stream: str = CASE) -> TextRef:
    ref = vault.put(stream, owner, words, kind=kind, at=AT)
    vault.keep(stream, [ref])
    return ref


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("He said he thinks of Vera every day.", True),
        ("VÉRA was not there.", True),
        ("They ring (0300) 555-0199 to reach her.", True),
        ("Write to vera@EXAMPLE.org.", True),
        ("It was at 1 invented lane, exampleton, at night.", True),
        ("The room was booked; nobody else came.", False),
        ("Veracity matters.", False),
    ],
)
def test_a_text_of_somebody_else_that_names_a_person_is_found(
    sqlite_vault: Vault, words: str, *, is_one: bool
) -> None:
    put(sqlite_vault, "V1", VERA.serialise(), "details")
    ref = put(sqlite_vault, "O1", words)
    assert sqlite_vault.erasing.mentions(CASE, "V1") == (((ref.id, "O1"),) if is_one else ())


def test_files_and_what_says_so_are_looked_at_and_replies_and_other_cases_are_not(
    vault: Vault,
) -> None:
    put(vault, "V1", VERA.serialise(), "details")
    put(vault, "V1", "I am Vera.")
    put(vault, "case", "Dear Vera, we erase it.", "reply")
    put(vault, "case", "Vera rang.", stream=OTHER_CASE)
    said = vault.put(CASE, "case", "She came.", kind="note", about=["V1"], at=AT)
    scan = vault.put_file(CASE, "O1", io.BytesIO(b"a drawing"), kind="scan", at=AT)
    vault.keep(CASE, [said, scan])
    assert set(vault.erasing.mentions(CASE, "V1")) == {(said.id, "case"), (scan.id, "O1")}


def test_once_the_story_is_gone_a_person_is_found_again_and_nothing_else_is_left(
    vault: Vault, place: Place
) -> None:
    details = put(vault, "V1", VERA.serialise(), "details")
    put(vault, "V1", "What happened to me.")
    assert vault.erasing.keep_finding(CASE, "V1", AT) == 1
    assert vault.erasing.keep_finding(CASE, "V1", AT) == 1
    keys = vault.erasing.destroy(CASE, "V1", found=False)
    assert len(keys) == 1
    with pytest.raises(Erased):
        vault.words(CASE, details)
    assert len(place.texts("SELECT * FROM vault_texts")) == 1
    again = PartyDetails.entered({"name": "Vera Exampelton", "born": "1980-05-17"})
    (found,) = vault.matching.resembling(again, NOBODY)
    assert (found.stream, found.owner) == (CASE, "V1")
    assert isinstance(found, Likeness)


def test_erasure_takes_that_by_which_somebody_is_found_as_well(vault: Vault, place: Place) -> None:
    put(vault, "V1", VERA.serialise(), "details")
    vault.erasing.keep_finding(CASE, "V1", AT)
    assert len(vault.erasing.destroy(CASE, "V1", found=True)) == 2
    assert vault.matching.resembling(VERA, NOBODY) == ()
    tables = (
        "SELECT * FROM vault_texts",
        "SELECT * FROM vault_tokens",
        "SELECT * FROM vault_matched",
    )
    assert [place.texts(each) for each in tables] == [[], [], []]
    assert place.keys("SELECT * FROM vault_keys") == []


def test_a_suppression_entry_says_yes_or_no_and_nothing_of_whom(vault: Vault, place: Place) -> None:
    put(vault, "V1", VERA.serialise(), "details")
    vault.erasing.suppress(CASE, "V1")
    vault.erasing.suppress(CASE, "V1")
    vault.erasing.destroy(CASE, "V1", found=True)
    rows = place.texts("SELECT * FROM vault_suppressed")
    assert {tuple(row._fields) for row in rows} == {("token",)}
    assert vault.asked_for_no_contact(VERA)
    of_birth = PartyDetails.entered({"name": "vera exampleton", "born": "1980-05-17"})
    assert vault.asked_for_no_contact(of_birth)
    for other in (
        {"name": "Vera Exampleton"},
        {"name": "Vera Exampleton", "born": "1981-05-17"},
        {"name": "Olive Sample", "born": "1980-05-17"},
    ):
        assert not vault.asked_for_no_contact(PartyDetails.entered(other))


def test_a_suppression_entry_outlives_new_matching_and_master_keys(
    vault: Vault, keyring: Keyring
) -> None:
    put(vault, "V1", VERA.serialise(), "details")
    vault.erasing.suppress(CASE, "V1")
    vault.matching.renew()
    keyring.create(KeyKind.MASTER)
    vault.rewrap()
    assert vault.asked_for_no_contact(VERA)


def test_what_is_restricted_is_there_and_opens_to_nobody_until_it_is_lifted(vault: Vault) -> None:
    mine = put(vault, "V1", "Kept and not used.")
    scan = vault.put_file(CASE, "V1", io.BytesIO(b"a drawing"), kind="scan", at=AT)
    other = put(vault, "O1", "Another's.")
    vault.restricting.restrict(CASE, "V1")
    vault.restricting.restrict(CASE, "V1")
    for ref, read in ((mine, vault.words), (scan, vault.file)):
        with pytest.raises(Restricted, match="kept and not used"):
            read(CASE, ref)
    assert vault.words(CASE, other) == "Another's."
    themselves = vault.words_many(CASE, [mine], even_restricted=True)
    assert themselves[mine.id] == "Kept and not used."
    vault.restricting.lift(CASE, "V1")
    assert vault.words(CASE, mine) == "Kept and not used."
    assert b"".join(vault.file(CASE, scan)) == b"a drawing"


def test_nobody_is_found_by_what_is_restricted(vault: Vault) -> None:
    put(vault, "V1", VERA.serialise(), "details")
    put(vault, "V1", VERA.serialise(), "details", stream=OTHER_CASE)
    assert len(vault.matching.resembling(VERA, NOBODY)) == 2
    assert len(vault.matching.appearances(OTHER_CASE, "V1")) == 1
    vault.restricting.restrict(CASE, "V1")
    assert [one.stream for one in vault.matching.resembling(VERA, NOBODY)] == [OTHER_CASE]
    assert vault.matching.appearances(OTHER_CASE, "V1") == ()
    assert vault.matching.appearances(CASE, "V1") == ()


def test_nobody_is_found_by_what_was_kept_for_that_once_it_is_restricted(vault: Vault) -> None:
    put(vault, "V1", VERA.serialise(), "details")
    vault.erasing.keep_finding(CASE, "V1", AT)
    vault.erasing.destroy(CASE, "V1", found=False)
    put(vault, "V1", VERA.serialise(), "details", stream=OTHER_CASE)
    assert [one.stream for one in vault.matching.appearances(OTHER_CASE, "V1")] == [CASE]
    vault.restricting.restrict(CASE, "V1")
    assert vault.matching.appearances(OTHER_CASE, "V1") == ()
    assert vault.matching.appearances(CASE, "V1") == ()
    vault.restricting.lift(CASE, "V1")
    assert [one.stream for one in vault.matching.appearances(OTHER_CASE, "V1")] == [CASE]


def test_one_text_goes_and_its_owner_keeps_the_others(vault: Vault) -> None:
    gone, stays = put(vault, "O1", "Vera said so."), put(vault, "O1", "I am sorry.")
    assert vault.erasing.erase_text(CASE, gone.id)
    assert not vault.erasing.erase_text(CASE, gone.id)
    with pytest.raises(Erased):
        vault.words(CASE, gone)
    assert vault.words(CASE, stays) == "I am sorry."


def test_no_copy_of_a_text_that_went_is_left_in_a_file_though_its_key_is(
    sqlite_vault: Vault, sqlite_place: Place
) -> None:
    gone = [put(sqlite_vault, "O1", f"Vera said {n}.") for n in range(60)]
    sealed = {row.id: row.sealed for row in sqlite_place.texts("SELECT * FROM vault_texts")}
    for ref in gone[::3]:
        sqlite_vault.erasing.erase_text(CASE, ref.id)
    files = raw(*sqlite_place.folders)
    left = {i for i, bytes_ in sealed.items() if any(bytes_[:40] in f for f in files.values())}
    assert left == {ref.id for ref in gone} - {ref.id for ref in gone[::3]}


def copied(place: Place, to: Path) -> None:
    for number, folder in enumerate(place.folders):
        shutil.copytree(folder, to / str(number), dirs_exist_ok=True)


def put_back(place: Place, at: Path, *which: int) -> None:
    for number in which:
        shutil.rmtree(place.folders[number])
        shutil.copytree(at / str(number), place.folders[number])


@pytest.mark.parametrize("restored", [(0,), (1,), (0, 1)])
def test_what_an_old_backup_brings_back_is_destroyed_again_and_nothing_that_came_since(
    sqlite_place: Place, keyring: Keyring, tmp_path: Path, restored: tuple[int, ...]
) -> None:
    def opened() -> closing[Vault]:
        return closing(open_vault(sqlite_place.url, sqlite_place.keys_url, keyring))

    with opened() as vault:
        gone, other = put(vault, "V1", "gone"), put(vault, "O1", "stays")
        vault.restricting.note_in_step("1")
    copied(sqlite_place, tmp_path / "backup")
    with opened() as vault:
        keys = vault.erasing.destroy(CASE, "V1", found=True)
        vault.restricting.note_in_step("2")
        assert vault.restricting.is_in_step("2")
    put_back(sqlite_place, tmp_path / "backup", *restored)
    with opened() as vault:
        assert not vault.restricting.is_in_step("2")
        assert vault.erasing.destroy_again(CASE, keys) > 0
        assert vault.erasing.left(CASE, keys) == vault.erasing.left(CASE, ())
        assert vault.erasing.destroy_again(CASE, keys) == 0
        with pytest.raises(Erased):
            vault.words(CASE, gone)
        assert vault.words(CASE, other) == "stays"
        came_back = put(vault, "V1", "I came back.")
        assert vault.erasing.destroy_again(CASE, keys) == 0
        assert vault.words(CASE, came_back) == "I came back."
