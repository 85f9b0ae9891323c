"""What stands in the access log of an installation under test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from access.chain import LOG, read

if TYPE_CHECKING:
    from access import AccessLog, Look
    from client import Door


def looks(door: Door) -> list[Look]:
    """Return every look, oldest first, each checked as it is read; the spool is merged before."""
    return [entry.link.look for entry in _log(door).entries(every_seal=True)]


def how_many(door: Door) -> int:
    """Return the number of the newest look."""
    return _log(door).head().number


def since(door: Door, before: int) -> list[Look]:
    """Return the looks that came after this number."""
    return [read(LOG, *row).link.look for row in _log(door).rows(before)]


def _log(door: Door) -> AccessLog:
    access = door.readings.stores.access
    access.merge()
    return access.log
