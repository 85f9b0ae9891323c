"""Merging two cases and undoing it: the command on one, and what follows from it on the other.

The two are never appended together. What follows has ids of its own, made from the first event, so
that whoever finishes what was broken off does the same and nothing twice; until then the first
case waits for it.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from client.failures import Denied, Nonsense, Refused, Unavailable, Unforeseen
from domain.fold import fold
from store import Altered, Unreadable
from store import Unavailable as LogUnavailable

if TYPE_CHECKING:
    from client.answer import Answer
    from client.door import Door
    from domain.case import Case
    from domain.record import Actor, Entry

NOT_NOW = (
    Denied,
    Nonsense,
    Refused,
    Unavailable,
    Unforeseen,
    LogUnavailable,
    Altered,
    Unreadable,
)
"""What may keep the other case from being told now; it is tried again."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """What was recorded of a follow-up, and whether any of it is still under way."""

    case: str
    other: str
    answers: tuple[Answer, ...]
    finished: bool


async def finish(door: Door, actor: Actor, reference: str, *, origin: str = "cli") -> Done | None:
    """Have the other case record what follows from what was recorded in this one.

    None if nothing is under way. Raises what the door raises; to repeat it is safe.
    """
    entries = await asyncio.to_thread(door.admission.log.load, reference)
    case = fold(entries)
    waiting = case.follow_up
    if waiting is None:
        return None
    other = fold(await asyncio.to_thread(door.admission.log.load, waiting.case))
    key = _key(entries, waiting.version, actor)
    answers = []
    for stream, name, named in _steps(case, other):
        answers.append(
            await door.do(
                actor.id,
                actor.identified,
                name,
                {"other": named},
                stream=stream,
                command_id=f"{name}:{key}",
                origin=origin,
            )
        )
    now = fold(await asyncio.to_thread(door.admission.log.load, reference))
    return Done(reference, waiting.case, tuple(answers), now.follow_up is None)


async def told_on(door: Door, actor: Actor, reference: str) -> None:
    """Have what was said in a case that goes on in another count there at once.

    It was recorded where it was said, whatever becomes of this; what cannot be done now, that case
    waits for.
    """
    try:
        case = fold(await asyncio.to_thread(door.admission.log.load, reference))
        if case.merged is not None and case.follow_up is not None:
            await finish(door, actor, reference)
    except NOT_NOW as error:
        _log.warning("not_told_on_yet", stream=reference, why=type(error).__name__)


def _steps(case: Case, other: Case) -> list[tuple[str, str, str]]:
    """Return what is still to be done: on which case, which command, naming which other case."""
    note = (case.id, "note_follow_up", other.id)
    received = other.received.get(case.id)
    if case.merged is None:
        return [(other.id, "give_case_back", case.id), note] if received else [note]
    if received is None:
        return [(other.id, "receive_case", case.id), note]
    if case.follow_up and received.version < case.follow_up.version:
        return [(other.id, "carry_over_wishes", case.id), note]
    return [note]


def _key(entries: list[Entry], version: int, actor: Actor) -> str:
    """Return what names the event that all this follows from, for the ids of what follows.

    Each who finishes it has ids of their own, since an answer is given to whoever asked for it; who
    comes second finds it done, and records nothing.
    """
    first = entries[version - 1]
    named = f"{first.stream} {first.version} {first.hash} {actor.id}"
    return hashlib.sha256(named.encode()).hexdigest()[:32]
