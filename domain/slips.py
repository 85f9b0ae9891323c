"""A slip: what was entered in one step and should never have been."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.errors import Nonsense
from domain.events.protection import EntryMarkedInError
from domain.fold import in_error

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.record import Entry


def slip(entry: int | None, asking: Asking) -> list[Entry]:
    """Return everything that was entered in the same step as this entry, by its number; if that is
    left out, in the last step of whoever asks. Marks are never meant without their number: typed
    twice, the second would take the first back.

    Raises `Nonsense` if there is no such entry.
    """
    known = asking.history
    if entry is None:
        void = in_error(known)
        own = [e for e in known if e.recorded.actor.id == asking.actor.id]
        counting = [
            e for e in own if e.version not in void and not isinstance(e.event, EntryMarkedInError)
        ]
        if not counting:
            raise Nonsense("you have entered nothing in this case that still counts")
        entry = counting[-1].version
    if entry > len(known):
        raise Nonsense(f"there is no entry {entry} in this case")
    step = known[entry - 1].recorded.command
    return [e for e in known if e.recorded.command == step]
