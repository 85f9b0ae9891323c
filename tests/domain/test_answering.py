"""The clocks of the data-protection register: one month, 72 hours, and what stops them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.answering import answer_due
from domain.calendar import local_day, months_after, years_after
from domain.decide import present, tick
from tests.register import Kept, asked, opened
from tests.story import LIMITS, Story


def received(day: str) -> Kept:
    story = Story(now=datetime.fromisoformat(f"{day}T15:00:00+00:00"))
    return opened("record_rights_request", story, right="ACCESS")


def due(kept: Kept) -> str:
    moment = answer_due(kept.dossier)
    assert moment is not None
    return local_day(moment - timedelta(seconds=1)).isoformat()


@pytest.mark.parametrize(
    ("day", "until"),
    [
        ("2026-03-03", "2026-04-07"),  # Good Friday and Easter Monday come between
        ("2026-09-03", "2026-10-05"),  # a Saturday
        ("2027-01-30", "2027-03-01"),  # February has no 30th, and its last day is a Sunday
        ("2026-10-30", "2026-11-30"),
        ("2026-11-28", "2026-12-29"),  # the 28th is a bank holiday in lieu
    ],
)
def test_an_answer_is_due_on_the_corresponding_day_of_the_next_month(day: str, until: str) -> None:
    assert due(received(day)) == until


def test_the_days_of_a_question_which_data_are_meant_do_not_count() -> None:
    kept = received("2026-06-01")
    assert due(kept) == "2026-07-01"
    kept.later(days=3)
    kept.do("ask_requester", what="WHICH_DATA")
    assert answer_due(kept.dossier) is None
    assert "answer_request" not in kept.due()
    kept.later(days=9)
    kept.do("note_request_made_clear")
    # The 4th to the 13th, both included: ten days; the 11th is a Saturday.
    assert due(kept) == "2026-07-13"


def test_the_month_begins_when_it_is_known_who_asks_if_they_had_to_be_asked() -> None:
    kept = received("2026-06-01")
    kept.do("ask_requester", what="WHO_THEY_ARE")
    assert answer_due(kept.dossier) is None
    kept.later(days=7)
    kept.do("identify_requester", how="DOCUMENT_SEEN")
    assert due(kept) == "2026-07-08"


def test_a_request_of_somebody_known_is_due_from_its_receipt() -> None:
    kept = received("2026-06-01")
    kept.later(days=7)
    kept.do("identify_requester", how="KNOWN_TO_STAFF")
    assert due(kept) == "2026-07-01"


def test_an_extension_brings_two_months_more() -> None:
    kept = asked()
    first = answer_due(kept.dossier)
    kept.do("extend_request", reasons="Invented.")
    assert answer_due(kept.dossier) == months_after(kept.story.now, 3) != first


def test_what_is_not_done_in_time_is_on_record_once_and_still_to_be_done() -> None:
    kept = opened("record_data_breach", kind="LOST")
    kept.later(hours=72)
    kept.later(hours=1)
    assert kept.events.count("dossier_clock_missed") == 2
    missed = {name for name, _, _ in kept.dossier.missed}
    assert missed == {"assess_breach", "notify_commissioner"}
    assert missed <= set(kept.due())
    kept.do("assess_data_breach", risk="HIGH_RISK", reasons="Invented.")
    assert {"notify_commissioner", "tell_of_breach", "close_breach"} == set(kept.due())


def test_where_a_risk_is_unlikely_no_notice_is_owed() -> None:
    kept = opened("record_data_breach", kind="LOST")
    kept.do("assess_data_breach", risk="RISK_UNLIKELY", reasons="Invented.")
    assert set(kept.due()) == {"close_breach"}


def test_what_is_granted_is_to_be_done_and_answered() -> None:
    kept = asked("ERASURE_OF_DATA")
    assert set(kept.due()) == {"answer_request"}
    kept.do("decide_request", decision="WHOLLY_GRANTED")
    assert set(kept.due()) == {"answer_request", "carry_out_request"}


@pytest.mark.parametrize(
    ("opens", "given", "then", "more"),
    [
        ("record_rights_request", {"right": "ACCESS"}, "withdraw_request", {}),
        ("record_data_breach", {"kind": "LOST"}, "assess_data_breach",
         {"risk": "HIGH_RISK", "reasons": "Invented."}),
        ("record_notes_request", {"by": "DEFENCE"}, "decide_notes_request",
         {"decision": "NOT_GRANTED", "ground": "NOT_NECESSARY", "necessary": False,
          "proportionate": False, "reasons": "Invented."}),
    ],
)  # fmt: skip
def test_what_is_entered_as_of_a_day_before_the_entry_was_made_leaves_it_readable(
    opens: str, given: dict[str, str], then: str, more: dict[str, object]
) -> None:
    kept = opened(opens, **given)
    earlier = (kept.story.now - timedelta(days=3)).isoformat()
    kept.do(then, effective_at=earlier, **more)
    assert kept.dossier.opened_at == kept.story.now
    assert len(kept.events) == 2


def test_a_request_for_notes_is_to_be_decided_and_then_answered() -> None:
    kept = opened("record_notes_request", by="DEFENCE")
    assert set(kept.due()) == {"decide_notes"}
    kept.do("decide_notes_request", decision="NOT_GRANTED", ground="NOT_NECESSARY",
            necessary=False, proportionate=False, reasons="Invented.")  # fmt: skip
    assert set(kept.due()) == {"answer_notes"}


def test_the_clock_knows_when_it_has_to_tell_and_after_the_answer_waits_for_the_review() -> None:
    kept = asked()
    history = kept.story.streams[kept.stream]
    now = present(history, LIMITS)
    assert (now.stage, now.open, now.next_due) == ("DOSSIER", True, answer_due(kept.dossier))
    kept.do("withdraw_request")
    over = present(history, LIMITS)
    review = years_after(kept.story.now, 3)
    assert (over.stage, over.open, over.next_due) == ("DOSSIER_CLOSED", True, review)
    assert tick(history, review - timedelta(seconds=1), LIMITS) == ()
    assert [draft.event.name() for draft in tick(history, review, LIMITS)] == [
        "dossier_clock_missed"
    ]
