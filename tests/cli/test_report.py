"""`rj report`, as it is typed: numbers of the demonstration, with their definitions beside them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from reports import DEFINITIONS
from reports.matched import LARGEST
from tests.terminal import typed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal import Terminal, Typist


def registered(typist: Typist, role: str) -> str:
    service = ("--organisation", "derbyshire_rj", "--at", "2020-01-01")
    return str(
        typed(typist, "practitioners", "register", "service-staff", f"--roles={role}", *service)[
            "stream"
        ]
    )


@pytest.fixture(scope="module")
def manager(typist: Typist) -> str:
    return registered(typist, "service-manager")


@pytest.fixture(scope="module")
def officer(typist: Typist) -> str:
    return registered(typist, "data-protection-officer")


def test_every_number_is_listed_with_its_definition(nowhere: Terminal) -> None:
    listed = nowhere.rj("report", "--json").json["definitions"]
    assert {f"{one['id']}@{one['version']}" for one in listed} == set(DEFINITIONS)
    assert all(one["counted"] and one["cohort"] for one in listed)
    told = nowhere.rj("report").out
    assert "contact@1" in told


def test_a_manager_has_numbers_and_whoever_is_neither_does_not(
    typist: Typist, manager: str
) -> None:
    said = typist.rj("report", "referrals", "--demo", actor=manager)
    assert said.code == 0, said.err
    assert "Referrals (referrals@1)" in said.out
    assert "not to be passed on" in said.out
    assert "DEMONSTRATION" in said.out
    assert typist.rj("report", "referrals").code == 1


def test_what_was_asked_for_is_in_the_access_log(
    typist: Typist, manager: str, officer: str
) -> None:
    typed(typist, "report", "contact", "--by", "area", "--period", "2026-01", actor=manager)
    looks = typed(typist, "audit", "access", "--actor", manager, actor=officer)["looks"]
    asked = {"numbers": "contact", "by": "area", "period": "2026-01"}
    assert (
        looks[-1] | {"view": "NUMBERS", "purpose": "numbers", "asked": asked, "about": []}
        == (looks[-1])
    )


def test_a_small_number_stands_in_no_form_that_is_given_out(
    typist: Typist, manager: str, tmp_path: Path
) -> None:
    files = ("--csv", str(tmp_path / "all.csv"), "--chart", str(tmp_path / "all.html"))
    said = typed(typist, "report", "all", "--demo", *files, actor=manager)
    numbers = [n for one in said["tables"] for row in one["rows"] for n in cells(row)]
    assert [n for n in numbers if n is not None and n < 5] == []
    rows = [*csv.DictReader(io.StringIO((tmp_path / "all.csv").read_text()))]
    assert {row["number"] for row in rows} == {one.id for one in DEFINITIONS.values()}
    assert [r for r in rows if r["counted"] != "*" and int(r["counted"]) < 5] == []
    assert all("plainly invented" in row["stands"] for row in rows)
    page = (tmp_path / "all.html").read_text()
    assert page.count("plainly invented") == page.count("<svg")
    assert "<script" not in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")
    assert page.count("<svg") == len(said["tables"])
    assert (tmp_path / "all.html").stat().st_mode & 0o777 == 0o600


def cells(row: dict[str, Any]) -> list[int | None]:
    return [row["counted"], row["met"]] if row["met"] is not None else [row["counted"]]


def test_a_picture_is_well_formed_and_has_its_definition_in_it(
    typist: Typist, manager: str, tmp_path: Path
) -> None:
    file = tmp_path / "people.svg"
    typed(typist, "report", "people", "--demo", "--chart", str(file), actor=manager)
    picture = ET.fromstring(file.read_text())  # noqa: S314 - our own
    text = " ".join("".join(one.itertext()) for one in picture)
    assert "victims and offenders in those cases" in text
    again = typist.rj("report", "people", "--chart", str(file), actor=manager)
    assert (again.code, "nothing is written over" in again.err) == (2, True)


def test_a_table_is_published_once_and_given_again_as_it_was(typist: Typist, manager: str) -> None:
    line = ("report", "people", "--period", "2020-01", "--publish")
    first = typed(typist, *line, actor=manager)["tables"][0]
    assert first["published_at"]
    assert typed(typist, *line, actor=manager)["tables"][0] == first
    listed = typed(typist, "report", "published", actor=manager)["published"]
    assert {"number": "people@1", "period": "2020", "by": "kind"}.items() <= (
        listed[0] | {"period": "2020"}
    ).items()
    assert [one["number"] for one in listed].count("people@1") == 1


def test_reoffending_is_not_available_without_a_matched_set(
    typist: Typist, manager: str, tmp_path: Path
) -> None:
    assert typed(typist, "report", "reoffending", actor=manager) == {
        "reoffending": None,
        "available": False,
    }
    file = tmp_path / "matched.csv"
    rows = [*("took-part,4,3",) * 6, *("compared,4,4",) * 6]
    file.write_text("\n".join(["group,before,after", *rows]) + "\n")
    told = typed(typist, "report", "reoffending", "--matched", str(file), actor=manager)
    assert [(one["people"], one["change"]) for one in told["reoffending"]] == [(6, -0.25), (6, 0)]
    file.write_text("group,before,after\ntook-part,4,Vera\n")
    said = typist.rj("report", "reoffending", "--matched", str(file), actor=manager)
    assert (said.code, "line 2" in said.err, "Vera" in said.err) == (2, True, False)
    with file.open("wb") as endless:
        endless.truncate(LARGEST + 1)
    said = typist.rj("report", "reoffending", "--matched", str(file), actor=manager)
    assert (said.code, "larger than 16 MiB" in said.err) == (2, True), said.err


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (("contcat",), "did you mean contact?"),
        (("contact@9",), "no such number"),
        (("people", "--by", "name"), "--by: one of"),
        (("people", "--period", "2026-13"), "no such month"),
        (("people", "--period", "last week"), "a period is written as"),
        (("people", "--period", "2026-03..2026-01"), "does not end before it begins"),
        (("people", "--publish"), "not over yet"),
        (("people", "--publish", "--demo"), "neither invented cases"),
        (("all", "--chart", "x.svg"), "several numbers fit on a page only"),
        (("people", "--chart", "x.png"), "ends with .svg"),
        (("people", "--csv", "no/such/x.csv"), "no such folder"),
        (("people", "--known-at", "soon"), "--known-at: a time is written as"),
    ],
)
def test_nonsense_is_told_in_a_sentence(
    typist: Typist, manager: str, line: tuple[str, ...], why: str
) -> None:
    said = typist.rj("report", *line, actor=manager)
    assert (said.code, why in said.err) == (2, True), said.err
