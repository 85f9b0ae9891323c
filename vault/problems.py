"""What can go wrong with the vault, each a plain sentence without anybody's words in it."""

from __future__ import annotations

from enum import StrEnum


class Unopened(Exception):
    """A text or file that cannot be handed over; the kinds below say why."""


class Erased(Unopened):
    """It was erased: its key is destroyed and its row deleted, on purpose and for good."""


class Restricted(Unopened):
    """It is there, and kept from use: the data-protection officer decided so."""


class NotThere(Unopened):
    """The vault knows nothing of it: a wrong reference, or a draft that was swept."""


class AlteredText(Unopened):
    """What lies there is not what was put: changed, moved or exchanged."""


class Unfit(ValueError):
    """A text, a file or details that the vault cannot take, and why."""


class Trouble(StrEnum):
    """Why a database of the vault cannot be used just now."""

    LOCKED = "locked"
    READ_ONLY = "read_only"
    FULL = "full"
    UNREACHABLE = "unreachable"
    NOT_MIGRATED = "not_migrated"
    NOT_A_DATABASE = "not_a_database"
    FAULTY = "faulty"
    """The disk or the system reports something else."""


class Unavailable(Exception):
    """The vault cannot be used just now; what raises it may be asked again as it is.

    `trouble` says why as a code, the sentence says it to people.
    """

    def __init__(self, trouble: Trouble, sentence: str) -> None:
        super().__init__(sentence)
        self.trouble = trouble
