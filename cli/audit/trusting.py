"""What the installation itself trusts: its keys, and the newest checkpoints of its own folders."""

from __future__ import annotations

from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from access import name_of, open_access, record_of
from audit.checkpoint import open_checkpoint
from audit.note import LONGEST, Malformed, NoteKey, NotSigned
from audit.places import Folder
from audit.record import Record
from cli.ending import Code, Ended, Failure, nonsense, unavailable
from cli.installed import require_data, settings_now
from keys import KeyKind, Keyring
from store import open_log

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from audit.checkpoint import Signed
    from audit.verify.findings import Finding
    from settings import Settings
    from store import Log


def with_a_log() -> Settings:
    """Return the settings of an installation, or of a place that is told of a log and no more.

    The notary's own is such a place. Raises `Ended` if there is neither.
    """
    settings = settings_now()
    if not settings.log_url:
        require_data(settings)
    return settings


def notary_keys(settings: Settings) -> list[NoteKey]:
    """Return the public keys of the notary: of its key if that is here, and as the settings say.

    Raises `Ended` for a setting that is no key, and `KeyMissing`.
    """
    ring = Keyring(settings.key_folder)
    own = ring.verifier(KeyKind.NOTARY).keys.values()
    found = [NoteKey(settings.notary_name, key.public_bytes_raw()) for key in own]
    try:
        found += map(NoteKey.read, settings.notary_keys.split())
    except Malformed as error:
        raise nonsense(f"RJ_NOTARY_KEYS: {error}") from None
    return found


def of_the_looks(keys: Iterable[NoteKey]) -> list[NoteKey]:
    """Return the same keys by the name that they sign checkpoints of the access log under."""
    return [NoteKey(name_of(key.name), key.public) for key in keys]


def newest_kept(settings: Settings) -> list[Signed]:
    """Return the newest checkpoint of each configured folder. Raises `Ended` for a false one."""
    keys = notary_keys(settings)
    if not keys:
        raise unavailable("the notary's public key is not known here: say it with RJ_NOTARY_KEYS")
    return newest_in(settings.checkpoint_folders, keys)


def newest_in(folders: Iterable[Path], keys: Sequence[NoteKey]) -> list[Signed]:
    """Return the newest checkpoint of each of these folders. Raises `Ended` for a false one."""
    found = []
    for path in folders:
        with trusting(str(path)):
            newest = Folder(path).newest(keys)
        if newest is not None:
            found.append(newest)
    return found


def kept_in(file: Path, settings: Settings) -> Signed:
    """Return the checkpoint in a file, of the log or of the access log.

    Raises `Ended` if there is none, or a false one.
    """
    keys = notary_keys(settings)
    try:
        with file.open("rb") as opened:
            note = opened.read(LONGEST + 1)
    except OSError as error:
        raise nonsense(f"the checkpoint {file.name} cannot be read: {error.strerror}") from None
    with trusting(file.name):
        return open_checkpoint(note, [*keys, *of_the_looks(keys)])


@contextmanager
def trusting(place: str) -> Iterator[None]:
    """Say of a checkpoint that is none, or that nobody trusted has signed, where it is."""
    try:
        yield
    except Malformed as error:
        raise nonsense(f"{place}: {error}") from None
    except NotSigned as error:
        sentence = f"a checkpoint in {place} is not to be trusted: {error}"
        raise Ended(Failure(Code.REFUSED, "not_trusted", (sentence,))) from None


@contextmanager
def log_of(settings: Settings) -> Iterator[Log]:
    """Open the log for reading, and close it."""
    seals = Keyring(settings.key_folder).verifier(KeyKind.SEAL)
    log = open_log(settings.database("log"), None, seals, create=False)
    try:
        yield log
    finally:
        log.close()


@contextmanager
def record_named(origin: str, settings: Settings) -> Iterator[Record]:
    """Open what checkpoints of this name are made over, the log or the access log, and close it."""
    if origin != name_of(settings.notary_name):
        with log_of(settings) as log:
            yield Record(log)
        return
    seals = Keyring(settings.key_folder).verifier(KeyKind.SEAL)
    with closing(open_access(settings.database("access"), None, seals, create=False)) as looks:
        yield record_of(looks)


def as_json(findings: Sequence[Finding]) -> list[dict[str, object]]:
    """Return what was found, as JSON has it."""
    return [
        {
            "kind": finding.kind.value,
            "sentence": finding.sentence,
            "stream": finding.stream,
            "version": finding.version,
        }
        for finding in findings
    ]
