"""Before anybody reads: that the vault has followed all that the record says of erasing.

A vault, or its keys, put back from an old backup holds what was erased since. Whoever opens it
first has every recorded erasure done again; the others find it done.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import structlog

from store import Altered, Unreadable
from vault.following import follow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store import Log
    from store.log import Spot
    from vault import Vault

_log = structlog.get_logger(__name__)


def mark_of(places: Sequence[Spot]) -> str:
    """Return what tells how far the record has come with what the vault has to follow."""
    return f"{len(places)}:{places[-1].position if places else 0}"


def brought_into_step(vault: Vault, log: Log) -> int:
    """Do again whatever the record says was done to people's data, if the vault is not that far;
    return how many keys and texts were destroyed by it.

    Raises `Unavailable` of either, and `KeyMissing`. A stream that cannot be read keeps no other
    from it, and is tried at the next opening.
    """
    destroyed = 0
    # Again, while more is recorded meanwhile: what was read before must not have the last word.
    while (places := log.followed()) and not vault.restricting.is_in_step(mark := mark_of(places)):
        more, whole = _followed(vault, log, places)
        destroyed += more
        if not whole:
            break
        vault.restricting.note_in_step(mark)
    if destroyed:
        _log.warning("erased_again", number=destroyed)
    return destroyed


def _followed(vault: Vault, log: Log, places: Sequence[Spot]) -> tuple[int, bool]:
    """Return how many keys and texts were destroyed, and whether every stream could be read."""
    destroyed, whole = 0, True
    by_stream = sorted(places, key=lambda one: (one.stream, one.position))
    for stream, some in groupby(by_stream, key=lambda one: one.stream):
        try:
            entries = log.load(stream)
        except (Altered, Unreadable) as error:
            _log.error("erasures_not_followed", stream=stream, why=type(error).__name__)
            whole = False
            continue
        destroyed += follow(vault, [entries[one.version - 1] for one in some])
    return destroyed, whole
