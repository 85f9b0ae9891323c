"""Who may see a row: the few columns that the one gate asks for, in each table about cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from domain.case import Case
from domain.permissions import View, may
from projections.tables import code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.practitioner import Practitioner


TEAM, AREA = "team", "area"
"""Whose work: that of the reader's own organisation in their area, or that of their area."""


def columns() -> tuple[sa.Column[Any], ...]:
    """Return the columns, new ones for each table."""
    return (
        sa.Column("version", sa.Integer, nullable=False),
        code("organisation"),
        code("area"),
        code("case_worker", optional=True),
        code("lead", optional=True),
        code("co", optional=True),
        code("supervisor", optional=True),
        sa.Column("conflicted", sa.JSON, nullable=False),
    )


def values(case: Case) -> dict[str, Any]:
    """Return what stands in these columns for a case."""
    return {
        "version": case.version,
        "organisation": case.organisation,
        "area": case.area,
        "case_worker": case.case_worker,
        "lead": case.lead,
        "co": case.co,
        "supervisor": case.supervisor,
        "conflicted": sorted(case.conflicted),
    }


def seen_by(reader: Practitioner, row: Mapping[str, Any]) -> bool:
    """Say whether this reader may see the case that a row is about."""
    return may(reader, View.CASE, light(row))


def near(reader: Practitioner, row: Mapping[str, Any], *, area: bool) -> bool:
    """Say whether the case that a row is about is of the reader's area and, unless the whole `area`
    is asked for, of their organisation."""
    here = area or row["organisation"] == reader.organisation
    return bool(here and row["area"] == reader.area)


def light(row: Mapping[str, Any]) -> Case:
    """Return as much of the case as the gate looks at."""
    return Case(
        id=row["stream"],
        version=row["version"],
        organisation=row["organisation"],
        area=row["area"],
        case_worker=row["case_worker"],
        lead=row["lead"],
        co=row["co"],
        supervisor=row["supervisor"],
        conflicted=frozenset(row["conflicted"]),
    )
