"""The vault: everything personal, encrypted, apart from the log; erased by destroying its key."""

from vault.problems import (
    AlteredText,
    Erased,
    NotThere,
    Restricted,
    Unavailable,
    Unfit,
    Unopened,
)
from vault.texts import TEXT_LIMIT
from vault.vault import Vault, open_vault

__all__ = [
    "TEXT_LIMIT",
    "AlteredText",
    "Erased",
    "NotThere",
    "Restricted",
    "Unavailable",
    "Unfit",
    "Unopened",
    "Vault",
    "open_vault",
]
