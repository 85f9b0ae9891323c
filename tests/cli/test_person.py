"""Lines about one person in several cases: linked, looked at, kept from contact, and undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_two_steps import events, opened, registered, typed

if TYPE_CHECKING:
    from tests.terminal import Typist

WHY = {"reasons": "Two people of one name, plainly invented."}


@pytest.fixture(scope="module")
def worker(typist: Typist) -> str:
    """Return somebody who opens cases."""
    return registered(typist, "pcso", "--roles=case-worker", "--credentials=awareness")


@pytest.fixture
def cases(typist: Typist, worker: str) -> tuple[str, str]:
    """Return two cases whose V1 was linked a moment ago."""
    first, second = opened(typist, worker), opened(typist, worker)
    told = typist.rj("link", second, "V1", first, "V1", actor=worker)
    assert told.code == 0, told.err
    assert "person_linked" not in told.out
    return first, second


def said_of(typist: Typist, case: str, actor: str, *more: str) -> Any:
    return typed(typist, "person", case, "V1", *more, actor=actor)


def test_a_wish_said_in_one_case_is_read_in_the_other_with_whom_to_ask(
    typist: Typist, worker: str, cases: tuple[str, str]
) -> None:
    first, second = cases
    assert typist.rj("stop", first, "V1", actor=worker).code == 0
    told = typist.rj("person", second, "V1", actor=worker)
    assert told.code == 0, told.err
    assert "asked not to be contacted in this matter" in told.out
    assert worker in told.out
    assert first in told.out
    found = said_of(typist, second, worker)
    assert found["holds"]["no_contact"] is True
    refused = typist.rj("inform", second, "V1", "telephone", actor=worker)
    assert refused.code == 1
    assert "not to be contacted" in refused.err
    shown = typist.rj("show", second, actor=worker)
    assert "appears in another case, too" in shown.out


def test_in_another_matter_the_line_says_to_see_it_first(typist: Typist, worker: str) -> None:
    first, second = opened(typist, worker), opened(typist, worker)
    line = ("link", second, "V1", first, "V1", "--no-same-matter")
    assert typist.rj(*line, actor=worker).code == 0
    assert typist.rj("stop", first, "V1", actor=worker).code == 0
    inform = ("inform", second, "V1", "telephone")
    assert typist.rj(*inform, actor=worker).code == 1
    assert "rj wish-seen" in typist.rj("person", second, "V1", actor=worker).out
    assert typist.rj("wish-seen", second, "V1", actor=worker).code == 0
    assert typist.rj(*inform, actor=worker).code == 0


def test_somebody_in_one_case_only_is_said_to_be(typist: Typist, worker: str) -> None:
    case = opened(typist, worker)
    told = typist.rj("person", case, "V1", actor=worker)
    assert told.code == 0
    assert "not known to appear in another case" in told.out
    assert typist.rj("person", case, "V7", actor=worker).code == 2
    assert typist.rj("person", "RJ-00000000-0", "V1", actor=worker).code == 1


def test_a_link_is_undone_by_somebody_else(
    typist: Typist, worker: str, cases: tuple[str, str]
) -> None:
    _, second = cases
    line = ("unlink", second, "V1", "--from", "-")
    roles = ("--roles=supervisor", "--credentials=supervision")
    other = registered(typist, "service-staff", *roles)
    told = typist.rj(*line, given=WHY, actor=other)
    assert told.code == 0, told.err
    assert "person_unlinked" in events(typist, second)
    assert said_of(typist, second, worker)["appearances"] == []


def test_an_auditor_reads_the_history_of_a_person_and_a_worker_does_not(
    typist: Typist, worker: str, cases: tuple[str, str]
) -> None:
    person = said_of(typist, cases[1], worker)["person"]
    auditor = registered(typist, "service-staff", "--roles=auditor", "--credentials=awareness")
    told = typed(typist, "history", person, actor=auditor)
    assert "appearance_noted" in {entry["event"] for entry in told["entries"]}
    assert typist.rj("history", person, actor=worker).code == 1
