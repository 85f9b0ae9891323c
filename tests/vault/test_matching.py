"""Finding details by others: written with the text, gone with it, never plain, in any database."""

from __future__ import annotations

import hashlib
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import create_engine

from domain.words import Strength
from keys import KeyKind, Keyring
from tests.vault.conftest import AT, CASE, LATER, OTHER_CASE, raw
from tests.vault.test_plain_words import files
from vault import Vault, open_vault
from vault.details import DETAILS, OFFENCE, OffenceDetails, PartyDetails
from vault.matching import index
from vault.matching import tokens as made
from vault.matching.names import parts, sounds
from vault.tables import TEXTS_DATABASE

if TYPE_CHECKING:
    from pathlib import Path

    from domain.texts import TextRef
    from tests.vault.conftest import Place

ADA = PartyDetails(name="Tamsin Quellbrook", born=date(1984, 5, 23))
TAMSYN = PartyDetails(name="Quelbrook, Tamsyn", born=date(1984, 5, 23))
OTTO = PartyDetails(name="Otto Elsewhere", born=date(1990, 2, 2))
OFFENCE_THERE = OffenceDetails(police_reference="26*0099887/03", date=date(2026, 3, 1))


def put(
    vault: Vault,
    details: Any,
    stream: str = OTHER_CASE,
    owner: str = "V1",
    *,
    kind: str = DETAILS,
    kept: bool = True,
) -> TextRef:
    ref = vault.put(stream, owner, details.serialise(), kind=kind, at=AT)
    if kept:
        vault.keep(stream, [ref])
    return ref


def found(vault: Vault, person: PartyDetails = TAMSYN) -> list[tuple[str, str, str]]:
    like = vault.matching.resembling(person, OffenceDetails())
    return [(one.stream, one.owner, one.strength.value) for one in like]


