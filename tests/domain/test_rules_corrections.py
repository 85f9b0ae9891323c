"""Rules about corrections: each kept once, and broken once; and the rules of the register."""

from __future__ import annotations

import pytest

from domain.errors import Nonsense
from domain.fold import fold
from domain.rules import corrections, register
from domain.words import Choice, InterventionState
from tests.domain.situations import MEETING, after, breaks, keeps, ready
from tests.domain.test_rules_auditing import DRAW
from tests.domain.test_rules_personal_data import RESTRICT
from tests.steps import NONE_BEHIND, Step, referred, step
from tests.story import DeniedInStory, RefusedInStory, Story

SLIP = step("lead", "classify_case", sensitivity="SENSITIVE_COMPLEX", flags=NONE_BEHIND)
STANDARD = step("lead", "give_information", party="O1", channel="LETTER")


def test_a_slip_of_ones_own_is_marked() -> None:
    story = after(*referred(), STANDARD)
    rule = corrections.a_slip_is_ones_own_or_marked_by_the_supervisor
    keeps(story, rule, "lead", "mark_entered_in_error", entry=last(story))
    assert story.case.party("O1").informed_at is None


def test_the_supervisor_of_the_case_marks_somebody_elses_slip() -> None:
    story = after(*referred(), STANDARD)
    rule = corrections.a_slip_is_ones_own_or_marked_by_the_supervisor
    keeps(story, rule, "supervisor", "mark_entered_in_error", entry=last(story))
    assert story.case.party("O1").informed_at is None


@pytest.mark.parametrize(
    "said",
    [
        step("auditor", "draw_for_audit", **DRAW),
        step("officer", "restrict_data", **RESTRICT),
        step("trainer", "allocate_case", co="@co"),
    ],
)
def test_a_supervisor_unmakes_nothing_of_whoever_reviews_or_decides_beside_them(said: Step) -> None:
    story = after(*referred(), said)
    rule = corrections.a_slip_is_ones_own_or_marked_by_the_supervisor
    breaks(story, rule, "supervisor", "mark_entered_in_error", entry=last(story))


def test_that_something_was_late_is_not_unmade() -> None:
    story = after(*referred())
    missed = len(story.history)
    while "wait_missed" not in story.events[missed:]:
        story.later(days=1)
    story.now = story.history[-1].recorded_at
    rule = corrections.a_slip_is_ones_own_or_marked_by_the_supervisor
    breaks(story, rule, "supervisor", "mark_entered_in_error", entry=last(story))


def test_what_was_done_to_data_is_decided_afresh_and_not_corrected_away() -> None:
    rule = corrections.what_was_done_to_data_is_not_corrected_away
    story = after(*referred())
    story.do("trainer", "grant_role", about="supervisor", role="DATA_PROTECTION_OFFICER")
    story.do("supervisor", "restrict_data", **RESTRICT)
    breaks(story, rule, "supervisor", "mark_entered_in_error")
    assert story.case.data.of("V1").restriction is not None
    story.do("lead", "give_information", party="O1", channel="LETTER")
    keeps(story, rule, "lead", "mark_entered_in_error")


def test_without_a_number_what_one_entered_last_is_marked_and_that_once() -> None:
    story = after(*referred(), STANDARD)
    before = last(story)
    (mark,) = story.do("lead", "mark_entered_in_error")
    assert mark.event.model_dump() == {"entry": before}
    assert story.case.party("O1").informed_at is None
    for again in ("lead", "worker"):
        breaks(story, corrections.nothing_may_rest_on_a_slip, again, "mark_entered_in_error")
    assert story.case.party("O1").informed_at is None
    with pytest.raises(Nonsense, match="nothing in this case"):
        story.do("co", "mark_entered_in_error")


def last(story: Story) -> int:
    return len(story.history)


def test_a_slip_of_somebody_else_is_not_marked_but_may_be_reported() -> None:
    story = after(*referred(), STANDARD)
    rule = corrections.a_slip_is_ones_own_or_marked_by_the_supervisor
    breaks(story, rule, "co", "mark_entered_in_error", entry=last(story))
    story.do("auditor", "report_mistake", entry=last(story), account="It was V1. (Invented.)")
    assert story.case.party("O1").informed_at is not None
    assert "task" in story.waiting()


def test_somebody_with_no_part_in_the_case_marks_nothing() -> None:
    story = after(*referred(), STANDARD)
    with pytest.raises(DeniedInStory):
        story.do("auditor", "mark_entered_in_error", entry=last(story))


@pytest.mark.parametrize(
    "said",
    [
        step("lead", "withdraw_consent", party="V1"),
        step("lead", "stop_contact", party="V1"),
        step("lead", "pause_participation", party="V1"),
        step("lead", "record_legal_bar", thread="V1-O1"),
        step("lead", "record_dispute", party="O1"),
        step("lead", "raise_concern", concern="DANGER"),
        step("lead", "declare_conflict", practitioner="@co"),
        SLIP,
    ],
)
def test_what_closes_or_warns_is_not_corrected_away(said: Step) -> None:
    story = after(*referred(), said)
    rule = corrections.a_no_is_not_corrected_away
    breaks(story, rule, "lead", "mark_entered_in_error", entry=last(story))


def test_what_opens_nothing_is_corrected_away() -> None:
    story = after(*referred(), STANDARD)
    rule = corrections.a_no_is_not_corrected_away
    keeps(story, rule, "lead", "mark_entered_in_error", entry=last(story))


