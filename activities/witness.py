"""Whether the log is the one that the workflow has seen: not older, and not another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.message import Present
    from domain.record import Entry


def bears_out(history: Sequence[Entry], witness: Present) -> bool:
    """Say whether the log still holds, at its place, the last event that the workflow saw.

    A log restored from an old backup does not; appending to it would hide what is missing.
    """
    if not witness.version:
        return True
    if len(history) < witness.version:
        return False
    return history[witness.version - 1].hash == witness.head
