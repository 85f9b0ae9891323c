"""Rules about deciding on one person's data in all their cases: each kept once, and broken once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import Nonsense
from domain.fold import fold
from domain.order import left_to_do
from domain.rules import everywhere as rules
from tests.beyond import SERVICE, told
from tests.domain.matters import two
from tests.domain.test_rules_elsewhere import LINK, linked
from tests.register import Kept, asked, breaks, keeps, opened
from tests.story import DeniedInStory

if TYPE_CHECKING:
    from tests.story import Story

ERASE, RESTRICT, LIFT = "erase_everywhere", "restrict_everywhere", "lift_everywhere"
GRANTED: dict[str, Any] = {"decision": "WHOLLY_GRANTED"}
INSTEAD: dict[str, Any] = {
    "decision": "RESTRICTED_INSTEAD", "ground": "KEPT_AS_EVIDENCE", "reasons": "Invented.",
}  # fmt: skip
KEY = "K-0123456789ABCDEF"


def here(case: str, party: str = "V1") -> dict[str, str]:
    return {"case": case, "party": party}


def erase(*cases: str, **given: Any) -> dict[str, Any]:
    return {"about": [here(case) for case in cases], "ground": "NO_LONGER_NEEDED", **given}


def restrict(*cases: str, **given: Any) -> dict[str, Any]:
    about, at_word = [here(case) for case in cases], {"authority": "THEMSELVES"}
    why = {"ground": "ACCURACY_CONTESTED", "review_on": "2026-06-01"}
    return {"about": about, **at_word, **why, **given}


def lift(*cases: str, **given: Any) -> dict[str, Any]:
    about, which = [here(case) for case in cases], {"ground": "EVIDENCE", "authority": "COURT"}
    return {"about": about, **which, **given}


def of_two(
    right: str = "ERASURE_OF_DATA", decision: Any = None, **more: Any
) -> tuple[Kept, str, str]:
    """Return a decided request about somebody who is linked in two cases."""
    story, earlier = linked()
    told(story)
    request = asked(right, story, about=[here(story.case_id)], **more)
    request.do("decide_request", **(decision or GRANTED))
    return request, story.case_id, earlier


def restricted(story: Story, case: str) -> None:
    story.ask(case, "officer", "restrict_data", party="V1", ground="EVIDENCE",
              authority="COURT", review_on="2026-06-01", reply="Invented.")  # fmt: skip


def test_that_is_done_in_all_cases_which_was_decided() -> None:
    rule = rules.nothing_is_done_in_all_cases_but_what_was_decided
    request, case, earlier = of_two(decision=INSTEAD)
    breaks(request, rule, ERASE, **erase(case, earlier))
    keeps(request, rule, RESTRICT, **restrict(case, earlier))
    request, case, earlier = of_two()
    breaks(request, rule, RESTRICT, **restrict(case, earlier))
    keeps(request, rule, ERASE, **erase(case, earlier))
    request, case, earlier = of_two("RECTIFICATION")
    breaks(request, rule, ERASE, **erase(case, earlier))


def test_before_it_was_decided_nothing_is_done() -> None:
    story, earlier = linked()
    told(story)
    request = asked("ERASURE_OF_DATA", story, about=[here(story.case_id)])
    rule = rules.nothing_is_done_in_all_cases_but_what_was_decided
    breaks(request, rule, ERASE, **erase(story.case_id, earlier))


def test_nobody_erases_a_person_by_themselves() -> None:
    rule = rules.erasing_in_all_cases_takes_two_people
    request, case, earlier = of_two(who="officer")
    breaks(request, rule, ERASE, **erase(case, earlier))
    request, case, earlier = of_two()
    keeps(request, rule, ERASE, **erase(case, earlier))


def test_only_the_cases_of_one_person_are_decided_together() -> None:
    rule = rules.only_one_persons_cases_are_decided_together
    story, earlier = two()
    request = asked("ERASURE_OF_DATA", story, about=[here(story.case_id)])
    request.do("decide_request", **GRANTED)
    breaks(request, rule, ERASE, **erase(story.case_id, earlier))
    breaks(request, rule, ERASE, **{**erase(story.case_id), "about": [
        here(story.case_id), here(story.case_id, "O1")]})  # fmt: skip
    story.do("worker", "link_person", **LINK, other=earlier)
    told(story)
    keeps(request, rule, ERASE, **erase(story.case_id, earlier))


def test_whoever_had_a_part_in_one_of_the_cases_leaves_it_to_another() -> None:
    rule = rules.whoever_had_a_part_in_a_case_decides_nothing_there
    request, case, earlier = of_two()
    story = request.story
    story.do("trainer", "grant_role", about="supervisor", role="DATA_PROTECTION_OFFICER")
    breaks(request, rule, ERASE, who="supervisor", **erase(case, earlier))
    keeps(request, rule, ERASE, **erase(case, earlier))


def test_where_they_are_kept_at_somebodys_word_nothing_is_done() -> None:
    rule = rules.what_is_kept_at_somebodys_word_stays
    request, case, earlier = of_two()
    restricted(request.story, earlier)
    breaks(request, rule, ERASE, **erase(case, earlier))
    stays = [{**here(earlier), "why": "KEPT_FROM_USE"}]
    keeps(request, rule, ERASE, **erase(case, stays=stays))


def test_a_wish_is_kept_beyond_an_erasure_only_where_they_had_it_and_were_told() -> None:
    rule = rules.a_wish_is_kept_beyond_an_erasure_only_if_they_were_told
    request, case, earlier = of_two()
    breaks(request, rule, ERASE, **erase(case, earlier, suppress=True, told_of_it=True))
    request.story.do("worker", "stop_contact", party="V1")
    breaks(request, rule, ERASE, **erase(case, earlier, suppress=True))
    keeps(request, rule, ERASE, **erase(case, earlier, suppress=True, told_of_it=True))


def test_whom_it_is_about_is_left_out_nowhere_in_silence() -> None:
    request, case, earlier = of_two()
    request.do("name_subjects", about=[here(earlier)])
    with pytest.raises(Nonsense, match="neither in it nor said to stay"):
        request.do(ERASE, **erase(case))
    assert request.do(ERASE, **erase(case, stays=[{**here(earlier), "why": "LEFT_OUT"}]))


def to_lift(**more: Any) -> tuple[Kept, str, str]:
    """Return a request to lift what a court has kept from use in two cases."""
    request, case, earlier = of_two("LIFTING_OF_RESTRICTION", **more)
    for one in (case, earlier):
        restricted(request.story, one)
    return request, case, earlier


def test_a_restriction_is_lifted_in_all_cases_only_where_that_was_decided() -> None:
    rule = rules.nothing_is_done_in_all_cases_but_what_was_decided
    for right in ("RESTRICTION_OF_USE", "OBJECTION", "ERASURE_OF_DATA"):
        request, case, earlier = of_two(right)
        restricted(request.story, case)
        breaks(request, rule, LIFT, **lift(case))
    refused = {"decision": "NOT_GRANTED", "ground": "KEPT_AS_EVIDENCE", "reasons": "Invented."}
    request, case, earlier = to_lift(decision=refused)
    breaks(request, rule, LIFT, **lift(case, earlier))
    request, case, earlier = to_lift()
    breaks(request, rule, ERASE, **erase(case, earlier))
    breaks(request, rule, RESTRICT, **restrict(case, earlier))
    keeps(request, rule, LIFT, **lift(case, earlier))


def test_nobody_lifts_a_restriction_by_themselves() -> None:
    rule = rules.lifting_in_all_cases_takes_two_people
    request, case, earlier = to_lift(who="officer")
    breaks(request, rule, LIFT, **lift(case, earlier))
    request, case, earlier = to_lift()
    keeps(request, rule, LIFT, **lift(case, earlier))


def test_what_was_restricted_for_another_reason_is_not_released_with_it() -> None:
    rule = rules.that_is_lifted_which_was_named
    request, case, earlier = to_lift()
    breaks(request, rule, LIFT, **lift(case, earlier, authority="POLICE"))
    breaks(request, rule, LIFT, **lift(case, earlier, ground="LEGAL_CLAIM"))
    keeps(request, rule, LIFT, **lift(case, earlier))
    request, case, earlier = of_two("LIFTING_OF_RESTRICTION")
    restricted(request.story, case)
    breaks(request, rule, LIFT, **lift(case, earlier))
    stays = [{**here(earlier), "why": "NOT_KEPT_FROM_USE"}]
    keeps(request, rule, LIFT, **lift(case, stays=stays))


def test_what_they_had_restricted_themselves_is_lifted_once_they_were_told() -> None:
    rule = rules.what_they_had_restricted_is_lifted_once_they_were_told
    request, case, _ = of_two("LIFTING_OF_RESTRICTION")
    theirs = {"party": "V1", "ground": "ACCURACY_CONTESTED", "authority": "THEMSELVES"}
    request.story.ask(
        case, "officer", "restrict_data", review_on="2026-06-01", reply="Invented.", **theirs
    )
    which = {"ground": "ACCURACY_CONTESTED", "authority": "THEMSELVES"}
    breaks(request, rule, LIFT, **lift(case, **which))
    keeps(request, rule, LIFT, **lift(case, **which, told_of_it=True))
    assert request.story.streams[request.stream][-1].event.told_of_it  # type: ignore[attr-defined]


def test_where_nobody_asks_only_a_restriction_is_lifted_and_nobody_is_identified() -> None:
    story, earlier = linked()
    told(story)
    for_the_service = {"capacity": "SERVICE_ITSELF", "about": [here(story.case_id)]}
    for right in ("ACCESS", "ERASURE_OF_DATA", "RESTRICTION_OF_USE", "OBJECTION"):
        with pytest.raises(Nonsense, match="nobody but the person has this right"):
            opened("record_rights_request", story, right=right, **for_the_service)
    lifting = {"right": "LIFTING_OF_RESTRICTION", **for_the_service}
    request = opened("record_rights_request", story, **lifting)
    assert "identify_requester" not in request.due()
    request.do("decide_request", **GRANTED)
    for one in (story.case_id, earlier):
        restricted(story, one)
    assert request.do(LIFT, **lift(story.case_id, earlier))


def test_what_is_ordered_to_be_lifted_is_lifted_in_each_case_once_and_may_be_answered() -> None:
    request, case, earlier = to_lift()
    story, follow = request.story, {"party": "V1", "dossier": request.stream}
    request.do(LIFT, **lift(case, earlier))
    for one in (case, earlier):
        (entry,) = story.ask(one, SERVICE, "follow_order", **follow)
        assert (entry.name, entry.event.reply) == ("restriction_lifted", None)
        assert story.ask(one, SERVICE, "follow_order", **follow) == []
        assert fold(story.streams[one]).data.of("V1").restriction is None
        assert request.do("note_order_followed", SERVICE, **here(one))
    assert left_to_do(request.dossier) == ()
    assert request.do("answer_request", channel="LETTER", reply="Invented.")


def test_what_came_to_be_restricted_for_another_reason_since_stays_so() -> None:
    request, case, earlier = to_lift()
    story, follow = request.story, {"party": "V1", "dossier": request.stream}
    request.do(LIFT, **lift(case, earlier))
    anew = {"ground": "LEGAL_CLAIM", "authority": "THEMSELVES", "review_on": "2026-06-01"}
    story.ask(case, "officer", "restrict_data", party="V1", reply="Invented.", **anew)
    assert story.ask(case, SERVICE, "follow_order", **follow) == []
    assert fold(story.streams[case]).data.of("V1").restriction is not None
    story.ask(earlier, "worker", "propose_data_step", party="V1", step="LIFT_RESTRICTION")
    story.ask(earlier, "officer", "lift_restriction", party="V1", reply="Invented.")
    assert story.ask(earlier, SERVICE, "follow_order", **follow)
    assert request.do("note_order_followed", SERVICE, **here(earlier))
    assert [one.case for one in left_to_do(request.dossier)] == [case]


@pytest.mark.parametrize("who", ["worker", "supervisor", "lead", "auditor", "trainer"])
def test_only_the_officer_decides_for_all_cases(who: str) -> None:
    request, case, earlier = of_two()
    for name, given in ((ERASE, erase), (RESTRICT, restrict), (LIFT, lift)):
        with pytest.raises(DeniedInStory):
            request.do(name, who, **given(case, earlier))
    for name in ("follow_order", "note_order_followed"):
        stream, of = (case, {"dossier": request.stream}) if name == "follow_order" else (
            request.stream, {"case": case})  # fmt: skip
        with pytest.raises(DeniedInStory):
            request.story.ask(stream, who, name, party="V1", **of)


def test_each_case_records_what_was_ordered_once_and_the_dossier_that_it_is_done() -> None:
    request, case, earlier = of_two()
    story = request.story
    follow = {"party": "V1", "dossier": request.stream}
    assert story.ask(case, SERVICE, "follow_order", **follow) == []
    request.do(ERASE, **erase(case, earlier))
    assert {one.case for one in left_to_do(request.dossier)} == {case, earlier}
    assert "follow_order" in request.due()
    assert "carry_out_request" in request.due()
    assert request.do("note_order_followed", SERVICE, **here(case)) == []
    for one in (case, earlier):
        assert {"follow_order", "carry_out_request"} <= set(request.due())
        assert done_in(request, one) == ["thread_ended", "erasure_decided"]
    assert left_to_do(request.dossier) == ()
    assert {case, earlier} == {one for one, _ in request.dossier.request.carried_out}  # type: ignore[union-attr]
    assert not {"follow_order", "carry_out_request"} & set(request.due())


def done_in(request: Kept, case: str) -> list[str]:
    """Have it done in this case, each step tried twice; return what was recorded to decide it."""
    story, follow = request.story, {"party": "V1", "dossier": request.stream}
    decided = [e.name for e in story.ask(case, SERVICE, "follow_order", **follow)]
    assert story.ask(case, SERVICE, "follow_order", **follow) == []
    story.ask(case, SERVICE, "note_mentions", party="V1")
    story.ask(case, SERVICE, "note_erased", party="V1", keys=[KEY])
    assert story.ask(case, SERVICE, "follow_order", **follow) == []
    (done,) = request.do("note_order_followed", SERVICE, **here(case))
    assert done.event.entry == len(story.streams[case])  # type: ignore[attr-defined]
    assert request.do("note_order_followed", SERVICE, **here(case)) == []
    return decided


def test_what_came_since_is_erased_by_ordering_it_again() -> None:
    request, case, earlier = of_two()
    for names in (["thread_ended", "erasure_decided"], ["erasure_decided"]):
        request.do(ERASE, **erase(case, earlier))
        assert done_in(request, case) == done_in(request, earlier) == names
    assert len(fold(request.story.streams[case]).data.of("V1").erasures) == 2


def test_what_was_ordered_is_not_done_over_what_came_since_nor_once_it_is_withdrawn() -> None:
    request, case, earlier = of_two()
    story, follow = request.story, {"party": "V1", "dossier": request.stream}
    request.do(ERASE, **erase(case, earlier))
    restricted(story, case)
    assert story.ask(case, SERVICE, "follow_order", **follow) == []
    request.do("withdraw_request")
    assert left_to_do(request.dossier) == ()
    assert story.ask(earlier, SERVICE, "follow_order", **follow) == []
    assert fold(story.streams[earlier]).data.of("V1").erasing is None


def test_the_written_reply_of_an_order_stands_in_the_dossier_only() -> None:
    request, case, earlier = of_two(decision=INSTEAD)
    story = request.story
    request.do(RESTRICT, **restrict(case, earlier))
    (entry,) = story.ask(case, SERVICE, "follow_order", party="V1", dossier=request.stream)
    assert entry.event.reply is None
    assert (entry.event.ordered.dossier, entry.event.ordered.entry) == (
        request.stream, request.dossier.request.order.entry,  # type: ignore[union-attr]
    )  # fmt: skip
    assert request.do("note_order_followed", SERVICE, **here(case))
