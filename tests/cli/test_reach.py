"""`rj reach`: what whoever is about to be in touch sees before anything is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.test_nonsense import told
from tests.terminal import typed

if TYPE_CHECKING:
    from tests.terminal import Typist

BY_DAY = "Ring before four, and never leave a message (invented)."
KNOWN = {"name": "Vera Example", "safe_way": BY_DAY}
PEOPLE = [
    {"party": "V1", "role": "DIRECT_VICTIM", "details": KNOWN},
    {"party": "O1", "role": "OFFENDER"},
]


@pytest.fixture(scope="module")
def intake(typist: Typist) -> str:
    entry = ("register", "service-staff", "--organisation", "derbyshire_rj", "--roles=intake")
    return str(typed(typist, "practitioners", *entry, "--credentials=awareness")["stream"])


@pytest.fixture
def case(typist: Typist, intake: str) -> str:
    refer = {"source": "PCSO", "initiator": "VICTIM_INITIATED", "parties": PEOPLE}
    opened = typed(typist, "refer", "--from", "-", given=refer, actor=intake)
    return str(opened["stream"])


def test_ways_that_are_not_safe_and_every_attempt_are_told_and_no_name(
    typist: Typist, case: str, intake: str
) -> None:
    assert "V1: welcome, by these ways." in typist.rj("reach", case, "v1", actor=intake).out
    typed(typist, "unsafe", case, "V1", "letter")
    typed(typist, "tried", case, "V1", "telephone", "message-left", actor=intake)
    said = typist.rj("reach", case, "V1", actor=intake).out
    assert "V1: not now." in said
    plan = "The plan: 3 attempts in all, 5 working days apart, by 2 ways at least."
    assert f"Tried without an answer so far: 1. {plan}" in " ".join(said.split())
    (line,) = [line for line in said.splitlines() if "message left" in line]
    assert line.split()[-1] == intake
    found = typed(typist, "reach", case, "V1", actor=intake)
    (letter,) = [way for way in found["ways"] if way["channel"] == "LETTER"]
    assert [one["code"] for one in letter["against"]] == ["only_a_safe_way_is_used"]
    assert [one["code"] for one in found["against"]] == ["attempts_come_days_apart"]
    assert (found["plan"]["attempts"], found["plan"]["days_apart"]) == (3, 5)
    assert "Vera" not in said


def test_what_they_said_of_it_and_who_interprets_are_told_as_they_are_to_whoever_books(
    typist: Typist, case: str, intake: str
) -> None:
    speaks = {"party": "S1", "role": "INTERPRETER", "of": "V1"}
    typed(typist, "do", case, "add-party", "--from", "-", given=speaks, actor=intake)
    typed(typist, "unsafe", case, "V1", "letter")
    said = typist.rj("reach", case, "V1", actor=intake).out
    for line in (f"V1 said of it: {BY_DAY}", "V1 is not to be reached by letter", "S1 interprets"):
        assert line in said
    booked = typed(typist, "book", case, "V1", "2031-03-04T10:30", actor=intake)
    assert booked["reaching"] == typed(typist, "reach", case, "V1", actor=intake)["reaching"]
    told(typist.rj("reach", case, "Zenobia", actor=intake), 2, "named by their code")


def test_the_ways_that_somebody_calls_safe_are_named_in_a_word_and_no_other_is_used(
    typist: Typist, case: str, intake: str
) -> None:
    typed(typist, "safe", case, "V1", "telephone,email", "--asked-by", "V1", actor=intake)
    found = typed(typist, "reach", case, "V1", actor=intake)
    welcome = {way["channel"] for way in found["ways"] if not way["against"]}
    assert welcome == {"TELEPHONE", "EMAIL"}
    refused = typist.rj("tried", case, "V1", "letter", "no-response", actor=intake)
    assert "only_a_safe_way_is_used" in refused.err


def test_the_look_is_written_down_and_whoever_may_not_see_the_case_is_told_nothing(
    typist: Typist, case: str
) -> None:
    entry = ("register", "pcso", "--organisation", "elsewhere", "--roles=case-worker")
    stranger = str(typed(typist, "practitioners", *entry)["stream"])
    denied = typist.rj("reach", case, "V1", actor=stranger)
    assert denied.code == 1
    assert "V1" not in denied.out
    officer = ("register", "service-staff", "--organisation", "derbyshire_rj")
    dpo = typed(typist, "practitioners", *officer, "--roles=data-protection-officer")["stream"]
    looks = typed(typist, "audit", "access", "--case", case, actor=dpo)
    assert "DENIED" in {look["outcome"] for look in looks["looks"]}
