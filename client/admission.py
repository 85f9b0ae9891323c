"""Letting a command in: is it sense, may they, where are their words, and a proof of all that."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import structlog

from access import NotAccepted
from client.drafts import Drafts
from client.failures import Denied, Nonsense
from client.gate import act_of
from client.understanding import checked, command_class, read
from domain.ids import is_reference, reference
from domain.message import UPDATE_LIMIT, Message
from proof import signed
from vault import Unfit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from access import Refusals, Remembered
    from client.gate import Gate
    from domain.command import Command
    from keys import Signer
    from store import Log
    from vault import Vault

UNVERIFIED = "unverified"
"""How an actor was known whom nothing but a name vouches for."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Wish:
    """A command as an edge hands it over, and who asks for it."""

    actor_id: str
    identified: str
    name: str
    given: Mapping[str, Any]
    stream: str | None
    command_id: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class Admitted:
    """A command that may be sent, and whether it is to open its stream."""

    message: Message
    opens: bool


@dataclass(frozen=True, slots=True)
class Admission:
    """Admits wishes; what it lets in carries references instead of words, and the door's proof."""

    log: Log
    vault: Vault
    gate: Gate
    remembered: Remembered
    refusals: Refusals
    signer: Signer
    allow_unverified: bool

    def admit(self, wish: Wish) -> Admitted:
        """Return the message to send. Raises `Nonsense` and `Denied`, and `Unavailable` of the
        log or the vault, after which nothing has been sent."""
        cls = command_class(wish.name)
        command_id = wish.command_id or str(uuid.uuid4())
        opens = cls.opens and wish.stream is None
        stream = reference(cls.stream, command_id) if opens else _existing(wish.stream)
        checked(cls, wish.given)
        now = datetime.now(UTC)
        bare = Message(id=command_id, stream=stream, name=wish.name)
        self._authorise(wish, cls, bare, now)
        return Admitted(self._signed(wish, cls, bare, now), opens)

    def _authorise(self, wish: Wish, cls: type[Command], bare: Message, now: datetime) -> None:
        entries = self.log.load(bare.stream)
        if any(entry.envelope.command == bare.id for entry in entries):
            # Sent again: the record answers whoever sent it first, and nobody else.
            return
        known = self.allow_unverified or wish.identified != UNVERIFIED
        if known and self.gate.opens_for(wish.actor_id, act_of(cls), entries):
            return
        _log.warning("denied", stream=bare.stream, command=bare.id, command_name=bare.name)
        self.refusals.write(
            NotAccepted(
                stream=bare.stream,
                command=bare.id,
                recorded_at=now,
                name=bare.name,
                actor=wish.actor_id,
                codes=("denied",),
                by_signal=False,
            )
        )
        raise Denied

    def _signed(self, wish: Wish, cls: type[Command], bare: Message, now: datetime) -> Message:
        put = Drafts(self.vault, self.remembered, bare.stream, bare.id, now)
        try:
            command = read(cls, wish.given, put)
        except Unfit as error:
            raise Nonsense(str(error)) from None
        body = command.model_dump(mode="json", exclude_unset=True)
        if len(json.dumps(body, ensure_ascii=False).encode()) > UPDATE_LIMIT:
            raise Nonsense(f"the command is larger than {UPDATE_LIMIT // 1024} KiB")
        return signed(
            bare.model_copy(update={"body": body}),
            actor=wish.actor_id,
            identified=wish.identified,
            origin=wish.origin,
            at=now,
            signer=self.signer,
        )


def _existing(stream: str | None) -> str:
    if stream is None:
        raise Nonsense("this command is about a case that exists: say which")
    if not is_reference(stream):
        raise Nonsense("this is no reference: one looks like RJ-4T9Y2K7P-X; check each character")
    return stream
