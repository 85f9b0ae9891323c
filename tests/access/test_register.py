"""The data-protection register over `rj`: each verb that looks, for every role, is given to the
officer only, and written down either way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from access import Outcome
from cli.rights.group import LOOKS
from domain.fold import fold
from domain.words import Operation
from tests.access.cells import LOG, OTHERS, ROLES, made
from tests.client.test_gathering import opened, told_on
from tests.desk import desk_in
from tests.looks import how_many, since
from tests.story import STAFF
from tests.terminal import Terminal, Typist
from up import installation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.access.cells import Cells

ABOUT_NOBODY = {"documents"}
"""What is filled in from the code looks at nothing."""
LINES: dict[str, tuple[str, ...]] = {
    "list": (),
    "show": ("DOSSIER",),
    "items": ("DOSSIER", "--words"),
    "search": ("DOSSIER", "--words", "--from", "-"),
    "erase": ("DOSSIER",),
    "restrict": ("DOSSIER",),
    "lift": ("DOSSIER",),
    "export": ("DOSSIER", "--to", "FOLDER"),
}
"""What is typed after each verb that looks."""
TYPING = sorted({*OTHERS} - {"SYSTEM"})
"""Nobody types as a part of the service."""
WORDS = "Vera"
"""Stands in the words of every case, and nowhere else."""
OVER_A_DOOR = {"export"}
"""What asks for something to be recorded first: there is no server here."""


@pytest.fixture(scope="module")
async def cells(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cells]:
    async with desk_in(tmp_path_factory.mktemp("register")) as desk:
        yield made(desk, kinds=("usual",))


@pytest.fixture(scope="module")
def typist(cells: Cells) -> Iterator[Typist]:
    settings = cells.desk.settings
    installation.found(settings.folder)
    somebody = Typist(Terminal(settings.folder, settings.key_folder))
    yield somebody
    somebody.end()


@pytest.fixture(scope="module")
def dossier(cells: Cells) -> str:
    """Return a request of somebody in a case that has nobody's conflict of interest."""
    about = [{"case": cells.case("SUPERVISOR", "own", "usual"), "party": "V1"}]
    asked = {"right": "ACCESS", "account": "Invented.", "about": about}
    return cells.desk.do("worker", "record_rights_request", asked)


def test_every_verb_that_looks_is_tried() -> None:
    assert {name for name, *_ in LOOKS} - ABOUT_NOBODY == set(LINES)


@pytest.mark.parametrize("role", [*ROLES, *TYPING])
@pytest.mark.parametrize("verb", LINES)
def test_it_is_given_to_the_officer_only_and_written_down_either_way(
    cells: Cells, typist: Typist, dossier: str, role: str, verb: str
) -> None:
    folder = str(cells.desk.settings.folder / f"copy-{role}")
    known = {"DOSSIER": dossier, "FOLDER": folder}
    line = [known.get(word, word) for word in LINES[verb]]
    before = how_many(cells.desk.door)
    told = {"name": WORDS} if verb == "search" else ""
    answer = typist.rj("rights", verb, *line, given=told, actor=cells.people[role])
    looked = since(cells.desk.door, before)
    assert {look.actor.id for look in looked} == {cells.people[role]}
    given = role in LOG
    assert looked[0].outcome is (Outcome.GIVEN if given else Outcome.DENIED)
    assert WORDS not in str([look.model_dump() for look in looked])
    if given and verb not in OVER_A_DOOR:
        assert answer.code == 0, answer.err
        assert any(dossier in look.about or dossier in look.asked.values() for look in looked)
    if not given:
        assert answer.code == 1
        assert not [known for known in (WORDS, "RJ-") if known in answer.out]


async def test_who_looked_at_a_persons_cases_is_asked_at_once_and_that_link_is_logged(
    cells: Cells, typist: Typist
) -> None:
    desk, officer = cells.desk, cells.people["DATA_PROTECTION_OFFICER"]
    first, second, other = opened(desk), opened(desk), opened(desk)
    link = {"party": "V1", "other": first, "there": "V1", "same_matter": False}
    desk.do("worker", "link_person", link, stream=second)
    await told_on(desk, first, second)
    person = fold(desk.door.admission.log.load(second)).persons["V1"].person
    for case in (first, second, other):
        assert typist.rj("show", case, actor=desk.staff["worker"]).code == 0
    before = how_many(desk.door)
    line = ("audit", "access", "--person", person, "--json")
    found = json.loads(typist.rj(*line, actor=officer).out)["looks"]
    shown = {tuple(one["about"]) for one in found if one["view"] == "CASE"}
    assert {(first,), (second,)} <= shown
    assert (other,) not in shown
    used, read = since(desk.door, before)
    assert (used.operation, set(used.about)) == (Operation.COMBINATION, {person, first, second})
    assert read.view == "ACCESS_LOG"
    nothing = typist.rj("audit", "access", "--person", person, actor=desk.staff["worker"])
    assert nothing.code == 1
    assert since(desk.door, before)[-1].outcome is Outcome.DENIED


async def test_an_officer_with_a_conflict_in_one_of_the_cases_is_told_that_it_is_another_s(
    cells: Cells, typist: Typist
) -> None:
    desk, officer = cells.desk, cells.people["DATA_PROTECTION_OFFICER"]
    case = opened(desk)
    asked = {"right": "ACCESS", "account": "Invented.", "about": [{"case": case, "party": "V1"}]}
    dossier = desk.do("worker", "record_rights_request", asked)
    desk.do("worker", "declare_conflict", {"practitioner": officer}, stream=case)
    lines = [("items",), ("erase",), ("restrict",), ("lift",)]
    lines.append(("export", "--to", str(desk.settings.folder / "conflicted")))

    def told(verb: str, *more: str) -> str:
        answer = typist.rj("rights", verb, dossier, *more, actor=officer)
        assert (answer.code, answer.out) == (1, "")
        assert "is not yours to see" in answer.err
        assert case not in answer.err
        return answer.err

    for line in lines:
        assert "there is no other data-protection officer" in told(*line)
    setup = {"identified": "service"}
    given = dict(STAFF["officer"])
    deputy = desk.do("service:setup", "register_practitioner", given, **setup)
    for line in lines:
        assert f"does all of it, and has it in rj waiting; tell {deputy}" in told(*line)
    assert typist.rj("rights", "items", dossier, actor=deputy).code == 0
