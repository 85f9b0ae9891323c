"""A person beyond one case: links, what follows from them in each case, and coming of age."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from domain.age import may_be_told_on, of_age_on
from domain.case import When
from domain.decide import present, tick
from domain.errors import Nonsense
from domain.events.persons import AppearanceRemoved
from domain.fold import fold, fold_person
from domain.matrix import DEFAULT
from domain.person import Appearance, Key, Person, Word, own_stream
from domain.words import Change, Choice, ContactBy, FutureOffers, InterventionState, Role
from tests.beyond import details, person, told
from tests.domain.matters import merged, two, within
from tests.domain.situations import BOTH_IN_TURN, MEETING, MOTHER, PLAN, after, child, go_on
from tests.domain.test_rules_elsewhere import LINK, NOT_THE_SAME, STOPPED, linked
from tests.steps import chosen, explored, offender, referred, step, victim
from tests.story import LIMITS, MONDAY, DeniedInStory, Story

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


# Coming of age.


@pytest.mark.parametrize(
    ("born", "day", "known"),
    [
        ("2008-03-31", "2026-03-31", False),
        ("2008-03-31", "2026-04-01", True),
        ("2008-04-01", "2026-04-30", False),
        ("2008-04-01", "2026-05-01", True),
        ("2008-04-30", "2026-05-01", True),
        ("2008-07-15", "2026-08-01", False),
        ("2008-07-15", "2026-08-03", True),
        ("2008-02-29", "2026-03-31", False),
        ("2008-02-29", "2026-04-01", True),
        ("2007-12-31", "2026-01-01", False),
        ("2007-12-31", "2026-01-02", True),
    ],
)
def test_it_is_on_record_from_the_first_working_day_of_the_next_month(
    born: str, day: str, *, known: bool
) -> None:
    # 1 August 2026 is a Saturday, 1 January a bank holiday; without a 29th it is the 1st of March.
    on = datetime.fromisoformat(day).date()
    assert may_be_told_on([{"born": born}], on) is known


def test_all_details_have_to_agree_and_one_has_to_say() -> None:
    on = datetime(2026, 5, 4, tzinfo=UTC).date()
    assert of_age_on([{"born": "2000-01-01"}, {}], on)
    assert not of_age_on([{"born": "2000-01-01"}, {"born": "2010-01-01"}], on)
    assert not of_age_on([{"name": "Vera Example"}], on)
    assert not of_age_on([], on)


def ticked(story: Story, party: str = "V1") -> Story:
    """Have the clock of the person's stream tick, now, and everybody told."""
    stream = story.case.persons[party].person
    drafts = tick(story.streams[stream], story.now, LIMITS, DEFAULT, details(story, stream))
    story.recorded(stream, drafts)
    return told(story)


def grown(*steps: Step, month: int = 4) -> Story:
    """Return the case of a child who turns 18 on 31 March, on the 1st of this month in 2026."""
    story = told(after(*GROWING_UP, *steps))
    story.now = max(story.now, datetime(2026, month, 1, 9, tzinfo=UTC))
    return ticked(story)


def test_nothing_is_on_record_before_the_next_month() -> None:
    story = told(after(*GROWING_UP))
    story.now = datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert ticked(story).case.party("V1").is_child


def test_whose_choice_it_was_is_theirs_now_and_made_afresh() -> None:
    story = grown(step("worker", "add_party", **MOTHER))
    case = story.case
    assert case.party("V1").role is Role.DIRECT_VICTIM
    assert case.party("S1").role is Role.SUPPORTER_OF_VICTIM
    assert "CHANGE" in {task.kind for task in case.tasks.values()}
    assert person(story).came_of_age
    assert not person(story).awaits_age


def test_a_childs_consent_is_asked_afresh_and_their_adults_no_falls_away() -> None:
    story = told(child("NO"))
    story.do("worker", "change_details", party="V1", details=BORN_2008)
    story.now = datetime(2026, 4, 1, 9, tzinfo=UTC)
    side = ticked(story).case.thread("V1-O1").current.victim
    assert side.adult_no_at is None
    assert Change.WHOSE_CHOICE in side.to_confirm


def test_no_event_says_when_they_turned_18() -> None:
    story = grown()
    (came,) = (e for e in story.streams[person(story).id] if e.name == "came_of_age")
    assert came.envelope.data == {}
    for stream in story.streams.values():
        assert not [e for e in stream if "2008" in e.envelope.model_dump_json()]


def test_every_case_of_the_person_is_told() -> None:
    story, earlier = two((), people=GROWING_UP)
    with within(story, earlier):
        go_on(story, step("auditor", "record_under_age", party="V1"))
    story.do("worker", "link_person", **LINK, other=earlier, same_matter=False)
    with within(told(story), earlier):
        story.do("worker", "change_details", party="V1", details=BORN_2008)
    story.now = datetime(2026, 4, 1, 9, tzinfo=UTC)
    ticked(story)
    assert not story.case.party("V1").is_child
    assert not kept(story, earlier).party("V1").is_child


def test_where_a_rule_needs_it_it_is_on_record_at_once() -> None:
    story = told(after(*GROWING_UP))
    story.later(days=31)
    story.do("worker", "correct_role", party="V1", role="DIRECT_VICTIM")
    assert person(told(story)).came_of_age


def test_the_clock_ticks_on_working_days_until_they_are_18() -> None:
    story = told(after(*GROWING_UP))
    history = story.streams[person(story).id]
    friday = datetime(2026, 4, 2, 12, tzinfo=UTC)
    # Easter: Good Friday the 3rd, Easter Monday the 6th of April.
    assert present(history, LIMITS, at=friday).next_due == datetime(2026, 4, 6, 23, tzinfo=UTC)
    grown_up = grown()
    assert not present(grown_up.streams[person(grown_up).id], LIMITS).open
