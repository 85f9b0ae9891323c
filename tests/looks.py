"""What stands in the access log of an installation under test."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from access import Look
    from client import Door


def looks(door: Door) -> list[Look]:
    """Return every look, oldest first, each checked as it is read; the spool is merged before."""
    access = door.readings.stores.access
    access.merge()
    return [entry.link.look for entry in access.log.entries(every_seal=True)]


def since(door: Door, before: int) -> list[Look]:
    """Return the looks that came after so many."""
    return looks(door)[before:]
