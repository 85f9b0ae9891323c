"""Keys and databases are made for an empty folder only: new ones would hide that some are lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from keys import KeyKind, KeyMissing, Keyring
from up import installation
from up.problem import Problem

if TYPE_CHECKING:
    from settings import Settings
    from up.installation import Installation

_SQLITE = "sqlite:///"
_MADE_AT_ANY_TIME: Final = frozenset({KeyKind.NOTARY})
"""Nothing of the record is read with it: an installation from before there was one gets it."""
_AS_THEY_ARE_MADE: Final = ("log", "vault_keys", "vault", "access")
"""The databases in the order in which the worker makes them: none is there without those before."""


def ensure_keys(settings: Settings, known: Installation) -> list[KeyKind]:
    """See that each key is there and is the right one; make them for a folder without a record.

    Returns the kinds that were made. Raises `Problem` if keys are missing or are not those that the
    record was last written with.
    """
    folder = settings.key_folder
    keyring = Keyring(folder)
    try:
        _refuse_lost(keyring, known, folder)
        _refuse_missing(settings, keyring, folder)
        made = keyring.create_missing()
        now = {kind.value: _current(keyring, kind) for kind in KeyKind}
    except KeyMissing as missing:
        raise Problem(f"The keys cannot be used: {missing}.") from missing
    if now != known.keys:
        installation.save(settings.folder, known.model_copy(update={"keys": now}))
    return made


def refuse_half(settings: Settings) -> None:
    """Raise `Problem` if a database of the record is missing beside others that are there.

    An empty one in its place would be taken for the record.
    """
    urls = [settings.database(name) for name in _AS_THEY_ARE_MADE]
    files = [Path(url.removeprefix(_SQLITE)) for url in urls if url.startswith(_SQLITE)]
    for place, file in enumerate(files):
        if not file.exists() and any(later.exists() for later in files[place + 1 :]):
            raise Problem(
                f"{file} is missing, and there are others that were made after it. Put it back "
                "from its back-up; nothing is begun anew over an existing record."
            )


def _refuse_lost(keyring: Keyring, known: Installation, folder: Path) -> None:
    lost = [
        kind.value
        for kind in KeyKind
        if kind in known.keys and known.keys[kind] not in _ids(keyring, kind)
    ]
    if lost:
        raise Problem(
            f"The data folder goes with keys that are not in the key folder {folder} "
            f"({', '.join(lost)}). Put them back there from their back-up: without them the log "
            "cannot be continued and the vault cannot be read. If they were changed on purpose, "
            f'take "keys" out of {installation.FILE} in the data folder.'
        )


def _refuse_missing(settings: Settings, keyring: Keyring, folder: Path) -> None:
    needed = [kind for kind in KeyKind if kind not in _MADE_AT_ANY_TIME]
    missing = [kind.value for kind in needed if not _ids(keyring, kind)]
    if not missing:
        return
    for name in ("log", "vault"):
        url = settings.database("log" if name == "log" else "vault")
        if _may_hold_a_record(url):
            raise Problem(
                f"There is a {name} already, but its keys ({', '.join(missing)}) are not in the "
                f"key folder {folder}. Put them back there from their back-up; no new keys are "
                "made over an existing record."
            )


def _may_hold_a_record(url: str) -> bool:
    """A database that is not a file here may hold one: it is not for this command to look."""
    return not url.startswith(_SQLITE) or Path(url.removeprefix(_SQLITE)).exists()


def _ids(keyring: Keyring, kind: KeyKind) -> frozenset[str]:
    known = keyring.masters() if kind is KeyKind.MASTER else keyring.verifier(kind).keys
    return frozenset(known)


def _current(keyring: Keyring, kind: KeyKind) -> str:
    return keyring.master()[0] if kind is KeyKind.MASTER else keyring.signer(kind).id
