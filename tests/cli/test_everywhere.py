"""Lines that erase a person in all their cases: shown first, then done as it was shown."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from cli.moments import shown_day
from domain.calendar import years_after
from tests.cli.test_two_steps import registered, typed

if TYPE_CHECKING:
    from tests.terminal import Typist

NAME = "Ptolemy Candlewick"
PEOPLE = [
    {"party": "V1", "role": "DIRECT_VICTIM", "details": {"name": NAME}},
    {"party": "O1", "role": "OFFENDER", "details": {"name": "Ottoline Marrowby"}},
]
REFER = {"source": "PCSO", "initiator": "VICTIM_INITIATED", "parties": PEOPLE,
         "notes": f"{NAME} rang about the teapot."}  # fmt: skip
GROUND = ("--ground", "no-longer-needed")


@pytest.fixture(scope="module")
def worker(typist: Typist) -> str:
    """Return somebody who opens cases."""
    return registered(typist, "pcso", "--roles=case-worker", "--credentials=awareness")


@pytest.fixture(scope="module")
def officer(typist: Typist) -> str:
    """Return the data-protection officer."""
    return registered(typist, "service-staff", "--roles=data-protection-officer")


def two_cases(typist: Typist, worker: str) -> tuple[str, str]:
    one, other = (
        str(typed(typist, "refer", "--from", "-", given=REFER, actor=worker)["stream"])
        for _ in range(2)
    )
    linked = typist.rj("link", other, "V1", one, "V1", "--no-same-matter", actor=worker)
    assert linked.code == 0, linked.err
    return one, other


def requested(typist: Typist, worker: str, officer: str, case: str, right: str) -> str:
    line = ("rights", "request", right, "--about", f"{case}=V1")
    dossier = str(typed(typist, *line, actor=worker)["stream"])
    assert typist.rj("rights", "identified", dossier, "document-seen", actor=officer).code == 0
    assert typist.rj("rights", "decide", dossier, "wholly-granted", actor=officer).code == 0
    return dossier


def places(found: Any) -> dict[str, str | None]:
    return {one["case"]: one["stays"] for one in found["places"]}


def test_what_would_be_erased_is_shown_and_then_done_as_it_was_shown(
    typist: Typist, worker: str, officer: str
) -> None:
    one, other = two_cases(typist, worker)
    dossier = requested(typist, worker, officer, one, "erasure-of-data")
    assert typist.rj("rights", "erase", dossier, actor=worker).code == 1
    shown = typist.rj("rights", "erase", dossier, actor=officer)
    assert shown.code == 0, shown.err
    for known in (one, other, "V1-O1", "text by text", "--as-shown"):
        assert known in shown.out
    assert NAME not in shown.out
    found = typed(typist, "rights", "erase", dossier, actor=officer)
    assert places(found) == {one: None, other: None}
    mine = {"dossier": dossier, "texts": 0, "files": 0, "stays": "STILL_OPEN", "kept_until": None}
    assert found["register"] == [mine]
    assert "something of it is still to be done or answered" in shown.out
    doing = ("rights", "erase", dossier, "--as-shown", found["code"])
    assert typist.rj(*doing, actor=officer).code == 2
    stale = typist.rj("rights", "erase", dossier, *GROUND, "--as-shown", "00000000", actor=officer)
    assert (stale.code, "not any more as it was shown" in stale.err) == (2, True)
    done = typed(typist, *doing, *GROUND, actor=officer)
    assert {place["case"] for place in done["done"]} == {one, other}
    again = typed(typist, "rights", "erase", dossier, actor=officer)
    assert places(again) == {one: "GONE", other: "GONE"}
    for case in (one, other):
        told = typed(typist, "history", case, actor=officer)
        names = [entry["event"] for entry in told["entries"]]
        assert names.count("person_erased") == 1
    told = typist.rj("erased")
    assert told.code == 0, told.out
    assert dossier not in told.out


def test_what_the_register_has_of_them_is_shown_with_until_when_it_is_kept(
    typist: Typist, worker: str, officer: str
) -> None:
    one, _ = two_cases(typist, worker)
    line = ("rights", "request", "access", "--about", f"{one}=V1", "--from", "-")
    said = {"account": f"{NAME} asks to see it."}
    earlier = str(typed(typist, *line, given=said, actor=worker)["stream"])
    assert typist.rj("rights", "withdrawn", earlier, actor=officer).code == 0
    dossier = requested(typist, worker, officer, one, "erasure-of-data")
    shown = typist.rj("rights", "erase", dossier, actor=officer)
    until = years_after(datetime.now(UTC), 3)
    (row,) = [line for line in shown.out.splitlines() if earlier in line]
    assert "it proves what was done" in row
    assert shown_day(until) in row
    assert NAME not in shown.out
    found = typed(typist, "rights", "erase", dossier, actor=officer)
    (mine,) = [each for each in found["register"] if each["dossier"] == earlier]
    assert (mine["texts"], mine["stays"]) == (1, "WITHIN_ITS_TIME")
    assert datetime.fromisoformat(mine["kept_until"]) == until


def test_a_case_that_is_left_out_stays_and_a_restriction_is_made_in_all_the_others(
    typist: Typist, worker: str, officer: str
) -> None:
    one, other = two_cases(typist, worker)
    dossier = requested(typist, worker, officer, one, "restriction-of-use")
    why = ("--ground", "accuracy-contested", "--authority", "themselves")
    line = ("rights", "restrict", dossier, *why, "--leave-out", other)
    wrong = typist.rj(*line, "--review-on", "soon", actor=officer)
    assert (wrong.code, "soon" in wrong.err) == (2, False)
    found = typed(typist, *line, actor=officer)
    assert places(found) == {one: None, other: "LEFT_OUT"}
    more = ("--review-on", "2027-05-03", "--as-shown", found["code"])
    done = typed(typist, *line, *more, actor=officer)
    assert [place["case"] for place in done["done"]] == [one]
    after = typed(typist, "rights", "restrict", dossier, actor=officer)
    assert places(after) == {one: "KEPT_FROM_USE", other: None}


def test_a_restriction_is_shown_and_lifted_in_all_their_cases_as_it_was_shown(
    typist: Typist, worker: str, officer: str
) -> None:
    one, other = two_cases(typist, worker)
    kept = requested(typist, worker, officer, one, "restriction-of-use")
    why = ("--ground", "accuracy-contested", "--authority", "themselves")
    restrict = ("rights", "restrict", kept, *why, "--review-on", "2027-05-01")
    code = typed(typist, *restrict, actor=officer)["code"]
    assert typist.rj(*restrict, "--as-shown", code, actor=officer).code == 0
    line = ("rights", "request", "lifting-of-restriction", "--capacity", "service-itself")
    dossier = str(typed(typist, *line, "--about", f"{one}=V1", actor=worker)["stream"])
    assert typist.rj("rights", "decide", dossier, "wholly-granted", actor=officer).code == 0
    lift = ("rights", "lift", dossier)
    assert typist.rj(*lift, actor=worker).code == 1
    shown = typist.rj(*lift, actor=officer)
    assert shown.code == 0, shown.err
    for known in (one, other, "2027-05-01", "at their own wish", "--ground, --authority"):
        assert known in shown.out
    assert "--as-shown" not in shown.out
    assert NAME not in shown.out
    assert typed(typist, *lift, actor=officer)["code"] is None
    others = typed(typist, *lift, "--ground", "evidence", "--authority", "court", actor=officer)
    assert set(places(others).values()) == {"ANOTHER_RESTRICTION"}
    found = typed(typist, *lift, *why, actor=officer)
    assert places(found) == {one: None, other: None}
    doing = (*lift, *why, "--as-shown", found["code"])
    untold = typist.rj(*doing, actor=officer)
    assert (untold.code, "told_of_it" in untold.err) == (1, True)
    done = typed(typist, *doing, "--told-of-it", actor=officer)
    assert {place["case"] for place in done["done"]} == {one, other}
    again = typed(typist, *lift, *why, actor=officer)
    assert places(again) == {one: "NOT_KEPT_FROM_USE", other: "NOT_KEPT_FROM_USE"}
    for case in (one, other):
        told = typed(typist, "history", case, actor=officer)
        assert [e["event"] for e in told["entries"]].count("restriction_lifted") == 1
    assert typist.rj("erased").code == 0
