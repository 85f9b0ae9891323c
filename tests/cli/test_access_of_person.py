"""`rj audit access --person`: each kind of look at somebody stands in the answer, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_everywhere import two_cases
from tests.cli.test_two_steps import registered, typed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal import Typist

SOUGHT = {"name": "Ptolemy Candlewick"}
"""As whom `two_cases` has them."""
ELSE = {"name": "Hortensia Bramblethwaite"}


@pytest.fixture(scope="module")
def worker(typist: Typist) -> str:
    """Return somebody who opens cases."""
    return registered(typist, "pcso", "--roles=case-worker", "--credentials=awareness")


@pytest.fixture(scope="module")
def officer(typist: Typist) -> str:
    """Return the data-protection officer."""
    return registered(typist, "service-staff", "--roles=data-protection-officer")


@pytest.fixture(scope="module")
def auditor(typist: Typist) -> str:
    """Return an auditor."""
    return registered(typist, "service-staff", "--roles=auditor")


def looks(typist: Typist, officer: str, *line: str) -> list[Any]:
    found: list[Any] = typed(typist, "audit", "access", *line, actor=officer)["looks"]
    return found


def of_asking(look: Any) -> bool:
    """Say whether it is that records were joined to answer who looked."""
    return bool(look["view"] == "LINK" and look["purpose"] == "access_log")


def test_each_look_at_somebody_is_told_whichever_way_they_are_named(
    typist: Typist, worker: str, officer: str, auditor: str, tmp_path: Path
) -> None:
    one, other = two_cases(typist, worker)
    person = typed(typist, "person", one, "V1", actor=worker)["person"]
    dossier = str(
        typed(typist, "rights", "request", "access", "--about", f"{other}=V1", actor=worker)[
            "stream"
        ]
    )
    find = ("find", "--identified", "known-to-staff", "--from", "-")
    search = ("rights", "search", dossier, "--from", "-")
    lines: dict[str, tuple[tuple[str, ...], Any, str]] = {
        "a page of a case": (("show", one), "", worker),
        "their other cases": (("person", other, "V1"), "", worker),
        "the matcher": (("matches", one), "", worker),
        "somebody rang": (find, SOUGHT, worker),
        "a list": (("cases",), "", worker),
        "the request": (("rights", "show", dossier), "", officer),
        "what is kept": (("rights", "items", dossier), "", officer),
        "a search that found nothing": (search, ELSE, officer),
        "who looked": (("audit", "access", "--person", person), "", officer),
        "the whole record": (("audit", "export", str(tmp_path / "log")), "", auditor),
    }
    named = (person, dossier, f"{one}=V1", f"{other}=V1".lower())
    for what, (line, given, who) in lines.items():
        before = looks(typist, officer)[-1]["number"]
        assert typist.rj(*line, given=given, actor=who).code == 0, what
        for name in named:
            found = [e for e in looks(typist, officer, "--person", name) if e["number"] > before]
            assert [e for e in found if e["actor"]["id"] == who and not of_asking(e)], (what, name)
    for name in named:
        asked = [e["asked"] for e in looks(typist, officer, "--person", name)]
        assert {"described": dossier} in asked
        assert {"person": person} in asked
    told = typist.rj("audit", "access", "--person", person, actor=officer).out
    assert "every case" in told
    assert SOUGHT["name"] not in told


def test_a_look_at_somebody_else_is_not_told(typist: Typist, worker: str, officer: str) -> None:
    one, _ = two_cases(typist, worker)
    given = {"source": "PCSO", "initiator": "VICTIM_INITIATED", "parties": [
        {"party": "V1", "role": "DIRECT_VICTIM", "details": ELSE},
        {"party": "O1", "role": "OFFENDER", "details": {"name": "Erasmus Thimblewick"}},
    ]}  # fmt: skip
    case = str(typed(typist, "refer", "--from", "-", given=given, actor=worker)["stream"])
    dossier = str(
        typed(typist, "rights", "request", "access", "--about", f"{case}=V1", actor=worker)[
            "stream"
        ]
    )
    before = looks(typist, officer)[-1]["number"]
    for line, who in ((("show", case), worker), (("rights", "show", dossier), officer)):
        assert typist.rj(*line, actor=who).code == 0
    found = looks(typist, officer, "--person", f"{one}=V1")
    # The service compares cases meanwhile, in its own time.
    since = [e for e in found if e["number"] > before and e["actor"]["id"] in (worker, officer)]
    assert [e for e in since if e["view"] != "ACCESS_LOG" and not of_asking(e)] == []


def test_what_names_nobody_is_nonsense_and_is_said_to_the_officer_only(
    typist: Typist, worker: str, officer: str
) -> None:
    one, _ = two_cases(typist, worker)
    for named in (one, f"{one}=Ptolemy", f"{one}=V9", "PE-4T9Y2K7P-0", "Ptolemy"):
        answer = typist.rj("audit", "access", "--person", named, actor=officer)
        assert answer.code == 2, named
        assert "Ptolemy" not in answer.err
    assert typist.rj("audit", "access", "--person", f"{one}=V9", actor=worker).code == 1
