"""What follows from a command in another case: done in the same breath, or told to be under way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli.output import note
from client.merging import finish
from client.persons import settled

if TYPE_CHECKING:
    from client import Door
    from client.merging import Done
    from domain.record import Actor

FOLLOWED = frozenset({"merge_into", "unmerge_case"})
"""Commands after which another case has something to record."""
LINKING = frozenset({"link_person", "unlink_person"})
"""Commands after which the worker tells the person's other cases by itself."""


async def followed_up(door: Door, actor: Actor, name: str, stream: str) -> Done | None:
    """Have the other case record what follows from this command; None if nothing does.

    Raises what the door raises, once it is told that the rest is under way.
    """
    if name in LINKING and not await settled(door, stream):
        note(
            f"rj: {stream} has recorded it; the person's other cases are still being told, which "
            "goes on by itself. Until then it is a task in `rj waiting`"
        )
    if name not in FOLLOWED:
        return None
    try:
        done = await finish(door, actor, stream)
    except BaseException:
        note(
            f"rj: {stream} has recorded it; what follows from it in the other case is under way. "
            "Type the same again to finish it: nothing is done twice. Until then it is a task in "
            "`rj waiting`"
        )
        raise
    if done and not done.finished:
        note(f"rj: what follows in {done.other} is still under way; `rj waiting` has it as a task")
    return done


def follow_up_as_json(done: Done | None) -> dict[str, Any]:
    """Return for a program what the other case recorded; nothing where nothing followed."""
    if done is None:
        return {}
    recorded = [{"stream": a.stream, "events": list(a.events)} for a in done.answers]
    return {"follow_up": {"case": done.other, "finished": done.finished, "recorded": recorded}}
