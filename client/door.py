"""The one door: every command of every person and system comes in here, and every read goes out."""

from __future__ import annotations

import asyncio
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import structlog

from activities.refusals import NotAccepted, Refusals, open_refusals
from client.answer import Answer, Queued
from client.connection import connect
from client.drafts import Drafts
from client.failures import Denied, Nonsense, Unavailable
from client.gate import Gate, act_of
from client.reading import Reading
from client.recovery import Recovery
from client.remembered import open_remembered
from client.sending import LATER, PERSON, Sender
from client.understanding import checked, command_class, read
from domain.ids import is_reference, reference
from domain.message import UPDATE_LIMIT, Message
from keys import KeyKind, Keyring
from proof import signed
from store import Unavailable as LogUnavailable
from store import open_log
from vault import Unavailable as VaultUnavailable
from vault import Unfit, open_vault
from workflows.append import LATER_ORIGINS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from temporalio.client import Client
    from temporalio.common import Priority

    from client.remembered import Remembered
    from domain.command import Command
    from domain.waits import Limits
    from keys import Signer
    from settings import Settings
    from store import Log
    from vault import Vault


UNVERIFIED = "unverified"
"""How an actor was known whom nothing but a name vouches for."""
OUT_OF_REACH = (VaultUnavailable, LogUnavailable)


_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Door:
    """What an edge (command line, pages, interface for programs) holds to let people act.

    `actor_id` is the practitioner (or `service:name`), `identified` how they were known: the edge
    vouches for both, and the door signs them.
    """

    client: Client
    sender: Sender
    log: Log
    vault: Vault
    remembered: Remembered
    refusals: Refusals
    signer: Signer
    limits: Limits
    allow_unverified: bool
    """Whether an actor whom only a name vouches for is let in."""

    @classmethod
    async def connect(cls, settings: Settings, client: Client | None = None) -> Door:
        """Open the door of the installation that the settings describe.

        Reads and drafts work without a Temporal server; commands are `Unavailable` until there is
        one. Raises `Unavailable` and `KeyMissing`.
        """
        keyring = Keyring(settings.key_folder)
        client = client or await connect(settings, "rj-door", lazy=True)
        sender = Sender(
            client=client,
            task_queue=settings.task_queue,
            continue_after=settings.continue_after_events,
            answer_within=settings.answer_within,
        )
        return cls(
            client=client,
            sender=sender,
            log=open_log(settings.database("log"), None, keyring.verifier(KeyKind.SEAL)),
            vault=open_vault(settings.database("vault"), settings.database("vault_keys"), keyring),
            remembered=open_remembered(settings.database("access")),
            refusals=open_refusals(settings.database("access")),
            signer=keyring.signer(KeyKind.DOOR),
            limits=settings.limits,
            allow_unverified=settings.allow_unverified,
        )

    @property
    def gate(self) -> Gate:
        """What decides whom the door lets do or see something."""
        return Gate(self.log)

    @property
    def readings(self) -> Reading:
        """The ways to read the record."""
        return Reading(self.log, self.vault, self.gate)

    @property
    def recovery(self) -> Recovery:
        """The ways to make Temporal whole again."""
        return Recovery(self.log, self.sender, self.limits)

    async def do(
        self,
        actor_id: str,
        identified: str,
        name: str,
        given: Mapping[str, Any],
        *,
        stream: str | None = None,
        command_id: str | None = None,
        origin: str = "cli",
    ) -> Answer:
        """Have a command recorded and return what it led to.

        `given` is what the edge was given, words in place; `stream` may be left out for a command
        that opens one. The same command with the same `command_id` happens once. Raises
        `Refused`, `Denied`, `Nonsense`, `Unavailable` and `Unforeseen`.
        """
        wish = _Wish(actor_id, identified, name, given, stream, command_id, origin)
        let_in = await self._let_in(wish)
        answer = await self.sender.ask(
            let_in.message, start=let_in.opens, priority=_priority(origin)
        )
        return Answer(
            stream=let_in.message.stream,
            command_id=let_in.message.id,
            version=answer.get("version", 0),
            events=tuple(answer.get("events", ())),
        )

    async def signal(
        self,
        actor_id: str,
        identified: str,
        name: str,
        given: Mapping[str, Any],
        *,
        stream: str | None = None,
        command_id: str | None = None,
        origin: str = "cli",
    ) -> Queued:
        """Hand over a command without waiting for what becomes of it; see `do`.

        What is then not accepted becomes a task for staff. Raises `Denied`, `Nonsense`,
        `Unavailable` and `Unforeseen`.
        """
        wish = _Wish(actor_id, identified, name, given, stream, command_id, origin)
        let_in = await self._let_in(wish)
        await self.sender.queue(let_in.message, priority=_priority(origin))
        return Queued(stream=let_in.message.stream, command_id=let_in.message.id)

    def close(self) -> None:
        """Let go of the databases."""
        self.log.close()
        self.vault.close()
        self.remembered.close()
        self.refusals.close()

    async def _let_in(self, wish: _Wish) -> _LetIn:
        cls = command_class(wish.name)
        command_id = wish.command_id or str(uuid.uuid4())
        opens = cls.opens and wish.stream is None
        stream = reference(cls.stream, command_id) if opens else _existing(wish.stream)
        checked(cls, wish.given)
        bare = Message(id=command_id, stream=stream, name=wish.name)
        try:
            message = await asyncio.to_thread(self._prepare, wish, cls, bare)
        except OUT_OF_REACH as error:
            raise Unavailable(f"{error}; nothing was sent", command_id) from None
        return _LetIn(message, opens)

    def _prepare(self, wish: _Wish, cls: type[Command], bare: Message) -> Message:
        now = datetime.now(UTC)
        self._authorise(wish, cls, bare, now)
        put = Drafts(self.vault, self.remembered, bare.stream, bare.id, now)
        try:
            command = read(cls, wish.given, put)
        except Unfit as error:
            raise Nonsense(str(error)) from None
        body = command.model_dump(mode="json", exclude_unset=True)
        _small_enough(body)
        return signed(
            bare.model_copy(update={"body": body}),
            actor=wish.actor_id,
            identified=wish.identified,
            origin=wish.origin,
            at=now,
            signer=self.signer,
        )

    def _authorise(self, wish: _Wish, cls: type[Command], bare: Message, now: datetime) -> None:
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


@dataclass(frozen=True, slots=True)
class _Wish:
    actor_id: str
    identified: str
    name: str
    given: Mapping[str, Any]
    stream: str | None
    command_id: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class _LetIn:
    message: Message
    opens: bool


def _existing(stream: str | None) -> str:
    if stream is None:
        raise Nonsense("this command is about a case that exists: say which")
    if not is_reference(stream):
        raise Nonsense("this is no reference: one looks like RJ-4T9Y2K7P-X; check each character")
    return stream


def _small_enough(body: Mapping[str, Any]) -> None:
    if len(json.dumps(body, ensure_ascii=False).encode()) > UPDATE_LIMIT:
        raise Nonsense(f"the command is larger than {UPDATE_LIMIT // 1024} KiB")


def _priority(origin: str) -> Priority:
    return LATER if origin in LATER_ORIGINS else PERSON
