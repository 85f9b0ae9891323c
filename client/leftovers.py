"""The places where something of an erasure could be left: one function each, and a table of them.

Each returns what is well, in a sentence, or raises `Left`. What was erased is known to nobody any
more, so only ids are looked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from domain.events.erasing import ErasureDecided, MentionRedacted, PersonErased
from domain.events.kept_dossiers import DossierErased, DossierErasureDecided
from vault.following import kept_from_use
from vault.leftover import keys_in_backup, text_ids_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.record import Entry
    from vault import Vault

_SQLITE = "sqlite:///"
_NAMED = 5
"""Files that are named; of more, only how many there are."""


class Left(Exception):
    """Something is left, or may be; the text says what, plainly."""


@dataclass(frozen=True, slots=True)
class Backups:
    """Where backups of the data keys are, if that is known, and for how long they are kept."""

    folder: Path | None
    kept_for: timedelta

    @property
    def files(self) -> list[Path]:
        """The files in the folder."""
        found = self.folder.rglob("*") if self.folder is not None else ()
        return sorted(path for path in found if path.is_file())

    def holding(self, keys: set[str]) -> frozenset[str]:
        """Return which of these keys are in a backup that can be looked into."""
        found = (keys_in_backup(file) or frozenset() for file in self.files)
        return frozenset(keys & {key for inside in found for key in inside})

    def older(self, now: datetime) -> list[Path]:
        """Return the files that are older than backups are kept."""
        changed = ((file, datetime.fromtimestamp(file.stat().st_mtime, UTC)) for file in self.files)
        return [file for file, at in changed if at + self.kept_for < now]


@dataclass(frozen=True, slots=True)
class Scene:
    """What there is to look at."""

    vault: Vault
    record: Sequence[Entry]
    """What the record says of erasing and restricting, in its order."""
    unread: Sequence[str]
    """Streams of it that cannot be read."""
    ordered: Sequence[str]
    """Dossiers by which something is still to be done in a person's cases."""
    views: str
    """The URL of the read models."""
    backups: Backups
    now: datetime


def erased_in(record: Sequence[Entry]) -> Iterator[tuple[Entry, PersonErased | DossierErased]]:
    """Yield the erasures that were carried out."""
    return ((e, e.event) for e in record if isinstance(e.event, PersonErased | DossierErased))


def _the_record(scene: Scene) -> str:
    if scene.unread:
        streams = ", ".join(scene.unread)
        raise Left(f"what was erased cannot be read in {streams}: see `rj audit verify`")
    return "says what was erased"


def _decisions(scene: Scene) -> str:
    done = {(entry.stream, event.decided) for entry, event in erased_in(scene.record)}
    decisions = ErasureDecided | DossierErasureDecided
    decided = (e for e in scene.record if isinstance(e.event, decisions))
    if number := sum((e.stream, e.version) not in done for e in decided):
        raise Left(f"{number} erasures are decided and not carried out: is the worker running?")
    if scene.ordered:
        named = ", ".join(scene.ordered[:_NAMED])
        raise Left(f"what was decided of a person is not done in all of their cases: {named}")
    return "all that was decided is carried out"


def _data_keys(scene: Scene) -> str:
    erasing = scene.vault.erasing
    left = sum(len(erasing.left(e.stream, event.keys).keys) for e, event in erased_in(scene.record))
    if left:
        raise Left(f"{left} destroyed keys are there again: whatever opens the vault destroys them")
    return "every key that was destroyed is gone"


def _texts(scene: Scene) -> str:
    erasing = scene.vault.erasing
    of_keys = sum(
        len(erasing.left(e.stream, event.keys).texts) for e, event in erased_in(scene.record)
    )
    redacted = sum(
        isinstance(e.event, MentionRedacted) and erasing.has_text(e.stream, e.event.text)
        for e in scene.record
    )
    if number := of_keys + redacted + len(scene.vault.leftover.without_key()):
        raise Left(f"{number} are there that were erased or redacted, or have no key any more")
    return "none is left of what was erased or redacted"


def _tokens(scene: Scene) -> str:
    if number := scene.vault.leftover.tokens_of_nothing():
        raise Left(f"{number} texts that are gone can still be found by")
    return "nobody is found by what is gone"


def _free_pages(scene: Scene) -> str:
    if number := scene.vault.leftover.free_pages():
        raise Left(f"{number} of the key database may hold what was deleted: rj erased --compact")
    return "the key database has none"


def _restrictions(scene: Scene) -> str:
    meant = {whose for whose, kept in kept_from_use(scene.record).items() if kept}
    if meant != scene.vault.restricting.all():
        raise Left("the vault does not keep from use what the record says")
    return f"the data of {len(meant)} people are kept and not used"


def _lists(scene: Scene) -> str:
    if not scene.views.startswith(_SQLITE):
        return "hold ids and codes only; on PostgreSQL they are not looked through"
    file, gone = Path(scene.views.removeprefix(_SQLITE)), scene.vault.erasing.erased_texts()
    found = {text for one in file.parent.glob(f"{file.name}*") for text in text_ids_in(one)} & gone
    if found:
        raise Left(f"{len(found)} erased texts are named in them: delete {file}, it is made anew")
    return "name nothing that was erased"


def _key_backups(scene: Scene) -> str:
    backups, days = scene.backups, scene.backups.kept_for.days
    if backups.folder is None:
        return f"are kept for {days} days at most, it is said (RJ_KEYS_BACKUPS: where, to be sure)"
    if not backups.folder.is_dir():
        raise Left(f"there is no folder {backups.folder}")
    if older := backups.older(scene.now):
        named = ", ".join(file.name for file in older[:_NAMED])
        raise Left(f"{len(older)} are older than {days} days and have to be deleted: {named}")
    held = backups.holding({key for _, event in erased_in(scene.record) for key in event.keys})
    return f"none is older than {days} days; {len(held)} destroyed keys are still in some"


CHECKS: dict[str, Callable[[Scene], str]] = {
    "record": _the_record,
    "decisions": _decisions,
    "data keys": _data_keys,
    "texts, files, drafts": _texts,
    "tokens": _tokens,
    "free pages": _free_pages,
    "restrictions": _restrictions,
    "lists": _lists,
    "key backups": _key_backups,
}
"""Every place, in the order in which it is told."""