def number(place: Place, table: str) -> int:
    ((count,),) = place.texts(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own table
    return int(count)


def test_somebody_is_found_by_another_spelling(vault: Vault) -> None:
    put(vault, ADA)
    put(vault, OTTO, owner="O1")
    assert found(vault) == [(OTHER_CASE, "V1", "LIKELY")]


def test_a_case_is_found_by_its_reference(vault: Vault) -> None:
    put(vault, OFFENCE_THERE, owner="case", kind=OFFENCE)
    asked = OffenceDetails(police_reference="26 0099887 03")
    (one,) = vault.matching.resembling(PartyDetails(), asked)
    assert (one.stream, one.owner) == (OTHER_CASE, "case")
    assert one.strength is Strength.SAME_REFERENCE


def test_two_cases_of_one_matter_know_each_other_and_who_is_who(vault: Vault) -> None:
    put(vault, ADA)
    put(vault, OTTO, owner="O1")
    put(vault, TAMSYN, CASE, "V2")
    put(vault, OTTO, CASE, "O1")
    (matter,) = vault.matching.matters(CASE)
    assert (matter.stream, matter.strength) == (OTHER_CASE, Strength.LIKELY)
    assert {(who.here, who.there) for who in matter.people} == {("V2", "V1"), ("O1", "O1")}
    assert [one.owner for one in vault.matching.appearances(CASE, "V2")] == ["V1"]


def test_a_draft_finds_nobody_and_is_not_found(vault: Vault) -> None:
    ref = put(vault, ADA, kept=False)
    assert found(vault) == []
    vault.keep(OTHER_CASE, [ref])
    assert len(found(vault)) == 1


def test_an_earlier_name_is_still_one_to_be_found_by(vault: Vault) -> None:
    put(vault, ADA)
    put(vault, PartyDetails(name="Tamsin Newname", born=ADA.born))
    assert found(vault) == [(OTHER_CASE, "V1", "LIKELY")]


def test_staff_and_loose_words_have_no_tokens(vault: Vault, place: Place) -> None:
    put(vault, ADA, "PR-00000001-1", "practitioner")
    vault.put(CASE, "case", "Tamsin Quellbrook was robbed.", kind=OFFENCE, at=AT)
    vault.put(CASE, "V1", ADA.serialise(), kind="note", at=AT)
    assert number(place, "vault_tokens") == 0


def test_with_the_person_go_their_tokens_and_nobody_elses(vault: Vault, place: Place) -> None:
    put(vault, ADA)
    put(vault, OTTO, owner="O1")
    before = number(place, "vault_tokens")
    vault.erase_person(OTHER_CASE, "V1")
    assert found(vault) == []
    assert 0 < number(place, "vault_tokens") < before
    assert number(place, "vault_matched") == 1
    vault.erase_person(OTHER_CASE, "O1")
    assert number(place, "vault_tokens") == number(place, "vault_matched") == 0


def test_a_swept_draft_leaves_no_token(vault: Vault, place: Place) -> None:
    put(vault, ADA, kept=False)
    vault.sweep(LATER, lambda _stream, _text: False)
    assert number(place, "vault_tokens") == 0


def test_whose_key_is_gone_is_not_found_though_their_tokens_are_still_there(
    vault: Vault, place: Place
) -> None:
    put(vault, ADA)
    # As a crash leaves it between the destroying of the key and the deleting of the rows.
    vault._keys.destroy(OTHER_CASE, "V1")
    assert number(place, "vault_tokens") > 0
    assert found(vault) == []


def test_what_was_exchanged_is_not_found_and_keeps_nobody_else_from_being(
    vault: Vault, place: Place
) -> None:
    ref = put(vault, ADA)
    put(vault, ADA, CASE)
    place.texts("UPDATE vault_texts SET sealed = :s WHERE id = :i", s=b"\x01" * 600, i=ref.id)
    assert found(vault) == [(CASE, "V1", "LIKELY")]


def plain_forms(details: PartyDetails) -> list[bytes]:
    """Return what a table without a key would hold: the plain tokens, and digests of them."""
    name = parts(details.name or "")
    plain = [*name, *(sound for part in name for sound in sounds(part)), *made._of_party(details)]
    found = [one.encode() for one in plain if len(one) > 5]
    for one in plain:
        for kind in (hashlib.sha256, hashlib.sha1, hashlib.md5):
            digest = kind(one.encode(), usedforsecurity=False).digest()
            found += [digest[:16], digest.hex().encode()]
    return found


def test_nothing_plain_and_no_digest_of_it_is_in_any_file(vault: Vault, place: Place) -> None:
    put(vault, ADA)
    put(vault, OTTO, owner="O1")
    there = files(place)
    forms = [*plain_forms(ADA), b"Quellbrook", b"quellbrook"]
    assert [(name, f) for name, c in there.items() for f in forms if f in c] == []
    place.texts("UPDATE vault_texts SET about = :plain", plain="quellbrook")
    assert any(b"quellbrook" in content for content in files(place).values())


def test_the_matching_key_lies_apart_wrapped_by_the_master_key(vault: Vault, place: Place) -> None:
    put(vault, ADA)
    (key,) = place.keys("SELECT * FROM vault_matching_keys")
    (in_use,) = vault._matching_keys.all()
    assert in_use.id == key.id
    assert in_use.secret not in bytes(key.wrapped)
    assert place.texts("SELECT DISTINCT key_id FROM vault_matched") == [(key.id,)]
    place.keys("UPDATE vault_matching_keys SET id = 'K-0000000000000000'")
    with pytest.raises(Exception, match="the matching key K-0000000000000000 was altered"):
        vault._matching_keys.all()


def test_a_new_master_key_wraps_it_anew(
    vault: Vault, place: Place, keyring: Keyring, tmp_path: Path
) -> None:
    put(vault, ADA)
    old, _ = keyring.master()
    new = keyring.create(KeyKind.MASTER)
    assert vault.rewrap() == 2
    assert place.keys("SELECT master FROM vault_matching_keys") == [(new,)]
    (tmp_path / "keys" / f"master-{old}.key").unlink()
    with closing(open_vault(place.url, place.keys_url, keyring)) as opened:
        assert len(found(opened)) == 1
        assert opened.lost_masters() == frozenset()


def test_texts_of_before_get_their_tokens_and_a_broken_off_run_is_taken_up(
    vault: Vault, place: Place
) -> None:
    put(vault, ADA)
    put(vault, OTTO, owner="O1")
    first = number(place, "vault_tokens")
    place.texts("DELETE FROM vault_tokens")
    place.texts("DELETE FROM vault_matched")
    assert found(vault) == []

    class Broken(Exception):
        pass

    def broken_off(_seen: int) -> None:
        raise Broken

    with pytest.raises(Broken):
        vault.matching.catch_up(broken_off)
    vault.matching.catch_up()
    assert number(place, "vault_tokens") == first
    assert len(found(vault)) == 1
    assert vault.matching.catch_up().written == 0


def test_tokens_by_older_rules_are_written_anew(vault: Vault, place: Place) -> None:
    put(vault, ADA)
    place.texts("UPDATE vault_matched SET form = 0, looked_at = 7")
    assert vault.matching.catch_up().written == 1
    assert place.texts("SELECT form, looked_at FROM vault_matched") == [(made.FORM, 7)]


def test_under_a_new_matching_key_all_are_found_and_the_old_one_is_gone(
    vault: Vault, place: Place
) -> None:
    put(vault, ADA)
    (before,) = place.keys("SELECT id, wrapped FROM vault_matching_keys")
    old = {bytes(row.token) for row in place.texts("SELECT token FROM vault_tokens")}
    assert vault.matching.renew().written == 1
    new = {bytes(row.token) for row in place.texts("SELECT token FROM vault_tokens")}
    assert old.isdisjoint(new)
    assert len(found(vault)) == 1
    (after,) = place.keys("SELECT id FROM vault_matching_keys")
    assert after.id != before.id
    if place.is_sqlite:
        assert bytes(before.wrapped) not in b"".join(raw(place.folders[1]).values())


def test_while_tokens_are_written_anew_those_under_the_older_key_are_found(vault: Vault) -> None:
    put(vault, ADA)
    vault._matching_keys.renew()
    put(vault, OTTO, owner="O1")
    assert len(found(vault)) == 1
    assert len(found(vault, OTTO)) == 1
    put(vault, ADA, CASE)
    assert len(vault._matching_keys.all()) == 2
    assert len(found(vault)) == 2


def test_what_cannot_be_opened_is_told_and_keeps_the_older_key(vault: Vault, place: Place) -> None:
    ref = put(vault, ADA)
    put(vault, OTTO, owner="O1")
    place.texts("UPDATE vault_texts SET sealed = :s WHERE id = :i", s=b"\x01" * 600, i=ref.id)
    told = vault.matching.renew()
    assert (told.written, told.unopened) == (1, (ref.id,))
    assert len(vault._matching_keys.all()) == 2


def test_what_becomes_part_of_a_case_is_looked_at_once(vault: Vault) -> None:
    ref = put(vault, ADA, kept=False)
    assert vault.matching.to_look_at(10) == ()
    vault.keep(OTHER_CASE, [ref])
    (one,) = vault.matching.to_look_at(10)
    assert (one.text_id, one.stream) == (ref.id, OTHER_CASE)
    vault.matching.looked([ref.id], AT)
    assert vault.matching.to_look_at(10) == ()


def test_erased_tokens_leave_no_byte_in_a_compacted_file(
    sqlite_vault: Vault, sqlite_place: Place
) -> None:
    for n in range(1, 60):
        put(sqlite_vault, PartyDetails(name=f"Zebedee Quill{'abcdefghij'[n % 10]}x", born=ADA.born),
            owner=f"V{n}")  # fmt: skip
    rows = sqlite_place.texts(
        "SELECT k.token, t.owner FROM vault_tokens k JOIN vault_texts t ON t.id = k.text_id"
    )
    for n in range(1, 60):
        sqlite_vault.erase_person(OTHER_CASE, f"V{n}")
    sqlite_vault.compact()
    content = b"".join(raw(sqlite_place.folders[0]).values())
    assert rows
    assert [row for row in rows if bytes(row.token) in content] == []


@pytest.mark.parametrize(
    "statement",
    [index._SHARING, index._KEPT_BY_IDS, index._KEPT_OF_STREAMS, index._NOT_LOOKED_AT],
    ids=["sharing", "by ids", "of streams", "not looked at"],
)
def test_nothing_that_is_asked_begins_with_all_that_is_kept(statement: Any) -> None:
    """Found by its plan: among a hundred thousand people it would cost half a second."""
    engine = create_engine("sqlite://")
    TEXTS_DATABASE.create_all(engine)
    values = {"tokens": [b"t"], "ids": ["T-1", "T-2"], "streams": ["RJ-1"], "but": "", "most": 9}
    names = statement.compile().params
    given = {name: value for name, value in values.items() if name in names}
    literal = statement.params(given).compile(
        engine, compile_kwargs={"literal_binds": True, "render_postcompile": True}
    )
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {literal}").all()
    told = " | ".join(row[3] for row in plan)
    assert "vault_texts_by_state" not in told
    assert "SCAN vault_texts" not in told
    assert "SCAN vault_tokens" not in told
