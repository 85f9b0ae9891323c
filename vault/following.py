"""Having the vault follow what the record says of people's data: as it is recorded, and again after
an old backup of the vault was put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.events.erasing import MentionRedacted, PersonErased
from domain.events.kept_dossiers import DossierErased
from domain.events.restricting import DataRestricted, RestrictionLifted
from domain.texts import CASE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.record import Entry
    from vault.vault import Vault


def follow(vault: Vault, entries: Iterable[Entry]) -> int:
    """Restrict, lift and destroy as these entries say; return how many keys and texts were
    destroyed. May be repeated, also long after: whatever was put since stays.

    To be given all that their streams say: of restricting only the last counts, so that what is
    kept from use is never open in between. Raises `Unavailable` and `KeyMissing`.
    """
    known = [*entries]
    for (stream, owner), kept in kept_from_use(known).items():
        if kept:
            vault.restricting.restrict(stream, owner)
        else:
            vault.restricting.lift(stream, owner)
    return sum(_destroyed(vault, entry) for entry in known)


def kept_from_use(entries: Iterable[Entry]) -> dict[tuple[str, str], bool]:
    """Return by stream and owner whether their texts are kept and not used at the end of this."""
    last: dict[tuple[str, str], bool] = {}
    for entry in entries:
        match entry.event:
            case DataRestricted(party=party):
                last[entry.stream, party or CASE] = True
            case RestrictionLifted(party=party):
                last[entry.stream, party or CASE] = False
    return last


def _destroyed(vault: Vault, entry: Entry) -> int:
    match entry.event:
        case MentionRedacted(text=text):
            return int(vault.erasing.erase_text(entry.stream, text))
        case PersonErased() as erased:
            return _again(vault, entry, erased)
        case DossierErased(keys=keys):
            return vault.erasing.destroy_again(entry.stream, keys)
    return 0


def _again(vault: Vault, entry: Entry, erased: PersonErased) -> int:
    stream, owner = entry.stream, erased.party or CASE
    if vault.erasing.left(stream, erased.keys).keys:
        # Its key is back, and with it what was made of the details before it went.
        if erased.found:
            vault.erasing.keep_finding(stream, owner, entry.recorded_at)
        if erased.suppress:
            vault.erasing.suppress(stream, owner)
    return vault.erasing.destroy_again(stream, erased.keys)
