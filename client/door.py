"""The one door: every command of every person and system comes in here, and every read goes out."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from client.admission import Admission, Admitted, Wish
from client.answer import Answer, Queued
from client.connection import connect
from client.erasing import carried_out
from client.everywhere import ordered
from client.failures import Nonsense, Unavailable
from client.gate import Gate
from client.merging import told_on
from client.persons import told_at_once
from client.reading import Reading
from client.recovery import Recovery
from client.sending import LATER, PERSON, Sender
from client.stores import OUT_OF_REACH, Stores
from client.visiting import visited
from domain.ids import CASE_PREFIX
from domain.linked import FOLLOWING
from domain.record import Actor
from domain.visit import VISIT
from keys import KeyKind, Keyring
from store import open_log
from workflows.append import LATER_ORIGINS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from temporalio.client import Client
    from temporalio.common import Priority

    from settings import Settings


ERASURES = frozenset({"erasure_decided", "dossier_erasure_decided"})
"""Events after which something in the vault is to be destroyed."""
ORDERS = frozenset({"erasure_ordered", "lifting_ordered", "restriction_ordered"})
"""Events after which something is to be done in every case of a person."""


@dataclass(frozen=True, slots=True)
class Door:
    """What an edge (command line, pages, interface for programs) holds to let people act and see.

    The edge vouches for `actor_id` (a practitioner, or `service:name`) and for how they were
    `identified`; the door signs both.
    """

    admission: Admission
    sender: Sender
    readings: Reading
    recovery: Recovery
    """Making Temporal whole again from the log, and taking up a release."""

    @classmethod
    async def connect(cls, settings: Settings, client: Client | None = None) -> Door:
        """Open the door of the installation that the settings describe.

        `client` is one for its Temporal server, if at hand. A server that does not answer yet
        keeps nobody from reading, nor does a vault that cannot be opened keep anybody from what
        has no words. Raises `Unavailable` when there is no address for a server, or of the log,
        and `KeyMissing`.
        """
        keyring = Keyring(settings.key_folder)
        # The worker makes what is not there; an empty record in the place of a lost one hides that.
        log = open_log(settings.database("log"), None, keyring.verifier(KeyKind.SEAL), create=False)
        stores = Stores(settings, keyring, log)
        gate = Gate(log)
        sender = Sender(
            client=client or await _client(settings),
            task_queue=settings.task_queue,
            continue_after=settings.continue_after_events,
            answer_within=settings.answer_within,
        )
        admission = Admission(
            log=log,
            stores=stores,
            gate=gate,
            signer=keyring.signer(KeyKind.DOOR),
            allow_unverified=settings.allow_unverified,
        )
        recovery = Recovery(log, sender, settings.limits, settings.competence)
        return cls(admission, sender, Reading(log, stores, gate), recovery)

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

        `given` is what the edge was given, words in place, or under the name `record_visit` the
        parts of a visit (`domain.visit.Visit`); `stream` may be left out for a command
        that opens one. The same command with the same `command_id` happens once. Raises
        `Refused`, `Denied`, `Nonsense`, `Unavailable` and `Unforeseen`.
        """
        wish = Wish(actor_id, identified, name, given, stream, command_id, origin)
        return await (visited(self, wish) if name == VISIT else self.done(wish))

    async def done(self, wish: Wish) -> Answer:
        """Have what is wished recorded whole, or not at all; see `do`."""
        admitted = await self._admit(wish)
        message = admitted.message
        priority = _priority(wish.origin)
        answer = await self.sender.ask(message, start=admitted.opens, priority=priority)
        version, events = answer.get("version", 0), tuple(answer.get("events", ()))
        if events and admitted.protective and message.stream.startswith(CASE_PREFIX):
            who = Actor(id=wish.actor_id, identified=wish.identified)
            await told_on(self, who, message.stream)
        if any(one["event"] in ERASURES for one in events):
            await carried_out(self, message.stream)
        if any(one["event"] in ORDERS for one in events):
            await ordered(self, message.stream)
        if wish.actor_id != FOLLOWING:
            await told_at_once(self, message.stream, (one["event"] for one in events))
        return Answer(message.stream, message.id, version, events)

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
        if name == VISIT:
            # What protects in it would wait until somebody looks at that task.
            raise Nonsense("a visit is recorded while whoever made it waits for the answer")
        wish = Wish(actor_id, identified, name, given, stream, command_id, origin)
        admitted = await self._admit(wish)
        await self.sender.queue(admitted.message, priority=_priority(origin))
        return Queued(admitted.message.stream, admitted.message.id)

    def close(self) -> None:
        """Let go of the databases."""
        self.admission.log.close()
        self.admission.stores.close()

    async def _admit(self, wish: Wish) -> Admitted:
        try:
            return await asyncio.to_thread(self.admission.admit, wish)
        except OUT_OF_REACH as error:
            raise Unavailable(f"{error}; nothing was sent", wish.command_id) from None


async def _client(settings: Settings) -> Client:
    address, namespace = settings.temporal_address, settings.temporal_namespace
    return await connect(address, namespace, "rj-door", lazy=True)


def _priority(origin: str) -> Priority:
    return LATER if origin in LATER_ORIGINS else PERSON
