"""Rules about erasing data and keeping them without use: each kept once, and broken once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import Nonsense
from domain.rules import personal_data as data
from domain.words import EndReason, Extent
from tests.beyond import SERVICE
from tests.domain.situations import after, breaks, ended, keeps, ready
from tests.steps import referred, step
from tests.story import DeniedInStory

if TYPE_CHECKING:
    from tests.story import Story

REPLY = "Invented: what they are told."
ERASE: dict[str, Any] = {"party": "V1", "ground": "NO_LONGER_NEEDED", "reply": REPLY}
STORY = {**ERASE, "extent": "STORY", "ground": "RETENTION_ENDED"}
RESTRICT: dict[str, Any] = {
    "party": "V1",
    "ground": "EVIDENCE",
    "authority": "PROSECUTION",
    "review_on": "2026-09-01",
    "reply": REPLY,
}
TEXT = "T-0123456789ABCDEF"
KEY = "K-0123456789ABCDEF"


def proposed(what: str = "ERASE", who: str = "worker", party: str = "V1") -> Any:
    return step(who, "propose_data_step", party=party, step=what)


def erased(story: Story, *mentions: dict[str, str], **given: Any) -> Story:
    """Have V1 erased: decided, looked through for mentions, and carried out."""
    story.do("officer", "decide_erasure", **{**ERASE, **given})
    story.do(SERVICE, "note_mentions", party="V1", mentions=list(mentions))
    story.do(SERVICE, "note_erased", party="V1", keys=[KEY])
    return story


def test_an_erasure_takes_two_people() -> None:
    rule = data.an_erasure_takes_two_people
    story = ended()
    breaks(story, rule, "officer", "decide_erasure", **ERASE)
    story.do("worker", "propose_data_step", party="V1", step="REMOVE_STORY")
    breaks(story, rule, "officer", "decide_erasure", **ERASE)
    story.do("worker", "propose_data_step", party="V1", step="ERASE")
    keeps(story, rule, "officer", "decide_erasure", **ERASE)


def test_whoever_had_a_part_in_the_case_does_not_decide_to_erase() -> None:
    rule = data.an_erasure_takes_two_people
    story = ended()
    story.do("trainer", "grant_role", about="supervisor", role="DATA_PROTECTION_OFFICER")
    story.do("worker", "propose_data_step", party="V1", step="ERASE")
    breaks(story, rule, "supervisor", "decide_erasure", **ERASE)


def test_only_the_data_protection_officer_decides_on_data() -> None:
    story = after(*referred(), proposed())
    for who in ("supervisor", "worker", "lead", "auditor", "trainer"):
        for name, given in (("decide_erasure", ERASE), ("restrict_data", RESTRICT)):
            with pytest.raises(DeniedInStory):
                story.do(who, name, **given)


def test_lifting_a_restriction_takes_two_people() -> None:
    rule = data.lifting_a_restriction_takes_two_people
    story = ended()
    story.do("officer", "restrict_data", **RESTRICT)
    breaks(story, rule, "officer", "lift_restriction", party="V1", reply=REPLY)
    story.do("worker", "propose_data_step", party="V1", step="LIFT_RESTRICTION")
    keeps(story, rule, "officer", "lift_restriction", party="V1", reply=REPLY)
    assert story.case.data.restricted == frozenset()


def test_a_restriction_wins_over_erasure_until_it_is_lifted_which_can_erase_at_once() -> None:
    rule = data.what_is_restricted_is_not_erased
    story = after(*referred(), proposed())
    story.do("officer", "restrict_data", **RESTRICT)
    story.do("worker", "propose_data_step", party="V1", step="ERASE")
    breaks(story, rule, "officer", "decide_erasure", **ERASE)
    held = story.case.data.of("V1").restriction
    assert held is not None
    assert (held.ground, held.authority, held.review_on) == (
        "EVIDENCE", "PROSECUTION", date(2026, 9, 1),
    )  # fmt: skip
    story.do("worker", "propose_data_step", party="V1", step="LIFT_RESTRICTION")
    story.do("officer", "lift_restriction", party="V1", reply=REPLY, erase="NO_LONGER_NEEDED")
    assert set(story.case.data.being_erased) == {"V1"}
    assert story.case.data.of("O1").gone is None
    free = after(*referred(), proposed())
    keeps(free, rule, "officer", "decide_erasure", **ERASE)


def test_what_is_being_erased_is_not_restricted() -> None:
    rule = data.what_is_being_erased_is_not_restricted
    story = after(*referred(), proposed())
    keeps(story, rule, "officer", "restrict_data", **{**RESTRICT, "party": "O1"})
    story.do("officer", "decide_erasure", **ERASE)
    breaks(story, rule, "officer", "restrict_data", **RESTRICT)


def test_a_story_goes_only_once_everything_has_ended() -> None:
    rule = data.a_story_goes_once_everything_has_ended
    breaks(after(*referred(), proposed("REMOVE_STORY")), rule, "officer", "decide_erasure", **STORY)
    keeps(ended("VICTIM_DECLINED_DOOR_OPEN", proposed("REMOVE_STORY")), rule, "officer",
          "decide_erasure", **STORY)  # fmt: skip


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("told", [True, False])
def test_the_matcher_keeps_only_what_the_person_asked_for_and_was_told_of(
    *, asked: bool, told: bool
) -> None:
    rule = data.what_the_matcher_keeps_is_their_own_wish
    story = after(*referred(), proposed())
    if asked:
        story.do("worker", "stop_contact", party="V1")
    given = {**ERASE, "suppress": True, "told_of_it": told}
    if asked and told:
        keeps(story, rule, "officer", "decide_erasure", **given)
    else:
        breaks(story, rule, "officer", "decide_erasure", **given)


def test_pairs_of_whoever_is_erased_end_and_what_was_booked_with_them_is_off() -> None:
    story = ready("FACE_TO_FACE", more=(proposed(),))
    story.do("officer", "decide_erasure", **ERASE)
    ending = story.case.thread("V1-O1").current.ended
    assert ending is not None
    assert ending.reason is EndReason.DATA_ERASED
    assert all(one.over for one in story.case.interventions.values())


def test_an_erasure_is_done_once_the_service_has_said_so_and_not_before() -> None:
    story = after(*referred(), proposed())
    story.do("officer", "decide_erasure", **ERASE)
    assert story.case.data.of("V1").gone is None
    assert "erasure" in story.waiting()
    story.do(SERVICE, "note_mentions", party="V1")
    assert story.do(SERVICE, "note_mentions", party="V1") == []
    story.do(SERVICE, "note_erased", party="V1", keys=[KEY])
    assert story.do(SERVICE, "note_erased", party="V1", keys=[KEY]) == []
    assert story.case.data.of("V1").gone is Extent.ALL
    assert story.case.data.of("V1").erasures[0].keys == (KEY,)
    assert "erasure" not in story.waiting()


def test_erasing_one_of_two_leaves_what_was_decided_of_the_other_and_their_record() -> None:
    story = ended("VICTIM_DECLINED_DOOR_OPEN", proposed())
    before = story.case.party("O1")
    erased(story)
    assert story.case.party("O1") == before
    assert set(story.case.data.by_party) == {"V1"}


def test_each_text_of_others_about_them_waits_for_a_person_who_redacts_or_keeps_it() -> None:
    other = TEXT[:-1] + "0"
    story = erased(
        after(*referred(), proposed()),
        {"text": TEXT, "owner": "O1"},
        {"text": other, "owner": "case"},
    )
    assert set(story.case.data.mentions) == {TEXT, other}
    with pytest.raises(Nonsense, match="not theirs"):
        story.do("officer", "redact_mention", text=TEXT, owner="case", words="Invented.")
    story.do("officer", "redact_mention", text=TEXT, owner="O1", words="Invented.")
    assert set(story.case.data.redacted) == {TEXT}
    story.do("officer", "keep_mention", text=other, ground="OTHERS_RECORD")
    assert story.case.data.mentions == {}
    assert "mention" not in story.waiting()
    with pytest.raises(Nonsense, match="no text"):
        story.do("officer", "keep_mention", text=other, ground="OTHERS_RECORD")


def test_a_refusal_has_its_ground_and_reply_and_answers_what_was_proposed() -> None:
    story = after(*referred(), proposed())
    assert "decide_on_data" in story.waiting()
    story.do("officer", "refuse_erasure", party="V1", ground="LEGAL_CLAIM", reply=REPLY)
    assert "decide_on_data" not in story.waiting()
    assert story.case.data.of("V1").gone is None
    assert story.history[-1].envelope.data["ground"] == "LEGAL_CLAIM"


@pytest.mark.parametrize("day", ["2026-03-01", "2027-09-01"])
def test_a_restriction_is_looked_at_again_within_a_year(day: str) -> None:
    with pytest.raises(Nonsense, match="review_on"):
        ended().do("officer", "restrict_data", **{**RESTRICT, "review_on": day})


def test_what_is_nobodys_in_particular_is_erased_without_naming_anybody() -> None:
    story = ended()
    story.do("worker", "propose_data_step", step="REMOVE_STORY")
    story.do("officer", "decide_erasure", extent="STORY", ground="RETENTION_ENDED", reply=REPLY)
    assert set(story.case.data.being_erased) == {"case"}


def test_who_comes_back_after_an_erasure_can_be_erased_again() -> None:
    story = erased(ended("VICTIM_DECLINED_DOOR_OPEN", proposed()))
    story.do("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="V1")
    story.do("worker", "propose_data_step", party="V1", step="ERASE")
    erased(story)
    assert len(story.case.data.of("V1").erasures) == 2


def test_a_wish_kept_beyond_an_erasure_is_seen_first_unless_they_ask_themselves() -> None:
    rule = data.a_wish_kept_beyond_an_erasure_is_seen_first
    attempt = {"party": "V1", "channel": "TELEPHONE", "outcome": "NO_RESPONSE"}
    story = after(*referred())
    story.do("service:matcher", "report_suppression", party="V1")
    assert story.do("service:matcher", "report_suppression", party="V1") == []
    breaks(story, rule, "worker", "record_contact_attempt", **attempt)
    story.do("supervisor", "note_wish_seen", party="V1")
    breaks(story, rule, "worker", "record_contact_attempt", **attempt)
    story.do("worker", "note_wish_seen", party="V1")
    keeps(story, rule, "worker", "record_contact_attempt", **attempt)


def test_whoever_proposed_an_erasure_does_not_decide_on_it() -> None:
    rule = data.an_erasure_takes_two_people
    story = ended()
    story.do("service:setup", "grant_role", about="trainer", role="DATA_PROTECTION_OFFICER")
    story.do("trainer", "propose_data_step", party="V1", step="ERASE")
    breaks(story, rule, "trainer", "decide_erasure", **ERASE)
    story.do("worker", "propose_data_step", party="V1", step="ERASE")
    keeps(story, rule, "trainer", "decide_erasure", **ERASE)
