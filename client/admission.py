"""Letting a command in: is it sense, may they, where are their words, and a proof of all that."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import structlog
from pydantic import ConfigDict, TypeAdapter, ValidationError

from access import Look, NotAccepted, NotWritten
from client.drafts import Drafts
from client.failures import Denied, DeniedThere, Nonsense, Unavailable
from client.gate import act_of
from client.officers import officers_for
from client.stores import OUT_OF_REACH
from client.understanding import asked, body_of
from domain.dossier import Dossier
from domain.fold import folded
from domain.ids import CommandId, is_reference, reference
from domain.message import UPDATE_LIMIT, Message
from domain.permissions import View
from domain.record import Actor
from domain.visit import VISIT
from domain.words import Act, Operation
from keys import KeyMissing
from proof import OPERATOR, UNVERIFIED, signed
from vault import Unavailable as VaultUnavailable
from vault import Unfit
from workflows.run import TICK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from access import Refusals, Remembered
    from client.gate import Gate
    from client.stores import Stores
    from client.understanding import Asked
    from domain.command import Command
    from domain.record import Entry
    from keys import Signer
    from store import Log
    from vault import Vault

__all__ = ["OPERATOR", "UNVERIFIED", "Admission", "Admitted", "Wish"]

_COMMAND_ID = TypeAdapter(CommandId, config=ConfigDict(hide_input_in_errors=True))
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
    protective: bool
    """Whether it, or a part of it, is a protective act."""


@dataclass(frozen=True, slots=True)
class Admission:
    """Admits wishes; what it lets in carries references instead of words, and the door's proof."""

    log: Log
    stores: Stores
    gate: Gate
    signer: Signer
    allow_unverified: bool

    @property
    def vault(self) -> Vault:
        """Where words are put. Opened when it is first asked for, like the others."""
        return self.stores.vault

    @property
    def remembered(self) -> Remembered:
        """Which words were put there already."""
        return self.stores.remembered

    @property
    def refusals(self) -> Refusals:
        """Where it is written down that somebody was not let in."""
        return self.stores.refusals

    def admit(self, wish: Wish) -> Admitted:
        """Return the message to send. Raises `Nonsense` and `Denied`, and what is in
        `OUT_OF_REACH`, after which nothing has been sent; the vault is needed for words only."""
        every = asked(wish.name, wish.given)
        cls = every[0].cls
        opens = cls.opens and wish.stream is None and wish.name != VISIT
        command_id = _fit(wish.command_id) if wish.command_id else self._new_id(cls, opens=opens)
        stream = reference(cls.stream, command_id) if opens else _existing(cls, wish.stream)
        for one in every:
            one.check()
        now = datetime.now(UTC)
        bare = Message(id=command_id, stream=stream, name=wish.name)
        self._authorise(wish, every, bare, now, opens=opens)
        protective = any(one.cls.protective for one in every)
        return Admitted(self._signed(wish, every, bare, now), opens, protective)

    def _new_id(self, cls: type[Command], *, opens: bool) -> str:
        """Return a command id that nobody had, and that opens a stream that nobody has."""
        while True:
            command_id = str(uuid.uuid4())
            if not opens or not self.log.load(reference(cls.stream, command_id)):
                return command_id

    def _authorise(
        self, wish: Wish, every: Sequence[Asked], bare: Message, now: datetime, *, opens: bool
    ) -> None:
        entries = self.log.load(bare.stream)
        if any(entry.recorded.command == bare.id for entry in entries):
            # Sent again: the record answers whoever sent it first, and nobody else.
            return
        if all(self._may(wish, one.cls, entries, opens=opens) for one in every):
            _look_twice(entries, opens=opens)
            return
        _log.warning("denied", stream=bare.stream, command=bare.id, command_name=bare.name)
        refusal = NotAccepted(
            stream=bare.stream,
            command=bare.id,
            recorded_at=now,
            name=bare.name,
            actor=wish.actor_id,
            codes=("denied",),
            by_signal=False,
        )
        try:
            self.refusals.write(refusal)
        except VaultUnavailable as error:
            # Whoever asked is told the same, whether or not it can be written down just now.
            _log.warning("refusal_not_written", command=bare.id, why=str(error))
        raise self._denial(wish, every, entries)

    def _denial(self, wish: Wish, every: Sequence[Asked], entries: Sequence[Entry]) -> Denied:
        """Return that they may not; and who may, of an entry of the register that they may see."""
        of = folded(entries)
        decides = all(act_of(one.cls) is Act.DECIDE_DATA for one in every)
        if not decides or not isinstance(of, Dossier) or not self._known(wish):
            return Denied()
        if not self.gate.opens_for(wish.actor_id, View.DOSSIER, entries):
            return Denied()
        return DeniedThere(officers_for(self.log, of, datetime.now(UTC)))

    def _known(self, wish: Wish) -> bool:
        return self.allow_unverified or wish.identified != UNVERIFIED

    def _may(
        self, wish: Wish, cls: type[Command], entries: Sequence[Entry], *, opens: bool
    ) -> bool:
        if not self._known(wish):
            return False
        act = act_of(cls)
        if not entries and not opens and act is not Act.PROTECT:
            # The same is said of what is not there as of what they may not know of.
            return False
        return self.gate.opens_for(wish.actor_id, act, entries)

    def _signed(self, wish: Wish, every: Sequence[Asked], bare: Message, now: datetime) -> Message:
        put = Drafts(self.stores, bare.stream, bare.id, now)
        try:
            commands = [_read(one, put) for one in every]
        except OUT_OF_REACH as error:
            raise Unavailable(_without_words(every, error), wish.command_id) from None
        for part, command in zip(every, commands, strict=True):
            self._write_down(wish, command, bare, now, part=part.part)
        body = body_of(wish.name, commands)
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

    def _write_down(
        self, wish: Wish, command: Command, bare: Message, now: datetime, *, part: int
    ) -> None:
        """Have the access log say to whom something was disclosed, once for each command."""
        recipients = command.disclosed_to()
        if not recipients:
            return
        once = f"{bare.stream} {bare.id} disclosed" + (f" {part}" if part else "")
        own = hashlib.sha256(once.encode()).hexdigest()[:32]
        look = Look(
            id=own,
            at=now,
            actor=Actor(id=wish.actor_id, identified=wish.identified),
            operation=Operation.DISCLOSURE,
            view=View.CASE,
            purpose=command.name(),
            about=(bare.stream,),
            recipients=recipients,
        )
        try:
            self.stores.access.write(look)
        except (NotWritten, KeyMissing) as error:
            # What protects waits for nothing; the event that it leads to says the same.
            if not command.protective:
                raise Unavailable(str(error), wish.command_id) from None
            _log.warning("disclosure_not_written", command=bare.id, why=str(error))


