"""What would stand in the record if a decision were recorded, for what is decided next by it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from domain.record import START, Entry, Envelope, Regime

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.asking import Asking
    from domain.record import Draft

NOT_RECORDED = "NOT_RECORDED"
"""The controller of a stream that nobody opened yet."""


def as_if_recorded(
    stream: str, known: Sequence[Entry], drafts: Sequence[Draft], asking: Asking
) -> list[Entry]:
    """Return the entries that these drafts would become in this stream, after what is known."""
    last = known[-1] if known else None
    entries: list[Entry] = []
    for part, draft in enumerate(drafts, 1):
        version, name = (last.version if last else 0) + 1, draft.event.name()
        envelope = Envelope(
            v=draft.event.version,
            command=asking.command_id,
            digest="0" * 64,
            part=part,
            parts=len(drafts),
            previous=last.hash if last else START,
            actor=asking.actor,
            asked_by=draft.asked_by,
            recorded_at=max(asking.at, last.recorded_at) if last else asking.at,
            effective_at=draft.effective_at,
            rules="not recorded",
            basis=draft.basis,
            controller=last.recorded.controller if last else NOT_RECORDED,
            regime=last.recorded.regime if last else Regime.UK_GDPR,
            origin=asking.origin,
            why=draft.why,
            data=draft.event.model_dump(mode="json"),
        )
        # Never the hash of what is recorded: the fold remembers by it what it has made of this.
        content = f"not recorded {stream} {version} {name} {envelope.model_dump_json()}"
        own = hashlib.sha256(content.encode()).hexdigest()
        last = Entry(stream, version, name, envelope, draft.event, own)
        entries.append(last)
    return entries
