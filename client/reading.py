"""Reading the record: every reading names who reads, what, and what for, before it is handed over.

A page of a case reads the log, so that it is always current, and can be asked as at any moment by
either clock.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from client.beyond import Looking, as_they_may_see, entries_as_they_may_see
from client.failures import Denied
from client.veil import veiled, veiled_entries
from domain.fold import fold
from domain.permissions import View
from keys import KeyMissing
from store import Altered, Unreadable
from vault import Unavailable as VaultUnavailable
from vault import Unopened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from client.beyond import Beyond
    from client.gate import Gate
    from client.stores import Stores
    from domain.case import Case
    from domain.record import Actor, Entry
    from domain.texts import TextRef
    from store import Log

_log = structlog.get_logger(__name__)


COMBINING = frozenset({View.MATCHES, View.FIND})
"""Views in which what is known of somebody in one case meets what is known in others."""


class NotNow(Unopened):
    """Words that may well be there, in a vault that cannot be used just now."""


@dataclass(frozen=True, slots=True)
class What:
    """What is read: a view, and of which stream; none for a list over many."""

    view: View
    stream: str | None = None

    @property
    def operation(self) -> str:
        """Which operation it is by the Data Protection Act 2018 s.62(1)."""
        return "COMBINATION" if self.view in COMBINING else "CONSULTATION"


@dataclass(frozen=True, slots=True)
class Reading:
    """The ways to read. Each raises `Denied`, and `Unavailable` of the store that it reads."""

    log: Log
    stores: Stores
    gate: Gate

    @contextmanager
    def reading(self, actor: Actor, what: What, purpose: str) -> Iterator[list[Entry]]:
        """Give the entries of the stream, once it is certain that the actor may see them.

        Every read goes through here. `purpose` is a code. Raises `Denied`.
        """
        entries = self.log.load(what.stream) if what.stream else []
        facts = {"actor": actor.id, "view": what.view.value, "purpose": purpose}
        facts["operation"] = what.operation
        if what.stream:
            facts["stream"] = what.stream
        if not self.gate.opens_for(actor.id, what.view, entries):
            _log.warning("reading_denied", **facts)
            raise Denied
        _log.info("reading", **facts)
        yield entries

    def case_as_it_is(self, actor: Actor, case: str, purpose: str) -> Case:
        """Return the case as it is now; one of version 0 if there is none."""
        with self.reading(actor, What(View.CASE, case), purpose) as entries:
            case_now = as_they_may_see(fold(entries), self.gate, self.log, actor)
            return veiled(case_now, self._seen_by(actor))

    def case_as_at(
        self,
        actor: Actor,
        case: str,
        purpose: str,
        *,
        true_at: datetime | None = None,
        known_at: datetime | None = None,
    ) -> Case:
        """Return the case as it was at a moment: by what is now known to have been true then, by
        what was known then, or by both; times with their offsets."""
        view = View.CASE if known_at is None else View.BOTH_CLOCKS
        with self.reading(actor, What(view, case), purpose) as entries:
            case_then = fold(entries, true_at=true_at, known_at=known_at)
            case_then = as_they_may_see(case_then, self.gate, self.log, actor)
            return veiled(case_then, self._seen_by(actor))

    def history(self, actor: Actor, case: str, purpose: str) -> list[Entry]:
        """Return every event of a stream in the order of recording: who, when, what and why."""
        with self.reading(actor, What(View.HISTORY, case), purpose) as entries:
            told = entries_as_they_may_see(entries, self.gate, self.log, actor)
            return veiled_entries(told, self._seen_by(actor))

    def person(self, actor: Actor, case: str, party: str, purpose: str) -> Beyond | None:
        """Return what this reader of a case may know of somebody's other cases: yes or no, what
        they wish there, and whom to ask; None if there is no such case. Raises `Nonsense`."""
        with self.reading(actor, What(View.CASE, case), purpose) as entries:
            if not entries:
                return None
            return Looking(self.log, self.gate, actor).at(fold(entries), party)

    def words(
        self, actor: Actor, case: str, refs: Iterable[TextRef], purpose: str
    ) -> dict[str, str | Unopened]:
        """Return by text id the words, or why there are none: erased, not there, altered, not now.

        A vault that cannot be used keeps nobody from the codes and states beside the words.
        """
        wanted = list(refs)
        with self.reading(actor, What(View.WORDS, case), purpose):
            try:
                return self.stores.vault.words_many(case, wanted)
            except (VaultUnavailable, KeyMissing) as error:
                _log.warning("words_not_shown", stream=case, why=str(error))
                return {ref.id: NotNow(f"cannot be shown now: {error}") for ref in wanted}

    def _seen_by(self, actor: Actor) -> Callable[[str], bool]:
        """Return what says whether the actor may see another case."""

        def sees(case: str) -> bool:
            try:
                return self.gate.opens_for(actor.id, View.CASE, self.log.load(case))
            except (Altered, Unreadable):
                return False

        return sees
