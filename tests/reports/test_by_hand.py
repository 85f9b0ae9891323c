"""Every number against a few cases counted by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.words import InterventionType, OwnSide
from reports import DEFINITIONS, Asked, Months, count
from reports.parts import EQUALITY, WAYS
from tests.domain.situations import ready, under_way
from tests.domain.test_rules_forms_offered import held, ready_for
from tests.reports.stories import counted_by_hand, staff
from tests.reports.stories import told as of_story
from tests.steps import step

if TYPE_CHECKING:
    from reports import Counted, Told

YEAR = Months.typed("2026")
Cell = tuple[int, int | None]
Expected = tuple[Cell, dict[str, Cell]]

HAND: dict[str, Expected] = {
    # Seven cases were referred, and the on-the-spot one was not; two of them are one matter.
    "referrals@1": ((7, None), {}),
    "referrals@2": ((7, None), {"PCSO": (7, None)}),
    "cases@1": ((6, None), {}),
    "pairs@1": ((6, None), {}),
    "people@1": ((12, None), {"VICTIM": (6, None), "OFFENDER": (6, None)}),
    # One of six victims was never told.
    "information@1": ((6, 5), {"ORDINARY": (6, 5)}),
    "information@2": ((6, 5), {"ORDINARY": (6, 5)}),
    # All victims but the one; and the offenders of MET, TIME and the letter, not who had a message.
    "contact@1": ((12, 8), {"VICTIM": (6, 5), "OFFENDER": (6, 3)}),
    # A facilitator met the victim who was to meet a stand-in, too.
    "offer@1": ((8, 7), {"VICTIM": (5, 4), "OFFENDER": (3, 3)}),
    "offer@2": ((8, 1), {"VICTIM": (5, 1), "OFFENDER": (3, 0)}),
    "engagement@1": ((8, 7), {"VICTIM": (5, 4), "OFFENDER": (3, 3)}),
    "choice@1": ((6, 6), {"VICTIM": (3, 3), "OFFENDER": (3, 3)}),
    # A meeting with a stand-in, a letter outside of an exchange, and the street count for none.
    "reached-direct@1": ((6, 1), {}),
    "reached-indirect@1": ((6, 0), {}),
    "reached-any@1": ((6, 1), {}),
    "reached-direct@2": (
        (3, 0),
        {
            "VICTIM_WITHDREW": (1, 0),
            "COMPLETED_INDIRECT": (1, 0),
            "RESOLVED_LOCALLY": (1, 0),
        },
    ),
    "reached-indirect@2": (
        (3, 0),
        {
            "VICTIM_WITHDREW": (1, 0),
            "COMPLETED_INDIRECT": (1, 0),
            "RESOLVED_LOCALLY": (1, 0),
        },
    ),
    "reached-any@2": (
        (3, 0),
        {
            "VICTIM_WITHDREW": (1, 0),
            "COMPLETED_INDIRECT": (1, 0),
            "RESOLVED_LOCALLY": (1, 0),
        },
    ),
    # Vera and Otto, who met.
    "reached-direct@3": ((12, 2), {"VICTIM": (6, 1), "OFFENDER": (6, 1)}),
    "reached-indirect@3": ((12, 0), {"VICTIM": (6, 0), "OFFENDER": (6, 0)}),
    "reached-any@3": ((12, 2), {"VICTIM": (6, 1), "OFFENDER": (6, 1)}),
    "interventions@1": ((2, None), {"FACE_TO_FACE": (1, None), "PROXY_MEETING": (1, None)}),
    "interventions@2": ((1, None), {"LETTER": (1, None)}),
    "ended@1": (
        (3, None),
        {
            "VICTIM_WITHDREW": (1, None),
            "COMPLETED_INDIRECT": (1, None),
            "RESOLVED_LOCALLY": (1, None),
        },
    ),
    "alone@1": ((1, None), {"SUPPORT_ONLY": (1, None)}),
    "local-resolutions@1": ((1, None), {}),
    # Told by telephone on the day of the referral: all but the one.
    "first-contact@1": ((5, None), {"0": (5, None)}),
    "first-contact-asked@1": ((0, None), {}),
    # Monday to Tuesday twice; and from Monday to Monday in two weeks, all of it the victim's own.
    # The one who was to meet a stand-in was met on the day of the referral.
    "first-meeting@1": ((4, None), {"0": (2, None), "1-2": (2, None)}),
    "first-meeting-asked@1": ((1, None), {"6-10": (1, None)}),
    # From Saturday to the Sunday of the week after: Monday to Friday.
    "to-intervention@1": ((1, None), {"3-5": (1, None)}),
    "to-intervention-asked@1": ((0, None), {}),
    # The apology, and the money both of MET and of the street; what is due in 2027 is not yet.
    "agreements@1": ((4, 3), {"APOLOGY": (2, 2), "MONEY": (2, 1)}),
    "response@1": ((2, 1), {"VICTIM": (1, 1), "OFFENDER": (1, 0)}),
    "satisfaction@1": ((1, 1), {"VICTIM": (1, 1)}),
    "copes-better@1": ((1, 1), {"VICTIM": (1, 1)}),
    "felt-safe@1": ((1, 0), {"VICTIM": (1, 0)}),
    "withdrawals@1": ((1, None), {"VICTIM:IN_PREPARATION": (1, None)}),
    "withdrawals@2": ((1, None), {"VICTIM:IN_PREPARATION": (1, None)}),
    "withdrawal-causes@1": ((1, None), {"CIRCUMSTANCES_CHANGED": (1, None)}),
    "withdrawal-causes@2": ((1, None), {"CIRCUMSTANCES_CHANGED": (1, None)}),
    "adverse-events@1": ((1, None), {"AFTER": (1, None)}),
    "complaints@1": ((2, None), {"UPHELD": (1, None), "NOT_ANSWERED_YET": (1, None)}),
    "causes@1": ((1, None), {"CAPACITY": (1, None)}),
}
STAFF: dict[str, Expected] = {
    # lead, co, advanced and intermediate, all kept in date a month ago.
    "in-date@1": ((4, 4), {"ADVANCED": (1, 1), "INTERMEDIATE": (2, 2), "FOUNDATION": (1, 1)}),
    "supervised@1": ((4, 4), {"ADVANCED": (1, 1), "INTERMEDIATE": (2, 2), "FOUNDATION": (1, 1)}),
    "observed@1": ((4, 4), {"ADVANCED": (1, 1), "INTERMEDIATE": (2, 2), "FOUNDATION": (1, 1)}),
}
OTHERWISE = {"breaches@1", "path@1", "caseload@1"}
"""What has a test of its own below."""


@pytest.fixture(scope="module")
def cases() -> list[Told]:
    return counted_by_hand()


def table(told: list[Told], name: str, by: str | None = None) -> Counted:
    asked = Asked(DEFINITIONS[name], by or DEFINITIONS[name].by)
    return count(told, [asked]).table(asked, YEAR)


def cells(found: Counted) -> Expected:
    rows = {row.part: (row.counted or 0, row.met) for row in found.rows if row.counted}
    return (found.total.counted or 0, found.total.met), rows


def test_every_number_is_counted_by_hand_somewhere() -> None:
    assert {*HAND, *STAFF} | OTHERWISE == set(DEFINITIONS)


@pytest.mark.parametrize("name", HAND)
def test_a_number_is_what_somebody_counts_by_hand(cases: list[Told], name: str) -> None:
    assert cells(table(cases, name)) == HAND[name]


@pytest.mark.parametrize("name", STAFF)
def test_who_is_in_date_is_counted_as_it_stands(name: str) -> None:
    assert cells(table(staff(), name)) == STAFF[name]


def test_breaches_are_counted_by_the_clock_that_was_missed(cases: list[Told]) -> None:
    (_, by_clock) = cells(table(cases, "breaches@1"))
    assert by_clock["information"] == (1, None)
    missed = [c.wait for told in cases for c in told.case.clocks.values()]
    assert {clock: n for clock, (n, _) in by_clock.items() if clock != "explain_missed"} == {
        wait: missed.count(wait) for wait in missed
    }


def test_the_path_of_a_pair_is_told_from_step_to_step(cases: list[Told]) -> None:
    (_, steps) = cells(table([cases[1]], "path@1"))
    assert [*steps] == [
        "CONSENTED_OFFENDER>RISK_DECIDED",
        "CONSENTED_VICTIM>CONSENTED_OFFENDER",
        "INFORMED_VICTIM>INTERESTED_VICTIM",
        "INTERESTED_VICTIM>NEEDS_TIME",
        "MET_OFFENDER>RESPONSIBILITY_FOUND",
        "MET_VICTIM>MET_OFFENDER",
        "NEEDS_TIME>MET_VICTIM",
        "PLANNED>WITHDREW",
        "REFERRED>INFORMED_VICTIM",
        "RESPONSIBILITY_FOUND>CONSENTED_VICTIM",
        "RISK_DECIDED>PLANNED",
        "WITHDREW>ENDED",
    ]
    assert set(steps.values()) == {(1, None)}


def test_cases_in_hand_are_those_with_a_pair_under_way(cases: list[Told]) -> None:
    # MET, the late one, the stand-in's matter and the merged one; somebody leads each of them.
    assert cells(table(cases, "caseload@1")) == ((4, 4), {})


def test_where_two_cases_were_merged_both_referrals_count_and_one_case(cases: list[Told]) -> None:
    both = cases[-2:]
    assert [table(both, n).total.counted for n in ("referrals@1", "cases@1", "people@1")] == [
        2,
        1,
        2,
    ]


def test_each_form_that_an_area_offers_is_counted_by_its_own_name() -> None:
    kinds = [InterventionType.CIRCLE, InterventionType.OTHER_INDIRECT]
    cases = [of_story(held(ready_for(kind), kind)) for kind in kinds]
    assert cells(table(cases, "interventions@1")) == (
        (2, None),
        {"CIRCLE": (1, None), "OTHER_INDIRECT": (1, None)},
    )
    for name, reached in (("direct", 1), ("indirect", 1), ("any", 2)):
        assert cells(table(cases, f"reached-{name}@1"))[0] == (2, reached)


def test_work_that_is_no_intervention_is_counted_apart_and_in_no_rate() -> None:
    agreed = step("lead", "record_agreement", thread="V1-O1",
                  items=[{"party": "O1", "kind": "REPAIR_OR_RETURN"}])  # fmt: skip
    works = [
        step("lead", "record_own_side_work", party=party, kind=str(kind))
        for kind, party in zip(OwnSide, ("V1", "V1", "O1", "V1", "O1", "O1"), strict=True)
    ]
    cases = [of_story(ready(more=(agreed, *works)))]
    alone = cells(table(cases, "alone@1"))
    assert alone == ((6, None), {str(kind): (1, None) for kind in OwnSide})
    assert cells(table(cases, "interventions@1")) == ((0, None), {})
    for name in ("reached-direct@1", "reached-indirect@1", "reached-any@1"):
        assert cells(table(cases, name))[0] == (1, 0)


def test_what_people_said_of_themselves_is_counted_and_its_absence_too(cases: list[Told]) -> None:
    found = cells(table(cases, "people@1", "age"))[1]
    # Vera was born in 1984 and Otto in 1999, in each of the six cases.
    assert found == {"40-59": (6, None), "25-39": (6, None)}
    assert cells(table(cases, "people@1", "sex"))[1] == {"NOT_SAID": (12, None)}


@pytest.mark.parametrize("by", WAYS)
def test_the_parts_come_to_the_total_however_it_is_broken_down(cases: list[Told], by: str) -> None:
    for name in DEFINITIONS:
        found = table([*cases, *staff()], name, by)
        if found.rows:
            assert sum(row.counted or 0 for row in found.rows) == found.total.counted
            assert sum(row.met or 0 for row in found.rows) == (found.total.met or 0)


def test_a_part_is_never_more_than_its_whole(cases: list[Told]) -> None:
    for name, one in DEFINITIONS.items():
        if one.met is not None:
            assert one.met.within is one.counted
            rows = table(cases, name).rows
            assert all((row.met or 0) <= (row.counted or 0) for row in rows)


@pytest.mark.parametrize(
    "name",
    [
        *("information@1", "contact@1", "offer@1", "engagement@1", "choice@1", "reached-any@3"),
        *("first-contact@1", "first-meeting@1", "agreements@1", "response@1", "satisfaction@1"),
        *("withdrawals@1", "withdrawals@2", "complaints@1"),
    ],
)
def test_every_rate_about_people_can_be_broken_down_by_who_they_are(
    cases: list[Told], name: str
) -> None:
    found = cells(table(cases, name, "age"))[1]
    assert set(found) <= {"25-39", "40-59"}
    assert set(found)


def test_a_harmful_exchange_is_an_adverse_event_while_it_was_under_way() -> None:
    harm = step("lead", "raise_concern", concern="ADVERSE_EVENT")
    lived = [of_story(under_way("FACE_TO_FACE", harm)), of_story(ready(more=(harm,)))]
    assert cells(table(lived, "adverse-events@1"))[1] == {
        "DURING": (1, None),
        "BEFORE_START": (1, None),
    }


def test_equality_is_read_of_the_vault_and_of_nothing_else(cases: list[Told]) -> None:
    blind = [type(t)(t.stream, t.entries, type(t.sources)(t.sources.at), t._known) for t in cases]
    for by in EQUALITY:
        assert {*cells(table(blind, "people@1", by))[1]} == {"NOT_SAID"}
