"""The event log: what happened, in order, chained and sealed; read and append, nothing else."""

from store.errors import (
    Altered,
    Conflict,
    OtherCommand,
    Unavailable,
    UnknownSeal,
    Unreadable,
)
from store.log import Appended, Log, Moved, Positioned, Recorded
from store.mapper import Asked
from store.opening import WRITER, migrate, open_log

__all__ = [
    "WRITER",
    "Altered",
    "Appended",
    "Asked",
    "Conflict",
    "Log",
    "Moved",
    "OtherCommand",
    "Positioned",
    "Recorded",
    "Unavailable",
    "UnknownSeal",
    "Unreadable",
    "migrate",
    "open_log",
]
