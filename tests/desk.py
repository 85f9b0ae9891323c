"""Door and record without a server between them: what is admitted is taken in its turn at once."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from client import Door
from client.admission import Wish
from domain.message import Outcome, Turn
from keys import Keyring
from migrate import migrate
from settings import Settings
from tests.story import STAFF
from worker import open_recorder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from activities.record import Recorder
    from domain.message import Message, Reply


@dataclass
class Desk:
    """An installation without Temporal, and its staff by name."""

    settings: Settings
    door: Door
    recorder: Recorder
    staff: dict[str, str] = field(default_factory=dict)

    def admit(self, who: str, name: str, /, given: dict[str, Any], **more: Any) -> Message:
        """Let a command in at the door; `more` is stream, command_id, identified, origin."""
        wish = {"stream": None, "command_id": None, "identified": "unverified", "origin": "cli"}
        named = Wish(self.staff.get(who, who), name=name, given=given, **{**wish, **more})
        return self.door.admission.admit(named).message

    def take(self, message: Message, *, by_signal: bool = False) -> Reply:
        """Have the record take it."""
        return self.recorder.record(
            Turn(message=message, at=datetime.now(UTC), by_signal=by_signal)
        )

    def do(self, who: str, name: str, /, given: dict[str, Any], **more: Any) -> str:
        """Have a command recorded; return the stream."""
        message = self.admit(who, name, given, **more)
        reply = self.take(message)
        assert reply.outcome is Outcome.ACCEPTED, reply
        return message.stream

    def worker(self, **deployment: Any) -> Recorder:
        """Return the record as a worker with these settings has it."""
        turns = self.recorder.turns
        changed = replace(turns.deployment, **deployment)
        return replace(self.recorder, turns=replace(turns, deployment=changed))


@asynccontextmanager
async def desk_in(folder: Path, **settings: Any) -> AsyncIterator[Desk]:
    """Give a desk in this folder, some staff registered."""
    given = Settings(
        data=folder / "data", keys=folder / "keys", temporal_address="127.0.0.1:1", **settings
    )
    Keyring(given.key_folder).create_missing()
    migrate(given)
    recorder = open_recorder(given)
    door = await Door.connect(given)
    desk = Desk(given, door, recorder)
    for name in ("worker", "supervisor", "auditor", "intake"):
        desk.staff[name] = desk.do(
            "service:setup", "register_practitioner", dict(STAFF[name]), identified="service"
        )
    try:
        yield desk
    finally:
        door.close()
        recorder.close()
