"""What was erased, when that is final, and whether anything of it is left where it must not be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from client.leftovers import CHECKS, Left, Scene, erased_in
from domain.events.kept_dossiers import DossierErased
from domain.fold import fold_dossier
from domain.ids import DOSSIER_PREFIX
from domain.order import left_to_do
from domain.texts import CASE
from domain.words import Extent
from store import Altered, Unreadable

if TYPE_CHECKING:
    from datetime import datetime

    from client.leftovers import Backups
    from domain.events.erasing import PersonErased
    from domain.record import Entry
    from store import Log
    from vault import Vault


DOSSIER = "dossier"
"""Whose words those of an entry of the register are."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """One that was carried out. Ids and codes only; times are UTC."""

    case: str
    """The case, or the entry of the data-protection register."""
    party: str
    """A person of the case, or `case`; `dossier` for an entry of the register."""
    extent: str
    at: datetime
    final_from: datetime
    """When the last backup of its keys has expired, by how long they are kept."""
    final: bool
    """Whether that is past, and no backup that was looked at holds its keys."""


@dataclass(frozen=True, slots=True)
class Found:
    """One place where something could be left, and what is to be said of it."""

    what: str
    well: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Report:
    """All erasures, and what every check found."""

    erasures: tuple[Erasure, ...]
    checks: tuple[Found, ...]

    @property
    def well(self) -> bool:
        """Whether nothing is left anywhere that must be gone."""
        return all(check.well for check in self.checks)


def report(log: Log, vault: Vault, views: str, backups: Backups, now: datetime) -> Report:
    """Return what was erased by now, and what is left of it; nothing is changed.

    `views` is the URL of the read models. Raises what the stores raise.
    """
    record, unread = _followed(log)
    ordered, also_unread = _ordered(log)
    unread = sorted({*unread, *also_unread})
    scene = Scene(vault, record, unread, ordered, views, backups, now)
    held = backups.holding({key for _, event in erased_in(record) for key in event.keys})
    erasures = []
    for entry, event in erased_in(record):
        final = entry.recorded_at + backups.kept_for
        erasures.append(
            Erasure(
                case=entry.stream,
                party=_whose(event),
                extent=_extent(event).value,
                at=entry.recorded_at,
                final_from=final,
                final=final <= now and held.isdisjoint(event.keys),
            )
        )
    return Report(tuple(erasures), tuple(_found(what, scene) for what in CHECKS))


def _whose(event: PersonErased | DossierErased) -> str:
    return DOSSIER if isinstance(event, DossierErased) else event.party or CASE


def _extent(event: PersonErased | DossierErased) -> Extent:
    return Extent.ALL if isinstance(event, DossierErased) else event.extent


def _found(what: str, scene: Scene) -> Found:
    try:
        return Found(what, well=True, sentence=CHECKS[what](scene))
    except Left as left:
        return Found(what, well=False, sentence=str(left))


def _ordered(log: Log) -> tuple[list[str], list[str]]:
    """Return the dossiers by which something is still to be done in a person's cases, and those
    that cannot be read."""
    left, unread = [], []
    for stream in log.streams():
        if not stream.startswith(DOSSIER_PREFIX):
            continue
        try:
            dossier = fold_dossier(log.load(stream))
        except (Altered, Unreadable):
            unread.append(stream)
        else:
            left += [stream] if left_to_do(dossier) else []
    return left, unread


def _followed(log: Log) -> tuple[list[Entry], list[str]]:
    """Return what the vault has to follow, and the streams that cannot be read."""
    found: list[Entry] = []
    unread: set[str] = set()
    for place in log.followed():
        try:
            found.append(log.load(place.stream)[place.version - 1])
        except (Altered, Unreadable):
            unread.add(place.stream)
    return found, sorted(unread)
