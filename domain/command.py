"""Commands: what may be asked, in the imperative, and the registry of them.

A command is a frozen model. Its wire name is the class name in snake case: the name of the
Temporal update and signal, and of `rj do CASE name`. Fields marked `OwnedBy` are personal: people
type words, the door puts them into the vault, and only the reference travels.
"""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from domain.calendar import Moment
from domain.event import snake
from domain.record import Basis, Why
from domain.words import Source

COMMANDS: dict[str, type[Command]] = {}
"""Every command there is, by its wire name."""


ASKERS = rf"^([VOSC][1-9][0-9]{{0,2}}|PR-[0-9A-Z]{{8}}-.|{'|'.join(Source)})$"
"""A person of the case, a practitioner, or a kind of source: never a name."""


class StreamKind(StrEnum):
    """The kinds of stream in the log, by the prefix of their references."""

    CASE = "RJ"
    PRACTITIONER = "PR"
    PERSON = "PE"
    DOSSIER = "DP"


class Command(BaseModel):
    """What somebody asks for. Subclasses register themselves under their wire name."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    stream: ClassVar[StreamKind] = StreamKind.CASE
    opens: ClassVar[bool] = False
    """Whether it may be the first command of a new stream."""
    protective: ClassVar[bool] = False
    """A no, a doubt, a stop, a danger, a correction: never refused for competence, stage, time or
    allocation (it closes, narrows, warns or hands on)."""

    effective_at: Moment | None = Field(
        default=None, description="when it happened, if not now (with its offset from UTC)"
    )
    asked_by: str | None = Field(
        default=None,
        pattern=ASKERS,
        description="who wanted it, where that is not the one who enters it: a party or a source",
    )
    basis: Basis | None = Field(
        default=None, description="fact or assessment, and whose; the command's own if left out"
    )
    why: Why | None = Field(default=None, description="the reason, if one was given")
    happened: bool = Field(
        default=False,
        description="it has happened already: if a rule speaks against it, record the breach",
    )

    def __init_subclass__(cls, *, abstract: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if abstract:
            return
        name = cls.name()
        if name in COMMANDS:
            raise TypeError(f"two commands are called {name}")
        COMMANDS[name] = cls

    def disclosed_to(self) -> tuple[str, ...]:
        """Return to whom this says that something of a person was passed on, as codes."""
        return ()

    @classmethod
    def name(cls) -> str:
        """Return the wire name."""
        return snake(cls.__name__)


def canonical(name: str, body: dict[str, Any]) -> bytes:
    """Return the one way to write a command as bytes: sorted JSON without spaces, UTF-8."""
    return json.dumps(
        {"body": body, "name": name}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


def digest(name: str, body: dict[str, Any]) -> str:
    """Return the SHA-256 (hexadecimal) of the command in its canonical form."""
    return hashlib.sha256(canonical(name, body)).hexdigest()
