"""The competence matrix: which training each act asks for, class by class, and what is in date.

One table, whose defaults are the practice requirements of the practitioner register (levels,
supervision every 12 weeks, one observed practice a year, 6, 12 or 16 hours of development). A
service may ask for more by a setting, and not for less: each default is a floor.
"""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from domain.words import ENDORSEMENTS, Credential, Level, PractitionerKind

RANK = {Level.FOUNDATION: 1, Level.INTERMEDIATE: 2, Level.ADVANCED: 3}
ON_THE_STREET = (
    PractitionerKind.COMMUNITY_WARDEN,
    PractitionerKind.HOUSING_OFFICER,
    PractitionerKind.PARTNER_AGENCY_STAFF,
    PractitionerKind.PCSO,
    PractitionerKind.POLICE_OFFICER,
    PractitionerKind.PRISON_STAFF,
    PractitionerKind.PROBATION_PRACTITIONER,
    PractitionerKind.SOCIAL_WORKER,
    PractitionerKind.YOUTH_JUSTICE_WORKER,
)
"""Who may be trained to resolve local crimes on the spot."""


def _sorted(found: tuple[Credential, ...]) -> tuple[Credential, ...]:
    return tuple(sorted(set(found)))


Credentials = Annotated[tuple[Credential, ...], AfterValidator(_sorted)]


class _Part(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, validate_default=True
    )


class Trained(_Part):
    """An act for which one training of several is enough, once."""

    floor: ClassVar[frozenset[Credential]] = frozenset(Credential)

    any_of: Credentials = Field(default=tuple(sorted(Credential)), min_length=1)

    @field_validator("any_of")
    @classmethod
    def _of_the_floor(cls, found: tuple[Credential, ...]) -> tuple[Credential, ...]:
        if not cls.floor.issuperset(found):
            named = ", ".join(sorted(cls.floor))
            raise ValueError(f"the table of acts asks for {named}, and no setting goes below it")
        return found


class Supervising(Trained):
    """To allocate, countersign, end without contact, decide about a conflict of interest."""

    floor: ClassVar[frozenset[Credential]] = frozenset({Credential.SUPERVISION})

    any_of: Credentials = Field(default=(Credential.SUPERVISION,), min_length=1)


class OnTheSpot(_Part):
    """Local resolution: the training is one; whether it is to be refreshed is a setting."""

    kinds: tuple[PractitionerKind, ...] = Field(default=ON_THE_STREET, min_length=1)
    refresher_days: int | None = Field(default=None, ge=28, le=3660)
    """Calendar days that the training, or its last refresher, is good for; None: for ever."""

    @field_validator("kinds")
    @classmethod
    def _of_the_floor(cls, found: tuple[PractitionerKind, ...]) -> tuple[PractitionerKind, ...]:
        if not set(ON_THE_STREET).issuperset(found):
            named = ", ".join(ON_THE_STREET)
            raise ValueError(f"only these resolve local crimes on the spot: {named}")
        return tuple(sorted(set(found)))


class Facilitating(_Part):
    """The levels that a class of case asks of whoever facilitates it."""

    anybody: Level = Level.FOUNDATION
    """Of everybody who meets, prepares, assesses or carries in such a case."""
    lead: Level = Level.INTERMEDIATE
    co: Level = Level.FOUNDATION

    @field_validator("anybody", "lead", "co", "assessor", check_fields=False)
    @classmethod
    def _not_below_the_floor(cls, level: Level, info: ValidationInfo) -> Level:
        floor = cls.model_fields[str(info.field_name)].default
        if RANK[level] < RANK[floor]:
            raise ValueError(
                f"the table of acts asks for {floor} at least, and no setting goes below it"
            )
        return level


class Sensitively(Facilitating):
    """The same of a sensitive or complex case, whose lead has the endorsements it asks for too."""

    anybody: Level = Level.INTERMEDIATE
    lead: Level = Level.ADVANCED
    co: Level = Level.INTERMEDIATE
    assessor: Level = Level.ADVANCED
    """Of whoever assesses the risk where the case asks for no endorsement."""
    endorsements: Credentials = ()
    """Asked of the lead whatever the case asks for."""

    @field_validator("endorsements")
    @classmethod
    def _endorsements_only(cls, found: tuple[Credential, ...]) -> tuple[Credential, ...]:
        if not ENDORSEMENTS.issuperset(found):
            raise ValueError(f"endorsements are: {', '.join(sorted(ENDORSEMENTS))}")
        return found


class InDate(_Part):
    """What keeps a facilitator in date: an upper bound for each span, a lower for each hour."""

    supervision_weeks: int = Field(default=12, ge=1, le=12)
    observed_days: int = Field(default=365, ge=28, le=365)
    practised_days: int = Field(default=365, ge=28, le=365)
    hours_foundation: float = Field(default=6, ge=6, le=200)
    hours_intermediate: float = Field(default=12, ge=12, le=200)
    hours_advanced: float = Field(default=16, ge=16, le=200)
    approved_share: float = Field(default=0.5, ge=0.5, le=1)
    """Of the hours, approved by the professional body."""

    def hours(self, level: Level | None) -> float:
        """Return the hours of development that a year asks of this level."""
        return float(getattr(self, f"hours_{(level or Level.FOUNDATION).lower()}"))


class Matrix(_Part):
    """Which training each kind of act asks for, and what keeps it in date."""

    inform: Trained = Trained()
    local_resolution: OnTheSpot = OnTheSpot()
    standard: Facilitating = Facilitating()
    sensitive_complex: Sensitively = Sensitively()
    supervise: Supervising = Supervising()
    in_date: InDate = InDate()

    @cached_property
    def digest(self) -> str:
        """What tells this matrix from any other (SHA-256, 12 hexadecimal digits)."""
        canonical = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]


DEFAULT = Matrix()
"""The table of acts as the practice requirements have it."""
