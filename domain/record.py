"""What stands in the log: the envelope of every event, in its final form.

The recorded bytes are this model's JSON, its fields in this order, then the seal. They never
change once written; a later form of the envelope is a new class beside this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from domain.ids import CommandId
from domain.texts import Digest, TextRef

if TYPE_CHECKING:
    from domain.event import Event

WHOSE = r"^([VOSC][1-9][0-9]{0,2}|PR-[0-9A-Z]{8}-.|service:[a-z_]{1,40})$"
"""A person of the case, a practitioner or a system: never a name."""
START = "0" * 64
"""The hash before the first event of a stream."""
BROUGHT_ALONG = frozenset({"import", "demo"})
"""Origins of a history that comes in whole, entry after entry as it happened: in it a no counts
from when it was said, and a yes of a later day comes after it; until somebody works on it here."""


class Regime(StrEnum):
    """The law under which personal data are handled (Data Protection Act 2018)."""

    LE_PART3 = "LE_PART3"
    UK_GDPR = "UK_GDPR"


class BasisKind(StrEnum):
    """Facts and personal assessments are told apart (Data Protection Act 2018 s.38(2))."""

    FACT = "FACT"
    ASSESSMENT = "ASSESSMENT"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Actor(_Part):
    """Who acted: a practitioner's reference, or `service:` and the name of a system.

    `identified` says how: `unverified`, `service`, `operator` (whoever runs the service and has its
    keys, for the first administrator), or the name of the sign-in that vouched.
    """

    id: str = Field(pattern=r"^(PR-[0-9A-Z]{8}-.|service:[a-z_]{1,40})$")
    identified: str = Field(pattern=r"^[a-z0-9:._/-]{1,80}$")


class Basis(_Part):
    """Whether this is a fact or somebody's assessment, and whose (a party or a practitioner)."""

    kind: BasisKind = BasisKind.FACT
    whose: str | None = Field(default=None, pattern=WHOSE)


FACT = Basis()


class Why(_Part):
    """The reason given, as a code, as words in the vault, or both. Never asked of a victim."""

    code: str | None = Field(default=None, pattern=r"^[A-Z0-9_]{1,60}$")
    words: TextRef | None = None


class Envelope(_Part):
    """One event as it is recorded. Times are UTC; hashes and digests are SHA-256, hexadecimal."""

    form: Literal["rj1"] = "rj1"
    v: int = Field(ge=1)
    """Version of the event's data."""
    command: CommandId
    digest: Digest
    """Of the command as it was asked: the same id with another digest is another command."""
    part: int = Field(ge=1)
    """This event is number `part` of the `parts` appended together."""
    parts: int = Field(ge=1)
    previous: Digest
    """Hash of the event before this one in its stream; `START` before the first."""
    actor: Actor
    asked_by: str | None = Field(default=None, pattern=r"^[A-Z0-9_*~$=-]{1,60}$")
    """Who wanted it, where that is not the actor: a party, a practitioner or a source's code."""
    recorded_at: AwareDatetime
    effective_at: AwareDatetime
    rules: str
    """The rule set that it was decided under."""
    basis: Basis
    controller: str = Field(pattern=r"^[A-Z0-9_]{1,60}$")
    regime: Regime
    origin: str = Field(pattern=r"^[a-z_]{1,40}$")
    """Where it came in: `cli`, `api`, `clock`, `follow_up`, `setup`, `import`, `demo`, `paper`."""
    why: Why | None = None
    read: dict[str, int] = Field(default_factory=dict)
    """Other streams that the decision rested on, and their versions."""
    data: dict[str, Any]
    """The event's own fields: ids and coded facts only."""

    @property
    def envelope(self) -> Envelope:
        """Itself: see `Entry.recorded`."""
        return self


class Entry(NamedTuple):
    """One event as it stands in the log: its place, its envelope, its meaning and its hash."""

    stream: str
    version: int
    """From 1, without gaps, within the stream."""
    name: str
    recorded: Envelope
    """The envelope, or what has the same fields but the data: a model is dear to make and to keep,
    and of most entries it is never asked for."""
    event: Event
    hash: str

    @property
    def envelope(self) -> Envelope:
        """The envelope, made now if it was not yet."""
        return self.recorded.envelope

    @property
    def effective_at(self) -> datetime:
        """When it took effect."""
        return self.recorded.effective_at

    @property
    def recorded_at(self) -> datetime:
        """When it was recorded."""
        return self.recorded.recorded_at


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that is about to be recorded: what a decision returns and an append takes."""

    event: Event
    effective_at: datetime
    basis: Basis = FACT
    why: Why | None = None
    asked_by: str | None = None
    """Who wanted it, where the parts of one append were wanted by several."""
