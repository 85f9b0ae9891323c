"""Whether the words that a command refers to belong to whom its fields say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.texts import CASE, owned

if TYPE_CHECKING:
    from domain.command import Command
    from vault import Vault


def misplaced(vault: Vault, stream: str, command: Command) -> list[str]:
    """Return a sentence for each reference to somebody else's words than its field is for.

    A text may be used for its owner only: else one person's words could be shown as another's.
    Raises the vault's `Unavailable`; it is not asked if there are no references.
    """
    used = list(owned(command))
    if not used:
        return []
    owners = vault.owners(stream, [one.ref for one in used])
    return [
        f"{one.place}: the text that is referred to does not belong to {_named(one.owner)}"
        for one in used
        if one.owner is None or owners.get(one.ref.id) != one.owner
    ]


def _named(owner: str | None) -> str:
    if owner is None:
        return "anybody whom this command names"
    return "the case as a whole" if owner == CASE else owner
