"""A visit that is not accepted: what stops, slows or protects in it is recorded all the same.

A no takes effect at once, and a protective act is never refused; so it waits for nothing that was
said beside it. Each such part is then a command of its own, with an id made from the visit's.
"""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from client.failures import Denied, Kept, KeptBefore, Nonsense, Refused, Unavailable
from client.stores import OUT_OF_REACH
from client.understanding import asked

if TYPE_CHECKING:
    from client.admission import Wish
    from client.answer import Answer
    from client.door import Door


async def visited(door: Door, wish: Wish) -> Answer:
    """Have a visit recorded, or what protects in it. Raises what `Door.do` raises; `Refused` and
    `Denied` name the parts that were recorded all the same."""
    wish = replace(wish, command_id=wish.command_id or str(uuid.uuid4()))
    try:
        again = await asyncio.to_thread(_was_kept, door, wish)
    except OUT_OF_REACH as error:
        raise Unavailable(f"{error}; nothing was sent", wish.command_id) from None
    if again:
        raise KeptBefore(await _protected(door, wish))
    try:
        return await door.done(wish)
    except (Refused, Denied) as error:
        error.kept = await _protected(door, wish)
        raise


async def _protected(door: Door, wish: Wish) -> tuple[Kept, ...]:
    """Record each part that protects; return those that were, now or before."""
    kept = []
    for one in asked(wish.name, wish.given):
        if not one.cls.protective:
            continue
        own = _id_of(wish, one.part)
        by_itself = replace(wish, name=one.cls.name(), given=one.given, command_id=own)
        try:
            await door.done(by_itself)
        except Unavailable as error:
            raise Unavailable(str(error), wish.command_id) from None
        except (Refused, Denied, Nonsense):
            # It rests on a part that was not recorded; whoever sent the visit sees it missing.
            continue
        kept.append(Kept(one.part, one.cls.name()))
    return tuple(kept)


def _was_kept(door: Door, wish: Wish) -> bool:
    theirs = {_id_of(wish, one.part) for one in asked(wish.name, wish.given)}
    entries = door.admission.log.load(wish.stream) if wish.stream else ()
    return any(entry.recorded.command in theirs for entry in entries)


def _id_of(wish: Wish, part: int) -> str:
    own = hashlib.sha256(f"{wish.command_id} {part}".encode()).hexdigest()[:32]
    return f"part:{own}"
