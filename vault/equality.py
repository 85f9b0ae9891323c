"""What people say of themselves, if they wish to, so that it can be seen who is served less well.

It is in the vault and nowhere else, no rule reads it, and only counts of it leave the vault. The
groups are those of the census of England and Wales (2021), at their broadest.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator


class Sex(StrEnum):
    """As they say."""

    FEMALE = "FEMALE"
    MALE = "MALE"
    OTHERWISE = "OTHERWISE"
    RATHER_NOT_SAY = "RATHER_NOT_SAY"


class Ethnicity(StrEnum):
    """The ethnic group that they say they are of."""

    ASIAN = "ASIAN"
    BLACK = "BLACK"
    MIXED = "MIXED"
    WHITE = "WHITE"
    OTHER = "OTHER"
    RATHER_NOT_SAY = "RATHER_NOT_SAY"


class Disability(StrEnum):
    """Whether they say that they have one."""

    YES = "YES"
    NO = "NO"
    RATHER_NOT_SAY = "RATHER_NOT_SAY"


class Religion(StrEnum):
    """Their religion or belief, or that they have none."""

    BUDDHIST = "BUDDHIST"
    CHRISTIAN = "CHRISTIAN"
    HINDU = "HINDU"
    JEWISH = "JEWISH"
    MUSLIM = "MUSLIM"
    SIKH = "SIKH"
    OTHER = "OTHER"
    NONE = "NONE"
    RATHER_NOT_SAY = "RATHER_NOT_SAY"


class Orientation(StrEnum):
    """Their sexual orientation."""

    BISEXUAL = "BISEXUAL"
    GAY_OR_LESBIAN = "GAY_OR_LESBIAN"
    HETEROSEXUAL = "HETEROSEXUAL"
    OTHER = "OTHER"
    RATHER_NOT_SAY = "RATHER_NOT_SAY"


def _code(typed: object) -> object:
    return (
        typed.strip().upper().replace("-", "_").replace(" ", "_")
        if isinstance(typed, str)
        else typed
    )


Coded = BeforeValidator(_code)
SexSaid = Annotated[Sex, Coded]
EthnicitySaid = Annotated[Ethnicity, Coded]
DisabilitySaid = Annotated[Disability, Coded]
ReligionSaid = Annotated[Religion, Coded]
OrientationSaid = Annotated[Orientation, Coded]
FIELDS = ("sex", "ethnicity", "disability", "religion", "orientation")
"""The fields of a person's details that are of this kind: nobody is asked for them by the way."""
