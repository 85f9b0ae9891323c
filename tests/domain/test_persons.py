"""A person beyond one case: links, and what follows from them in each case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.case import When
from domain.errors import Nonsense
from domain.events.persons import AppearanceRemoved
from domain.fold import fold, fold_person
from domain.person import Appearance, Key, Person, Word, own_stream
from domain.words import Choice, ContactBy, FutureOffers, InterventionState
from tests.beyond import person, told
from tests.domain.matters import merged, two, unmerged, within
from tests.domain.situations import BOTH_IN_TURN, MEETING, PLAN, after, go_on
from tests.domain.test_rules_elsewhere import LINK, NOT_THE_SAME, STOPPED, linked
from tests.steps import chosen, explored, offender, referred, step, victim
from tests.story import MONDAY, DeniedInStory, Story

if TYPE_CHECKING:
    from domain.case import Case
    from tests.steps import Step

BORN_2008 = {"name": "Vera Example", "born": "2008-03-31"}
GROWING_UP = referred(victim(role="CHILD_VICTIM", details=BORN_2008), offender())
NOBODY_KNOWS = "RJ-7K3M9QXA-5"


def kept(story: Story, case: str) -> Case:
    return fold(story.streams[case])


def said(*steps: Step, same_matter: bool = True) -> Case:
    """Return a case after these steps in another one of the same person, everybody told."""
    story, earlier = linked(same_matter=same_matter)
    with within(story, earlier):
        go_on(story, *steps)
    return told(story).case


def test_a_link_opens_a_persons_stream_and_both_cases_know_of_it() -> None:
    story, earlier = linked()
    known = person(story)
    assert known.id == own_stream(story.case_id, "V1")
    assert {key.case for key in known.appearances} == {earlier, story.case_id}
    assert kept(story, earlier).persons["V1"].person == known.id
    assert kept(story, earlier).persons["V1"].other is None
    assert not known.untold


def test_a_third_case_joins_the_stream_that_is_there() -> None:
    story, earlier = linked()
    second, story.case_id = story.case_id, ""
    go_on(story, *referred())
    given = {"party": "V1", "there": "V1", "other": second, "same_matter": False}
    story.do("worker", "link_person", **given)
    known = person(told(story))
    matters = {key.case: one.matter for key, one in known.appearances.items()}
    assert matters[earlier] == matters[second] != matters[story.case_id]


def test_the_same_link_again_is_nothing_new_and_another_matter_is() -> None:
    story, earlier = linked()
    assert story.do("worker", "link_person", **LINK, other=earlier) == []
    story.do("worker", "link_person", **LINK, other=earlier, same_matter=False)
    matters = {one.matter for one in person(told(story)).appearances.values()}
    assert len(matters) == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({**LINK, "other": NOBODY_KNOWS}, "no other case under this reference"),
        ({"party": "V1", "there": "V9"}, "no person V9"),
        ({"party": "V9", "there": "V1"}, "no person V9"),
    ],
)
def test_a_link_is_made_with_what_is_there(given: dict[str, str], said: str) -> None:
    story, earlier = two()
    with pytest.raises(Nonsense, match=said):
        story.do("worker", "link_person", **{"other": earlier, **given})


def test_nobody_links_with_a_case_that_they_may_not_see_or_their_own() -> None:
    story, earlier = two()
    story.do("supervisor", "allocate_case", lead=story.someone("intermediate"))
    with pytest.raises(Nonsense, match="that you may see"):
        story.do("intermediate", "link_person", **LINK, other=earlier)
    with pytest.raises(Nonsense, match="that you may see"):
        story.do("worker", "link_person", **LINK, other=story.case_id)
    with pytest.raises(DeniedInStory):
        story.do("auditor", "link_person", **LINK, other=earlier)


def test_a_wish_for_no_contact_suppresses_what_would_contact_them() -> None:
    case = said(STOPPED)
    assert case.party("V1").no_contact
    assert case.thread("V1-O1").current.victim.choice is Choice.DECLINED_NO_FURTHER_CONTACT


def test_what_is_booked_with_them_does_not_go_ahead() -> None:
    booked = (*explored(), *chosen(*BOTH_IN_TURN), step(*PLAN, **MEETING))
    story, earlier = linked(*booked)
    with within(story, earlier):
        go_on(story, STOPPED)
    assert told(story).case.intervention("I1").state is InterventionState.CANCELLED


def test_in_another_matter_only_what_is_unsafe_comes_over() -> None:
    closed = step("intake", "close_ways", party="V1", channels=["LETTER"])
    withheld = step("intake", "withhold_details", party="V1")
    no_offers = step("intake", "decline_later_offers", party="V1")
    steps = (closed, withheld, no_offers, STOPPED)
    there, here = said(*steps).party("V1"), said(*steps, same_matter=False).party("V1")
    assert (there.no_contact, here.no_contact) == (True, False)
    assert (there.later_offers, here.later_offers) == (
        FutureOffers.REFUSED,
        FutureOffers.NOT_SAID,
    )
    assert there.contact_by is ContactBy.REFERRER_ONLY
    assert here.contact_by is not ContactBy.REFERRER_ONLY
    assert there.closed_ways == here.closed_ways == {"LETTER"}


def test_safe_ways_are_those_that_both_cases_call_safe() -> None:
    ways = step("worker", "record_safe_ways", party="V1", channels=["EMAIL", "LETTER"])
    story, earlier = linked()
    with within(story, earlier):
        go_on(story, ways)
    assert told(story).case.party("V1").safe_ways == {"EMAIL", "LETTER"}
    go_on(story, step("intake", "close_ways", party="V1", channels=["EMAIL"]))
    told(story)
    assert kept(story, earlier).party("V1").safe_ways == {"LETTER"}


def test_where_both_cases_name_safe_ways_only_those_of_both_stay() -> None:
    story, earlier = linked(
        step("worker", "record_safe_ways", party="V1", channels=["EMAIL", "TELEPHONE"])
    )
    ways = {"party": "V1", "channels": ["EMAIL", "LETTER"]}
    with within(story, earlier):
        go_on(story, step("worker", "record_safe_ways", **ways, asked_by="V1"))
    assert told(story).case.party("V1").safe_ways == {"EMAIL"}


def test_with_an_appearance_goes_what_is_known_by_it() -> None:
    kept_, gone = Key("RJ-00000001-1", "V1"), Key("RJ-00000002-2", "V1")
    known = Appearance("M1", 1, Word())
    by_it = Appearance("M1", 0, Word(), through=gone.case)
    of = Person(
        id="PE-00000000-0",
        appearances={kept_: known, gone: known, Key("RJ-00000003-3", "V1"): by_it},
    )
    when = When(MONDAY, MONDAY, "service:follow_up", 5, "note-1", "follow_up")
    removed = AppearanceRemoved(case=gone.case, party="V1", read=1)
    assert set(removed.apply(of, when).appearances) == {kept_}


def test_their_latest_word_counts_wherever_it_was_said() -> None:
    story, earlier = linked()
    with within(story, earlier):
        go_on(story, STOPPED)
    go_on(story, step("worker", "allow_contact", party="V1", asked_by="V1"))
    told(story)
    assert not story.case.party("V1").no_contact
    assert not kept(story, earlier).party("V1").no_contact
    with within(story, earlier):
        go_on(story, STOPPED)
    assert told(story).case.party("V1").no_contact


def test_what_was_taken_over_never_comes_back_as_a_word_of_its_own() -> None:
    story, earlier = linked()
    with within(story, earlier):
        go_on(story, STOPPED)
    told(story)
    go_on(story, step("intake", "close_ways", party="V1", channels=["LETTER"]))
    told(story)
    word = {key.case: one.word for key, one in person(story).appearances.items()}
    assert word[earlier].no_contact
    assert not word[story.case_id].no_contact


def test_undone_nothing_holds_that_was_only_taken_over() -> None:
    story, earlier = linked()
    with within(story, earlier):
        go_on(story, STOPPED)
    told(story)
    story.do("trainer", "unlink_person", party="V1", reasons=NOT_THE_SAME)
    told(story)
    assert not story.case.party("V1").no_contact
    assert story.case.thread("V1-O1").current.victim.choice is Choice.INFORMATION_GIVEN
    assert kept(story, earlier).party("V1").no_contact


def test_undone_from_the_case_whose_stream_it_is_the_other_is_told() -> None:
    story, earlier = linked()
    go_on(story, STOPPED)
    told(story)
    assert kept(story, earlier).party("V1").no_contact
    story.do("trainer", "unlink_person", party="V1", reasons=NOT_THE_SAME)
    told(story)
    assert not kept(story, earlier).party("V1").no_contact
    assert story.case.party("V1").no_contact


def test_it_can_be_linked_again_after_it_was_undone() -> None:
    story, earlier = linked()
    story.do("trainer", "unlink_person", party="V1", reasons=NOT_THE_SAME)
    told(story)
    story.do("worker", "link_person", **LINK, other=earlier)
    assert len(person(told(story)).appearances) == 2


def test_a_case_that_goes_on_in_another_takes_its_links_along() -> None:
    story, earlier = two()
    first = story.case_id
    story.case_id = ""
    go_on(story, *referred())
    story.do("worker", "link_person", **LINK, other=first)
    told(story)
    third, story.case_id = story.case_id, first
    told(merged(story, earlier))
    assert kept(story, earlier).persons["V1"].person == story.case.persons["V1"].person
    with within(story, earlier):
        go_on(story, STOPPED)
    told(story)
    assert kept(story, third).party("V1").no_contact


def test_whoever_joins_a_case_with_a_merge_is_the_same_person_there() -> None:
    story, earlier = two()
    first, story.case_id = story.case_id, ""
    go_on(story, *referred())
    third = story.case_id
    story.do("worker", "link_person", **LINK, other=first)
    told(story)
    story.case_id = first
    told(merged(story, earlier, {"O1": "O1"}))
    assert kept(story, earlier).persons["V2"].person == story.case.persons["V1"].person
    with within(story, third):
        go_on(story, STOPPED)
    told(story)
    assert kept(story, earlier).party("V2").no_contact
    assert not kept(story, earlier).party("V1").no_contact


def test_undone_with_the_merge_nothing_of_the_person_holds_there() -> None:
    story, earlier = two()
    first, story.case_id = story.case_id, ""
    go_on(story, *referred())
    third = story.case_id
    story.do("worker", "link_person", **LINK, other=first)
    told(story)
    story.case_id = first
    told(merged(story, earlier))
    told(unmerged(story, earlier))
    assert {key.case for key in person(story).appearances} == {first, third}
    with within(story, third):
        go_on(story, STOPPED)
    with within(story, earlier):
        assert story.do("worker", "give_information", party="V1", channel="TELEPHONE")
    assert told(story).case.party("V1").no_contact
    assert not kept(story, earlier).party("V1").no_contact


def test_a_child_has_a_stream_from_the_start_and_an_adult_has_none() -> None:
    story = told(after(*GROWING_UP))
    assert person(story).awaits_age
    assert "O1" not in story.case.persons
    assert "person_told" not in story.waiting()


def test_two_children_of_one_name_are_linked_into_one_stream() -> None:
    story, earlier = two((), people=GROWING_UP)
    with within(story, earlier):
        go_on(story, step("auditor", "record_under_age", party="V1"))
    told(story)
    left = story.case.persons["V1"].person
    story.do("worker", "link_person", **LINK, other=earlier)
    told(story)
    assert story.case.persons["V1"].person == own_stream(earlier, "V1") != left
    assert not fold_person(story.streams[left]).appearances
