"""The register of practitioners: who they are to the service, and whether they are in date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from domain.absence import Absence
from domain.command import StreamKind
from domain.competence import in_date_for, trained_for
from domain.missed import MissedClock
from domain.permissions import View, may
from domain.practitioner import Observation, Practitioner
from domain.words import Act, Credential, Level, MissCause, PractitionerKind, StaffRole
from projections.projection import Projection, Row, Stream
from projections.tables import TABLES, Moment, code, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.matrix import Matrix
    from projections.views import Views

_PRACTITIONERS = sa.Table(
    "practitioners",
    TABLES,
    code("stream", key=True),
    sa.Column("version", sa.Integer, nullable=False),
    code("kind"),
    code("organisation"),
    code("area"),
    sa.Column("roles", sa.JSON, nullable=False),
    sa.Column("credentials", sa.JSON, nullable=False),
    sa.Column("until", sa.JSON, nullable=False),
    sa.Column("registered_at", Moment, nullable=True),
    sa.Column("trained_at", sa.JSON, nullable=False),
    sa.Column("supervised_at", Moment, nullable=True),
    sa.Column("observed_at", Moment, nullable=True),
    sa.Column("practised_at", Moment, nullable=True),
    sa.Column("development", sa.JSON, nullable=False),
    sa.Column("unapproved", sa.JSON, nullable=False),
    sa.Column("entered_at", Moment, nullable=True),
    sa.Column("missed", sa.JSON, nullable=False),
    sa.Column("clocks", sa.JSON, nullable=False),
    sa.Column("observation", sa.JSON, nullable=True),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("absences", sa.JSON, nullable=False),
    sa.Column("demo", sa.Boolean, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Registered:
    """One entry of the register. The name is in the vault."""

    who: Practitioner
    """What the register knows of them but their name, and which cases were looked at in their
    supervision; no hash of their stream."""
    level: Level | None
    in_date: bool | None
    """Whether they are in date for facilitating on the day asked for; None if not trained to."""
    demo: bool
    """Made up to show the service."""
    absence: Absence | None
    """In which they are away on the day asked for; None if they are there."""


def practitioners(
    views: Views,
    reader: Practitioner,
    on: datetime,
    *,
    organisation: str | None = None,
    area: str | None = None,
    role: StaffRole | None = None,
    active: bool | None = None,
) -> list[Registered]:
    """Return the register as this reader may see it, by organisation and reference.

    `on` is the moment, now or later, that being in date is asked for.
    """
    wanted = {"organisation": organisation, "area": area, "active": active}
    chosen = sa.select(_PRACTITIONERS).where(
        *(_PRACTITIONERS.c[name] == value for name, value in wanted.items() if value is not None)
    )
    ordered = chosen.order_by(_PRACTITIONERS.c.organisation, _PRACTITIONERS.c.stream)
    found = ((_light(row), row["demo"]) for row in views.select(ordered))
    return [
        _registered(who, on, views.matrix, demo=demo)
        for who, demo in found
        if may(reader, View.REGISTER, who) and (role is None or role in who.roles)
    ]


@dataclass(frozen=True, slots=True)
class AwayThen:
    """An absence of somebody in the register, given by reference."""

    who: str
    absence: Absence


def away_then(
    views: Views, reader: Practitioner, first: datetime, last: datetime, *, area: bool = False
) -> list[AwayThen]:
    """Return who is away at some moment between two, whoever begins first in front: of the reader's
    organisation in their area, or of their area, as this reader may see the register."""
    own = None if area else reader.organisation
    here = practitioners(views, reader, first, organisation=own, area=reader.area, active=True)
    found = (
        AwayThen(one.who.id, absence)
        for one in here
        for absence in one.who.absences.values()
        if absence.meets(first, last)
    )
    return sorted(found, key=lambda one: (one.absence.starts, one.who))


def everybody(views: Views) -> Iterator[tuple[Practitioner, bool]]:
    """Yield everybody in the register, and whether they were made up to show the service."""
    for row in views.select(sa.select(_PRACTITIONERS).order_by(_PRACTITIONERS.c.stream)):
        yield _light(row), row["demo"]


def practitioner(views: Views, reference: str) -> Practitioner | None:
    """Return the practitioner of this reference as the register has them; None if there is none."""
    chosen = sa.select(_PRACTITIONERS).where(_PRACTITIONERS.c.stream == reference)
    return next((_light(row) for row in views.select(chosen)), None)


def _registered(who: Practitioner, on: datetime, matrix: Matrix, *, demo: bool) -> Registered:
    then = who.on(on)
    trained = trained_for(then, Act.FACILITATE, matrix)
    in_date = in_date_for(then, Act.FACILITATE, on, matrix) if trained else None
    return Registered(who=who, level=then.level, in_date=in_date, demo=demo, absence=who.away(on))


def _rows(stream: Stream) -> Iterator[Row]:
    who = stream.practitioner
    yield {
        "stream": stream.id,
        "version": who.version,
        "kind": who.kind.value,
        "organisation": who.organisation,
        "area": who.area,
        "roles": sorted(who.roles),
        "credentials": {c.value: written(at) for c, at in sorted(who.credentials.items())},
        "registered_at": who.registered_at,
        "until": {c.value: written(at) for c, at in sorted(who.until.items())},
        "trained_at": {c.value: written(at) for c, at in sorted(who.trained_at.items())},
        "supervised_at": who.supervised_at,
        "observed_at": who.observed_at,
        "practised_at": who.practised_at,
        "development": [[written(at), hours] for at, hours in who.development],
        "unapproved": [[written(at), hours] for at, hours in who.unapproved],
        "entered_at": who.entered_at,
        "missed": sorted(who.missed),
        "clocks": [
            [one.id, one.wait, one.subject, written(one.due), written(one.since), one.cause or ""]
            for one in who.clocks.values()
        ],
        "observation": _observation(who),
        "active": who.active,
        "absences": [
            [one.id, written(one.starts), written(one.back), one.cover or "", _named(one)]
            for one in who.absences.values()
        ],
        "demo": stream.is_demo,
    }


def _named(absence: Absence) -> str:
    return written(absence.named_at or absence.starts)


def _observation(who: Practitioner) -> list[str] | None:
    if (one := who.observation) is None:
        return None
    held = written(one.observed_at) if one.observed_at else ""
    return [written(one.planned_at), written(one.planned_for), one.observer, held]


def _observed(row: list[Any] | None) -> Observation | None:
    if row is None:
        return None
    planned_at, planned_for, observer, held = row
    since = datetime.fromisoformat
    return Observation(
        since(planned_at), since(planned_for), observer, since(held) if held else None
    )


def _clock(row: list[Any]) -> MissedClock:
    name, wait, subject, due, since, cause = row
    at = datetime.fromisoformat
    return MissedClock(name, wait, subject, at(due), at(since), MissCause(cause) if cause else None)


def _light(row: Mapping[str, Any]) -> Practitioner:
    since = datetime.fromisoformat
    return Practitioner(
        id=row["stream"],
        version=row["version"],
        kind=PractitionerKind(row["kind"]),
        organisation=row["organisation"],
        area=row["area"],
        roles=frozenset(StaffRole(role) for role in row["roles"]),
        credentials={Credential(c): since(at) for c, at in row["credentials"].items()},
        until={Credential(c): since(at) for c, at in row["until"].items()},
        registered_at=row["registered_at"],
        trained_at={Credential(c): since(at) for c, at in row["trained_at"].items()},
        supervised_at=row["supervised_at"],
        observed_at=row["observed_at"],
        practised_at=row["practised_at"],
        development=tuple((since(at), hours) for at, hours in row["development"]),
        unapproved=tuple((since(at), hours) for at, hours in row["unapproved"]),
        entered_at=row["entered_at"],
        missed=frozenset((name, subject, due) for name, subject, due in row["missed"]),
        clocks={one[0]: _clock(one) for one in row["clocks"]},
        observation=_observed(row["observation"]),
        active=row["active"],
        absences={
            name: Absence(name, since(starts), since(back), cover or None, since(named))
            for name, starts, back, cover, named in row["absences"]
        },
    )


PRACTITIONERS = Projection(_PRACTITIONERS, StreamKind.PRACTITIONER, _rows)
