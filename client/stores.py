"""The stores that a command without words can do without, each opened when it is first needed.

Somebody's no must not wait for the vault. The log is not among them: nothing is done without it.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from access import Access, Spool, open_access, open_refusals, open_remembered
from client.in_step import brought_into_step
from keys import KeyKind, KeyMissing
from store import Unavailable as LogUnavailable
from store.seal import Seals
from vault import Unavailable as VaultUnavailable
from vault import open_vault

if TYPE_CHECKING:
    from collections.abc import Callable

    from access import AccessLog, Refusals, Remembered
    from keys import Keyring
    from settings import Settings
    from store import Log
    from vault import Vault

OUT_OF_REACH = (LogUnavailable, VaultUnavailable, KeyMissing)
"""What a store raises that cannot be used just now, each with a sentence for people."""


class _Closing(Protocol):
    def close(self) -> None: ...


T = TypeVar("T", bound=_Closing)


class _WhenNeeded(Generic[T]):
    """One store, opened at its first use; one that could not be opened is tried at the next."""

    def __init__(self, opening: Callable[[], T]) -> None:
        self._opening = opening
        self._opened: T | None = None
        self._lock = threading.Lock()

    def get(self) -> T:
        with self._lock:
            if self._opened is None:
                self._opened = self._opening()
            return self._opened

    def close(self) -> None:
        with self._lock:
            if self._opened is not None:
                self._opened.close()
            self._opened = None


class Stores:
    """The vault and the tables beside it, of the installation that the settings describe.

    `log` is the record, which the vault has to have followed before anybody reads it. Each raises
    the vault's `Unavailable` when it is asked for and cannot be opened, the vault also
    `KeyMissing`. None is made here: the worker makes what is not there, and an empty one in the
    place of a lost one would hide that.
    """

    def __init__(self, settings: Settings, keyring: Keyring, log: Log) -> None:
        words, keys = settings.database("vault"), settings.database("vault_keys")
        access = settings.database("access")
        self._vault = _WhenNeeded(
            lambda: _in_step(open_vault(words, keys, keyring, create=False), log)
        )
        self._remembered = _WhenNeeded(lambda: open_remembered(access, create=False))
        self._refusals = _WhenNeeded(lambda: open_refusals(access, create=False))
        self._access = _WhenNeeded(lambda: access_of(settings, keyring))

    @property
    def vault(self) -> Vault:
        """Everything personal."""
        return self._vault.get()

    @property
    def remembered(self) -> Remembered:
        """Which draft each text of a command became."""
        return self._remembered.get()

    @property
    def refusals(self) -> Refusals:
        """What was not accepted."""
        return self._refusals.get()

    @property
    def access(self) -> Access:
        """Where it is written down who looks at what."""
        return self._access.get()

    def close(self) -> None:
        """Let go of those that were opened."""
        self._vault.close()
        self._remembered.close()
        self._refusals.close()
        self._access.close()


def _in_step(vault: Vault, log: Log) -> Vault:
    """Return the vault once it has followed all that the record says of erasing; else close it."""
    try:
        brought_into_step(vault, log)
    except BaseException:
        vault.close()
        raise
    return vault


def access_of(settings: Settings, keyring: Keyring) -> Access:
    """Return where looks are written down in this installation. Raises `KeyMissing`.

    The log itself is opened at the first look, and not made if it is not there.
    """
    url = settings.database("access")
    signer, verifier = keyring.signer(KeyKind.SEAL), keyring.verifier(KeyKind.SEAL)

    def opening() -> AccessLog:
        return open_access(url, signer, verifier, create=False)

    return Access(opening, Spool(settings.spool, Seals(signer, verifier)))
