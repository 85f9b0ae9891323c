"""Role by operation by kind of case: what the table gives is given, nothing else, and each attempt
is written down.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from access import Outcome
from client import Denied, ReasonAsked, What, Why
from domain.permissions import View
from domain.words import LookReason, StaffRole
from projections import cases as listed
from projections import catch_up, open_views, waiting
from tests.access.cells import (
    KINDS,
    LOG,
    OTHERS,
    RELATIONS,
    ROLES,
    SEES,
    TABLE,
    Cells,
    asks_why,
    made,
)
from tests.desk import desk_in
from tests.looks import how_many, since
from tests.terminal import Terminal, Typist
from up import installation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from domain.practitioner import Practitioner

EVERYBODY = [*ROLES, *OTHERS]
WORDS = "Vera"
"""Stands in the words of every case, and nowhere else."""
WHY = ["--reason", "supervising"]


@pytest.fixture(scope="module")
async def cells(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cells]:
    async with desk_in(tmp_path_factory.mktemp("cells")) as desk:
        yield made(desk)


@pytest.fixture(scope="module")
def typist(cells: Cells) -> Iterator[Typist]:
    settings = cells.desk.settings
    installation.found(settings.folder)
    somebody = Typist(Terminal(settings.folder, settings.key_folder))
    yield somebody
    somebody.end()


def read(cells: Cells, role: str, case: str, letter: str, why: Why) -> Any:
    """Read it; return what was handed over."""
    readings = cells.desk.door.readings
    actor, asking = cells.actor(role), readings.because(why)
    if letter == "c":
        return asking.case_as_it_is(actor, case, "TEST")
    if letter == "h":
        return asking.history(actor, case, "TEST")
    if letter == "r":
        return asking.referral(actor, case, "TEST")
    if letter == "b":
        return asking.case_as_at(actor, case, "TEST", known_at=datetime.now(UTC))
    log = cells.desk.recorder.turns.log
    refs = [p.details for e in log.load(case) if (p := e.event) and hasattr(p, "details")]
    return asking.words(actor, case, [ref for ref in refs if ref], "TEST")


def test_the_table_knows_every_role(cells: Cells) -> None:
    assert {role for role, _ in SEES} == {*StaffRole, *OTHERS}
    assert len(TABLE.strip().split("\n")) == len(StaffRole) + len(OTHERS) + 1


@pytest.mark.parametrize("role", EVERYBODY)
def test_at_the_door_nothing_leaks_and_each_attempt_is_written_down(
    cells: Cells, role: str
) -> None:
    leaks, missing, unwritten = [], [], []
    door = cells.desk.door
    number = how_many(door)
    outcomes: list[tuple[str, str, Outcome]] = []
    for relation in RELATIONS:
        for kind in KINDS:
            for letter in "chwbr":
                case = cells.case(role, relation, kind)
                may = letter in SEES[role, relation]
                for why in (Why(), Why(LookReason.SUPERVISING)):
                    asked = may and why.reason is None and asks_why(role, kind, letter)
                    try:
                        read(cells, role, case, letter, why)
                        outcome = Outcome.GIVEN
                    except Denied:
                        outcome = Outcome.DENIED
                    except ReasonAsked:
                        outcome = Outcome.REASON_ASKED
                    outcomes.append((case, letter, outcome))
                    cell = (relation, kind, letter, why.reason)
                    if outcome is Outcome.GIVEN and (asked or not may):
                        leaks.append(cell)
                    if may and outcome is not (Outcome.REASON_ASKED if asked else Outcome.GIVEN):
                        missing.append(cell)
    written = since(door, number)
    named = {"c": View.CASE, "h": View.HISTORY, "w": View.WORDS, "b": View.BOTH_CLOCKS}
    named["r"] = View.REFERRAL
    found = [(look.about, look.view, look.outcome) for look in written]
    expected = [((case,), named[letter], outcome) for case, letter, outcome in outcomes]
    unwritten = [one for one in expected if one not in found]
    assert (leaks, missing, unwritten) == ([], [], [])
    assert found == expected
    assert {look.actor.id for look in written} == {cells.people[role]}


@pytest.mark.parametrize("role", EVERYBODY)
def test_no_list_shows_what_the_reader_may_not_see(cells: Cells, role: str) -> None:
    door, settings = cells.desk.door, cells.desk.settings
    views = open_views(settings.database("views"), settings.limits)
    catch_up(door.admission.log, views)
    number = how_many(door)

    def all_cases(who: Practitioner) -> set[str]:
        queue = waiting(views, who, datetime.now(UTC))
        rows = [*(c.case for c in listed(views, who)), *(w.case for w in queue)]
        return {row for row in rows if row.startswith("RJ-")}

    what = What(View.OVERVIEW)
    if role in OTHERS:
        with pytest.raises(Denied):
            door.readings.listing(cells.actor(role), what, "TEST", all_cases, list)
        assert since(door, number)[-1].outcome is Outcome.DENIED
        return
    shown = door.readings.listing(cells.actor(role), what, "TEST", all_cases, list)
    assert shown & set(cells.cases.values()) == cells.expected(role)
    (look,) = since(door, number)
    assert set(look.about) == shown


@pytest.mark.parametrize("role", EVERYBODY)
def test_the_glass_is_broken_only_for_safety_in_ones_own_area_and_never_with_a_conflict(
    cells: Cells, role: str
) -> None:
    works = role in ("INTAKE", "CASE_WORKER", "FACILITATOR", "SPECIALIST", "SUPERVISOR")
    for relation in RELATIONS:
        for reason in LookReason:
            may = "c" in SEES[role, relation]
            emergency = reason in (LookReason.SAFEGUARDING, LookReason.DANGER)
            near = relation in ("theirs", "own", "somebodys", "referred")
            number = how_many(cells.desk.door)
            why = Why(reason, glass=True)
            case = cells.case(role, relation, "usual")
            if may or (works and emergency and near):
                read(cells, role, case, "c", why)
            else:
                with pytest.raises(Denied):
                    read(cells, role, case, "c", why)
            (look,) = since(cells.desk.door, number)
            assert look.glass is (not may and works and emergency and near)
            assert look.reason is reason


@pytest.mark.parametrize("role", EVERYBODY)
def test_over_rj_nothing_leaks(cells: Cells, typist: Typist, role: str) -> None:
    wrong = []
    lines = {"c": ("show",), "w": ("show", "--words"), "h": ("history",)}
    lines["r"] = ("referral",)
    for relation in RELATIONS:
        for kind in ("usual", "sensitive"):
            for letter, (verb, *more) in lines.items():
                case = cells.case(role, relation, kind)
                sees = SEES[role, relation]
                may = letter in sees and (letter != "w" or "c" in sees)
                reasons = [[]] if not asks_why(role, kind, letter) else [[], WHY]
                for reason in reasons:
                    line = (verb, case, *more, *reason)
                    answer = typist.rj(*line, actor=cells.people[role])
                    told = case in answer.out or WORDS in answer.out or "referral" in answer.out
                    given = may and (bool(reason) or not asks_why(role, kind, letter))
                    if told is not given or (answer.code == 0) is not given:
                        wrong.append((line, answer.code, answer.out[:80], answer.err[:120]))
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", ["cases", "waiting", "team"])
def test_over_rj_lists_show_what_the_reader_may_see(
    cells: Cells, typist: Typist, role: str, verb: str
) -> None:
    before = how_many(cells.desk.door)
    answer = typist.rj(verb, "--json", actor=cells.people[role])
    assert answer.code == 0, answer.err
    every = set(cells.cases.values())
    shown = {case for case in every if case in answer.out}
    assert shown <= cells.expected(role)
    if verb == "cases":
        assert shown == cells.expected(role)
    look = since(cells.desk.door, before)[-1]
    assert (look.actor.id, look.view) == (cells.people[role], "OVERVIEW")
    assert shown <= set(look.about)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", ["access", "alerts", "review"])
def test_over_rj_the_access_log_is_for_the_data_protection_officer(
    cells: Cells, typist: Typist, role: str, verb: str
) -> None:
    before = how_many(cells.desk.door)
    answer = typist.rj("audit", verb, "--json", actor=cells.people[role])
    look = since(cells.desk.door, before)[-1]
    assert (look.actor.id, look.view) == (cells.people[role], "ACCESS_LOG")
    assert (answer.code == 0) is (role in LOG)
    assert look.outcome is (Outcome.GIVEN if role in LOG else Outcome.DENIED)
    if role not in LOG:
        assert "RJ-" not in answer.out


@pytest.mark.parametrize("role", EVERYBODY)
def test_what_is_kept_of_somebody_is_gathered_by_the_data_protection_officer_only(
    cells: Cells, role: str
) -> None:
    for relation in RELATIONS:
        for kind in KINDS:
            case, before = cells.case(role, relation, kind), how_many(cells.desk.door)
            given = gathers(cells, role, case)
            assert given is (role in LOG and relation != "conflicted")
            look = since(cells.desk.door, before)[-1]
            assert (look.view, look.about) == ("GATHERED", (case,))
            assert look.outcome is (Outcome.GIVEN if given else Outcome.DENIED)


def gathers(cells: Cells, role: str, case: str) -> bool:
    readings = cells.desk.door.readings
    try:
        with readings.reading(cells.actor(role), What(View.GATHERED, case), "TEST") as entries:
            return bool(entries)
    except Denied:
        return False
