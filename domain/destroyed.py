"""When a text or file of a case was destroyed, and by which decision: dates and codes, and nothing
of what it was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.events.erasing import ErasureDecided, MentionRedacted, PersonErased
from domain.texts import CASE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from domain.record import Entry
    from domain.words import ErasureGround


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What took it away. Times are UTC."""

    decided: int
    """The entry of the case by which it was decided."""
    decided_at: datetime
    ground: ErasureGround | None
    """None if it was redacted: another text stands in its place."""
    dossier: str | None = None
    """Where it was decided for all of their cases at once."""
    done: int | None = None
    """The entry by which it is done; None while it is being carried out."""
    done_at: datetime | None = None


def destroyed(entries: Iterable[Entry], text: str, owner: str, put: int) -> Destroyed | None:
    """Return what took away a text or file of this owner to which entry `put` refers: the first
    redaction of it, or erasure of all of theirs, since. None if the case knows of neither."""
    found: Destroyed | None = None
    for entry in entries:
        event = entry.event
        if found is None and entry.version > put:
            found = _decided(entry, text, owner)
        elif isinstance(event, PersonErased) and found and event.decided == found.decided:
            return _done(found, entry)
    return found


def _decided(entry: Entry, text: str, owner: str) -> Destroyed | None:
    match entry.event:
        case MentionRedacted(text=redacted) if redacted == text:
            return _done(Destroyed(entry.version, entry.recorded_at, None), entry)
        case ErasureDecided(party=party, ground=ground, ordered=ordered) if (
            party or CASE
        ) == owner:
            dossier = ordered.dossier if ordered else None
            return Destroyed(entry.version, entry.recorded_at, ground, dossier)
    return None


def _done(found: Destroyed, entry: Entry) -> Destroyed:
    return replace(found, done=entry.version, done_at=entry.recorded_at)
