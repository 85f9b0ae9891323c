"""Names of many origins, brought to one form; and how like two people are by their details."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.words import Strength
from tests.invented_people import FIRST, LAST
from vault.details import PartyDetails
from vault.matching.likeness import likeness
from vault.matching.names import parts, sound
from vault.matching.tokens import tokens

KEY = b"0123456789abcdef0123456789abcdef"
LIKELY, POSSIBLE = Strength.LIKELY, Strength.POSSIBLE
BORN = date(1984, 5, 23)
NAMES = st.tuples(st.sampled_from(FIRST), st.sampled_from(FIRST), st.sampled_from(LAST)).map(
    " ".join
)
DAYS = st.dates(date(1930, 1, 1), date(2020, 12, 31))


def told(name: str | None, born: date | None = BORN, known_as: str | None = None) -> PartyDetails:
    return PartyDetails(name=name, born=born, known_as=known_as)


def found_by(one: PartyDetails, other: PartyDetails) -> bool:
    return not tokens(one, KEY).isdisjoint(tokens(other, KEY))


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Łukasz Żółw", "Lukasz Zolw"),
        ("JOSÉ PEÑA-RUIZ", "jose pena ruiz"),
        ("O'Brien, Siobhán", "siobhan o\u2019brien"),
        ("Siobhan O Brien", "Siobhán O'Brien"),
        ("Dr. Ngozi Balogun", "Ngozi Balogun"),
        ("Karim al-Hussain", "Karim Hussain"),
        ("Jürgen Straßer", "Jurgen Strasser"),
        ("Олена Шевченко", "Olena Shevchenko"),
    ],
)
def test_accents_capitals_hyphens_titles_and_order_do_not_count(written: str, same: str) -> None:
    assert sorted(parts(written)) == sorted(parts(same))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Catherine", "Kathryn"),
        ("Mohammed", "Muhamad"),
        ("Phillip", "Filip"),
        ("Stephen", "Steven"),
        ("Hussain", "Hussein"),
        ("Reid", "Reed"),
        ("Geoffrey", "Jeffrey"),
        ("Smith", "Smyth"),
        ("Ayesha", "Aisha"),
    ],
)
def test_names_that_sound_alike_have_one_code(one: str, other: str) -> None:
    assert sound(one.lower()) == sound(other.lower())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Katharine Smyth", "Katherine Smith"),
        ("Muhammad Hussein", "Mohammed Hussain"),
        ("Bill Thompson", "William Thomson"),
        ("Zieliński Agnieszka", "Agnieszka Zielinski"),
        ("Jonathan Quillfeather", "Jonahtan Quillfeather"),
        ("Anne-Marie Penhaligon", "Annemarie Penhaligon"),
        ("Peter John Underbarrow", "Peter Underbarrow"),
    ],
)
def test_another_spelling_with_the_same_birth_date_is_likely_the_same(one: str, other: str) -> None:
    assert likeness(told(one), told(other)) is LIKELY
    assert likeness(told(one), told(other, None)) is POSSIBLE
    assert found_by(told(one), told(other, None))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amy Stonecrop", "Anna Stonecrop"),
        ("Jayden Stonecrop", "Hayden Stonecrop"),
        ("Ella Stonecrop", "Ellie Stonecrop"),
        ("Daniel Stonecrop", "Danielle Stonecrop"),
        ("Mina Stonecrop", "Nina Stonecrop"),
        ("Ali Stonecrop", "Ari Stonecrop"),
    ],
)
def test_twins_are_possible_at_most(one: str, other: str) -> None:
    assert likeness(told(one), told(other)) in (POSSIBLE, None)


def test_a_birth_date_tells_two_people_of_one_name_apart() -> None:
    son, father = told("Isaac Nowhere"), told("Isaac Nowhere", BORN.replace(year=1955))
    assert likeness(son, father) is None
    assert likeness(son, told("Isaac Nowhere", None)) is POSSIBLE


@pytest.mark.parametrize("born", [date(1984, 5, 24), date(1985, 5, 23), date(1948, 5, 23)])
def test_a_slip_in_a_birth_date_does_not(born: date) -> None:
    assert likeness(told("Isaac Nowhere"), told("Isaac Nowhere", born)) is LIKELY


def test_day_and_month_may_be_exchanged() -> None:
    one, other = told("Ada Nowhere", date(1990, 3, 11)), told("Ada Nowhere", date(1990, 11, 3))
    assert likeness(one, other) is LIKELY
    assert found_by(one, other)


def test_somebody_who_married_is_possible_by_their_birth_date() -> None:
    before, after = told("Freya Merrick"), told("Freya Thornbury")
    assert likeness(before, after) is POSSIBLE
    assert likeness(before, told("Freya Thornbury", None)) is None
    assert found_by(before, after)


def test_what_somebody_likes_to_be_called_counts_as_a_name() -> None:
    one = told("Oluwaseun Adeyemi", known_as="Seun")
    assert likeness(one, told("Seun Adeyemi")) is LIKELY
    assert found_by(one, told("Seun Adeyemi", None))


def test_nobody_is_like_somebody_of_whom_nothing_is_known() -> None:
    assert likeness(told(None), told(None)) is None
    assert likeness(told("Ada Nowhere"), told(None)) is None
    assert tokens(told(None, None), KEY) == frozenset()


def test_a_first_name_or_an_initial_alone_finds_nobody() -> None:
    assert likeness(told("Ada Nowhere", None), told("Ada Elsewhere", None)) is None
    assert likeness(told("A Nowhere", None), told("Ada Nowhere", None)) is None
    assert likeness(told("A Nowhere"), told("Ada Nowhere")) is POSSIBLE


@given(NAMES, DAYS)
def test_everybody_is_likely_themselves_however_it_is_written(name: str, born: date) -> None:
    one = told(name, born)
    for written in (name.upper(), unicodedata.normalize("NFD", name), name.replace(" ", "  ")):
        assert likeness(one, told(written, born)) is LIKELY
        assert tokens(one, KEY) == tokens(told(written, born), KEY)


@given(NAMES, NAMES, DAYS, DAYS)
def test_likeness_has_no_direction(one: str, other: str, born: date, also: date) -> None:
    a, b = told(one, born), told(other, also)
    assert likeness(a, b) is likeness(b, a)


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_was_typed_as_a_name_can_be_compared(one: str, other: str) -> None:
    assert all(part.isascii() and part.isalpha() and part.islower() for part in parts(one))
    a = PartyDetails.model_construct(name=one, born=BORN)
    b = PartyDetails.model_construct(name=other, born=BORN + timedelta(days=1))
    assert likeness(a, b) is likeness(b, a)
    assert all(len(token) == 16 for token in tokens(a, KEY))


@given(NAMES, DAYS)
def test_tokens_say_nothing_without_the_key(name: str, born: date) -> None:
    assert tokens(told(name, born), KEY).isdisjoint(tokens(told(name, born), KEY[::-1]))
