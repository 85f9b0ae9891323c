"""A no outlives every link: to make one, change one or merge lifts nothing that a person said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.rules import elsewhere
from domain.words import FutureOffers
from tests.beyond import told
from tests.domain.matters import BOTH, two, within
from tests.domain.situations import breaks, go_on, keeps
from tests.domain.test_persons import kept
from tests.domain.test_rules_elsewhere import LINK, NOT_THE_SAME, STOPPED, linked
from tests.steps import referred, step
from tests.story import STAFF

if TYPE_CHECKING:
    from tests.story import Story

FOLLOW_UP = "service:follow_up"
ALLOWED = step("worker", "allow_contact", party="V1", asked_by="V1")
NO_EMAIL = step("intake", "close_ways", party="V1", channels=["EMAIL"])
NO_LETTER = step("intake", "close_ways", party="V1", channels=["LETTER"])
EMAIL_IS_SAFE = step("worker", "record_safe_ways", party="V1", channels=["EMAIL"], asked_by="V1")
BOTH_WAYS = {"EMAIL", "LETTER"}


def closed_in_turn() -> tuple[Story, str]:
    """Return a story in the later of two cases that each closed a way, linked an hour after."""
    story, earlier = two()
    with within(story, earlier):
        go_on(story, NO_EMAIL)
    story.later(hours=1)
    go_on(story, NO_LETTER)
    story.later(hours=1)
    story.do("worker", "link_person", **LINK, other=earlier)
    return told(story), earlier


def merged_by_the_service(story: Story, earlier: str, people: dict[str, str]) -> None:
    """Have the case of the story merged into the earlier one, and the service finish it."""
    later = story.case_id
    go_on(story, step("supervisor", "merge_into", into=earlier, people=people))
    with within(story, earlier):
        story.do(FOLLOW_UP, "receive_case", other=later)
    story.do(FOLLOW_UP, "note_follow_up", other=earlier)


def test_a_way_closed_in_one_case_is_closed_in_all_though_another_closed_one_since() -> None:
    story, earlier = closed_in_turn()
    assert story.case.party("V1").closed_ways == BOTH_WAYS
    assert kept(story, earlier).party("V1").closed_ways == BOTH_WAYS


def test_a_closed_way_is_not_used_before_the_other_case_was_told() -> None:
    story, earlier = linked()
    with within(story, earlier):
        go_on(story, NO_EMAIL)
    story.later(hours=1)
    go_on(story, NO_LETTER)
    rule = elsewhere.a_way_called_unsafe_in_another_case_is_not_used
    breaks(story, rule, "worker", "give_information", party="V1", channel="EMAIL")


def test_a_case_that_is_linked_later_hears_of_every_closed_way() -> None:
    story, _ = closed_in_turn()
    second, story.case_id = story.case_id, ""
    go_on(story, *referred())
    story.do("worker", "link_person", **LINK, other=second, same_matter=False)
    assert told(story).case.party("V1").closed_ways == BOTH_WAYS


def test_a_way_that_they_name_as_safe_since_is_theirs_to_use() -> None:
    story, earlier = linked()
    with within(story, earlier):
        go_on(story, NO_EMAIL)
    told(story)
    story.later(hours=1)
    go_on(story, EMAIL_IS_SAFE)
    told(story)
    rule = elsewhere.a_way_called_unsafe_in_another_case_is_not_used
    keeps(story, rule, "worker", "give_information", party="V1", channel="EMAIL")


def test_making_a_link_lifts_no_wish_for_no_contact() -> None:
    story, earlier = two()
    go_on(story, STOPPED)
    story.later(hours=1)
    with within(story, earlier):
        go_on(story, STOPPED, ALLOWED)
    story.later(hours=1)
    story.do("worker", "link_person", **LINK, other=earlier)
    assert told(story).case.party("V1").no_contact


def test_saying_that_it_is_another_matter_takes_no_refusal_of_later_offers_back() -> None:
    story, earlier = linked()
    with within(story, earlier):
        go_on(story, step("intake", "decline_later_offers", party="V1"))
    told(story)
    story.do("worker", "link_person", **LINK, other=earlier, same_matter=False)
    assert told(story).case.party("V1").later_offers is FutureOffers.REFUSED


def test_whoever_made_a_link_does_not_undo_it_from_the_other_case_either() -> None:
    story, earlier = two()
    story.do("supervisor", "link_person", **LINK, other=earlier)
    told(story)
    rule = elsewhere.a_link_is_undone_by_a_second_person
    undo = ("unlink_person", {"party": "V1", "reasons": NOT_THE_SAME})
    with within(story, earlier):
        breaks(story, rule, "supervisor", undo[0], **undo[1])
        keeps(story, rule, "trainer", undo[0], **undo[1])


def test_a_no_that_the_service_carried_over_is_told_on_to_the_persons_other_cases() -> None:
    story, earlier = two()
    later, story.case_id = story.case_id, ""
    go_on(story, *referred())
    third = story.case_id
    story.do("worker", "link_person", **LINK, other=earlier)
    told(story)
    story.case_id = later
    merged_by_the_service(story, earlier, BOTH)
    told(story)
    go_on(story, STOPPED)
    with within(story, earlier):
        story.do(FOLLOW_UP, "carry_over_wishes", other=later)
    assert kept(told(story), third).party("V1").no_contact


def test_whoever_joins_with_a_merge_that_the_service_finished_is_the_same_person_there() -> None:
    story, earlier = two()
    first, story.case_id = story.case_id, ""
    go_on(story, *referred())
    story.do("worker", "link_person", **LINK, other=first)
    told(story)
    story.case_id = first
    go_on(story, step("supervisor", "merge_into", into=earlier, people={"O1": "O1"}))
    told(story)
    with within(story, earlier):
        story.do(FOLLOW_UP, "receive_case", other=first)
    story.do(FOLLOW_UP, "note_follow_up", other=earlier)
    told(story)
    assert kept(story, earlier).persons["V2"].person == story.case.persons["V1"].person


def test_a_link_made_in_breach_is_confirmed_with_the_case_that_it_names() -> None:
    story, earlier = two()
    given = {**STAFF["supervisor"], "credentials": []}
    untrained = story.ask("PR-00000000-0", "service:setup", "register_practitioner", **given)
    story.staff["untrained"] = untrained[0].stream
    story.do("untrained", "link_person", **LINK, other=earlier, happened=True)
    assert "person_linked" not in story.events
    breach = next(task for task in story.case.tasks.values() if task.kind == "BREACH")
    story.do("worker", "confirm_breach", task=breach.id)
    assert "person_linked" in story.events
