"""Leaving other cases unnamed, proposed to be the same matter, for whoever may not see them.

That there is one is no secret to whoever works on this case: `rj matches` says whom to ask.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from domain.events.merging import DuplicateDismissed, DuplicateProposed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from domain.case import Case
    from domain.record import Entry

    Sees = Callable[[str], bool]

ANOTHER = "another-case"
"""What stands in the place of a reference."""
_NAMING = (DuplicateProposed, DuplicateDismissed)


def veiled(case: Case, sees: Sees) -> Case:
    """Return the case with those others unnamed that `sees` says no to."""
    tasks = {
        name: replace(task, subject=ANOTHER)
        if task.kind == "DUPLICATE" and not sees(task.subject)
        else task
        for name, task in case.tasks.items()
    }
    if tasks == case.tasks and not case.not_the_same:
        return case
    named = frozenset(one if sees(one) else ANOTHER for one in case.not_the_same)
    return case.changed(tasks=tasks, not_the_same=named)


def veiled_entries(entries: Sequence[Entry], sees: Sees) -> list[Entry]:
    """Return the entries with those others unnamed that `sees` says no to.

    Their hashes say so too: whoever folds them must not take them for what is in the log.
    """
    named = {e.event.case for e in entries if isinstance(e.event, _NAMING)}
    hidden = {one for one in named if not sees(one)}
    if not hidden:
        return list(entries)
    mark = f"~{hashlib.sha256(' '.join(sorted(hidden)).encode()).hexdigest()[:16]}"
    return [_veiled(e, hidden)._replace(hash=e.hash + mark) for e in entries]


def _veiled(entry: Entry, hidden: set[str]) -> Entry:
    event = entry.event
    if not isinstance(event, _NAMING) or event.case not in hidden:
        return entry
    told = entry.envelope
    read = {name: version for name, version in told.read.items() if name not in hidden}
    return entry._replace(
        event=event.model_copy(update={"case": ANOTHER}),
        recorded=told.model_copy(update={"data": {**told.data, "case": ANOTHER}, "read": read}),
    )