def test_a_slip_is_not_marked_after_an_hour() -> None:
    story = after(*referred(), STANDARD)
    rule = corrections.a_slip_is_noticed_within_the_hour
    story.later(minutes=61)
    breaks(story, rule, "lead", "mark_entered_in_error", entry=last(story))


def test_a_slip_is_marked_within_the_hour() -> None:
    story = after(*referred(), STANDARD)
    rule = corrections.a_slip_is_noticed_within_the_hour
    story.later(minutes=59)
    keeps(story, rule, "lead", "mark_entered_in_error", entry=last(story))


def test_nothing_is_a_slip_that_something_was_recorded_after() -> None:
    story = after(*referred(), STANDARD)
    entry = last(story)
    story.do("worker", "give_information", party="V1", channel="LETTER")
    breaks(
        story, corrections.nothing_may_rest_on_a_slip, "lead", "mark_entered_in_error", entry=entry
    )


def test_a_slip_is_marked_before_anything_rests_on_it() -> None:
    story = after(*referred(), STANDARD)
    rule = corrections.nothing_may_rest_on_a_slip
    keeps(story, rule, "lead", "mark_entered_in_error", entry=last(story))


def test_a_case_is_not_unopened() -> None:
    story = after(referred()[0])
    breaks(story, corrections.a_case_is_not_unopened, "worker", "mark_entered_in_error", entry=1)


def test_all_of_one_step_is_marked_and_may_be_taken_back_again() -> None:
    story = after(*referred(), step("lead", "add_party", party="V2", role="DIRECT_VICTIM"))
    before = len(story.history)
    rule = corrections.a_case_is_not_unopened
    keeps(story, rule, "lead", "mark_entered_in_error", entry=before)
    assert list(story.case.threads) == ["V1-O1"]
    assert list(story.case.parties) == ["V1", "O1"]
    story.do("lead", "mark_entered_in_error", entry=len(story.history))
    assert list(story.case.threads) == ["V1-O1", "V2-O1"]


def test_a_name_entered_in_error_is_not_given_to_somebody_else() -> None:
    story = after(*referred(), step("lead", "add_party", party="V2", role="DIRECT_VICTIM"))
    story.do("lead", "mark_entered_in_error", entry=len(story.history))
    with pytest.raises(Exception, match="V2 is, or was, somebody else"):
        story.do("lead", "add_party", party="V2", role="WITNESSING_VICTIM")


def test_a_slip_was_never_true_though_it_was_known() -> None:
    story = after(*referred(), STANDARD)
    then = story.now
    story.later(minutes=5)
    story.do("lead", "mark_entered_in_error", entry=last(story))
    assert fold(story.history, true_at=then).party("O1").informed_at is None
    assert fold(story.history, known_at=then).party("O1").informed_at == then


def test_nobody_records_their_own_supervision() -> None:
    story = after()
    rule = register.nobody_changes_what_they_may_do_themselves
    for name, given in (("record_supervision", {}), ("grant_role", {"role": "AUDITOR"})):
        with pytest.raises(RefusedInStory) as refused:
            story.do("trainer", name, about="trainer", **given)
        assert refused.value.codes == (rule.__name__,)


def test_somebody_else_records_a_supervision() -> None:
    story = after()
    rule = register.nobody_changes_what_they_may_do_themselves
    assert keeps(story, rule, "supervisor", "record_supervision", about="trainer")


def entry_of(story: Story, name: str) -> int:
    """Return the number of the last entry of this name."""
    return [e.version for e in story.history if e.name == name][-1]


def test_a_supervisor_retracts_what_was_wrong_and_what_rested_on_it_is_asked_again() -> None:
    story = ready(more=(step("lead", "plan_intervention", **MEETING),))
    story.later(days=30)
    wrong = {"entry": entry_of(story, "consent_recorded"), "reasons": "Another person; invented."}
    keeps(story, corrections.only_what_opens_is_retracted, "supervisor", "retract_entry", **wrong)
    pair = story.case.thread("V1-O1").current
    assert pair.offender.choice is not Choice.CONSENTED
    assert pair.victim.to_confirm
    assert pair.risk is not None
    assert pair.risk.stale
    assert story.case.intervention("I1").state is InterventionState.POSTPONED
    assert [task.kind for task in story.case.tasks.values()] == ["CORRECTION"]


def test_a_no_and_what_others_were_built_on_is_not_retracted() -> None:
    rule = corrections.only_what_opens_is_retracted
    story = ready(more=(step("intake", "withdraw_consent", party="V1"),))
    for name in ("consent_withdrawn", "party_added", "case_allocated"):
        wrong = {"entry": entry_of(story, name), "reasons": "Invented."}
        breaks(story, rule, "trainer", "retract_entry", **wrong)


def test_nobody_retracts_what_they_entered_themselves() -> None:
    rule = corrections.nobody_retracts_their_own_entry
    story = ready(more=(step("supervisor", "record_wish", party="V1", wish="BE_TOLD_OUTCOME"),))
    wrong = {"entry": entry_of(story, "wish_recorded"), "reasons": "Invented."}
    breaks(story, rule, "supervisor", "retract_entry", **wrong)
    keeps(story, rule, "trainer", "retract_entry", **wrong)
    with pytest.raises(Nonsense, match="counts no more already"):
        story.do("trainer", "retract_entry", **wrong)
