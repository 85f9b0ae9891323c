"""A setting that makes no sense is told by its name before anything starts, and never taken."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

import health
import migrate
import worker
from cli.ending import Ended
from cli.installed import settings_now
from domain.limits import Limits
from settings import Mistyped, Settings, from_environment

if TYPE_CHECKING:
    from collections.abc import Callable

LISTS = ("follow_up", "follow_up_days")
TABLES = ("contact_plan", "retention")
SINGLE = sorted(set(Limits.model_fields) - {*LISTS, *TABLES})
IN_CALENDAR_DAYS = {"before_lapse", "letter_review"}
IN_MINUTES = {"check_out_minutes", "visitor_safe_minutes", "visitor_alarm_minutes"}
NOW_AND_THEN = {"service_silence", "risk_review", "later_stage", "recommended"}
"""Looked at now and then, and nobody's next step."""
FOURTEEN_MISTYPED = "1400"


def told(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> str:
    """Return what is said of this value, which is not taken."""
    monkeypatch.setenv(variable, value)
    with pytest.raises(Mistyped) as mistyped:
        from_environment()
    (sentence,) = mistyped.value.sentences
    return sentence


@pytest.mark.parametrize("value", [FOURTEEN_MISTYPED, "61", "0", "-3", "soon", "2.5", ""])
@pytest.mark.parametrize("name", sorted({*SINGLE} - IN_CALENDAR_DAYS - IN_MINUTES))
def test_no_clock_of_the_service_is_longer_than_three_months_or_shorter_than_a_day(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    sentence = told(monkeypatch, f"RJ_LIMITS__{name.upper()}", value)
    assert sentence.startswith(f"RJ_LIMITS__{name.upper()}: ")
    assert not value or value not in sentence.removesuffix(" 60")


@pytest.mark.parametrize("name", sorted({*SINGLE} - IN_CALENDAR_DAYS - IN_MINUTES - NOW_AND_THEN))
def test_the_services_own_next_step_is_never_more_than_four_weeks_away(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    assert "less than or equal to" in told(monkeypatch, f"RJ_LIMITS__{name.upper()}", "21")


@pytest.mark.parametrize("value", [FOURTEEN_MISTYPED, "732", "27", "0", "soon"])
@pytest.mark.parametrize("name", sorted(IN_CALENDAR_DAYS))
def test_what_is_counted_in_calendar_days_is_between_four_weeks_and_two_years(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    assert told(monkeypatch, f"RJ_LIMITS__{name.upper()}", value)


@pytest.mark.parametrize("value", [FOURTEEN_MISTYPED, "121", "4", "0", "soon"])
@pytest.mark.parametrize("name", sorted(IN_MINUTES))
def test_whoever_is_not_back_from_a_visit_is_looked_for_within_minutes(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    assert told(monkeypatch, f"RJ_LIMITS__{name.upper()}", value)


@pytest.mark.parametrize(("name", "code"), [("information", 5), ("information_enhanced_rights", 1)])
def test_information_may_not_be_promised_later_than_the_victims_code_says(
    monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    assert getattr(Limits(**{name: code}), name) == code
    assert told(monkeypatch, f"RJ_LIMITS__{name.upper()}", str(code + 1))


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("FOLLOW_UP", "[2, 1000]", ", number 2: input should be less than or equal to 60"),
        ("FOLLOW_UP", "[0, 2]", ", number 1: input should be greater than or equal to 1"),
        ("FOLLOW_UP", "[]", ": tuple should have at least 1 item"),
        ("FOLLOW_UP", "[10, 2]", ": each has to be later than the one before it"),
        ("FOLLOW_UP", "[2, 2]", ": each has to be later than the one before it"),
        ("FOLLOW_UP", "[1, 2, 3, 4, 5, 6, 7]", ": tuple should have at most 6 items"),
        ("FOLLOW_UP_DAYS", "[91, 1820]", ", number 2: input should be less than or equal to 731"),
        ("FOLLOW_UP_DAYS", "[9]", ", number 1: input should be greater than or equal to 28"),
        ("FOLLOW_UP_DAYS", "[182, 91]", ": each has to be later than the one before it"),
        ("ACKNOWLEGE", "2", ": there is no such setting"),
    ],
)
def test_each_follow_up_comes_in_its_time_and_after_the_one_before(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, sentence: str
) -> None:
    found = told(monkeypatch, f"RJ_LIMITS__{variable}", value)
    assert found.startswith(f"RJ_LIMITS__{variable}{sentence}")


def test_what_is_no_list_is_told_with_the_variables_that_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "RJ_LIMITS__FOLLOW_UP" in told(monkeypatch, "RJ_LIMITS__FOLLOW_UP", "2, 10")


@pytest.mark.parametrize(
    ("variable", "least", "most", "wrong"),
    [
        ("RJ_ANSWER_WITHIN", "0.5", "300", ["0", "-1", "301", "inf", "nan", "1e9"]),
        ("RJ_DRAFT_DAYS", "1", "366", ["0", "-30", "3650"]),
        ("RJ_CONTINUE_AFTER_EVENTS", "20", "10000", ["19", "100000"]),
        ("RJ_UP_PORT", "1", "65535", ["0", "65536"]),
    ],
)
def test_other_numbers_have_their_bounds_too(
    monkeypatch: pytest.MonkeyPatch, variable: str, least: str, most: str, wrong: list[str]
) -> None:
    for value in (least, most):
        monkeypatch.setenv(variable, value)
        given = getattr(from_environment(), variable.removeprefix("RJ_").lower())
        assert given == type(given)(value)
    for value in wrong:
        assert told(monkeypatch, variable, value).startswith(f"{variable}: ")


def test_all_that_is_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RJ_LIMITS__TASK", "0")
    monkeypatch.setenv("RJ_DRAFT_DAYS", "0")
    with pytest.raises(Mistyped) as mistyped:
        from_environment()
    assert len(mistyped.value.sentences) == 2


@pytest.mark.parametrize(
    ("main", "code"),
    [(worker.main, 2), (migrate.main, 2), (health.main, 1)],
    ids=["worker", "migration", "health"],
)
def test_what_is_started_says_so_and_ends(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    main: Callable[[], Any],
    code: int,
) -> None:
    monkeypatch.setenv("RJ_LIMITS__ACKNOWLEDGE", FOURTEEN_MISTYPED)
    # A worker that did start would take this process with it.
    monkeypatch.setattr(worker, "_leave", sys.exit)
    monkeypatch.setattr("resource.setrlimit", lambda *_: None)
    try:
        ended = main()
    except SystemExit as stopped:
        ended = stopped.code
    out, err = capfd.readouterr()
    assert (ended, out) == (code, "")
    assert err == "RJ_LIMITS__ACKNOWLEDGE: input should be less than or equal to 20\n"


def test_at_the_terminal_it_is_told_as_what_was_mistyped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RJ_LIMITS__ACKNOWLEDGE", FOURTEEN_MISTYPED)
    with pytest.raises(Ended) as ended:
        settings_now()
    assert ended.value.failure.outcome == "nonsense"
    assert ended.value.failure.sentences[0].startswith("RJ_LIMITS__ACKNOWLEDGE: ")


def test_the_defaults_are_within_their_bounds() -> None:
    Limits(**Settings().limits.model_dump())
    for name, field in {**Limits.model_fields, **Settings.model_fields}.items():
        if field.annotation in (int, float):
            bounds = {type(mark).__name__ for mark in field.metadata}
            assert {"Ge", "Le"} <= bounds, name


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("SENSITIVE_COMPLEX__LEAD", "FOUNDATION", "the table of acts asks for ADVANCED at least"),
        ("STANDARD__LEAD", "FOUNDATION", "the table of acts asks for INTERMEDIATE at least"),
        ("SUPERVISE__ANY_OF", '["AWARENESS"]', "the table of acts asks for SUPERVISION"),
        ("IN_DATE__SUPERVISION_WEEKS", "13", "input should be less than or equal to 12"),
        ("IN_DATE__SUPERVISON_WEEKS", "12", "there is no such setting"),
        ("STANDARD__LEAD", "EXPERT", "input should be 'FOUNDATION', 'INTERMEDIATE' or 'ADVANCED'"),
    ],
)
def test_a_matrix_below_the_table_of_acts_is_not_taken(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, sentence: str
) -> None:
    found = told(monkeypatch, f"RJ_COMPETENCE__{variable}", value)
    assert found.startswith(f"RJ_COMPETENCE__{variable}: {sentence}")


def test_a_matrix_that_asks_for_more_is_taken_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RJ_COMPETENCE__IN_DATE__SUPERVISION_WEEKS", "8")
    monkeypatch.setenv("RJ_COMPETENCE__SENSITIVE_COMPLEX", '{"endorsements": ["YOUTH_RJ"]}')
    taken = from_environment().competence
    assert taken.in_date.supervision_weeks == 8
    assert taken.sensitive_complex.endorsements == ("YOUTH_RJ",)
    assert taken.sensitive_complex.lead == "ADVANCED"


def test_what_is_no_json_of_the_matrix_is_told_as_the_matrix(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told_of = told(monkeypatch, "RJ_COMPETENCE__SUPERVISE__ANY_OF", "SUPERVISION")
    assert told_of.startswith("RJ_COMPETENCE, ")


def test_the_forms_that_an_area_offers_are_codes_of_the_catalogue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert told(monkeypatch, "RJ_FORMS", '["CIRCUS"]').startswith("RJ_FORMS, number 1: ")
    assert told(monkeypatch, "RJ_FORMS", "CIRCLE").startswith("RJ_FORMS is not JSON, ")
    monkeypatch.setenv("RJ_FORMS", '["CIRCLE", "OTHER_INDIRECT"]')
    assert from_environment().forms == {"CIRCLE", "OTHER_INDIRECT"}


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("ATTEMPTS", "2", "input should be greater than or equal to 3"),
        ("ATTEMPTS", "6", "input should be less than or equal to 5"),
        ("CHANNELS", "1", "input should be greater than or equal to 2"),
        ("DAYS_APART", "4", "input should be greater than or equal to 5"),
        ("DAYS_APART", "soon", "input should be a valid integer"),
        ("OFFERS", "4", "input should be less than or equal to 3"),
        ("LATER_OFFER_DAYS", "30", "input should be greater than or equal to 365"),
        ("ATEMPTS", "3", "there is no such setting"),
    ],
)
def test_a_contact_plan_that_presses_or_gives_up_too_soon_is_not_taken(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, sentence: str
) -> None:
    found = told(monkeypatch, f"RJ_LIMITS__CONTACT_PLAN__{variable}", value)
    assert found.startswith(f"RJ_LIMITS__CONTACT_PLAN__{variable}: {sentence}")


def test_a_contact_plan_is_taken_number_by_number_or_as_a_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RJ_LIMITS__CONTACT_PLAN", '{"attempts": 4, "channels": 3}')
    monkeypatch.setenv("RJ_LIMITS__CONTACT_PLAN__DAYS_APART", "10")
    plan = from_environment().limits.contact_plan
    assert (plan.attempts, plan.channels, plan.days_apart) == (4, 3, 10)
    monkeypatch.setenv("RJ_LIMITS__CONTACT_PLAN", "4")
    with pytest.raises(Mistyped, match="RJ_LIMITS__CONTACT_PLAN"):
        from_environment()


@pytest.mark.parametrize(
    "value",
    [
        '{"derbyshire": {"controller": "A", "regime": "UK_GDPR"}}',
        '{"A": {"controller": "a name", "regime": "UK_GDPR"}}',
        '{"A": {"controller": "A", "regime": "GDPR"}}',
        '{"A": {"controller": "A"}}',
        "LE_PART3",
    ],
)
def test_an_organisation_is_set_with_its_controller_and_its_regime(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    assert told(monkeypatch, "RJ_ORGANISATIONS", value).startswith("RJ_ORGANISATIONS")
