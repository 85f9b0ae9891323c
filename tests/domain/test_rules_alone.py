"""Work that is no intervention, where it would reach somebody else after all."""

from __future__ import annotations

from typing import Any

import pytest

from domain.interventions import APART
from domain.rules import alone
from domain.words import Family, OwnSide
from tests.domain.situations import after, breaks, keeps, ready
from tests.domain.states import passing
from tests.steps import referred, step

WORK = ("lead", "record_own_side_work")
REPAIR: dict[str, Any] = {"party": "O1", "kind": "DIRECT_REPARATION", "note": "A fence, invented."}
AGREED = step("lead", "record_agreement", thread="V1-O1",
              items=[{"party": "O1", "kind": "REPAIR_OR_RETURN"}])  # fmt: skip


def test_direct_reparation_is_recorded_only_as_the_harmed_person_agreed_to_it() -> None:
    rule = alone.direct_reparation_is_what_the_harmed_person_agreed_to
    breaks(ready(), rule, *WORK, **REPAIR)
    keeps(ready(more=(AGREED,)), rule, *WORK, **REPAIR)


def test_what_they_let_go_or_do_not_want_any_more_does_not_reach_them() -> None:
    rule = alone.direct_reparation_is_what_the_harmed_person_agreed_to
    let_go = step("lead", "record_item_progress", item="A1", state="RELEASED_BY_VICTIM",
                  asked_by="V1")  # fmt: skip
    breaks(ready(more=(AGREED, let_go)), rule, *WORK, **REPAIR)
    no_contact = step("worker", "stop_contact", party="V1")
    breaks(ready(more=(AGREED, no_contact)), rule, *WORK, **REPAIR)


def test_what_another_person_undertook_is_not_theirs_to_have_done() -> None:
    rule = alone.direct_reparation_is_what_the_harmed_person_agreed_to
    breaks(ready(more=(AGREED,)), rule, *WORK, **{**REPAIR, "party": "V1"})


@pytest.mark.parametrize("kind", [k for k in OwnSide if k is not OwnSide.DIRECT_REPARATION])
def test_everything_else_waits_for_nobody_and_opens_nothing(kind: OwnSide) -> None:
    story = after(*referred())
    before = passing(story.case)
    rule = alone.direct_reparation_is_what_the_harmed_person_agreed_to
    keeps(story, rule, "worker", "record_own_side_work", party="V1", kind=str(kind))
    assert passing(story.case) == before
    assert APART[kind] in {Family.WITH_ONE_ALONE, Family.REPARATIVE}
    assert story.case.interventions == {}


def test_nobody_is_kept_informed_who_wishes_not_to_be() -> None:
    rule = alone.nobody_is_kept_informed_who_wishes_not_to_be
    told: dict[str, Any] = {"party": "V1", "kind": "KEPT_INFORMED"}
    story = after(*referred())
    keeps(story, rule, "worker", "record_own_side_work", **told)
    story.do("worker", "record_wish", party="V1", wish="NOT_BE_TOLD")
    breaks(story, rule, "worker", "record_own_side_work", **told)
    keeps(story, rule, "worker", "record_own_side_work", **{**told, "kind": "SUPPORT_ONLY"})
