"""`rj visit`: several commands typed in one file, or on standard input."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_nonsense import REFER, SECRET, told, version

if TYPE_CHECKING:
    from tests.terminal import Typed, Typist

WISH = {"command": "record_wish", "party": "V1", "wish": "BE_TOLD_OUTCOME"}
CONCERN = {"command": "raise-concern", "concern": "DANGER", "account": SECRET}
TRIED = {
    "command": "record_contact_attempt",
    "party": "V1",
    "channel": "TELEPHONE",
    "outcome": "NO_RESPONSE",
}
STOP = {"command": "stop_contact", "party": "V1"}


@pytest.fixture
def case(typist: Typist) -> str:
    answer = typist.rj("refer", "--from", "-", "--json", "--at", "2026-01-05", given=REFER)
    assert answer.code == 0, answer.err
    return str(answer.json["stream"])


def visit(typist: Typist, case: str, *parts: Any, more: tuple[str, ...] = ()) -> Typed:
    lines = "\n\n".join(one if isinstance(one, str) else json.dumps(one) for one in parts)
    return typist.rj("visit", case, "--from", "-", *more, given=lines)


def test_a_visit_that_was_days_ago_and_on_paper_is_typed_at_once(typist: Typist, case: str) -> None:
    before = version(typist, case)
    own = {**WISH, "effective_at": "2026-01-08T09:30:00Z"}
    more = ("--at", "2026-01-07T14:00", "--paper", "--json")
    answer = visit(typist, case, own, CONCERN, more=more)
    assert answer.code == 0, answer.err
    assert answer.json["version"] == version(typist, case) > before
    entries = typist.rj("history", case, "--json").json["entries"][before:]
    assert {entry["command"] for entry in entries} == {answer.json["command_id"]}
    when = {entry["event"]: entry["effective_at"][:10] for entry in entries}
    assert when["wish_recorded"] == "2026-01-08"
    assert when["concern_raised"] == "2026-01-07"
    assert {entry["origin"] for entry in entries} == {"paper"}


def test_a_refused_visit_names_the_part_and_what_protects_is_recorded_all_the_same(
    typist: Typist, case: str
) -> None:
    before = version(typist, case)
    more = ("--command-id", "the-visit-of-tuesday")
    answer = visit(typist, case, WISH, STOP, TRIED, more=more)
    told(answer, 1, "part 3 (record_contact_attempt): nobody_who_asked_not_to_be_contacted")
    told(answer, 1, "recorded all the same, since it stops, slows or protects: part 2 (stop_cont")
    assert "record it by itself" not in answer.err
    assert recorded(typist, case, before) == ["contact_stopped"]

    again = visit(typist, case, WISH, STOP, TRIED, more=more)
    told(again, 2, "recorded by itself already, when the rest of this visit was not accepted: part")
    assert "record it by itself now" not in again.err
    assert recorded(typist, case, before) == ["contact_stopped"]


def test_a_no_is_recorded_though_whoever_brings_it_may_do_nothing_else_of_the_visit(
    typist: Typist, case: str
) -> None:
    before = version(typist, case)
    called = ("practitioners", "register", "pcso", "--organisation", "ELSEWHERE", "--json")
    somebody = str(typist.rj(*called).json["stream"])
    answer = visit(typist, case, WISH, STOP, more=("--as", somebody, "--json"))
    assert answer.code == 1
    assert answer.json["recorded"] == [{"part": 2, "command": "stop_contact"}]
    assert recorded(typist, case, before) == ["contact_stopped"]


def recorded(typist: Typist, case: str, before: int) -> list[str]:
    entries = typist.rj("history", case, "--json").json["entries"][before:]
    return [entry["event"] for entry in entries]


def test_a_no_need_not_wait_until_a_slip_beside_it_is_found(typist: Typist, case: str) -> None:
    answer = visit(typist, case, {**WISH, "wish": SECRET}, STOP)
    told(answer, 2, "part 1 (record_wish): wish: Input should be")
    assert "record it by itself now: part 2 (stop_contact)" in answer.err


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ((WISH, "{bad"), "standard input, line 3 is not JSON"),
        ((), "there is no part in it"),
        (({"party": "V1"},), "part 1: say which command it is"),
        ((WISH, {"command": SECRET}), "part 2: there is no such command"),
        ((WISH, {**WISH, "wish": SECRET}), "part 2 (record_wish): wish: Input should be"),
        ((WISH, {"command": "allocate_case"}), "part 2: allocate_case is no part of a visit"),
        ((WISH, {**STOP, "party": "V7"}), "part 2 (stop_contact): there is no person V7"),
    ],
)
def test_what_makes_no_sense_in_a_visit_is_said_of_its_part(
    typist: Typist, case: str, parts: tuple[Any, ...], sentence: str
) -> None:
    before = version(typist, case)
    told(visit(typist, case, *parts), 2, sentence)
    assert version(typist, case) == before
