"""`rj import`: cases to bring along, all of a file checked first, each line entered once."""

from __future__ import annotations

import asyncio
import subprocess
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain.command import COMMANDS
from domain.decide import decode  # noqa: F401 - loads every command
from domain.fold import fold
from domain.rules.table import GUARDS
from tests.bringing import as_csv, as_json_lines, live_case
from tests.domain.honest import ON_THE_SPOT
from tests.serving import Service, installation
from tests.terminal import RJ, ROOT, Terminal, Typist
from tests.waiting import until
from up import installation as data_folder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from temporalio.testing import WorkflowEnvironment

    from tests.terminal import Typed

SECRET = "Zebedee Quillfeather"  # noqa: S105 - a name, invented
MANY = 200
REFUSING = {rule.__name__ for rule in GUARDS[COMMANDS["record_local_resolution"]]}


@pytest.fixture(scope="module")
async def apart(
    tmp_path_factory: pytest.TempPathFactory, temporal_server: WorkflowEnvironment
) -> AsyncIterator[Service]:
    """Yield an installation that starts with its staff and no case."""
    async with installation(tmp_path_factory.mktemp("live"), temporal_server) as service:
        data_folder.found(service.settings.folder)
        yield service


def terminal(service: Service) -> Terminal:
    more = {
        "RJ_TEMPORAL_ADDRESS": service.settings.temporal_address or "",
        "RJ_TEMPORAL_NAMESPACE": service.settings.temporal_namespace,
        "RJ_TASK_QUEUE": service.settings.task_queue,
    }
    settings = service.settings
    return Terminal(settings.folder, settings.key_folder, service.staff["supervisor"], more)


@pytest.fixture(scope="module")
def somebody(apart: Service) -> Iterator[Typist]:
    """Yield somebody who types quickly there."""
    typing = Typist(terminal(apart))
    yield typing
    typing.end()


async def imported(somebody: Typist, file: Path, *more: str, actor: str | None = None) -> Typed:
    typed = ("import", str(file), *more, "--json")
    return await asyncio.to_thread(somebody.rj, *typed, actor=actor)


def streams(service: Service) -> dict[str, int]:
    """Return how many entries each case has, those of the clock left out."""
    found = (one for one in service.door.admission.log.streams() if one.startswith("RJ-"))
    return {s: sum(e.envelope.origin == "import" for e in service.log(s)) for s in found}


