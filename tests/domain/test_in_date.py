"""What keeps a practitioner in date: credentials for a time, and development that is approved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.fold import fold_practitioner
from domain.rules import staff
from domain.words import Credential
from tests.domain.situations import after, breaks, keeps
from tests.steps import behind, referred, step
from tests.story import STAFF, Story

MEET: dict[str, Any] = {
    "thread": "V1-O1",
    "party": "V1",
    "explained": ["WHAT_IT_IS"],
    "understood": True,
}
CLASSED = step(
    "supervisor",
    "classify_case",
    sensitivity="SENSITIVE_COMPLEX",
    flags=behind("SPECIALIST_DA"),
)
ALLOCATED = {"lead": "@advanced", "co": "@intermediate"}


def endorsed_until(**span: float) -> Story:
    story = after(*referred(), CLASSED)
    until = (story.now + timedelta(**span)).isoformat()
    story.do("trainer", "grant_credential", about="advanced", credential="SPECIALIST_DA",
             until=until)  # fmt: skip
    return story


def test_an_endorsement_holds_as_long_as_it_was_given_for() -> None:
    rule = staff.a_sensitive_case_needs_an_advanced_lead
    story = endorsed_until(days=3)
    story.later(days=3)
    breaks(story, rule, "supervisor", "allocate_case", **ALLOCATED)
    story = endorsed_until(days=3)
    story.later(days=2)
    keeps(story, rule, "supervisor", "allocate_case", **ALLOCATED)


def test_an_endorsement_that_ended_is_asked_for_at_every_joining_step() -> None:
    story = endorsed_until(days=3)
    keeps(story, staff.a_sensitive_case_needs_an_advanced_lead, "supervisor", "allocate_case",
          **ALLOCATED)  # fmt: skip
    rule = staff.those_allocated_must_be_of_the_level_of_the_case
    plan = {"type": "FACE_TO_FACE", "threads": ["V1-O1"]}
    story.later(days=4)
    breaks(story, rule, "advanced", "plan_intervention", **plan)


def test_an_endorsement_is_renewed_and_what_was_done_between_stays_undone() -> None:
    story = endorsed_until(days=3)
    story.later(days=10)
    between = story.now - timedelta(days=2)
    story.do("trainer", "grant_credential", about="advanced", credential="SPECIALIST_DA")
    stream = story.streams[story.someone("advanced")]
    now, then = fold_practitioner(stream), fold_practitioner(stream, true_at=between)
    assert Credential.SPECIALIST_DA in now.on(story.now).credentials
    assert Credential.SPECIALIST_DA not in then.on(between).credentials


def test_a_credential_that_is_taken_back_is_gone_with_its_date() -> None:
    story = endorsed_until(days=3)
    story.do("trainer", "withdraw_credential", about="advanced", credential="SPECIALIST_DA")
    who = fold_practitioner(story.streams[story.someone("advanced")])
    assert not who.until
    assert Credential.SPECIALIST_DA not in who.credentials


@pytest.mark.parametrize(("approved", "able"), [(0, False), (5, False), (6, True), (20, True)])
def test_half_of_the_development_of_a_year_has_to_be_approved(
    approved: int, able: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(STAFF, "new", {**STAFF["lead"], "credentials": []})
    story = Story()
    story.do("trainer", "grant_credential", about="new", credential="AWARENESS")
    story.do("trainer", "grant_credential", about="new", credential="FACILITATION_INTERMEDIATE")
    for name in ("record_supervision", "record_observed_practice"):
        story.do("trainer", name, about="new")
    story.do("trainer", "record_development", about="new", hours=20, approved=False)
    if approved:
        story.do("trainer", "record_development", about="new", hours=approved)
    for one in referred()[:2]:
        story.do(one.who, one.name, **one.given)
    rule = staff.those_allocated_must_be_active_and_in_date
    (keeps if able else breaks)(story, rule, "supervisor", "allocate_case", lead="@new")
