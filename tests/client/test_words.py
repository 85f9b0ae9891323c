"""Words are found wherever a command's types say that there are words, and whose they are."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import BaseModel, ConfigDict

from client.words import OwnerMissing, with_references
from domain.command import COMMANDS
from domain.texts import CASE, OwnedBy, TextRef, owned

REF = TextRef(id="T-0000000000000001", digest="a" * 64)


class Person(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)

    party: str
    details: Annotated[TextRef, OwnedBy("party")] | None = None


class Said(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)

    words: Annotated[TextRef, OwnedBy("party")]


class Everything(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)

    party: str = "V9"
    said: Annotated[TextRef, OwnedBy("party")] | None = None
    note: Annotated[TextRef, OwnedBy(CASE)] | None = None
    unmarked: TextRef | None = None
    people: tuple[Person, ...] = ()
    one: Person | None = None
    other: Said | None = None
    notes: tuple[Annotated[TextRef, OwnedBy("party")], ...] = ()
    code: str = ""


def put(given: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    """Return what becomes of what was given, and what was put away."""
    away: list[tuple[str, str, str]] = []

    def keep(place: str, owner: str, words: str) -> TextRef:
        away.append((place, owner, words))
        return REF

    return with_references(Everything, given, keep), away


def test_words_are_their_owners_by_the_field_beside_them() -> None:
    replaced, away = put({"party": "V1", "said": "I would rather not.", "code": "I am no words"})
    assert away == [("said", "V1", "I would rather not.")]
    assert replaced == {"party": "V1", "said": REF, "code": "I am no words"}


def test_notes_and_what_is_nobodys_in_particular_are_the_cases() -> None:
    _, away = put({"note": "one", "unmarked": "two"})
    assert sorted(away) == [("note", CASE, "one"), ("unmarked", CASE, "two")]


def test_words_deep_in_lists_and_models_are_found_with_their_place() -> None:
    people = [{"party": "V1", "details": "a"}, {"party": "O1"}, {"party": "O2", "details": "b"}]
    replaced, away = put({"people": people, "one": {"party": "S1", "details": "c"}})
    assert sorted(away) == [
        ("one.details", "S1", "c"),
        ("people.0.details", "V1", "a"),
        ("people.2.details", "O2", "b"),
    ]
    assert replaced["people"][1] == {"party": "O1"}


def test_door_and_record_read_off_a_command_alike_whose_words_each_text_is() -> None:
    people = [{"party": "V1", "details": "a"}, {"party": "O1"}, {"party": "O2", "details": "b"}]
    given = {"party": "V7", "said": "c", "note": "d", "unmarked": "e", "notes": ["f", "g"]}
    one = {"party": "S1", "details": "h"}
    replaced, away = put({**given, "people": people, "one": one, "other": {"words": "i"}})
    found = [(o.place, o.owner) for o in owned(Everything.model_validate(replaced))]
    assert sorted(found) == sorted((place, owner) for place, owner, _ in away)
    assert ("other.words", "V7") in found
    assert len(found) == 9


def test_a_reference_without_the_field_that_says_whose_it_is_is_nobodys() -> None:
    (found,) = owned(Everything(said=REF))
    assert (found.place, found.owner) == ("said", None)


def test_each_of_several_texts_is_put_away() -> None:
    replaced, away = put({"party": "V1", "notes": ["a", "b"]})
    assert away == [("notes.0", "V1", "a"), ("notes.1", "V1", "b")]
    assert replaced["notes"] == [REF, REF]


def test_a_document_is_put_away_as_json() -> None:
    _, away = put(
        {"one": {"party": "V1", "details": {"name": "Zoë Example", "born": "1984-02-29"}}}
    )
    assert away == [("one.details", "V1", '{"born": "1984-02-29", "name": "Zoë Example"}')]


def test_a_reference_is_left_as_it_is() -> None:
    reference = REF.model_dump()
    replaced, away = put({"party": "V1", "said": reference, "note": REF})
    assert away == []
    assert (replaced["said"], replaced["note"]) == (reference, REF)


def test_words_without_the_field_that_says_whose_they_are_are_not_put_away() -> None:
    with pytest.raises(OwnerMissing, match="said: party must say"):
        put({"said": "Whose?"})


@pytest.mark.parametrize("odd", [{"people": "x"}, {"people": [1]}, {"one": 3}, {"said": 4}])
def test_what_does_not_fit_is_left_to_be_told_by_its_types(odd: dict[str, Any]) -> None:
    assert put({"party": "V1", **odd}) == ({"party": "V1", **odd}, [])


def test_every_field_for_words_of_every_command_says_whose_they_are() -> None:
    import domain.decide  # noqa: F401, PLC0415 - so that every command is there

    kinds = [str(field) for cls in COMMANDS.values() for field in cls.model_fields.values()]
    marked = [kind for kind in kinds if "OwnedBy" in kind]
    assert len(marked) > 20