async def killed_in_between(service: Service, file: Path) -> None:
    """Import a file and kill it once some of its cases are there."""
    cases = service.door.admission.log.streams

    def some_are_there() -> bool:
        return sum(one.startswith("RJ-") for one in cases()) > MANY // 8

    killed = await asyncio.create_subprocess_exec(
        *RJ,
        *("import", str(file)),
        env=terminal(service).environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        await until(some_are_there, seconds=60)
    finally:
        killed.kill()
        await killed.wait()


def told(answer: Typed, code: int) -> list[tuple[int, str, str]]:
    """Return the problems that were named; see that no one's words were."""
    assert answer.code == code, answer.out + answer.err
    assert SECRET not in answer.out + answer.err
    return [(p["line"], p["field"], p["problem"]) for p in answer.json["problems"]]


async def test_hundreds_of_live_cases_are_brought_along_once_however_often_it_is_tried(
    apart: Service, somebody: Typist, tmp_path: Path
) -> None:
    cases = [live_case(number, apart.staff) for number in range(MANY)]
    cases[MANY // 4 :] = [case[:1] for case in cases[MANY // 4 :]]
    lines = [line for case in cases for line in case]
    sheet = as_csv(tmp_path / "live.csv", lines)
    file = as_json_lines(tmp_path / "live.jsonl", lines)

    checked = await imported(somebody, sheet, "--dry-run")
    assert checked.code == 0, checked.err
    assert (checked.json["outcome"], checked.json["entered"]) == ("checked", len(lines))
    assert streams(apart) == {}

    await killed_in_between(apart, file)
    assert 0 < len(streams(apart)) < MANY

    carried_on = await imported(somebody, file)
    assert carried_on.code == 0, carried_on.err
    assert 0 < carried_on.json["entered"] < len(lines)
    assert carried_on.json["already"] == len(lines) - carried_on.json["entered"]
    there = streams(apart)
    assert len(there) == MANY
    assert sorted(carried_on.json["cases"].values()) == sorted(there)

    again = await imported(somebody, sheet)
    assert (again.code, again.json["entered"]) == (0, 0)
    assert streams(apart) == there

    for case in cases:
        theirs = case[0]["case"]
        entries = apart.log(again.json["cases"][theirs])
        assert len({e.envelope.command for e in entries}) == len(case)
        assert {e.envelope.origin for e in entries} == {"import"}
        assert theirs not in str([e.envelope for e in entries])
        assert all(e.recorded_at - e.effective_at > timedelta(days=5) for e in entries)
        assert fold(entries).parties.keys() == {"V1", "O1"}


def spoilt(staff: dict[str, str]) -> list[dict[str, Any]]:
    """Return lines of which each but the first is wrong in its own way."""
    good = live_case(1, staff, called="BAD")[0]

    def other(number: int, **changed: Any) -> dict[str, Any]:
        return {**good, "case": f"BAD-{number}", **changed}

    child = {"party": SECRET, "role": "DIRECT_VICTIM", "details": {"born": "31.12.1999"}}
    return [
        good,
        other(2, command="refuse"),
        other(3, colour=SECRET),
        other(4, effective_at="2026-02-30"),
        other(5, parties=[child, good["parties"][1]]),
        other(6, actor="PR-24Z5986W-E"),
        other(7, effective_at="2199-01-01"),
        other(8, actor="Pat"),
        other(9, command="link_person"),
        other(10, case=f"{SECRET}!"),
        {**good, "effective_at": "2020-01-01", "command": "accept_referral", "parties": []},
    ]


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
async def test_whatever_is_wrong_is_named_by_line_and_field_and_nothing_is_entered(
    apart: Service, somebody: Typist, tmp_path: Path, kind: str
) -> None:
    before = streams(apart)
    lines = spoilt(apart.staff)
    file = tmp_path / f"spoilt.{kind}"
    (as_csv if kind == "csv" else as_json_lines)(file, lines)
    problems = told(await imported(somebody, file), 2)
    named = {(line, field) for line, field, _ in problems}
    first = 1 if kind == "jsonl" else 2
    assert named >= {
        (first + 1, "command"),
        (first + 2, "colour"),
        (first + 3, "effective_at"),
        (first + 4, "parties.1.party"),
        (first + 7, "actor"),
        (first + 8, "command"),
        (first + 9, "case"),
    }
    assert not {line for line, _ in named} & {first}
    assert streams(apart) == before


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
async def test_people_order_and_rules_are_asked_too_before_anything_is_entered(
    apart: Service, somebody: Typist, tmp_path: Path, kind: str
) -> None:
    before = streams(apart)
    good, unknown, future, shuffled, early, denied, headless = (
        live_case(number, apart.staff, called="RULES") for number in range(1, 8)
    )
    unknown[0]["actor"] = "PR-24Z5986W-E"
    future[1]["effective_at"] = "2199-01-01"
    shuffled[2]["effective_at"] = "2025-01-01"
    early[1] = {
        "case": early[0]["case"],
        "actor": apart.staff["lead"],
        "effective_at": early[1]["effective_at"],
        "command": "plan_intervention",
        "type": "FACE_TO_FACE",
        "threads": ["V1-O1"],
    }
    denied[1]["actor"] = apart.staff["auditor"]
    lines = [*good, *unknown, *future, *shuffled, *early, *denied, *headless[1:]]
    file = tmp_path / f"rules.{kind}"
    (as_csv if kind == "csv" else as_json_lines)(file, lines)
    problems = told(await imported(somebody, file), 2)
    above = 0 if kind == "jsonl" else 1
    named = {(line - above, field) for line, field, _ in problems}
    assert named == {
        (4, "actor"),
        (8, "effective_at"),
        (12, "effective_at"),
        (14, "actor"),
        (17, "actor"),
        (19, "command"),
    }
    assert streams(apart) == before


async def test_lines_are_added_to_a_case_and_none_that_was_entered_is_changed(
    apart: Service, somebody: Typist, tmp_path: Path
) -> None:
    lines = live_case(1, apart.staff, called="ADDED")
    file = as_json_lines(tmp_path / "added.jsonl", lines[:2])
    assert (await imported(somebody, file)).json["entered"] == 2
    before = streams(apart)

    other = [lines[0], {**lines[1], "effective_at": lines[0]["effective_at"]}, lines[2]]
    as_json_lines(file, other)
    problems = told(await imported(somebody, file), 2)
    assert [(line, field) for line, field, _ in problems] == [(2, "effective_at")]
    as_json_lines(file, [lines[0], {**lines[1], "actor": apart.staff["worker"]}])
    assert [p[:2] for p in told(await imported(somebody, file), 2)] == [(2, "actor")]
    as_json_lines(file, [lines[0], {**lines[1], "command": "record_visit_nowhere"}])
    assert [p[:2] for p in told(await imported(somebody, file), 2)] == [(2, "command")]
    as_json_lines(file, [lines[0], {**lines[1], "asked_by": "V1"}])
    assert [p[:2] for p in told(await imported(somebody, file), 2)] == [(2, "")]
    assert streams(apart) == before

    as_json_lines(file, lines)
    added = await imported(somebody, file)
    assert (added.code, added.json["entered"], added.json["already"]) == (0, 1, 2)


async def test_what_is_not_accepted_on_the_day_is_named_and_the_other_cases_go_on(
    apart: Service, somebody: Typist, tmp_path: Path
) -> None:
    stopped, other = (live_case(n, apart.staff, called="DAY") for n in (1, 2))
    file = as_json_lines(tmp_path / "day.jsonl", stopped[:1])
    case = (await imported(somebody, file)).json["cases"][stopped[0]["case"]]
    await apart.do("supervisor", "accept_referral", more={"stream": case})

    as_json_lines(file, [*stopped, *other])
    answer = await imported(somebody, file)
    assert [line for line, _, _ in told(answer, 2)] == [2]
    assert "4 of 6 lines are entered" in answer.err
    rest = as_json_lines(tmp_path / "other.jsonl", other)
    assert (await imported(somebody, rest)).json["already"] == len(other)


async def test_only_somebody_of_the_register_imports_and_only_a_file_that_can_be_read(
    apart: Service, somebody: Typist, tmp_path: Path
) -> None:
    file = as_json_lines(tmp_path / "one.jsonl", live_case(1, apart.staff, called="WHO"))
    assert (await imported(somebody, file, actor="PR-24Z5986W-E")).code == 1
    for name, content in (
        ("none.jsonl", None),
        ("empty.jsonl", b""),
        ("kind.xlsx", b"PK"),
        ("latin.csv", b"case,command\nA\xe9,refer\n"),
        ("twice.csv", b"case,case\nA,B\n"),
        ("short.csv", b"case,command,actor\nA,refer\n"),
        ("open.csv", b'case,command\nA,"refer\n'),
        ("broken.jsonl", b'{"case": \n'),
        ("list.jsonl", b"[1]\n"),
    ):
        wrong = tmp_path / name
        if content is not None:
            wrong.write_bytes(content)
        answer = await imported(somebody, wrong)
        assert answer.code == 2, (name, answer.err)
        assert "unforeseen" not in answer.out


def test_where_nothing_runs_it_can_be_checked_and_not_entered(
    apart: Service, tmp_path: Path
) -> None:
    place = terminal(apart)
    away = Terminal(place.data, place.keys, place.actor)
    file = as_json_lines(tmp_path / "away.jsonl", live_case(1, apart.staff, called="AWAY"))
    assert away.rj("import", str(file), "--dry-run").code == 0
    answer = away.rj("import", str(file))
    assert answer.code == 3
    assert "start it with `rj up`" in answer.err


async def test_a_rule_that_speaks_against_a_line_is_named_and_told_apart_from_nonsense(
    apart: Service, somebody: Typist, tmp_path: Path
) -> None:
    good = live_case(1, apart.staff, called="STREET")[0]
    line = {
        **{name: good[name] for name in ("case", "actor", "effective_at", "parties")},
        "command": "record_local_resolution",
        **dict.fromkeys(ON_THE_SPOT, True),
        "accepted": False,
        "items": [{"party": "O1", "kind": "APOLOGY", "done": True}],
    }
    file = as_json_lines(tmp_path / "street.jsonl", [line])
    problems = told(await imported(somebody, file), 1)
    assert {(number, field) for number, field, _ in problems} == {(1, "")}
    assert any(says.partition(":")[0] in REFUSING for _, _, says in problems)

    as_json_lines(file, [{**line, "happened": True}])
    entered = await imported(somebody, file)
    assert entered.code == 0, entered.err
    recorded = [entry.name for entry in apart.log(entered.json["cases"][line["case"]])]
    assert "acted_in_breach" in recorded


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
async def test_the_examples_of_the_guide_can_be_imported(
    apart: Service, somebody: Typist, tmp_path: Path, kind: str
) -> None:
    guide = (ROOT / "docs" / "operators-guide.md").read_text()
    section = guide.partition("## Cases to bring along")[2].partition("\n## ")[0]
    text = section.split("```\n")[{"jsonl": 1, "csv": 3}[kind]]
    today = datetime.now(UTC).date()
    for day in (2, 3, 5):
        text = text.replace(f"2026-03-0{day}", str(today - timedelta(days=20 - day)))
    file = tmp_path / f"guide.{kind}"
    file.write_text(text.replace("PR-4T9Y2K7P-X", apart.staff["worker"]))
    answer = await imported(somebody, file, "--dry-run")
    assert (answer.code, answer.json.get("entered")) == (0, 3), answer.err
