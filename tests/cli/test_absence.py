"""`rj absent` and `rj back`: facilitator leaves/sick (scenario 32), and a colleague covers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_two_steps import events, opened, registered, typed

if TYPE_CHECKING:
    from tests.terminal import Typist

WORKS = ("--roles=case-worker", "--credentials=awareness")
BACK = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()


@pytest.fixture
def sick(typist: Typist) -> str:
    return registered(typist, "pcso", *WORKS)


@pytest.fixture
def colleague(typist: Typist) -> str:
    return registered(typist, "pcso", *WORKS)


def test_whoever_is_sick_names_a_colleague_who_covers_until_they_are_back(
    typist: Typist, sick: str, colleague: str
) -> None:
    case = opened(typist, sick)
    inform = ("inform", case, "V1", "telephone")
    assert typist.rj(*inform, actor=colleague).code == 1
    typed(typist, "absent", "--back", BACK, "--cover", colleague, actor=sick)
    assert case in {one["case"] for one in typed(typist, "cases", actor=colleague)["cases"]}
    owed = typed(typist, "waiting", "--who", "me", actor=colleague)["waiting"]
    assert {(one["whom"], one["in_place_of"]) for one in owed} == {(colleague, sick)}
    assert f"{colleague} (for {sick})" in typist.rj("waiting", actor=colleague).out
    assert typist.rj(*inform, actor=colleague).code == 0
    assert events(typist, case)[-2:] == ["acted_as_cover", "information_given"]
    assert "V1: welcome" in typist.rj("reach", case, "V1", actor=colleague).out
    shown = typist.rj("show", case, actor=sick).out
    assert f"case worker {sick} (away, back {BACK} 00:00; {colleague} covers)" in shown
    assert typed(typist, "show", case, actor=sick)["away"][sick]["cover"] == colleague
    typed(typist, "back", actor=sick)
    assert "away" not in typist.rj("show", case, actor=sick).out
    assert typist.rj("show", case, actor=colleague).code == 1
    assert typist.rj("reach", case, "V1", actor=colleague).code == 1
    assert typed(typist, "waiting", actor=colleague)["waiting"] == []
    assert typist.rj(*inform, actor=colleague).code == 1


def test_a_supervisor_enters_it_for_them_and_sees_it_in_the_register_and_the_team(
    typist: Typist, sick: str, colleague: str
) -> None:
    opened(typist, sick)
    typed(typist, "absent", sick, "--back", BACK)
    shown = typist.rj("practitioners", "show", sick)
    assert "nobody covers" in shown.out
    typed(typist, "practitioners", "change-absence", sick, "b1", "--cover", colleague)
    assert f"{colleague} covers" in typist.rj("practitioners", "show", sick).out
    assert f"{sick} (away, back {BACK}" in typist.rj("team").out
    listed = typed(typist, "practitioners")["practitioners"]
    (away,) = (one["absences"]["B1"] for one in listed if one["id"] == sick)
    assert (away["cover"], away["back"][:4]) == (colleague, BACK[:4])
    typed(typist, "back", sick)
    assert "covers" not in typist.rj("practitioners", "show", sick).out


def test_what_cannot_be_is_said_plainly(typist: Typist, sick: str, colleague: str) -> None:
    lines = (
        (("--back", "2020-01-01"), "this is over already", 2),
        (("--back", BACK, "--cover", sick), "somebody else covers", 2),
        (("--back", "2099-01-01"), "an_absence_is_for_a_time", 1),
    )
    for words, sentence, code in lines:
        answer = typist.rj("absent", *words, actor=sick)
        assert (answer.code, sentence in answer.err) == (code, True), answer.err
    assert typist.rj("absent", sick, "--back", BACK, actor=colleague).code == 1
    assert "not away now" in typist.rj("back", actor=sick).err
    help_ = typist.rj("absent", "--help")
    assert help_.code == 0
    for word in ("--back", "--cover", "you are meant if it is left out", "why is not asked"):
        assert word in " ".join(help_.out.split())
