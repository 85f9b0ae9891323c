"""Whose data a case is and under which law: by where it came from, until somebody corrects it."""

from __future__ import annotations

from typing import Any

import pytest

from domain.errors import Nonsense
from domain.handling import Handling, Handlings
from domain.record import Regime
from tests.domain.situations import after, go_on
from tests.steps import referred
from tests.story import STAFF, DeniedInStory, Story

OURS = Handling(controller="DERBYSHIRE_RJ", regime=Regime.UK_GDPR)
POLICE = Handling(controller="DERBYSHIRE_CONSTABULARY", regime=Regime.LE_PART3)
CORRECT: dict[str, Any] = {
    "controller": "DERBYSHIRE_CONSTABULARY",
    "regime": "LE_PART3",
    "reasons": "Invented: it is dealt with for the police.",
}


@pytest.mark.parametrize(
    ("case", "organisation", "applies"),
    [
        (None, "DERBYSHIRE_POLICE", POLICE),
        (None, "DERBYSHIRE_RJ", OURS),
        (None, None, OURS),
        (POLICE, "DERBYSHIRE_RJ", POLICE),
        (POLICE, None, POLICE),
        (OURS, "DERBYSHIRE_POLICE", POLICE),
    ],
)
def test_what_an_organisation_records_is_its_own_or_follows_the_case(
    case: Handling | None, organisation: str | None, applies: Handling
) -> None:
    known = Handlings(OURS, {"DERBYSHIRE_POLICE": POLICE})
    assert known.of(case, organisation) == applies


def test_a_case_is_what_its_opening_was_recorded_as() -> None:
    story = after(*referred())
    assert story.case.handling == Handling(controller="TEST", regime=Regime.UK_GDPR)


@pytest.mark.parametrize("who", ["supervisor", "officer"])
def test_a_data_protection_officer_or_the_supervisor_corrects_it(
    who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = {**STAFF["auditor"], "roles": ["DATA_PROTECTION_OFFICER"]}
    monkeypatch.setitem(STAFF, "officer", officer)
    story = go_on(Story(), *referred())
    story.do(who, "correct_handling", **CORRECT)
    assert story.events[-1] == "handling_corrected"
    assert story.case.handling == POLICE
    with pytest.raises(Nonsense):
        story.do(who, "correct_handling", **CORRECT)


@pytest.mark.parametrize("who", ["worker", "lead", "sergeant", "auditor"])
def test_nobody_else_corrects_it(who: str) -> None:
    with pytest.raises(DeniedInStory):
        after(*referred()).do(who, "correct_handling", **CORRECT)
