"""Carrying an erasure out: what was decided is destroyed, and then it is recorded that it is.

Each step may be repeated, so whoever finds an erasure broken off goes on with it: whoever decided
it in the same breath, or the worker within seconds.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from access import Look, NotWritten
from client.failures import Unavailable
from client.merging import NOT_NOW
from client.stores import OUT_OF_REACH
from domain.fold import fold
from domain.ids import CASE_PREFIX
from domain.linked import FOLLOWING
from domain.permissions import View
from domain.personal_data import stays_found
from domain.record import Actor
from domain.texts import CASE
from domain.words import Operation, Relation

if TYPE_CHECKING:
    from client.door import Door
    from domain.case import Case
    from domain.personal_data import Erasing

ERASER = Actor(id=FOLLOWING, identified="service")
ORIGIN = "follow_up"
PURPOSE = "erasure"
BATCH = 500
"""Mentions in one command: it stays far below what a command may weigh."""

_log = structlog.get_logger(__name__)


async def carried_out(door: Door, stream: str) -> bool:
    """Carry out what is decided to be erased in this case, as far as it can be done now.

    Says whether nothing stood in its way; what did is tried again by the worker.
    """
    if not stream.startswith(CASE_PREFIX):
        return True
    try:
        await carry_out(door, stream)
    except (*NOT_NOW, *OUT_OF_REACH) as error:
        _log.warning("not_erased_yet", stream=stream, why=type(error).__name__)
        return False
    return True


async def carry_out(door: Door, stream: str) -> None:
    """Carry out every erasure that is decided in this case. Raises what the door and the stores do.

    Written down in the access log first; if that cannot be done, nothing is destroyed.
    """
    case = await _load(door, stream)
    for who, erasing in case.data.being_erased.items():
        await _Carrying(door, case, None if who == CASE else who, erasing).out()


@dataclass(frozen=True, slots=True)
class _Carrying:
    door: Door
    case: Case
    party: str | None
    erasing: Erasing

    async def out(self) -> None:
        await asyncio.to_thread(self.write_down)
        if not self.erasing.looked:
            await self.look_through()
        await asyncio.to_thread(self.keep_what_stays)
        keys = await asyncio.to_thread(self.destroy)
        await self.note("note_erased", "", keys=list(keys))

    def write_down(self) -> None:
        look = Look(
            id=hashlib.sha256(f"{self._key} erased".encode()).hexdigest()[:32],
            at=datetime.now(UTC),
            actor=ERASER,
            operation=Operation.ERASURE,
            view=View.WORDS,
            purpose=PURPOSE,
            about=(self.case.id,),
            asked={"of": self._who, "extent": self.erasing.extent.value},
            relation=Relation.SERVICE,
        )
        try:
            self.door.admission.stores.access.write(look)
        except NotWritten as error:
            raise Unavailable(str(error)) from None

    async def look_through(self) -> None:
        """Note which texts of others may be about them, while it can still be told."""
        vault = self.door.admission.stores.vault
        found = await asyncio.to_thread(vault.erasing.mentions, self.case.id, self._who)
        named = [{"text": text, "owner": owner} for text, owner in found if owner in self._owners]
        for start in range(0, max(len(named), 1), BATCH):
            more = start + BATCH < len(named)
            some = named[start : start + BATCH]
            await self.note("note_mentions", f":{start}", mentions=some, more=more)

    def keep_what_stays(self) -> None:
        erasing = self.door.admission.stores.vault.erasing
        if stays_found(self.case, self.party, self.erasing.extent):
            erasing.keep_finding(self.case.id, self._who, self.erasing.since)
        if self.erasing.suppress:
            erasing.suppress(self.case.id, self._who)

    def destroy(self) -> tuple[str, ...]:
        found = not stays_found(self.case, self.party, self.erasing.extent)
        return self.door.admission.stores.vault.erasing.destroy(
            self.case.id, self._who, found=found
        )

    async def note(self, name: str, part: str, **given: object) -> None:
        of = {} if self.party is None else {"party": self.party}
        await self.door.do(
            ERASER.id,
            ERASER.identified,
            name,
            {**of, **given},
            stream=self.case.id,
            command_id=f"{name}:{self._key}{part}",
            origin=ORIGIN,
        )

    @property
    def _who(self) -> str:
        return self.party or CASE

    @property
    def _owners(self) -> frozenset[str]:
        return frozenset({*self.case.parties, CASE})

    @property
    def _key(self) -> str:
        named = f"{self.case.id} {self.erasing.entry} {self._who}"
        return hashlib.sha256(named.encode()).hexdigest()[:32]


async def _load(door: Door, stream: str) -> Case:
    return fold(await asyncio.to_thread(door.admission.log.load, stream))
