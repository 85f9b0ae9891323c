"""A stand-in comes over with their pair when two cases of one matter are merged."""

from __future__ import annotations

import pytest

from domain.errors import Nonsense
from domain.rules import stand_ins
from domain.stand_in import stand_in_of
from domain.words import Choice, EndReason
from tests.domain.matters import BOTH, merged, two, unmerged, within
from tests.domain.situations import breaks
from tests.steps import held, referred, step, victim
from tests.steps_stand_in import FOUND, OF, READY


def test_a_stand_in_comes_over_with_the_one_pair_that_they_make() -> None:
    story, earlier = two((), *READY, people=referred())
    merged(story, earlier)
    with within(story, earlier):
        case = story.case
        assert set(case.threads) == {"V1-O1", OF}
        assert stand_in_of(case, OF) == "O2"
        assert case.party("O2").of == "O1"
        assert case.thread(OF).open
        sides = (case.thread(OF).side("V1"), case.thread(OF).side("O2"))
        assert Choice.CONSENTED not in {side.choice for side in sides}
        assert sides[0].interested_at
        rule = stand_ins.a_stand_in_is_met_only_as_such
        breaks(story, rule, "lead", "plan_intervention", type="FACE_TO_FACE", threads=[OF])


def test_a_stand_in_takes_a_name_that_is_free_and_pairs_with_nobody_else() -> None:
    first = (step("worker", "add_party", party="O2", role="CO_OFFENDER"),)
    story, earlier = two(first, FOUND)
    merged(story, earlier)
    with within(story, earlier):
        assert set(story.case.threads) == {"V1-O1", "V1-O2", "V1-O3"}
        assert stand_in_of(story.case, "V1-O3") == "O3"
        assert stand_in_of(story.case, "V1-O2") is None


def test_a_victim_who_comes_over_too_is_no_pair_of_a_stand_in() -> None:
    later = (*referred(victim(), victim(2), {"party": "O1", "role": "OFFENDER"}),)
    story, earlier = two((), FOUND, people=later)
    merged(story, earlier)
    with within(story, earlier):
        assert set(story.case.threads) == {"V1-O1", "V2-O1", OF}


def test_what_a_stand_in_said_no_to_there_is_a_no_here() -> None:
    story, earlier = two((), *READY, step("auditor", "withdraw_consent", party="O2"))
    merged(story, earlier)
    with within(story, earlier):
        assert story.case.thread(OF).side("O2").choice is Choice.WITHDRAWN


def test_a_pair_with_a_stand_in_that_had_ended_has_ended_where_it_goes_on() -> None:
    over = step("lead", "end_thread", thread=OF, reason="COMPLETED_WITH_STAND_IN",
                told={"V1": "TOLD_IT_ENDED", "O2": "TOLD_IT_ENDED"})  # fmt: skip
    story, earlier = two((), *READY, *held("PROXY_MEETING", thread=OF), over)
    merged(story, earlier)
    with within(story, earlier):
        ended = story.case.thread(OF).current.ended
        assert ended is not None
        assert ended.reason is EndReason.COMPLETED_WITH_STAND_IN


@pytest.mark.parametrize("over", [False, True])
def test_a_merge_undone_leaves_no_pair_with_a_stand_in_under_way(over: bool) -> None:
    end = step("supervisor", "end_thread", thread=OF, reason="NOT_RESTORATIVE_JUSTICE",
               told={"V1": "TOLD_IT_ENDED", "O2": "TOLD_IT_ENDED"})  # fmt: skip
    story, earlier = two((), FOUND, *((end,) if over else ()))
    merged(story, earlier)
    unmerged(story, earlier)
    with within(story, earlier):
        assert not story.case.thread(OF).open
    assert story.case.thread(OF).open is not over


def test_a_stand_in_is_taken_for_nobody_of_the_matter() -> None:
    first = (step("worker", "add_party", party="O2", role="CO_OFFENDER"),)
    story, earlier = two(first, FOUND)
    with pytest.raises(Nonsense, match="stand-in"):
        story.do("supervisor", "merge_into", into=earlier, people={**BOTH, "O2": "O2"})
