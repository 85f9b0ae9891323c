"""Details of parties and offences: checked when entered, readable for decades."""

from __future__ import annotations

import traceback
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from tests.vault.conftest import AT, CASE
from vault import Unfit
from vault.details import DETAILS, Details, OffenceDetails, PartyDetails

if TYPE_CHECKING:
    from vault import Vault

WHO = {
    "name": "Zoë Invented",
    "known_as": "Zo",
    "born": "2001-05-31",
    "adult": True,
    "phone": "01632 960001",
    "email": "zoe@example.org",
    "address": "1 Nowhere Street\nExampleton",
    "safe_way": "Text only, never on Sundays; her sister answers the door.",
    "language": "Welsh",
    "needs": "A ground-floor room",
    "prison": "HMP Nowhere",
    "release": "2031-01-15",
    "notes": "Prefers mornings.",
    "sex": "FEMALE",
    "ethnicity": "MIXED",
    "disability": "RATHER_NOT_SAY",
    "religion": "NONE",
    "orientation": "BISEXUAL",
}
WHAT = {
    "date": "2025-11-02",
    "place": "Exampleton market",
    "description": "A window was broken.",
    "police_reference": "00/INVENTED/26",
    "court_reference": "INV-1",
}


@pytest.mark.parametrize(("kind", "fields"), [(PartyDetails, WHO), (OffenceDetails, WHAT)])
def test_details_come_back_from_the_vault_as_they_were_entered(
    vault: Vault, kind: type[Details], fields: dict[str, Any]
) -> None:
    details = kind.entered(fields)
    assert set(fields) == set(kind.model_fields)
    ref = vault.put(CASE, "V1", details.serialise(), kind=DETAILS, at=AT)
    assert kind.parse(vault.words(CASE, ref)) == details


def test_nobody_has_to_tell_anything() -> None:
    assert PartyDetails().serialise() == "{}"
    assert PartyDetails.parse("{}") == PartyDetails.entered({}) == PartyDetails()


def test_a_date_is_a_day() -> None:
    assert PartyDetails.entered({"born": "1990-01-01"}).born == date(1990, 1, 1)
    assert PartyDetails.entered({"born": date(1990, 1, 1)}).serialise() == '{"born":"1990-01-01"}'


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("born", "1990-02-30", "day value is outside"),
        ("born", "30/02/1990", "a date is written as 2026-05-31"),
        ("born", 19900101, "a date is written as 2026-05-31"),
        ("born", "19900101", "a date is written as 2026-05-31"),
        ("born", "1890-01-01", "a date is from 1900 on"),
        ("name", "   ", "at least 1 character"),
        ("name", "x" * 201, "at most 200 characters"),
        ("notes", ["a list"], "should be a valid string"),
    ],
)
def test_what_does_not_fit_is_told_by_its_field_and_not_repeated(
    field: str, value: object, said: str
) -> None:
    with pytest.raises(Unfit, match=rf"^{field}: .*{said}") as caught:
        PartyDetails.entered({"language": "Welsh", field: value})
    told = "".join(traceback.format_exception(caught.value)).split("Unfit:")[1]
    assert str(value) not in told


def test_a_field_that_is_not_kept_is_not_taken_and_not_repeated() -> None:
    with pytest.raises(
        Unfit, match=r"^1 of these are not details that are kept; these are: name,"
    ) as caught:
        PartyDetails.entered({"Zoë Invented": "yes"})
    assert "Zoë" not in str(caught.value)
    with pytest.raises(ValidationError):
        PartyDetails(nickname="Zo")  # type: ignore[call-arg]


def test_what_a_later_release_added_does_not_keep_an_earlier_one_from_reading() -> None:
    assert PartyDetails.parse('{"name": "Zo", "pronouns": "they"}') == PartyDetails(name="Zo")


@pytest.mark.parametrize("words", ["", "Zoë Invented", "[]", '"name"', '{"name": '])
def test_a_text_that_holds_no_details_is_told_and_not_repeated(words: str) -> None:
    with pytest.raises(Unfit, match=r"^this text does not hold details$"):
        PartyDetails.parse(words)
