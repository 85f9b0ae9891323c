"""`rj book`, `rj diary` and the verbs beside them, as they are typed."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_nonsense import REFER, told

if TYPE_CHECKING:
    from tests.terminal import Terminal, Typist

DAYS = itertools.count(2)
"""Each test has a day of its own, so that nobody is booked twice by another."""
BY_NIGHT = "Ring after nine, never leave a message (invented)."
KNOWN = {"name": "Vera Example", "safe_way": BY_NIGHT, "address": "1 Invented Street"}


def opened(typist: Typist) -> str:
    victim = {**REFER["parties"][0], "details": KNOWN}
    given = {**REFER, "parties": [victim, *REFER["parties"][1:]]}
    answer = typist.rj("refer", "--from", "-", "--json", given=given)
    assert answer.code == 0, answer.err
    return str(answer.json["stream"])


@pytest.fixture
def day() -> str:
    return (datetime.now(UTC) + timedelta(days=next(DAYS))).strftime("%Y-%m-%d")


@pytest.fixture
def case(typist: Typist) -> str:
    return opened(typist)


def test_whoever_books_is_shown_how_the_person_may_be_reached(
    typist: Typist, case: str, day: str
) -> None:
    typist.rj("do", case, "close-ways", "--party", "V1", "--channels", "letter")
    answer = typist.rj("book", case, "V1", f"{day}T10:30", "--room", "ROOM-2")
    assert answer.code == 0, answer.err
    assert f"V1 said of it: {BY_NIGHT}" in answer.err
    assert "V1 is not to be reached by letter" in answer.err
    assert "Invented Street" not in answer.err + answer.out
    refused = typist.rj("book", case, "V1", f"{day}T12:30", "--channel", "letter")
    told(refused, 1, "only_a_safe_way_is_used")


def test_a_booking_that_takes_somebody_twice_is_recorded_and_told(
    here: Terminal, typist: Typist, case: str, day: str
) -> None:
    first = typist.rj("book", case, "V1", f"{day}T10:30", "--minutes", "90", "--json")
    assert first.json["booked_too"] == []
    assert first.json["reaching"]["said"] == BY_NIGHT
    other = opened(typist)
    second = typist.rj("book", other, "V1", f"{day}T11:00", "--json")
    assert (second.code, second.json["outcome"]) == (0, "accepted")
    assert second.json["booked_too"] == [{"what": here.actor, "case": case}]
    third = typist.rj("book", other, "V1", f"{day}T11:30")
    assert f"{here.actor} is booked for something else then, in {other}" in third.err


def test_the_diary_of_one_practitioner_over_all_their_cases(
    here: Terminal, typist: Typist, case: str, day: str
) -> None:
    typist.rj("book", case, "V1", f"{day}T10:30", "--room", "ROOM-2", "--purpose", "preparation")
    typist.rj("check-in", case, "90", "--party", "V1")
    listed = typist.rj("diary", "--who", "me", "--json").json
    (row,) = [one for one in listed["diary"] if one["case"] == case]
    assert (row["room"], row["staff"], row["about"]) == ("ROOM-2", [here.actor], "V1")
    assert [one["case"] for one in listed["out"] if one["case"] == case] == [case]
    shown = typist.rj("diary", "--to", day)
    assert "Out on a visit now" in shown.out
    assert "D1 preparation" in shown.out
    assert (
        typist.rj("diary", "--from", "2020-01-01", "--to", "2020-01-02", "--json").json["diary"]
        == []
    )
    typist.rj("check-out", case)
    typist.rj("call-off", case, "D1")
    after = typist.rj("diary", "--json").json
    assert case not in {one["case"] for one in (*after["diary"], *after["out"])}


def test_the_diary_of_a_team_has_rooms_who_is_away_and_what_clashes(
    here: Terminal, typist: Typist, case: str, day: str
) -> None:
    other, room = opened(typist), ("--room", "ROOM-7")
    for where in (case, other):
        assert typist.rj("book", where, "V1", f"{day}T10:30", *room).code == 0
    days = ("--starts", day, "--back", f"{day}T23:00")
    assert typist.rj("absent", *days).code == 0
    span = ("--from", day, "--to", day)
    team = typist.rj("diary", "--team", *span, "--json").json
    assert {one["case"] for one in team["diary"]} == {case, other}
    assert [one["away"] for one in team["diary"]] == [[here.actor], [here.actor]]
    assert [(one["who"], one["absence"]["cover"]) for one in team["away"]] == [(here.actor, None)]
    shown = typist.rj("diary", "--team", *span).out
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    booked = f"{day} 10:30 11:30 {case} D1"
    for title in ("Away", "Booked", "Rooms", "Clashes"):
        assert title in lines
    assert any(line.startswith(f"ROOM-7 {booked}") for line in lines)
    clashes = [line for line in lines if line.startswith(f"{here.actor} {booked}")]
    assert [line.partition(" in ")[2] for line in clashes if "booked in" in line] == [other]
    assert [line for line in clashes if line.endswith("away then")]
    assert "Rooms" not in typist.rj("diary", *span).out
    told(typist.rj("diary", "--team", "--who", "me"), 2, "either one practitioner's, or the team's")
    assert typist.rj("back", "--absence", team["away"][0]["absence"]["id"]).code == 0


def test_where_somebody_is_visited_is_in_the_vault_and_in_no_list(
    typist: Typist, case: str, day: str
) -> None:
    given = {"party": "V1", "starts": f"{day}T10:30:00Z", "place": "7 Nowhere Lane (invented)"}
    answer = typist.rj("book", case, "--from", "-", "--json", given=given)
    assert answer.code == 0, answer.err
    for words in (("diary",), ("show", case), ("history", case, "--json")):
        assert "Nowhere" not in typist.rj(*words).out
    assert "Nowhere" in typist.rj("show", case, "--words").out
    told(typist.rj("book", case, "V1", f"{day}T14:30", "--place", "x"), 2, "never typed")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--from", "2026-13-01"), "--from: there is no such day"),
        (("--from", "2026-03-02", "--to", "2026-03-01"), "it lies before --from"),
        (("--who", "Vera"), "reference"),
    ],
)
def test_what_makes_no_sense_is_said(typist: Typist, words: tuple[str, ...], sentence: str) -> None:
    told(typist.rj("diary", *words), 2, sentence)


def test_a_room_is_a_code_and_no_address(typist: Typist, case: str, day: str) -> None:
    answer = typist.rj("book", case, "V1", f"{day}T10:30", "--room", "1 Invented Street")
    told(answer, 2, "room")
    assert "Invented" not in answer.err
