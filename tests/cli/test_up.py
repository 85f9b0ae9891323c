"""`rj up`: a first practitioner once, and a demonstration that says what it is."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from cli.demo.cases import CASES
from cli.demo.people import PEOPLE
from cli.first import first_practitioner, register_first
from cli.installed import door_to
from settings import Settings
from up.running import find

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal import Terminal, Typist


def test_a_new_folder_gets_a_first_practitioner_who_is_told_how_to_act(
    here: Terminal, typist: Typist, up_log: Path
) -> None:
    assert f"export RJ_ACTOR='{here.actor}'" in up_log.read_text()
    assert "was not accepted" not in up_log.read_text()
    shown = typist.rj("practitioners", "show", here.actor, "--json").json
    assert shown["practitioner"]["roles"] == ["ADMINISTRATOR", "INTAKE", "SUPERVISOR"]
    assert sorted(shown["practitioner"]["credentials"]) == ["AWARENESS", "SUPERVISION"]
    assert shown["demonstration"] is False


def test_the_first_practitioner_is_registered_once(here: Terminal) -> None:
    settings = Settings(data=here.data, keys=here.keys)
    running = find(settings)
    assert running is not None

    async def again() -> str | None:
        async with door_to(settings) as door:
            return await register_first(door, running.installation, "unverified", {})

    assert first_practitioner(running.installation) == here.actor
    assert asyncio.run(again()) is None


def test_the_demonstration_says_so_wherever_it_is_shown(typist: Typist) -> None:
    listed = [c for c in typist.rj("cases", "--json").json["cases"] if c["demo"]]
    assert len(listed) == len(CASES)
    case = listed[0]["case"]
    row = next(line for line in typist.rj("cases").out.splitlines() if case in line)
    assert " demo " in row
    for verb in ("show", "history"):
        assert typist.rj(verb, case).out.startswith("DEMONSTRATION")
        assert typist.rj(verb, case, "--json").json["demonstration"] is True
    waiting = typist.rj("waiting", "--json").json["waiting"]
    assert any(one["demo"] for one in waiting)
    register = typist.rj("practitioners", "--json").json["practitioners"]
    assert sum(one["demonstration"] for one in register) == len(PEOPLE)


def test_the_demonstration_has_a_case_for_each_path(typist: Typist) -> None:
    listed = [c for c in typist.rj("cases", "--json").json["cases"] if c["demo"]]
    kinds = {kind for case in listed for kind in case["interventions"]}
    assert kinds == {"FACE_TO_FACE", "WRITTEN_COMMUNICATION", "SHUTTLE", "LOCAL_RESOLUTION"}
    shown = [typist.rj("show", case["case"], "--json").json["state"] for case in listed]
    pairs = [pair for state in shown for pair in state["threads"].values()]
    assert {len(pair["episodes"]) for pair in pairs} == {1, 2}
    choices = {pair["episodes"][-1]["victim"]["choice"] for pair in pairs}
    assert choices >= {
        "CONSENTED",
        "CONSIDERING",
        "DECLINED_THIS_OFFER",
        "DECLINED_NO_FURTHER_CONTACT",
        "EXPLORING",
    }
    endings = {e["ended"]["reason"] for p in pairs for e in p["episodes"] if e["ended"]}
    assert endings >= {"COMPLETED_AGREEMENT_FULFILLED", "COMPLETED_INDIRECT"}
    assert [letter["state"] for s in shown for letter in s["letters"].values()] == [
        "HELD_FOR_RECIPIENT"
    ]


def test_a_demonstration_never_goes_among_other_cases(here: Terminal, typist: Typist) -> None:
    people = "V1=direct-victim,O1=offender"
    typed = ("refer", "--source", "pcso", "--initiator", "victim-initiated", "--parties", people)
    assert typist.rj(*typed).code == 0
    refused = here.rj("up", "--data", str(here.data), "--demo")
    assert refused.code == 2
    assert "holds other cases" in refused.err
    assert refused.out == ""
