"""What travels between the door, the workflow and the activity. Ids and coded facts only.

Every field added later has a default, and unknown fields are ignored: an old run must be able to
read what a newer release wrote, and the other way round.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

UPDATE_LIMIT = 64 * 1024
"""Bytes of a command at most: a larger update is accepted by the server and then jams its case."""


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Proof(_Shape):
    """The door's signature over one command: who asks for what, where, and how they were known.

    It does not expire, since commands may wait; what expires is the sign-in at the door.
    """

    actor: str
    identified: str
    origin: str
    issued_at: AwareDatetime
    key: str = ""
    signature: str = ""
    """Ed25519 over the canonical JSON of the message without its signature; base64."""


class Message(_Shape):
    """One command on its way: the body passes through the workflow unread."""

    id: str
    stream: str
    name: str
    body: dict[str, Any] = Field(default_factory=dict)
    proof: Proof | None = None
    """Absent from the clock's own ticks, which the workflow makes."""


class Present(_Shape):
    """Where a stream stands, folded after the append: all that the workflow keeps of it."""

    version: int = 0
    head: str = ""
    """Hash of the last event: Temporal's own history so witnesses it."""
    stage: str = "EMPTY"
    """A code, never more."""
    waits_for: tuple[str, ...] = ()
    """Codes: `staff`, `clock` or `person`."""
    next_due: AwareDatetime | None = None
    open: bool = False
    """Whether the stream waits for anything at all; if not, its run may end."""


class Turn(_Shape):
    """What the workflow hands to the activity: the message, the hour, and what it last saw."""

    message: Message
    at: AwareDatetime
    witness: Present = Present()
    by_signal: bool = False
    """Whether nobody waits for the answer: what is not accepted becomes a task for staff."""


class Outcome(StrEnum):
    """How a command ended."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    """A rule spoke against it; the caller may act on the case and is told which."""
    DENIED = "denied"
    """The actor may not do this here; nothing more is told."""
    NONSENSE = "nonsense"
    """It does not make sense, whoever asks: an unknown name, field or person."""
    ERROR = "error"
    """Anything unforeseen; the incident id is in the log of the service."""
    BEHIND_ITS_WITNESS = "log_behind_its_witness"
    """The log is older than what the workflow has seen of it: not appended to."""


class Refusal(_Shape):
    """One rule that speaks against a command: its name, and its sentence."""

    code: str
    reason: str
    about: tuple[str, ...] = ()
    """What is missing and whose it is, where the rule can say so: codes such as V1:SHUTTLE."""
    part: int = 0
    """Against which part of a visit it speaks, from 1; 0 for a command by itself."""
    command: str = ""
    """The wire name of that part."""


class Reply(_Shape):
    """What the activity answers: the answer to this command as first recorded, and the present."""

    outcome: Outcome
    answer: dict[str, Any] = Field(default_factory=dict)
    """What was recorded: `version` after it, and `events`, each its name and its coded data."""
    refusals: tuple[Refusal, ...] = ()
    present: Present | None = None
    incident: str | None = None
