"""Enhanced rights: a ground that staff record, one working day, and nothing special in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import Nonsense
from domain.rules import roles
from domain.waits import waits
from tests.domain.situations import CHILD, MOTHER, after, breaks, keeps
from tests.steps import offender, referred, victim
from tests.story import LIMITS

if TYPE_CHECKING:
    from datetime import datetime

    from tests.story import Story

RECORD: tuple[str, str] = ("worker", "record_enhanced_rights")
SERIOUS: dict[str, Any] = {"party": "V1", "ground": "MOST_SERIOUS_CRIME"}
NOT_SO: dict[str, Any] = {"party": "V1", "entitled": False, "reasons": "Another person; invented."}


def information_due(story: Story) -> datetime | None:
    found = (
        w.due for w in waits(story.case, LIMITS) if (w.name, w.subject) == ("information", "V1")
    )
    return next(found)


def test_with_enhanced_rights_the_information_is_owed_within_one_working_day() -> None:
    story = after(*referred(inform=False))
    assert str(information_due(story))[:10] == "2026-03-10"
    story.do(*RECORD, **SERIOUS)
    assert str(information_due(story))[:10] == "2026-03-04"
    story.do(*RECORD, **NOT_SO)
    assert str(information_due(story))[:10] == "2026-03-10"


def test_what_makes_somebody_vulnerable_is_words_in_the_vault_and_no_code() -> None:
    story = after(*referred())
    given = {"party": "V1", "ground": "IN_THE_VAULT"}
    with pytest.raises(Nonsense, match="reasons"):
        story.do(*RECORD, **given)
    (entry,) = story.do(*RECORD, **given, reasons="Afraid of what may follow; invented.")
    assert "Afraid" not in entry.envelope.model_dump_json()
    assert entry.envelope.data["reasons"]["id"].startswith("T-")


def test_a_ground_goes_with_the_right_and_the_right_with_a_ground() -> None:
    story = after(*referred())
    for wrong in (
        {"party": "V1"},
        {**NOT_SO, "ground": "MOST_SERIOUS_CRIME"},
        {"party": "V1", "entitled": False},
        {**SERIOUS, "party": "O1"},
    ):
        with pytest.raises(Nonsense):
            story.do(*RECORD, **wrong)


def test_a_child_has_enhanced_rights_whatever_else_is_so() -> None:
    rule = roles.a_child_has_enhanced_rights
    child = after(*referred(CHILD, MOTHER, offender()))
    breaks(child, rule, *RECORD, **NOT_SO)
    keeps(child, rule, *RECORD, party="V1", ground="UNDER_18")
    keeps(after(*referred(victim(enhanced_rights=True), offender())), rule, *RECORD, **NOT_SO)