def _read(one: Asked, put: Drafts) -> Command:
    try:
        return one.read(put)
    except Unfit as error:
        raise Nonsense(*one.named(str(error))) from None


def _fit(command_id: str) -> str:
    try:
        _COMMAND_ID.validate_python(command_id)
    except ValidationError:
        raise Nonsense("a command id is 8 to 80 letters, digits and any of : . _ + -") from None
    if command_id.startswith(f"{TICK}:"):
        raise Nonsense(f"command ids that begin with {TICK}: are the clock's own")
    return command_id


def _without_words(every: Sequence[Asked], error: Exception) -> str:
    sentence = f"{error}; the words cannot be kept now, and nothing was sent"
    # No protective act asks for any, so whoever has to act at once can.
    protective = all(one.cls.protective for one in every)
    return f"{sentence}. Without words it can be recorded" if protective else sentence


def _existing(cls: type[Command], stream: str | None) -> str:
    if stream is None:
        raise Nonsense("this command is about a case that exists: say which")
    if not is_reference(stream):
        raise Nonsense("this is no reference: one looks like RJ-4T9Y2K7P-X; check each character")
    if not stream.startswith(f"{cls.stream.value}-"):
        raise Nonsense(
            f"this command is about something whose reference begins {cls.stream.value}-"
        )
    return stream


def _look_twice(entries: Sequence[Entry], *, opens: bool) -> None:
    if opens and entries:
        raise Nonsense("what this command id would open is there already: take another id")
    if not opens and not entries:
        raise Nonsense("there is nothing under this reference")
