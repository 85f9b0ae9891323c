"""Details of a party and of an offence: documents of the vault that rules and people read.

They are put as texts of the kind `details`. A correction is a new document, never a change: an
event goes on referring to the one that was read.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from vault.equality import (
    Disability,
    DisabilitySaid,
    Ethnicity,
    EthnicitySaid,
    Orientation,
    OrientationSaid,
    Religion,
    ReligionSaid,
    Sex,
    SexSaid,
)
from vault.problems import Unfit

if TYPE_CHECKING:
    from collections.abc import Mapping

DETAILS = "details"
"""The kind under which a person's documents are put."""
OFFENCE = "offence"
"""The kind under which that of an offence is put, by the field of the referral."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000)]


def _written_out(day: object) -> object:
    # A number, also one in quotation marks, would be taken for seconds since 1970.
    if isinstance(day, date) or (isinstance(day, str) and _DAY.fullmatch(day)):
        return day
    raise ValueError("a date is written as 2026-05-31")


def _within_reach(day: date) -> date:
    if day.year < _EARLIEST:
        raise ValueError(f"a date is from {_EARLIEST} on")
    return day


_EARLIEST = 1900
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Day = Annotated[date, BeforeValidator(_written_out), AfterValidator(_within_reach)]


class Details(BaseModel):
    """A document of facts, every one optional: nobody has to tell."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    @classmethod
    def entered(cls, fields: Mapping[str, Any]) -> Self:
        """Return what somebody entered, by the names of the fields.

        Raises `Unfit` with a sentence for each field, without what was entered.
        """
        unknown = len(set(fields) - set(cls.model_fields))
        if unknown:
            names = ", ".join(cls.model_fields)
            raise Unfit(f"{unknown} of these are not details that are kept; these are: {names}")
        return cls._checked(fields)

    @classmethod
    def parse(cls, words: str) -> Self:
        """Return the document that `serialise` wrote, also if a later release added fields to it.

        Raises `Unfit` if it is not such a document.
        """
        try:
            stored = json.loads(words)
        except ValueError:
            stored = None
        if not isinstance(stored, dict):
            raise Unfit("this text does not hold details")
        return cls._checked({name: stored[name] for name in cls.model_fields if name in stored})

    def serialise(self) -> str:
        """Return the document as the words to put: JSON of what is known, dates as 2026-05-31."""
        return self.model_dump_json(exclude_none=True)

    @classmethod
    def _checked(cls, fields: Mapping[str, Any]) -> Self:
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            wrong = [
                f"{problem['loc'][0]}: {problem['msg'].removeprefix('Value error, ')}"
                for problem in error.errors()
            ]
        # Outside the handler: the error that pydantic raised holds what was entered.
        raise Unfit("; ".join(wrong))


COUNTED = "only if they wish to say, and only ever counted: "


class PartyDetails(Details):
    """Who somebody is and how to reach them without harm."""

    name: Line | None = None
    known_as: Line | None = Field(default=None, description="what they like to be called")
    born: Day | None = None
    adult: bool | None = Field(
        default=None, description="whether they are 18 or over, where their birth date is not known"
    )
    phone: Line | None = None
    email: Line | None = None
    address: Words | None = None
    safe_way: Words | None = Field(
        default=None, description="how, when and through whom it is safe to get in touch"
    )
    language: Line | None = Field(default=None, description="the language they would rather speak")
    needs: Words | None = Field(default=None, description="what makes taking part possible")
    prison: Line | None = Field(default=None, description="where they are held, if they are")
    release: Day | None = Field(default=None, description="when they are due to leave custody")
    notes: Words | None = None
    sex: SexSaid | None = Field(default=None, description=f"{COUNTED}{', '.join(Sex)}")
    ethnicity: EthnicitySaid | None = Field(
        default=None, description=f"{COUNTED}{', '.join(Ethnicity)}"
    )
    disability: DisabilitySaid | None = Field(
        default=None, description=f"{COUNTED}{', '.join(Disability)}"
    )
    religion: ReligionSaid | None = Field(
        default=None, description=f"{COUNTED}{', '.join(Religion)}"
    )
    orientation: OrientationSaid | None = Field(
        default=None, description=f"{COUNTED}{', '.join(Orientation)}"
    )


class OffenceDetails(Details):
    """What happened, where and when, and what others call the matter."""

    date: Day | None = None
    place: Words | None = None
    description: Words | None = None
    police_reference: Line | None = None
    court_reference: Line | None = None
