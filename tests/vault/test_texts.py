"""Texts: what is put comes back word for word, as a draft until an event refers to it."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from domain.texts import CASE as THE_CASE
from domain.texts import TextRef
from tests.vault.conftest import AT, CASE, LATER, OTHER_CASE
from vault import TEXT_LIMIT, AlteredText, Erased, NotThere, Unfit, open_vault

if TYPE_CHECKING:
    from keys import Keyring
    from tests.vault.conftest import Place
    from vault import Vault

NOWHERE = TextRef(id="T-0000000000000000", digest="0" * 64)


def never(stream: str, text_id: str) -> bool:
    return False


def test_whose_each_text_is_can_be_asked_of_those_that_are_there(vault: Vault) -> None:
    theirs = [vault.put(CASE, who, "words", kind="note", at=AT) for who in ("V1", "O1", THE_CASE)]
    found = vault.owners(CASE, [*theirs, NOWHERE])
    assert [found.get(ref.id) for ref in (*theirs, NOWHERE)] == ["V1", "O1", THE_CASE, None]
    assert vault.owners(OTHER_CASE, theirs) == {}


@pytest.mark.parametrize(
    "words",
    [
        "no",
        " \n",
        "Zoë O'Néill said: “why me?”\r\n",
        "她想知道为什么",
        "مرحبا",
        "e\u0301 is not \u00e9",
        "a\x00b",
        "👩🏽‍⚖️",
        "\x80\x80",
        "x" * TEXT_LIMIT,
    ],
)
def test_what_was_put_is_what_is_read(vault: Vault, words: str) -> None:
    ref = vault.put(CASE, "V1", words, kind="statement", at=AT)
    assert vault.words(CASE, ref) == words


@given(st.text(min_size=1))
@example("\x80")
@example("\x00" * 300)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_unicode_text_comes_back_unchanged(sqlite_vault: Vault, words: str) -> None:
    ref = sqlite_vault.put(CASE, "V1", words, kind="statement", at=AT)
    assert sqlite_vault.words(CASE, ref) == words


def test_texts_are_still_there_when_the_vault_is_opened_again(
    vault: Vault, place: Place, keyring: Keyring
) -> None:
    ref = vault.put(CASE, "V1", "I would like to ask him why.", kind="statement", at=AT)
    vault.close()
    with closing(open_vault(place.url, place.keys_url, keyring, create=False)) as again:
        assert again.words(CASE, ref) == "I would like to ask him why."


def test_a_reference_tells_nothing_about_the_words(vault: Vault, place: Place) -> None:
    one = vault.put(CASE, "V1", "no", kind="note", at=AT)
    two = vault.put(CASE, "V1", "no", kind="note", at=AT)
    assert re.fullmatch(r"T-[0-9A-HJKMNP-TV-Z]{16}", one.id)
    assert one.id != two.id
    assert one.digest != two.digest


def test_equal_words_look_different_and_short_ones_are_equally_long(
    vault: Vault, place: Place
) -> None:
    for words in ("no", "no", "yes", "I am not sure yet, I would like more time to think."):
        vault.put(CASE, "V1", words, kind="choice", at=AT)
    stored = [bytes(row.sealed) for row in place.texts("SELECT sealed FROM vault_texts")]
    assert len(set(stored)) == 4
    assert len({len(sealed) for sealed in stored}) == 1


def test_each_person_has_one_key_in_each_case(vault: Vault, place: Place) -> None:
    for stream in (CASE, OTHER_CASE):
        for owner in ("V1", "O1", THE_CASE):
            for words in ("first", "second"):
                vault.put(stream, owner, words, kind="note", at=AT)
    keys = place.texts("SELECT DISTINCT key_id, stream, owner FROM vault_texts")
    assert len(keys) == 6
    assert len({key.key_id for key in keys}) == 6


def test_an_empty_text_is_not_taken(vault: Vault) -> None:
    with pytest.raises(Unfit, match="a text cannot be empty"):
        vault.put(CASE, "V1", "", kind="note", at=AT)


def test_a_text_that_is_too_long_is_not_taken(vault: Vault, place: Place) -> None:
    with pytest.raises(Unfit, match=r"has 200,001 characters; 200,000 are the most"):
        vault.put(CASE, "V1", "x" * 200_001, kind="note", at=AT)
    assert place.texts("SELECT * FROM vault_texts") == []


def test_what_is_not_unicode_is_not_taken_and_not_repeated(vault: Vault) -> None:
    with pytest.raises(Unfit, match="is it saved as UTF-8") as caught:
        vault.put(CASE, "V1", "Zo\udceb", kind="note", at=AT)
    assert "Zo" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("stream", "owner", "kind", "about"),
    [
        (CASE, "Jo Invented", "note", ()),
        (CASE, "V1", "a note from Jo", ()),
        (CASE, "V1", "note", ("Jo Invented",)),
        ("the Invented case", "V1", "note", ()),
    ],
)
def test_what_is_not_encrypted_may_only_be_a_code(
    vault: Vault, stream: str, owner: str, kind: str, about: tuple[str, ...]
) -> None:
    with pytest.raises(ValueError, match="are given as codes") as caught:
        vault.put(stream, owner, "words", kind=kind, about=about, at=AT)
    assert "Jo" not in str(caught.value)


def test_a_time_without_its_offset_is_not_taken(vault: Vault) -> None:
    with pytest.raises(ValueError, match="needs its offset from UTC"):
        vault.put(CASE, "V1", "words", kind="note", at=datetime(2026, 3, 2))  # noqa: DTZ001 - that is what is tried


def test_whom_a_text_is_about_is_stored_with_it(vault: Vault, place: Place) -> None:
    vault.put(CASE, "V1", "words", kind="note", about=["O1", "O2"], at=AT)
    (row,) = place.texts("SELECT about FROM vault_texts")
    assert row.about == "O1 O2"


def test_a_reference_that_nothing_stands_behind_is_not_there(vault: Vault) -> None:
    with pytest.raises(NotThere, match="there is no T-0000000000000000 in RJ-7K3M9QXZ-D"):
        vault.words(CASE, NOWHERE)


def test_a_text_of_one_case_is_not_there_in_another(vault: Vault) -> None:
    ref = vault.put(CASE, "V1", "words", kind="note", at=AT)
    with pytest.raises(NotThere):
        vault.words(OTHER_CASE, ref)


def test_many_are_opened_at_once_each_with_its_words_or_the_reason(vault: Vault) -> None:
    refs = [vault.put(CASE, f"V{n % 3 + 1}", f"text {n}", kind="note", at=AT) for n in range(12)]
    gone = vault.put(CASE, "O1", "erased", kind="note", at=AT)
    vault.erase_person(CASE, "O1")
    swapped = TextRef(id=refs[0].id, digest=refs[1].digest)
    opened = vault.words_many(CASE, [*refs[1:], swapped, gone, NOWHERE])
    assert [opened[ref.id] for ref in refs[1:]] == [f"text {n}" for n in range(1, 12)]
    assert isinstance(opened[swapped.id], AlteredText)
    assert isinstance(opened[gone.id], Erased)
    assert isinstance(opened[NOWHERE.id], NotThere)


def test_none_at_all_are_opened_without_a_question(vault: Vault) -> None:
    assert vault.words_many(CASE, []) == {}


def test_more_are_opened_at_once_than_one_question_may_name(sqlite_vault: Vault) -> None:
    refs = [sqlite_vault.put(CASE, "V1", f"text {n}", kind="note", at=AT) for n in range(501)]
    opened = sqlite_vault.words_many(CASE, refs)
    assert [opened[ref.id] for ref in refs] == [f"text {n}" for n in range(501)]


def test_a_check_finds_what_is_not_there_erased_or_another_text(vault: Vault) -> None:
    one, two = (vault.put(CASE, "V1", w, kind="note", at=AT) for w in ("one", "two"))
    gone = vault.put(CASE, "O1", "erased", kind="note", at=AT)
    vault.erase_person(CASE, "O1")
    vault.check(CASE, [one, two])
    for refs, problem in (
        ([one, NOWHERE], NotThere),
        ([one, gone], Erased),
        ([TextRef(id=one.id, digest=two.digest)], AlteredText),
    ):
        with pytest.raises(problem):
            vault.check(CASE, refs)
    with pytest.raises(NotThere):
        vault.check(OTHER_CASE, [one])


def test_an_old_draft_that_nothing_refers_to_is_swept(vault: Vault) -> None:
    draft = vault.put(CASE, "V1", "unused", kind="note", at=AT)
    assert vault.sweep(LATER, never) == 1
    with pytest.raises(NotThere):
        vault.words(CASE, draft)
    assert vault.sweep(LATER, never) == 0


def test_a_young_draft_is_not_swept(vault: Vault) -> None:
    old = vault.put(CASE, "V1", "old", kind="note", at=AT)
    young = vault.put(CASE, "V1", "young", kind="note", at=AT + timedelta(microseconds=1))
    assert vault.sweep(AT + timedelta(microseconds=1), never) == 1
    assert vault.words(CASE, young) == "young"
    with pytest.raises(NotThere):
        vault.words(CASE, old)


def test_a_kept_text_is_never_swept_nor_asked_about(vault: Vault) -> None:
    ref = vault.put(CASE, "V1", "kept", kind="note", at=AT)
    vault.keep(CASE, [ref])
    vault.keep(CASE, [ref])

    def must_not_be_asked(stream: str, text_id: str) -> bool:
        raise AssertionError(text_id)

    assert vault.sweep(LATER, must_not_be_asked) == 0
    assert vault.words(CASE, ref) == "kept"


def test_a_draft_that_an_event_refers_to_is_kept_by_the_sweep(vault: Vault) -> None:
    referred, unused = (vault.put(CASE, "V1", w, kind="note", at=AT) for w in ("used", "unused"))
    assert vault.sweep(LATER, lambda s, t: (s, t) == (CASE, referred.id)) == 1
    assert vault.sweep(LATER, never) == 0
    assert vault.words(CASE, referred) == "used"
    with pytest.raises(NotThere):
        vault.words(CASE, unused)


def test_a_draft_kept_while_the_sweep_is_asking_is_not_swept(vault: Vault) -> None:
    ref = vault.put(CASE, "V1", "just used", kind="note", at=AT)

    def kept_meanwhile(stream: str, text_id: str) -> bool:
        vault.keep(stream, [ref])
        return False

    assert vault.sweep(LATER, kept_meanwhile) == 0
    assert vault.words(CASE, ref) == "just used"


def test_what_is_not_there_cannot_be_kept_what_is_erased_needs_no_keeping(vault: Vault) -> None:
    ref = vault.put(CASE, "V1", "words", kind="note", at=AT)
    gone = vault.put(CASE, "O1", "erased", kind="note", at=AT)
    vault.erase_person(CASE, "O1")
    vault.keep(CASE, [gone])
    with pytest.raises(NotThere, match="T-0000000000000000"):
        vault.keep(CASE, [ref, gone, NOWHERE])
    with pytest.raises(NotThere):
        vault.keep(OTHER_CASE, [ref])
