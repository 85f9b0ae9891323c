"""That staff see what is about a whole case: in court, with partners, complaints."""

from __future__ import annotations

from cli.sheet import parts
from cli.wording import words_of
from domain.words import RiskItem
from tests.domain.expected_outward import (
    COMPLAINED,
    CORRECTED,
    COURT_DATES,
    HEARING,
    REFERRED_ON,
    TO_VICTIM_SUPPORT,
)
from tests.domain.matters import merged, two, within
from tests.domain.situations import after
from tests.domain.test_rules_elsewhere import linked
from tests.steps import explored, offender, referred, step, victim


def shown(*steps: object) -> dict[str, list[str]]:
    story = after(*referred(), *steps)  # type: ignore[arg-type]
    found = parts(story.case, (), story.now, None, "Example Service")
    return {part.title: [" | ".join(row) for row in part.rows] for part in found}


def test_staff_see_where_a_case_goes_on_and_what_it_took_over() -> None:
    story, earlier = two()
    merged(story, earlier)
    later = story.case_id
    for case, row in ((later, f"goes on in | {earlier}"), (earlier, f"took over | {later}")):
        with within(story, case):
            found = {
                p.title: p.rows for p in parts(story.case, (), story.now, None, "Example Service")
            }
        assert [" | ".join(one) for one in found["The same matter"]] == [
            f"{row} | V1 is V1 there, O1 is O1 there"
        ]


def test_staff_see_when_the_court_sits_and_that_a_report_is_owed() -> None:
    said = shown(HEARING)["In court"]
    assert len(said) == 1
    assert said[0].startswith("H1 | O1 | deferred sentence | ")
    assert "27" in said[0]
    assert said[0].endswith("a report is owed")


def test_staff_see_what_became_of_a_referral_onward() -> None:
    told = step("worker", "record_onward_result", onward="R1", result="COMPLETED")
    said = shown(TO_VICTIM_SUPPORT, REFERRED_ON, told)["Referred onward"]
    assert "victim support service | over (completed)" in said[0]


def test_staff_see_how_far_a_complaint_is() -> None:
    assert "received" in shown(COMPLAINED)["Complaints"][0]


def test_staff_see_what_was_found_of_the_risk_and_when_it_is_looked_at_again() -> None:
    item = {"thread": "V1-O1", "finding": "Invented."}
    of_one = {"item": "MOTIVE", "party": "O1", "remains": True, "review_on": "2026-04-14T12:00Z"}
    of_both = {"item": "ONGOING_CONTACT"}
    looks = (step("lead", "record_risk_item", **item, **more) for more in (of_one, of_both))
    assert shown(*explored(), *looks)["Risk, item by item"] == [
        f"V1-O1 | {words_of(RiskItem.MOTIVE)} | O1 | a risk is left | Tue 2026-04-14",
        f"V1-O1 | {words_of(RiskItem.ONGOING_CONTACT)} | both | no risk is left | —",
    ]


def test_staff_see_what_people_wish_of_courts_and_partners() -> None:
    people = shown(COURT_DATES, TO_VICTIM_SUPPORT, step("auditor", "decline_feedback", party="V1"))[
        "People"
    ]
    assert "to be told when the court sits" in people[0]
    assert "victim support service may hear of them" in people[0]
    assert "not to be asked how it was" in people[0]
    assert "In court" not in shown()


def test_staff_see_that_somebody_appears_in_another_case_and_not_which_it_is() -> None:
    story, earlier = linked()
    found = {p.title: p.rows for p in parts(story.case, (), story.now, None, "Example Service")}
    (row,) = found["The same person"]
    assert row[:2] == ("V1", "appears in another case, too (rj person says more)")
    assert earlier not in str(found["The same person"])


def test_a_child_who_appears_nowhere_else_is_not_said_to() -> None:
    young = victim(role="CHILD_VICTIM")
    story = after(*referred(young, offender()))
    titles = {p.title for p in parts(story.case, (), story.now, None, "Example Service")}
    assert "The same person" not in titles


def test_staff_see_what_was_passed_on_and_who_is_to_hear_that_it_was_wrong() -> None:
    said = shown(TO_VICTIM_SUPPORT, REFERRED_ON, CORRECTED)
    (line,) = said["Passed on"]
    assert line.startswith("11 | V1 | victim support service | name, needs | their wish | ")
    (wrong,) = said["To be told"]
    assert wrong.startswith("N12-11 | V1 | victim support service | it was wrong | ")


def test_staff_see_which_edition_of_the_privacy_information_somebody_had() -> None:
    given = step("worker", "give_privacy_information", party="V1", channel="IN_PERSON",
                 edition="2026.1", form="EASY_READ")  # fmt: skip
    (had,) = shown(given)["Told of their data"]
    assert had.startswith("V1 | 2026.1 | in easy words | ")
