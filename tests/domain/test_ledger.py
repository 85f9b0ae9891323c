"""What went to whom about a person; and that whoever had it hears that it was wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.command import COMMANDS, Command
from domain.errors import Nonsense
from domain.event import EVENTS
from domain.ids import reference
from domain.ledger import TABLE
from tests.domain.situations import after, explored_case
from tests.paths import PATHS
from tests.playing import play
from tests.register import asked, opened
from tests.steps import referred, step
from tests.story import DeniedInStory, RefusedInStory, Story

ONWARD = {"party": "V1", "service": "VICTIM_SUPPORT_SERVICE", "items": ["NAME", "NEEDS"]}
REFERRED_ON = (
    step("worker", "record_onward_wish", **ONWARD),
    step("worker", "refer_onward", **ONWARD),
)
TO_POLICE = step("auditor", "record_disclosure", party="O1", recipient="POLICE",
                 ground="SERIOUS_CRIME", items=["WHEREABOUTS"])  # fmt: skip
WRONG: dict[str, Any] = {"party": "V1", "items": ["NAME"], "account": "Invented."}


def lines(story: Story) -> set[tuple[str | None, str, str]]:
    return {(one.party, one.recipient, one.basis) for one in story.case.ledger.lines.values()}


def to_tell(story: Story) -> set[str]:
    return {str(one.recipient) for one in story.case.ledger.to_tell.values()}


def test_every_command_that_discloses_something_has_an_event_in_the_ledger() -> None:
    """The access log and the ledger are two records of one thing: neither may forget any."""
    outward = {name for name, c in COMMANDS.items() if c.disclosed_to is not Command.disclosed_to}
    assert outward == {
        "record_disclosure", "refer_onward", "involve_youth_service", "report_to_court",
    }  # fmt: skip
    names = {event.name() for event in TABLE}
    assert names == {
        "information_disclosed", "referred_onward", "youth_service_involved",
        "court_report_made", "passed_on", "letter_delivered", "answer_given", "message_carried",
    }  # fmt: skip
    assert names <= set(EVENTS)


def test_each_line_says_what_went_to_whom_when_and_on_which_basis() -> None:
    story = after(*referred(), *REFERRED_ON, TO_POLICE)
    assert lines(story) == {
        ("V1", "VICTIM_SUPPORT_SERVICE", "THEIR_WISH"),
        ("O1", "POLICE", "SERIOUS_CRIME"),
    }
    details = story.case.party("V1").details
    first = min(story.case.ledger.lines.values(), key=lambda one: one.entry)
    assert details is not None
    assert first.details == details.id
    assert first.at == story.history[first.entry - 1].effective_at


def test_a_line_keeps_the_version_of_the_details_that_went() -> None:
    story = after(*referred(), *REFERRED_ON)
    went = story.case.party("V1").details
    story.do("worker", "change_details", party="V1", details={"name": "Somebody Invented"})
    assert went is not None
    (line,) = story.case.ledger.lines.values()
    assert line.details == went.id != story.case.party("V1").details.id  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("path", "event"),
    [
        ("letter", "letter_delivered"),
        ("written", "answer_given"),
        ("shuttle", "message_carried"),
    ],
)
def test_what_one_person_hears_of_the_other_is_in_the_ledger_with_its_text(
    path: str, event: str
) -> None:
    story = play(PATHS[path])
    heard = [entry for entry in story.history if entry.name == event]
    assert heard
    for entry in heard:
        line = story.case.ledger.lines[entry.version]
        assert {line.party, line.recipient} == {"V1", "O1"}
        assert line.text


def test_everybody_who_was_given_the_wrong_fact_is_to_be_told_and_nobody_else() -> None:
    story = after(*referred(), *REFERRED_ON, TO_POLICE)
    story.do("officer", "correct_fact", **{**WRONG, "items": ["WHEREABOUTS"]})
    assert to_tell(story) == set()
    story.do("officer", "correct_fact", **WRONG)
    assert to_tell(story) == {"VICTIM_SUPPORT_SERVICE"}
    assert "recipient_told" in story.waiting()
    (notice,) = story.case.ledger.to_tell
    story.do("worker", "record_recipient_told", notice=notice)
    assert to_tell(story) == set()
    assert "recipient_told" not in story.waiting()
    with pytest.raises(Nonsense):
        story.do("worker", "record_recipient_told", notice=notice)


def test_where_it_is_not_on_record_what_went_it_may_have_been_that() -> None:
    child = {"party": "O1", "role": "CHILD_OFFENDER", "stage": "GUILTY_PLEA_PRE_SENTENCE"}
    story = after(
        *referred({"party": "V1", "role": "DIRECT_VICTIM"}, child),
        step("worker", "involve_youth_service", party="O1"),
    )
    story.do("officer", "correct_fact", party="O1", items=["OFFENCE"], account="Invented.")
    assert to_tell(story) == {"YOUTH_JUSTICE_SERVICE"}


def test_whoever_was_given_it_while_it_was_right_is_not_told() -> None:
    story = after(*referred(), *REFERRED_ON)
    went = next(iter(story.case.ledger.lines.values())).at
    since = went + timedelta(minutes=1)
    story.now += timedelta(hours=1)
    story.do("officer", "correct_fact", **WRONG, wrong_since=since.isoformat())
    assert to_tell(story) == set()


def test_whoever_asked_not_to_be_contacted_is_not_a_task() -> None:
    story = play(PATHS["letter"])
    said = {"items": ["WHAT_WAS_SAID"], "account": "Invented."}
    author = next(one.party for one in story.case.ledger.lines.values() if one.text)
    story.do("officer", "correct_fact", party=author, **said)
    (reader,) = to_tell(story)
    assert "recipient_told" in story.waiting()
    story.do("auditor", "stop_contact", party=reader)
    assert to_tell(story) == {reader}
    assert "recipient_told" not in story.waiting()


def test_why_somebody_cannot_be_told_is_said() -> None:
    story = after(*referred(), *REFERRED_ON)
    story.do("supervisor", "correct_fact", **WRONG)
    (notice,) = story.case.ledger.to_tell
    cannot = {"notice": notice, "outcome": "CANNOT_BE_TOLD"}
    with pytest.raises(Nonsense, match="say why"):
        story.do("worker", "record_recipient_told", **cannot)
    story.do("worker", "record_recipient_told", **cannot, account="Invented.")
    assert to_tell(story) == set()


@pytest.mark.parametrize("who", ["worker", "lead", "auditor", "intake"])
def test_a_fact_is_put_right_by_whoever_answers_for_it(who: str) -> None:
    with pytest.raises(DeniedInStory):
        after(*referred()).do(who, "correct_fact", **WRONG)


def test_a_request_to_correct_is_done_by_the_entry_that_corrects() -> None:
    story = after(*referred(), *REFERRED_ON)
    request = asked("RECTIFICATION", story, about=[{"case": story.case_id, "party": "V1"}])
    request.do("decide_request", decision="WHOLLY_GRANTED")
    with pytest.raises(Nonsense, match="does nothing of what was asked"):
        request.do("note_carried_out", case=story.case_id, entry=1)
    (entry,) = story.do("officer", "correct_fact", **WRONG)
    request.do("note_carried_out", case=story.case_id, entry=entry.version)
    assert set(request.due()) == {"answer_request"}


def test_what_is_kept_and_not_used_instead_is_done_by_a_restriction_only() -> None:
    story = after(*referred())
    request = asked("ERASURE_OF_DATA", story)
    request.do("decide_request", decision="RESTRICTED_INSTEAD", ground="KEPT_AS_EVIDENCE",
               reasons="Invented.")  # fmt: skip
    assert "carry_out_request" in request.due()
    (corrected,) = story.do("officer", "correct_fact", **WRONG)
    with pytest.raises(Nonsense):
        request.do("note_carried_out", case=story.case_id, entry=corrected.version)
    (kept,) = story.do("officer", "restrict_data", party="V1", ground="EVIDENCE",
                       authority="COURT", review_on="2026-09-01", reply="Invented.")  # fmt: skip
    request.do("note_carried_out", case=story.case_id, entry=kept.version)
    assert set(request.due()) == {"answer_request"}


def test_what_is_kept_and_not_used_is_told_once_to_whom_it_was_passed_on_outside() -> None:
    story = play(PATHS["letter"])
    author = next(one.party for one in story.case.ledger.lines.values() if one.text)
    story.do("worker", "record_disclosure", party=author, recipient="POLICE", ground="DANGER",
             items=["NAME"])  # fmt: skip
    kept = {"party": author, "ground": "EVIDENCE", "authority": "COURT", "reply": "Invented."}
    at = story.now
    story.do("officer", "restrict_data", **kept, review_on=f"{at + timedelta(days=90):%Y-%m-%d}")
    assert to_tell(story) == {"POLICE"}
    story.do("supervisor", "record_recipient_told", notice=next(iter(story.case.ledger.to_tell)))
    story.now += timedelta(hours=1)
    story.do("officer", "restrict_data", **kept, review_on=f"{at + timedelta(days=99):%Y-%m-%d}")
    assert to_tell(story) == set()


def test_nobody_is_named_who_is_not_in_the_case() -> None:
    story = after(*referred())
    other = reference("RJ", "nothing-there")
    for about in ({"case": story.case_id, "party": "V9"}, {"case": other, "party": "V1"}):
        with pytest.raises(Nonsense):
            asked("ACCESS", story, about=[about])


def test_what_is_given_on_a_request_for_notes_stands_in_the_ledger_of_the_case() -> None:
    story = explored_case()
    notes = opened("record_notes_request", story, by="DEFENCE", account="Invented.",
                   about=[{"case": story.case_id, "party": "V1"}])  # fmt: skip
    notes.do("decide_notes_request", decision="PARTLY_GRANTED", ground="RIGHTS_OF_OTHERS",
             necessary=True, proportionate=True, reasons="Invented.")  # fmt: skip
    given = {"party": "V1", "ground": "REQUEST_FOR_NOTES", "items": ["WHAT_WAS_SAID"]}
    (police,) = story.do("officer", "record_disclosure", recipient="POLICE", **given)
    (defence,) = story.do("officer", "record_disclosure", recipient="DEFENCE", **given)
    with pytest.raises(Nonsense, match="gives nothing to whoever asked"):
        notes.do("note_notes_given", case=story.case_id, entry=police.version)
    notes.do("note_notes_given", case=story.case_id, entry=defence.version)
    notes.do("answer_notes_request", reply="Invented.", channel="LETTER")
    assert not notes.dossier.open
    assert (str(notes.dossier.notes.decided_by), notes.dossier.notes.given) == (  # type: ignore[union-attr]
        story.someone("officer"),
        ((story.case_id, defence.version),),
    )


def test_it_is_on_record_which_edition_of_the_privacy_information_somebody_had_and_how() -> None:
    story = after(*referred())
    story.do("worker", "give_privacy_information", party="V1", channel="IN_PERSON",
             edition="2026.1", form="EASY_READ")  # fmt: skip
    had = story.case.party("V1").privacy
    assert had is not None
    assert (had.edition, had.form, had.at) == ("2026.1", "EASY_READ", story.now)
    assert story.case.party("O1").privacy is None


def test_nobody_is_given_it_who_asked_not_to_be_contacted() -> None:
    story = after(*referred())
    story.do("auditor", "stop_contact", party="V1")
    with pytest.raises(RefusedInStory, match="nobody_who_asked_not_to_be_contacted"):
        story.do("worker", "give_privacy_information", party="V1", channel="LETTER",
                 edition="2026.1")  # fmt: skip
