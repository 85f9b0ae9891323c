"""Reading from the vault what a rule needs on the day."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from vault import Unopened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.texts import TextRef
    from vault import Vault


def facts_in(vault: Vault, stream: str, refs: Sequence[TextRef]) -> dict[str, Any]:
    """Return the documents of a stream that can be read, by text id.

    A rule takes the stricter value for what is erased, swept or no document, so it is left out.
    Raises the vault's `Unavailable`.
    """
    if not refs:
        return {}
    found = vault.words_many(stream, refs)
    documents = {text_id: _document(words) for text_id, words in found.items()}
    return {text_id: facts for text_id, facts in documents.items() if facts is not None}


def _document(words: str | Unopened) -> dict[str, Any] | None:
    if isinstance(words, Unopened):
        return None
    try:
        document = json.loads(words)
    except ValueError:
        return None
    return document if isinstance(document, dict) else None
