"""`rj import`: the live cases that a service starts with, from a file."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from cli.ending import Code, Ended, Failure
from cli.first import is_registered, seed_of
from cli.importing.checking import Checking
from cli.importing.entering import Entering
from cli.importing.lines import read_lines
from cli.installed import door_to, installed, reading_of
from cli.options import Json
from cli.output import note, table, tell, tell_json
from cli.progress import progress
from cli.who import acting
from client import Denied, ReasonAsked
from client.reading import What
from domain.permissions import View

if TYPE_CHECKING:
    from cli.importing.checking import Plan
    from cli.importing.lines import Problem
    from client.reading import Reading
    from domain.record import Actor
    from settings import Settings
    from store import Log

File = Annotated[Path, Parameter(name="FILE", help="cases to bring along: .csv or .jsonl")]
As = Annotated[
    str | None,
    Parameter(
        name="--as",
        metavar="PRACTITIONER",
        help="who brings them along, and did what no line says of somebody else; RJ_ACTOR if left "
        "out",
        negative="",
    ),
]
DryRun = Annotated[
    bool,
    Parameter(
        name="--dry-run", help="check all of it and enter nothing", negative="", show_default=False
    ),
]


def import_(file: File, /, *, as_: As = None, dry_run: DryRun = False, json: Json = False) -> int:
    """Bring along live cases: each line of the file is one command of one case.

    All of it is checked first, by the same rules as everything else; if anything is wrong, it is
    named by line and field and nothing is entered. What is entered counts from when it happened,
    was recorded now, and says that it was imported. A second run enters only what is not there
    yet, so it may be broken off at any time. The operator's guide has the format.
    """
    settings = installed()
    actor = acting(as_, settings)
    plan = _checked(settings, file, actor)
    if dry_run:
        return _told(plan, _left(plan), as_json=json, outcome="checked")
    left = _left(plan)
    if left:
        asyncio.run(_enter(settings, plan, actor))
    return _told(plan, left, as_json=json, outcome="imported")


def _checked(settings: Settings, file: Path, actor: Actor) -> Plan:
    """Return what the file comes to. Raises `Ended` with all that is wrong with it."""
    found = read_lines(file)
    now = datetime.now(UTC)
    with reading_of(settings) as reading, progress("Checking") as moved:
        checking = Checking(
            log=reading.log,
            matrix=settings.competence,
            contact_plan=settings.limits.contact_plan,
            seed=seed_of(settings),
            importer=actor,
            at=now,
            seen=partial(_sees, reading, actor),
            forms=settings.forms,
        )
        _see_that_they_are_known(reading.log, actor)
        plan = checking.plan(found, moved)
    if plan.problems:
        raise _wrong(plan.problems, "nothing of the file was entered")
    return plan


def _sees(reading: Reading, actor: Actor, case: str) -> bool:
    """Say whether whoever imports may see a case; what they are told of it is written down."""
    try:
        with reading.reading(actor, What(View.HISTORY, case), "import"):
            return True
    except (Denied, ReasonAsked):
        return False


def _see_that_they_are_known(log: Log, actor: Actor) -> None:
    if not is_registered(log, actor.id):
        sentence = f"{actor.id} is not in the register: whoever imports has to be"
        raise Ended(Failure(Code.REFUSED, "denied", (sentence,)))


def _left(plan: Plan) -> int:
    return sum(
        case.id_of(number) not in plan.done[case.theirs]
        for case in plan.cases
        for number in range(len(case.lines))
    )


async def _enter(settings: Settings, plan: Plan, actor: Actor) -> None:
    async with door_to(settings) as door:
        with progress("Importing") as moved:
            entering = Entering(door, plan, actor, moved)
            try:
                await entering.run()
            except BaseException:
                note(
                    f"rj: broken off: {entering.recorded + entering.already} of {entering.lines} "
                    "lines are entered; the same file again carries on from there"
                )
                raise
    if entering.problems:
        raise _wrong(
            entering.problems,
            f"{entering.recorded + entering.already} of {entering.lines} lines are entered; of "
            "these cases what comes before the line that is named",
        )


def _wrong(problems: list[Problem], after: str) -> Ended:
    sensible = all(problem.refused for problem in problems)
    code = Code.REFUSED if sensible else Code.NONSENSE
    told = [{"line": p.line, "field": p.field, "problem": p.says} for p in problems]
    sentences = (*map(str, problems), after)
    return Ended(Failure(code, code.name.lower(), sentences, {"problems": told}))


def _told(plan: Plan, entered: int, *, as_json: bool, outcome: str) -> int:
    lines = sum(len(case.lines) for case in plan.cases)
    if as_json:
        tell_json(_described(plan, lines, entered, outcome))
        return Code.DONE
    table(["in the file", "here"], [[case.theirs, case.stream] for case in plan.cases])
    said = "would be entered" if outcome == "checked" else "entered"
    tell(f"{len(plan.cases)} cases, {lines} lines: {entered} {said}, {lines - entered} were there.")
    return Code.DONE


def _described(plan: Plan, lines: int, entered: int, outcome: str) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "cases": {case.theirs: case.stream for case in plan.cases},
        "lines": lines,
        "entered": entered,
        "already": lines - entered,
    }
