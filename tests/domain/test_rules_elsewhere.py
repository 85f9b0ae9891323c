"""Rules about what a person said in another case: each kept once, and broken once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.rules import elsewhere
from store import Unreadable
from tests import beyond
from tests.beyond import told
from tests.domain.matters import two, within
from tests.domain.situations import BOTH_IN_TURN, MEETING, PLAN, after, breaks, end, go_on, keeps
from tests.steps import chosen, explored, offender, referred, step, victim

if TYPE_CHECKING:
    from tests.steps import Step
    from tests.story import Story

LINK = {"party": "V1", "there": "V1"}
INFORM = ("worker", "give_information", {"party": "V1", "channel": "TELEPHONE"})
STOPPED = step("intake", "stop_contact", party="V1")
DIED = step("auditor", "record_death", party="V1")
LATER = {"thread": "V1-O1", "party": "V1", "kind": "LATER_STAGE_OFFER"}
NOT_THE_SAME = "Two people of one name (invented)."


def linked(*here: Step, same_matter: bool = True) -> tuple[Story, str]:
    """Return a story in the later of two cases with one victim, everybody told, and the other."""
    story, earlier = two((), *here)
    story.do("worker", "link_person", **LINK, other=earlier, same_matter=same_matter)
    return told(story), earlier


def untold(step: Step, *here: Step, same_matter: bool = True) -> Story:
    """Return the later case just after this was said in the other, and nobody was told."""
    story, earlier = linked(*here, same_matter=same_matter)
    with within(story, earlier):
        go_on(story, step)
    return story


def test_a_wish_for_no_contact_holds_in_every_case_of_the_matter_and_only_they_lift_it() -> None:
    story = untold(STOPPED)
    rule = elsewhere.a_wish_for_no_contact_holds_in_every_case_of_the_matter
    who, name, given = INFORM
    breaks(story, rule, who, name, **given)
    story.do("worker", "allow_contact", party="V1", asked_by="V1")
    keeps(story, rule, who, name, **given)


def test_nobody_is_joined_over_a_no_of_another_case() -> None:
    here = (*explored(), *chosen(*BOTH_IN_TURN))
    rule = elsewhere.nobody_joined_may_be_kept_away_by_another_case
    keeps(linked(*here)[0], rule, *PLAN, **MEETING)
    breaks(untold(STOPPED, *here), rule, *PLAN, **MEETING)


def test_a_death_is_known_in_every_case() -> None:
    rule = elsewhere.nothing_is_done_with_somebody_who_died_elsewhere
    who, name, given = INFORM
    breaks(untold(DIED, same_matter=False), rule, who, name, **given)
    keeps(linked(same_matter=False)[0], rule, who, name, **given)


def test_what_cannot_be_read_counts_as_a_no(monkeypatch: pytest.MonkeyPatch) -> None:
    story, earlier = linked()
    rule = elsewhere.what_they_said_elsewhere_must_be_readable
    who, name, given = INFORM
    load = beyond._Kept.load
    spoilt: set[str] = set()

    def unreadable(kept: Any, stream: str) -> Any:
        if stream in spoilt:
            raise Unreadable(stream, 1, "spoilt")
        return load(kept, stream)

    monkeypatch.setattr(beyond._Kept, "load", unreadable)
    for one in (story.case.persons["V1"].person, earlier):
        spoilt.add(one)
        breaks(story, rule, who, name, **given)
        assert story.do("auditor", "pause_participation", party="V1")
        spoilt.clear()
    keeps(story, rule, who, name, **given)


def test_in_another_matter_it_is_seen_first_by_whoever_is_in_touch() -> None:
    story = untold(STOPPED, same_matter=False)
    rule = elsewhere.a_wish_in_another_matter_is_seen_first
    who, name, given = INFORM
    breaks(story, rule, who, name, **given)
    story.do("supervisor", "note_wish_seen", party="V1")
    breaks(story, rule, who, name, **given)
    story.do("worker", "note_wish_seen", party="V1")
    keeps(story, rule, who, name, **given)


def test_whoever_asks_for_it_themselves_is_answered() -> None:
    story = untold(STOPPED, same_matter=False)
    who, name, given = INFORM
    rule = elsewhere.a_wish_in_another_matter_is_seen_first
    keeps(story, rule, who, name, **given, asked_by="V1")


def test_what_was_seen_once_is_seen_again_when_more_was_said() -> None:
    story, earlier = linked(same_matter=False)
    withheld = step("intake", "withhold_details", party="V1")
    for said in (STOPPED, withheld):
        with within(story, earlier):
            go_on(story, said)
        breaks(story, elsewhere.a_wish_in_another_matter_is_seen_first, *INFORM[:2], **INFORM[2])
        story.do("worker", "note_wish_seen", party="V1")
        story.later(days=20)


def test_later_offers_that_were_refused_in_another_case_are_not_made() -> None:
    ending = (step("worker", "decline_offer", party="V1"), end("VICTIM_DECLINED_DOOR_OPEN"))
    rule = elsewhere.later_offers_refused_in_another_case_are_not_made
    refused = step("intake", "decline_later_offers", party="V1")
    breaks(untold(refused, *ending), rule, "worker", "make_later_offer", **LATER)
    story, _ = linked(*ending)
    story.later(days=400)
    keeps(story, rule, "worker", "make_later_offer", **LATER)


def test_in_another_matter_refused_later_offers_are_seen_before_one_is_made() -> None:
    ending = (step("worker", "decline_offer", party="V1"), end("VICTIM_DECLINED_DOOR_OPEN"))
    refused = step("intake", "decline_later_offers", party="V1")
    story = untold(refused, *ending, same_matter=False)
    story.later(days=400)
    rule = elsewhere.a_wish_in_another_matter_is_seen_first
    breaks(story, rule, "worker", "make_later_offer", **LATER)
    story.do("worker", "note_wish_seen", party="V1")
    keeps(story, rule, "worker", "make_later_offer", **LATER)


def test_a_way_called_unsafe_elsewhere_is_used_only_as_they_come_by_it() -> None:
    closed = step("intake", "close_ways", party="V1", channels=["TELEPHONE"])
    story = untold(closed, same_matter=False)
    rule = elsewhere.a_way_called_unsafe_in_another_case_is_not_used
    who, name, given = INFORM
    breaks(story, rule, who, name, **given)
    keeps(story, rule, who, name, **given, asked_by="V1")


def test_a_link_is_undone_by_somebody_who_did_not_make_it() -> None:
    story, earlier = two()
    story.do("supervisor", "link_person", **LINK, other=earlier)
    rule = elsewhere.a_link_is_undone_by_a_second_person
    given = {"party": "V1", "reasons": NOT_THE_SAME}
    breaks(story, rule, "supervisor", "unlink_person", **given)
    keeps(story, rule, "trainer", "unlink_person", **given)


def test_before_the_persons_stream_knows_of_the_link_it_holds_as_well() -> None:
    story, earlier = two(())
    with within(story, earlier):
        go_on(story, STOPPED)
    story.do("worker", "link_person", **LINK, other=earlier)
    rule = elsewhere.a_wish_for_no_contact_holds_in_every_case_of_the_matter
    breaks(story, rule, *INFORM[:2], **INFORM[2])


@pytest.mark.parametrize("who", ["auditor", "co"])
def test_whoever_is_not_linked_is_reached_as_ever(who: str) -> None:
    story, earlier = two()
    with within(story, earlier):
        story.do(who, "stop_contact", party="V1")
    assert story.do(*INFORM[:2], **INFORM[2])


def test_what_is_put_together_is_told_and_a_child_alone_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told_of: list[Any] = []
    monkeypatch.setattr(beyond, "nobody_listens", told_of.append)
    alone = told(after(*referred(victim(role="CHILD_VICTIM"), offender())))
    assert alone.do(*INFORM[:2], **INFORM[2])
    assert told_of == []
    story, earlier = linked()
    told_of.clear()
    assert story.do(*INFORM[:2], **INFORM[2])
    (one,) = told_of
    assert one.cases == (earlier,)
    assert one.stream == story.case_id
