"""Whose data these are and under which law: the controller and the regime, and who decides them.

By default they follow the organisation that something came from, as the settings have it: a case
from whoever opened it, an item or a disclosure from whoever recorded it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, Field

from domain.record import Regime

CODE = r"^[A-Z0-9_]{1,60}$"


class Handling(BaseModel):
    """A data controller, and the law under which it handles personal data."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    controller: str = Field(pattern=CODE)
    regime: Regime


@dataclass(frozen=True, slots=True)
class Handlings:
    """What applies where: by organisation, and for every other."""

    default: Handling
    by_organisation: Mapping[str, Handling] = field(default_factory=dict)

    def of(self, case: Handling | None, organisation: str | None) -> Handling:
        """Return what applies to something that this organisation records.

        `case` is what applies to the case that it is recorded in, if there is one. An organisation
        that the settings name has its own; every other follows the case.
        """
        own = self.by_organisation.get(organisation or "")
        return own or case or self.default
