"""Carrying an erasure out: what was decided is destroyed, and then it is recorded that it is.

Each step may be repeated, so whoever finds an erasure broken off goes on with it: whoever decided
it in the same breath, or the worker within seconds.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

import structlog

from access import Look, NotWritten
from client.failures import Unavailable
from client.merging import NOT_NOW
from client.stores import OUT_OF_REACH
from domain.fold import fold, fold_dossier
from domain.ids import CASE_PREFIX, DOSSIER_PREFIX
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
    """Carry out what is decided to be erased in this case, or of this entry of the data-protection
    register, as far as it can be done now.

    Says whether nothing stood in its way; what did is tried again by the worker.
    """
    if not stream.startswith((CASE_PREFIX, DOSSIER_PREFIX)):
        return True
    try:
        await carry_out(door, stream)
    except (*NOT_NOW, *OUT_OF_REACH) as error:
        _log.warning("not_erased_yet", stream=stream, why=type(error).__name__)
        return False
    return True


async def carry_out(door: Door, stream: str) -> None:
    """Carry out every erasure that is decided there. Raises what the door and the stores do.

    Written down in the access log first; if that cannot be done, nothing is destroyed.
    """
    entries = await asyncio.to_thread(door.admission.log.load, stream)
    if stream.startswith(DOSSIER_PREFIX):
        erasing = fold_dossier(entries).erasing
        if erasing is not None:
            await _OfDossier(door, stream, CASE, erasing).out()
        return
    case = fold(entries)
    for who, one in case.data.being_erased.items():
        await _Carrying(door, stream, who, one, case).out()


@dataclass(frozen=True, slots=True)
class _Steps:
    """What every erasure takes: it is written down, the keys are destroyed, that is recorded."""

    view: ClassVar[View]

    door: Door
    stream: str
    owner: str
    """Whose data: a person of the case, or `case` for what is nobody's in particular."""
    erasing: Erasing

    def write_down(self) -> None:
        look = Look(
            id=hashlib.sha256(f"{self._key} erased".encode()).hexdigest()[:32],
            at=datetime.now(UTC),
            actor=ERASER,
            operation=Operation.ERASURE,
            view=self.view,
            purpose=PURPOSE,
            about=(self.stream,),
            asked={"of": self.owner, "extent": self.erasing.extent.value},
            relation=Relation.SERVICE,
        )
        try:
            self.door.admission.stores.access.write(look)
        except NotWritten as error:
            raise Unavailable(str(error)) from None

    def destroy(self) -> tuple[str, ...]:
        erasing = self.door.admission.stores.vault.erasing
        return erasing.destroy(self.stream, self.owner, found=not self.stays_found)

    async def note(self, name: str, part: str, **given: object) -> None:
        await self.door.do(
            ERASER.id,
            ERASER.identified,
            name,
            {**self.of, **given},
            stream=self.stream,
            command_id=f"{name}:{self._key}{part}",
            origin=ORIGIN,
        )

    @property
    def of(self) -> dict[str, str]:
        """What names whose data they are, in a command."""
        return {}

    @property
    def stays_found(self) -> bool:
        """Whether that by which they are found again stays."""
        return False

    @property
    def _key(self) -> str:
        named = f"{self.stream} {self.erasing.entry} {self.owner}"
        return hashlib.sha256(named.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class _OfDossier(_Steps):
    """The words of an entry of the register are nobody's in particular: all of them go, and no
    others are looked through for them."""

    view: ClassVar[View] = View.DOSSIER

    async def out(self) -> None:
        await asyncio.to_thread(self.write_down)
        keys = await asyncio.to_thread(self.destroy)
        await self.note("note_dossier_erased", "", keys=list(keys))


@dataclass(frozen=True, slots=True)
class _Carrying(_Steps):
    view: ClassVar[View] = View.WORDS

    case: Case

    async def out(self) -> None:
        await asyncio.to_thread(self.write_down)
        if not self.erasing.looked:
            await self.look_through()
        await asyncio.to_thread(self.keep_what_stays)
        keys = await asyncio.to_thread(self.destroy)
        await self.note("note_erased", "", keys=list(keys))

    async def look_through(self) -> None:
        """Note which texts of others may be about them, while it can still be told."""
        vault = self.door.admission.stores.vault
        found = await asyncio.to_thread(vault.erasing.mentions, self.stream, self.owner)
        named = [{"text": text, "owner": owner} for text, owner in found if owner in self._owners]
        for start in range(0, max(len(named), 1), BATCH):
            more = start + BATCH < len(named)
            some = named[start : start + BATCH]
            await self.note("note_mentions", f":{start}", mentions=some, more=more)

    def keep_what_stays(self) -> None:
        erasing = self.door.admission.stores.vault.erasing
        if self.stays_found:
            erasing.keep_finding(self.stream, self.owner, self.erasing.since)
        if self.erasing.suppress:
            erasing.suppress(self.stream, self.owner)

    @property
    def of(self) -> dict[str, str]:
        return {} if self.party is None else {"party": self.party}

    @property
    def party(self) -> str | None:
        return None if self.owner == CASE else self.owner

    @property
    def stays_found(self) -> bool:
        return stays_found(self.case, self.party, self.erasing.extent)

    @property
    def _owners(self) -> frozenset[str]:
        return frozenset({*self.case.parties, CASE})
