"""What is written down of one look at what is recorded: ids and codes, never what was read."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from domain.ids import StreamId
from domain.permissions import OPENS_A_CASE
from domain.record import Actor
from domain.texts import TextId
from domain.words import LookReason, Operation, Relation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9:._+*~$=-]{1,80}$")]
"""A code, a moment or a reference, whose check character may be any of `*~$=U`."""


class Outcome(StrEnum):
    """What became of it."""

    GIVEN = "GIVEN"
    DENIED = "DENIED"
    """Nothing was handed over: they may not."""
    REASON_ASKED = "REASON_ASKED"
    """Nothing was handed over: policy asks why, and nothing was said."""


class Look(BaseModel):
    """One look, search, export, print, disclosure or joining of records. Times are UTC.

    Of the six operations of the Data Protection Act 2018 s.62; who, when and the recipients are
    what it demands, a reason is this service's own policy.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    id: str = Field(pattern=r"^[0-9a-f]{32}$")
    at: AwareDatetime
    actor: Actor
    behalf: str | None = Field(default=None, pattern=r"^(PR-[0-9A-Z]{8}-.|service:[a-z_]{1,40})$")
    """On whose behalf, where the actor is the service."""
    operation: Operation = Operation.CONSULTATION
    view: Code
    purpose: Code
    outcome: Outcome = Outcome.GIVEN
    about: tuple[StreamId, ...] = ()
    """The cases, people or practitioners that were shown, or asked for."""
    texts: tuple[TextId, ...] = ()
    """Which texts of the vault."""
    asked: dict[Code, Code] = Field(default_factory=dict)
    """The filter of a list or search, or the moments that a state was asked for."""
    recipients: tuple[Code, ...] = ()
    """To whom it was disclosed."""
    medium: Literal["SCREEN", "PRINT", "EXPORT"] = "SCREEN"
    relation: Relation | None = None
    """What the actor is to the case; none for what is about no single case."""
    reason: LookReason | None = None
    glass: bool = False
    """Whether the glass was broken: shown in an emergency to somebody who else may not see it."""

    @property
    def of_every_case(self) -> bool:
        """Whether it was at the record as a whole, as an export of it is: at everybody in it."""
        return not self.about and self.view in OPENS_A_CASE


def new_id() -> str:
    """Return an id that no look had before."""
    return uuid.uuid4().hex


def codes(given: Mapping[str, object]) -> dict[str, str]:
    """Return a filter as codes, what was not asked for left out; times as UTC."""
    return {name: _code(value) for name, value in given.items() if value not in (None, False)}


def _code(value: object) -> str:
    moment: datetime | None = value if hasattr(value, "isoformat") else None  # type: ignore[assignment]
    return moment.isoformat() if moment is not None else str(value)
