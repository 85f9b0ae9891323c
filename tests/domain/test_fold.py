"""The one fold: by both clocks, with late entries, closing facts and corrections."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from domain.decide import present
from domain.fold import fold, fold_practitioner, in_order
from domain.stage import stage_of
from domain.waits import waits
from domain.words import Choice, Responsibility, Sensitivity
from tests.domain.situations import after, end, explored_case, ready, under_way
from tests.paths import PATHS
from tests.playing import play
from tests.steps import NONE_BEHIND, YEAR, completed, explored, offender, referred, step, victim
from tests.story import LIMITS, Story

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from domain.case import Case
    from domain.record import Entry
    from tests.steps import Step

TELEPHONE = {"party": "V1", "channel": "TELEPHONE"}


def plain(case: Case) -> Case:
    """Return the case without its place in the stream."""
    return replace(case, version=0, head="")


def afresh(history: list[Entry]) -> Case:
    """Return the fold of these entries as it is without any memory of an earlier one."""
    strange = [entry._replace(hash=f"{entry.hash}-afresh") for entry in history]
    return plain(fold(strange))


def test_what_took_effect_later_is_not_true_yet() -> None:
    story = after(*referred(inform=False))
    before = story.now
    story.later(days=2)
    story.do("worker", "give_information", **TELEPHONE)
    assert fold(story.history, true_at=before).party("V1").informed_at is None
    assert fold(story.history, true_at=story.now).party("V1").informed_at == story.now


def test_what_was_recorded_late_was_true_before_it_was_known() -> None:
    story = after(*referred(inform=False))
    told = story.now + timedelta(hours=1)
    story.later(days=2)
    known = story.now
    story.do("worker", "give_information", **TELEPHONE, effective_at=told.isoformat())
    between = told + timedelta(days=1)
    assert fold(story.history, true_at=between).party("V1").informed_at == told
    assert fold(story.history, known_at=between).party("V1").informed_at is None
    assert fold(story.history, known_at=known).party("V1").informed_at == told


def test_what_happened_before_the_referral_is_recorded_in_its_case() -> None:
    story = after(*referred(inform=False))
    told = story.now - timedelta(days=20)
    story.do("worker", "give_information", **TELEPHONE, effective_at=told.isoformat())
    assert story.case.party("V1").informed_at == told
    assert stage_of(fold(story.history, true_at=told - timedelta(days=1))) == "EMPTY"


def test_entries_count_in_the_order_in_which_they_took_effect() -> None:
    story = after(*referred())
    first = story.now + timedelta(hours=1)
    story.later(hours=3)
    story.do("lead", "record_stage", party="O1", stage="CUSTODY")
    story.do(
        "lead", "record_stage", party="O1", stage="CHARGED_PRE_PLEA", effective_at=first.isoformat()
    )
    assert story.case.party("O1").stage == "CUSTODY"
    assert fold(story.history, true_at=first).party("O1").stage == "CHARGED_PRE_PLEA"
    assert story.events[-1] == "late_entry_noted"


def test_entries_of_one_moment_count_in_the_order_in_which_they_were_recorded() -> None:
    story = after(*referred())
    for stage in ("CUSTODY", "RECALLED", "LICENCE_OR_POST_RELEASE"):
        story.do("lead", "record_stage", party="O1", stage=stage)
    assert story.case.party("O1").stage == "LICENCE_OR_POST_RELEASE"


def test_an_entry_that_came_in_order_is_no_late_entry() -> None:
    story = after(*referred())
    story.later(hours=9)
    for hours in (8, 6, 4):
        at = (story.now - timedelta(hours=hours)).isoformat()
        story.do("worker", "record_wish", party="V1", wish="BE_TOLD_OUTCOME", effective_at=at)
    assert "late_entry_noted" not in story.events


@pytest.mark.parametrize(
    ("closing", "opening", "stands"),
    [
        (
            step("auditor", "record_dispute", party="O1"),
            step("lead", "record_responsibility", thread="V1-O1", party="O1",
                 status="ACCEPTS_RESPONSIBILITY", evidence="FACILITATOR_ASSESSMENT"),
            lambda c: c.thread("V1-O1").current.responsibility
            is Responsibility.WITHDREW_ACCEPTANCE,
        ),
        (
            step("auditor", "record_legal_bar", thread="V1-O1"),
            step("lead", "record_legal_position", thread="V1-O1", document="Permitted."),
            lambda c: c.permissions["V1-O1"].barred,
        ),
        (
            step("lead", "classify_case", sensitivity="SENSITIVE_COMPLEX", flags=NONE_BEHIND),
            step("supervisor", "classify_case", sensitivity="STANDARD", flags=NONE_BEHIND,
                 reasons="Invented."),
            lambda c: c.sensitivity is Sensitivity.SENSITIVE_COMPLEX,
        ),
        (
            step("auditor", "decline_later_offers", party="V1"),
            step("lead", "record_later_offers_wish", party="V1", later_offers="WANTED"),
            lambda c: c.party("V1").later_offers == "REFUSED",
        ),
        (
            step("auditor", "stop_contact", party="V1"),
            step("lead", "allow_contact", party="V1", asked_by="V1"),
            lambda c: c.party("V1").no_contact,
        ),
        (
            step("auditor", "hand_over", practitioner="@lead"),
            step("supervisor", "allocate_case", lead="@lead"),
            lambda c: c.lead is None,
        ),
    ],
    ids=lambda value: getattr(value, "name", ""),
)  # fmt: skip
def test_what_closes_stands_until_what_opens_came_after_it_was_known(
    closing: Step, opening: Step, stands: Callable[[Case], bool]
) -> None:
    story = explored_case()
    said = story.now
    story.later(days=1)
    meanwhile = story.now
    story.later(days=1)
    ask(story, closing, said)
    ask(story, opening, meanwhile)
    assert stands(story.case)
    story.later(days=1)
    ask(story, opening, story.now)
    assert not stands(story.case)


def ask(story: Story, one: Step, at: datetime) -> None:
    given = {
        k: story.someone(v[1:]) if isinstance(v, str) and v.startswith("@") else v
        for k, v in one.given.items()
    }
    story.do(one.who, one.name, **given, effective_at=at.isoformat())


def test_a_name_is_never_given_twice_whatever_comes_late_or_is_taken_back() -> None:
    story = ready()
    monday = story.now
    story.later(days=1)
    story.do("lead", "gather_question", thread="V1-O1", party="V1", words="First?")
    story.do("lead", "gather_question", thread="V1-O1", party="V1", words="Second?",
             effective_at=monday.isoformat())  # fmt: skip
    story.do("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"])
    story.do("lead", "mark_entered_in_error", entry=len(story.history))
    story.do("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"],
             effective_at=monday.isoformat())  # fmt: skip
    assert list(story.case.questions) == ["Q2", "Q1"]
    assert list(story.case.interventions) == ["I2"]


def test_a_break_is_never_from_before_it_was_planned_whenever_a_stop_is_said_to_be() -> None:
    """What is paused before it was there would leave a case that nobody can read."""
    story = ready()
    before = story.now
    story.later(days=2)
    story.do("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"])
    story.later(days=1)
    long_ago = before.replace(year=2025).isoformat()
    story.do("auditor", "stop_intervention", intervention="I1", by="FACILITATOR",
             effective_at=long_ago)  # fmt: skip
    story.do("auditor", "pause_intervention", intervention="I1", effective_at=before.isoformat())
    assert story.case.intervention("I1").over


def test_somebody_who_is_added_late_makes_a_pair_with_everybody_there_is() -> None:
    story = after(*referred())
    monday = story.now
    story.later(days=1)
    story.do("worker", "add_party", **victim(2))
    story.do("worker", "add_party", **offender(2), effective_at=monday.isoformat())
    assert set(story.case.threads) == {"V1-O1", "V2-O1", "V1-O2", "V2-O2"}


def test_a_pair_in_several_episodes_keeps_each_as_it_was() -> None:
    story = ready(more=(end("CJ_PROCESS_INTERVENED"),))
    story.later(days=3 * YEAR.days)
    story.do("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="V1")
    first, second = story.case.thread("V1-O1").episodes
    assert (first.victim.choice, second.victim.choice) == (
        Choice.CONSENTED,
        Choice.NOT_YET_OFFERED,
    )
    assert second.risk is None
    assert second.responsibility is Responsibility.NOT_EXPLORED


@pytest.mark.parametrize("path", PATHS)
def test_a_case_can_be_looked_at_as_at_any_moment_by_either_clock(path: str) -> None:
    story = play(PATHS[path])
    moments = {e.recorded_at + timedelta(seconds=s) for e in story.history for s in (-1, 0, 1)}
    for moment in sorted(moments):
        prefix = [e for e in story.history if e.recorded_at <= moment]
        known = fold(story.history, known_at=moment)
        assert plain(known) == (afresh(prefix) if prefix else replace(plain(known)))
        assert known.version == len(prefix)
        for case in (known, fold(story.history, true_at=moment)):
            waits(case, LIMITS)
            stage_of(case)


@pytest.mark.parametrize("path", PATHS)
def test_folding_on_from_what_is_remembered_gives_what_folding_afresh_gives(path: str) -> None:
    story = play(PATHS[path])
    for length in range(1, len(story.history) + 1):
        assert plain(fold(story.history[:length])) == afresh(story.history[:length])


def test_nothing_is_known_before_the_first_entry() -> None:
    story = explored_case()
    nothing = fold(story.history, known_at=story.history[0].recorded_at - timedelta(days=1))
    assert nothing.parties == {}
    assert nothing.version == 0


def test_a_very_long_history_is_folded() -> None:
    story = after(*referred(), *explored())
    attempt = story.do("worker", "record_contact_attempt", **TELEPHONE, outcome="NO_RESPONSE")[0]
    story.history.extend(
        attempt._replace(
            version=len(story.history) + n,
            hash=f"{attempt.hash}-{n}",
            recorded=attempt.envelope.model_copy(
                update={"effective_at": story.now + timedelta(hours=n)}
            ),
        )
        for n in range(1, 5_000)
    )
    assert len(story.case.party("V1").attempts) == 5_000
    assert present(story.history, LIMITS).open


def test_the_register_is_folded_as_at_a_moment_too() -> None:
    story = after()
    before = story.now
    story.later(days=1)
    story.do("supervisor", "record_supervision", about="lead")
    lead = story.streams[story.someone("lead")]
    assert fold_practitioner(lead).supervised_at == story.now
    then = fold_practitioner(lead, true_at=before).supervised_at
    assert then is not None
    assert then < before


def test_the_order_of_entries_is_the_order_in_which_they_count() -> None:
    story = under_way("FACE_TO_FACE", *completed())
    order = in_order(story.history)
    assert sorted(e.version for e in order) == list(range(1, len(story.history) + 1))
    assert [e.name for e in order[:4]] == [
        "case_opened", "party_added", "party_added", "thread_opened",
    ]  # fmt: skip
