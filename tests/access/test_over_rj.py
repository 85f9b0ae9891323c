"""`rj` and the access log: every look leaves its entry, reasons are asked, the officer reviews."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from access import Outcome
from cli.app import _LAZY, _LOOK
from domain.words import LookReason, Operation, Relation
from tests.access.cells import made
from tests.cases import ATTEMPT
from tests.desk import desk_in
from tests.looks import how_many, looks, since
from tests.terminal import Terminal
from up import installation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from access import Look
    from tests.access.cells import Cells

DPO = "DATA_PROTECTION_OFFICER"


@pytest.fixture(scope="module")
async def cells(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cells]:
    async with desk_in(tmp_path_factory.mktemp("few")) as desk:
        installation.found(desk.settings.folder)
        yield made(desk, kinds=("usual", "sensitive"))


@pytest.fixture(scope="module")
def here(cells: Cells) -> Terminal:
    return Terminal(cells.desk.settings.folder, cells.desk.settings.key_folder)


def typed(cells: Cells, here: Terminal, role: str, *words: str, **more: str) -> Any:
    place = Terminal(here.data, here.keys, actor=cells.people[role], more=more)
    return place.rj(*words)


def new(cells: Cells, before: int) -> list[Look]:
    return since(cells.desk.door, before)


def number(cells: Cells) -> int:
    return how_many(cells.desk.door)


LINES: dict[str, tuple[str, ...]] = {
    "cases": (),
    "show": ("CASE",),
    "person": ("CASE", "V1"),
    "history": ("CASE",),
    "referral": ("CASE",),
    "waiting": (),
    "diary": (),
    "reach": ("CASE", "V1"),
    "consulted": ("CASE",),
    "matches": ("CASE",),
    "find": ("--identified", "known-to-staff", "--from", "-"),
    "team": (),
    "report": ("people",),
    "seen": ("CASE", "a-command-id"),
}
"""What is typed after each verb that looks; `audit` and `rights` have verbs of their own."""


def test_every_verb_that_looks_leaves_an_entry(cells: Cells, here: Terminal) -> None:
    verbs = {name for group, name, *_ in _LAZY if group is _LOOK} - {"audit", "rights"}
    assert verbs == set(LINES)
    case = cells.case("SUPERVISOR", "own", "usual")
    for verb, words in LINES.items():
        before = number(cells)
        given = json.dumps({"name": "Vera Example"}) if verb == "find" else ""
        place = Terminal(here.data, here.keys, actor=cells.people["SUPERVISOR"])
        place.rj(verb, *(case if word == "CASE" else word for word in words), given=given)
        found = new(cells, before)
        assert found, verb
        assert {look.actor.id for look in found} == {cells.people["SUPERVISOR"]}, verb


def test_a_sensitive_case_asks_why_and_the_reason_is_recorded(cells: Cells, here: Terminal) -> None:
    case = cells.case("FACILITATOR", "theirs", "sensitive")
    asked = typed(cells, here, "FACILITATOR", "show", case, "--json")
    assert (asked.code, asked.json["outcome"]) == (1, "reason_asked")
    assert "my-work" in asked.json["reasons"]
    assert case not in asked.out + asked.err
    before = number(cells)
    assert case in typed(cells, here, "FACILITATOR", "show", case, "--reason", "my-work").out
    (look,) = new(cells, before)
    assert (look.reason, look.outcome) == (LookReason.MY_WORK, Outcome.GIVEN)


def test_a_reason_that_is_none_is_nonsense(cells: Cells, here: Terminal) -> None:
    case = cells.case("FACILITATOR", "theirs", "sensitive")
    before = number(cells)
    for words in (["--reason", "zebedee"], ["--break-glass"]):
        answer = typed(cells, here, "FACILITATOR", "show", case, *words)
        assert answer.code == 2
        assert "zebedee" not in answer.err
    assert new(cells, before) == []


def test_broken_glass_opens_the_case_and_the_officer_sees_it(cells: Cells, here: Terminal) -> None:
    case = cells.case("CASE_WORKER", "somebodys", "usual")
    assert typed(cells, here, "CASE_WORKER", "show", case).code == 1
    line = ("show", case, "--break-glass", "--reason", "danger")
    assert case in typed(cells, here, "CASE_WORKER", *line).out
    told = typed(cells, here, DPO, "audit", "alerts", "--json").json["alerts"]
    mine = {a["rule"] for a in told if a["actor"] == cells.people["CASE_WORKER"]}
    assert mine == {"broke_the_glass", "looked_at_a_case_that_is_not_theirs"}


def test_the_officer_sees_who_looked_at_a_case_and_that_is_itself_logged(
    cells: Cells, here: Terminal
) -> None:
    case = cells.case("INTAKE", "theirs", "usual")
    typed(cells, here, "INTAKE", "history", case)
    found = typed(cells, here, DPO, "audit", "access", "--case", case, "--json").json["looks"]
    assert {one["actor"]["id"] for one in found} >= {cells.people["INTAKE"]}
    assert all(case in one["about"] for one in found)
    look = looks(cells.desk.door)[-1]
    assert (look.view, look.purpose, look.asked) == ("ACCESS_LOG", "lawfulness", {"case": case})
    by = typed(cells, here, DPO, "audit", "access", "--actor", cells.people["INTAKE"]).out
    assert "looked at: history" in by
    nothing = typed(cells, here, DPO, "audit", "access", "--since", "2050-01-01", "--json").json
    assert nothing == {"looks": []}


def test_an_export_of_the_whole_log_is_told_as_one(
    cells: Cells, here: Terminal, tmp_path: Path
) -> None:
    file = str(tmp_path / "log.jsonl")
    before = how_many(cells.desk.door)
    free = Terminal(here.data, here.keys, actor=cells.desk.staff["auditor"])
    assert typed(cells, here, "FACILITATOR", "audit", "export", file).code == 1
    # This one has a conflict of interest in some of the cases.
    assert typed(cells, here, "AUDITOR", "audit", "export", file).code == 1
    assert free.rj("audit", "export", file).code == 0
    *denied, given = since(cells.desk.door, before)
    assert [one.outcome for one in denied] == [Outcome.DENIED] * 2
    assert given.outcome is Outcome.GIVEN
    assert {one.medium for one in (*denied, given)} == {"EXPORT"}
    by = typed(cells, here, DPO, "audit", "access", "--actor", free.actor).out
    assert "looked at: history (export)" in by
    told = typed(cells, here, DPO, "audit", "alerts", "--json").json["alerts"]
    mine = [a for a in told if a["rule"] == "took_out_every_case"]
    assert {a["actor"] for a in mine} == {free.actor}


def test_whoever_takes_out_proves_or_verifies_one_case_looked_at_that_one_alone(
    cells: Cells, here: Terminal, tmp_path: Path
) -> None:
    case = cells.case("INTAKE", "theirs", "usual")
    for line in (
        ("audit", "export", str(tmp_path / "one.jsonl"), "--case", case),
        ("audit", "prove", f"{case}/1"),
        ("audit", "verify", "--case", case),
    ):
        before = how_many(cells.desk.door)
        typed(cells, here, "AUDITOR", *line)
        assert {one.about for one in since(cells.desk.door, before)} == {(case,)}
        assert typed(cells, here, "FACILITATOR", *line).code == 1
        assert since(cells.desk.door, before)[-1].outcome is Outcome.DENIED


def test_what_was_erased_is_named_to_the_officer_and_that_is_written_down(
    cells: Cells, here: Terminal
) -> None:
    before = number(cells)
    told = typed(cells, here, "FACILITATOR", "erased", "--json").json
    assert "erasures" not in told
    assert new(cells, before) == []
    assert typed(cells, here, DPO, "erased", "--list", "--json").json["erasures"] == []
    assert typed(cells, here, "FACILITATOR", "erased", "--list").code == 1
    given, denied = new(cells, before)
    assert (given.outcome, given.purpose) == (Outcome.GIVEN, "erased")
    assert (denied.outcome, denied.actor.id) == (Outcome.DENIED, cells.people["FACILITATOR"])


def test_the_log_is_for_four_purposes_and_no_other(cells: Cells, here: Terminal) -> None:
    before = number(cells)
    answer = typed(cells, here, DPO, "audit", "access", "--for", "staff-performance")
    assert answer.code == 2
    assert new(cells, before) == []


def test_the_review_is_a_task_of_the_officer_until_it_is_signed_off(
    cells: Cells, here: Terminal
) -> None:
    def tasks(role: str, days: str) -> list[Any]:
        given = {"RJ_ACCESS_REVIEW_DAYS": days}
        waiting = typed(cells, here, role, "waiting", "--json", **given).json["waiting"]
        return [one for one in waiting if one["name"] == "access_review"]

    assert tasks(DPO, "91") == []
    (task,) = tasks(DPO, "7")
    assert task["whom"] == cells.people[DPO]
    assert tasks("SUPERVISOR", "7") == []
    shown = typed(cells, here, DPO, "audit", "review", "--json").json
    assert shown["last"] is None
    assert shown["looks"] > 0
    assert typed(cells, here, DPO, "audit", "review", "--sign-off", "perhaps").code == 2
    signed = typed(cells, here, DPO, "audit", "review", "--sign-off", "nothing-found", "--json")
    assert signed.json["signed_off"] == "NOTHING_FOUND"
    after = typed(cells, here, DPO, "audit", "review", "--json").json
    assert after["last"]["by"] == cells.people[DPO]
    assert after["looks"] < shown["looks"]


def test_nothing_is_past_its_time_yet(cells: Cells, here: Terminal) -> None:
    assert typed(cells, here, "ADMINISTRATOR", "audit", "retire", "--json").json["entries"] == 0


def test_to_whom_something_was_disclosed_stands_in_the_log_once(cells: Cells) -> None:
    desk, case = cells.desk, cells.case("SUPERVISOR", "own", "usual")
    given = {"party": "V1", "recipient": "POLICE", "ground": "DANGER", "items": ["NAME"]}
    before = number(cells)
    for _ in range(2):
        desk.admit(
            cells.people["SUPERVISOR"],
            "record_disclosure",
            given,
            stream=case,
            command_id="a-disclosure-1",
        )
    (look,) = new(cells, before)
    assert (look.operation, look.recipients) == (Operation.DISCLOSURE, ("POLICE",))
    assert (look.actor.id, look.about) == (cells.people["SUPERVISOR"], (case,))


def test_what_the_service_reads_to_decide_is_written_down_on_whose_behalf(cells: Cells) -> None:
    desk, case = cells.desk, cells.case("SUPERVISOR", "own", "usual")
    before = number(cells)
    desk.do(cells.people["SUPERVISOR"], "record_contact_attempt", ATTEMPT, stream=case)
    (look,) = new(cells, before)
    assert (look.actor.id, look.behalf) == ("service:worker", cells.people["SUPERVISOR"])
    assert (look.about, len(look.texts), look.relation) == ((case,), 1, Relation.SERVICE)
