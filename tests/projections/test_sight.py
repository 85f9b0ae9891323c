"""Lists ask the one gate, of a case with few columns: they must be all that the gate looks at."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from domain.case import Case
from domain.permissions import View, may
from domain.practitioner import Practitioner
from domain.words import Act, PractitionerKind, StaffRole
from projections import sight
from tests.paths import PATHS
from tests.playing import play
from tests.story import STAFF, Story

COLUMNS = {column.name for column in sight.columns()}


class Watched(Case):
    """A case that notes what is asked of it."""

    __slots__ = ("asked",)

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("__"):
            object.__getattribute__(self, "asked").add(name)
        return super().__getattribute__(name)


def watched(case: Case) -> tuple[Watched, set[str]]:
    copy: Watched = object.__new__(Watched)
    asked: set[str] = set()
    object.__setattr__(copy, "asked", asked)
    for one in fields(Case):
        object.__setattr__(copy, one.name, getattr(case, one.name))
    return copy, asked


def somebody(role: StaffRole) -> Practitioner:
    return Practitioner(
        id="PR-7K3M9QXA-5",
        kind=PractitionerKind.SERVICE_STAFF,
        organisation="DERBYSHIRE_RJ",
        area="DERBYSHIRE",
        roles=frozenset({role}),
        active=True,
    )


@pytest.mark.parametrize("role", StaffRole)
@pytest.mark.parametrize("what", [View.CASE, Act.SUPERVISE])
def test_the_gate_looks_at_nothing_that_a_row_does_not_have(
    role: StaffRole, what: View | Act
) -> None:
    case, asked = watched(Case(id="RJ-7K3M9QXA-5", version=3, organisation="OTHER_RJ"))
    may(somebody(role), what, case)
    assert asked
    assert asked <= COLUMNS | {"id"}


def test_the_watch_notices_what_else_is_looked_at() -> None:
    case, asked = watched(Case(id="RJ-7K3M9QXA-5", version=3))
    may(somebody(StaffRole.INTAKE), Act.INFORM, case)
    assert not asked <= COLUMNS | {"id"}


@pytest.mark.parametrize("path", PATHS)
def test_a_row_opens_to_the_same_readers_as_its_case(path: str) -> None:
    story: Story = play(PATHS[path])
    case = replace(story.case, conflicted=frozenset({story.someone("co")}))
    row = {"stream": case.id, **sight.values(case)}
    for name in STAFF:
        from_register = replace(somebody(StaffRole.SUPERVISOR), id=story.someone(name))
        assert sight.seen_by(from_register, row) == may(from_register, View.CASE, case)
        facilitator = replace(from_register, roles=frozenset({StaffRole.FACILITATOR}))
        assert sight.seen_by(facilitator, row) == may(facilitator, View.CASE, case)
