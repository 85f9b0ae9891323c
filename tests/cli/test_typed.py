"""What is typed after an option, turned into what the field takes; and times, in London."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import domain.decide  # noqa: F401 - loads every command
from cli.fields import CommandField, fields_of
from cli.moments import NoMoment, moment, shown, shown_day
from cli.typed import NotTyped, value_of
from domain.command import COMMANDS


def field(command: str, name: str) -> CommandField:
    return next(f for f in fields_of(COMMANDS[command]) if f.name == name)


@pytest.mark.parametrize(
    ("command", "name", "typed", "value"),
    [
        ("refer", "source", ["police-officer"], "POLICE_OFFICER"),
        ("refer", "source", ["Police_Officer"], "POLICE_OFFICER"),
        ("refer", "reported_on", ["2026-11-22"], "2026-11-22"),
        (
            "refer",
            "parties",
            ["v1=direct-victim", "O1=OFFENDER, s1 = advocate"],
            [
                {"party": "V1", "role": "DIRECT_VICTIM"},
                {"party": "O1", "role": "OFFENDER"},
                {"party": "S1", "role": "ADVOCATE"},
            ],
        ),
        ("record_consent", "thread", ["v1-o1"], "V1-O1"),
        ("record_consent", "scopes", ["shuttle,follow-up", "recording"], [
            "SHUTTLE", "FOLLOW_UP", "RECORDING",
        ]),
        ("end_thread", "told", ["v1=told-why,o1=not-reached"], {
            "V1": "TOLD_WHY", "O1": "NOT_REACHED",
        }),
        ("make_later_offer", "kind", ["historic-offer"], "HISTORIC_OFFER"),
        ("check_item", "items", ["1,2", "25"], [1, 2, 25]),
        ("record_development", "hours", ["2.5"], 2.5),
        ("give_answer", "asked_for", ["yes"], True),
        ("plan_intervention", "for_when", ["2026-12-01T14:00"], "2026-12-01T14:00:00+00:00"),
        ("plan_intervention", "for_when", ["2026-07-01T14:00"], "2026-07-01T13:00:00+00:00"),
        ("refer", "basis", ["assessment"], {"kind": "ASSESSMENT"}),
        ("refer", "why", ["other"], {"code": "OTHER"}),
        ("give_information", "leaflet", ["What-it-is.v2"], "What-it-is.v2"),
    ],
)  # fmt: skip
def test_a_value_is_typed_as_is_easiest(
    command: str, name: str, typed: list[str], value: object
) -> None:
    assert value_of(field(command, name), typed) == value


@pytest.mark.parametrize(
    ("command", "name", "typed", "told"),
    [
        ("refer", "source", "polcie-officer", "did you mean police-officer?"),
        ("refer", "initiator", "zebedee", "one of victim-initiated"),
        ("refer", "parties", "V1", "PARTY=ROLE"),
        ("refer", "parties", "V1=direct-victim=zebedee", "PARTY=ROLE"),
        ("refer", "reported_on", "2026-02-30", "no such day"),
        ("refer", "reported_on", "zebedee", "written as 2026-11-22"),
        ("record_consent", "thread", "zebedee", "V1-O1"),
        ("end_thread", "told", "zebedee", "NAME=VALUE"),
        ("check_item", "items", "zebedee", "a whole number"),
        ("record_development", "hours", "zebedee", "a number"),
        ("give_answer", "asked_for", "zebedee", "yes or no"),
        ("allocate_case", "lead", "PR-24Z5986W-F", "does not go with the others"),
    ],
)
def test_what_does_not_fit_is_told_without_being_repeated(
    command: str, name: str, typed: str, told: str
) -> None:
    with pytest.raises(NotTyped) as error:
        value_of(field(command, name), [typed])
    assert told in str(error.value)
    assert field(command, name).option in str(error.value)
    assert "zebedee" not in str(error.value)


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        ("2026-11-22", "2026-11-22T00:00"),
        ("2026-07-22", "2026-07-21T23:00"),
        ("2026-07-22T14:30", "2026-07-22T13:30"),
        ("2026-07-22 14:30", "2026-07-22T13:30"),
        ("2026-07-22T14:30Z", "2026-07-22T14:30"),
        ("2026-10-25T01:30+01:00", "2026-10-25T00:30"),
        ("2026-10-25T01:30+00:00", "2026-10-25T01:30"),
    ],
)
def test_a_time_is_meant_in_london_unless_it_says_otherwise(typed: str, utc: str) -> None:
    assert moment(typed) == datetime.fromisoformat(f"{utc}:00+00:00")


def test_a_day_alone_can_mean_its_end() -> None:
    end = datetime(2026, 7, 22, 23, tzinfo=UTC) - timedelta(microseconds=1)
    assert moment("2026-07-22", end_of_day=True) == end
    assert moment("2026-07-22T10:00", end_of_day=True) == datetime(2026, 7, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2026-10-25T01:30", "came twice"),
        ("2026-03-29T01:30", "never that time"),
        ("2026-13-01T10:00", "no such day or hour"),
        ("2026-02-30", "no such day"),
        ("0001-01-01T00:00+14:00", "outside of the calendar"),
        ("yesterday", "2026-11-22T14:30"),
        ("1795363200", "2026-11-22T14:30"),
        ("", "2026-11-22T14:30"),
    ],
)
def test_what_is_no_time_is_told_plainly(typed: str, told: str) -> None:
    with pytest.raises(NoMoment) as error:
        moment(typed)
    assert told in str(error.value)


def test_times_are_shown_in_london_and_what_is_due_by_midnight_on_its_day() -> None:
    assert shown(datetime(2026, 7, 22, 13, 30, tzinfo=UTC)) == "2026-07-22 14:30"
    assert shown_day(datetime(2026, 7, 22, 23, 0, tzinfo=UTC)) == "Wed 2026-07-22"
    assert shown(None) == shown_day(None) == "—"
