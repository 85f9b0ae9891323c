"""Reading the record: who reads what, and what for, is written down before it is handed over.

A page of a case reads the log, so that it is always current, and can be asked as at any moment by
either clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NoReturn, TypeVar

import structlog

from access import Combination, Look, NotWritten, Outcome, codes, combined, new_id
from client.beyond import Looking, as_they_may_see, entries_as_they_may_see
from client.failures import Denied, ReasonAsked, Unavailable
from client.veil import veiled, veiled_entries
from domain.consulted import open_to
from domain.fold import fold, fold_practitioner, folded
from domain.ids import CASE_PREFIX
from domain.permissions import View, may, may_break_the_glass, reason_asked, relation
from domain.referral import referral_of
from domain.texts import references
from domain.words import Operation
from keys import KeyMissing
from store import Altered, Unreadable
from vault import Unavailable as VaultUnavailable
from vault import Unopened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from client.beyond import Beyond
    from client.gate import Gate
    from client.stores import Stores
    from domain.case import Case
    from domain.consulted import Consultation
    from domain.practitioner import Practitioner
    from domain.record import Actor, Entry
    from domain.referral import Referral
    from domain.texts import TextRef
    from domain.words import LookReason
    from store import Log

T = TypeVar("T")
LISTS = frozenset(
    {
        View.OVERVIEW,
        View.REGISTER,
        View.ACCESS_LOG,
        View.DOSSIER,
        View.NUMBERS,
        View.SAMPLES,
    }
)
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
    asked: Mapping[str, str] = field(default_factory=dict)
    """The filter of a list or search, or the moments that a state is asked for, as codes."""
    texts: tuple[str, ...] = ()
    """Which texts of the vault, by id."""
    operation: Operation = Operation.CONSULTATION
    recipients: tuple[str, ...] = ()
    """To whom it is disclosed, as codes."""
    medium: Literal["SCREEN", "PRINT", "EXPORT"] = "SCREEN"
    whole: bool = False
    """Whether it is the whole record, of which no case can be left out."""


def _nobody() -> None:
    return None


@dataclass(frozen=True, slots=True)
class Why:
    """What whoever reads says about it besides the purpose."""

    reason: LookReason | None = None
    ask: Callable[[], LookReason | None] = _nobody
    """Asks for the reason where policy wants one and none was given."""
    glass: bool = False
    """Whether to break the glass: an emergency, in a case that they else may not see."""
    behalf: str | None = None
    """On whose behalf, where the service reads."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The ways to read; there is no other.

    Each raises `Denied`; `ReasonAsked` where policy wants a reason; `Unavailable` of the store
    that it reads, and of the door where it cannot be written down who looks.
    """

    log: Log
    stores: Stores
    gate: Gate
    why: Why = Why()

    def because(self, why: Why) -> Reading:
        """Return the same, for somebody who says this about their reading."""
        return replace(self, why=why)

    @contextmanager
    def reading(self, actor: Actor, what: What, purpose: str) -> Iterator[list[Entry]]:
        """Give the entries of the stream, once it is certain that the actor may see them.

        Every read of one stream goes through here, and one of the whole log, which names none and
        gives no entries. `purpose` is a code.
        """
        if what.stream is None and what.view in LISTS:
            raise ValueError("a list is read by `listing`, which is told what it showed")
        entries = self.log.load(what.stream) if what.stream else []
        now = self.gate.everything() if what.whole else folded(entries)
        who = self.gate.who_here(actor.id, what.view, now)
        look = self._look(actor, what, purpose, (what.stream,) if what.stream else ())
        if who is None:
            self._deny(look)
        look = look.model_copy(update={"relation": relation(who, now)})
        if not may(who, what.view, now):
            if not (self.why.glass and may_break_the_glass(who, what.view, now, self.why.reason)):
                self._deny(look)
            look = look.model_copy(update={"glass": True})
        if reason_asked(who, what.view, now) and look.reason is None:
            look = look.model_copy(update={"reason": self.why.ask()})
            if look.reason is None:
                self._write(look.model_copy(update={"outcome": Outcome.REASON_ASKED}))
                raise ReasonAsked
        self._write(look)
        yield entries

    @contextmanager
    def every_history(
        self, actor: Actor, what: What, purpose: str
    ) -> Iterator[Iterator[list[Entry]]]:
        """Give the entries of each case that the actor may see, one case after the other.

        What is read is written down once, for all of them. Raises what loading a case raises.
        """
        with self.reading(actor, what, purpose):
            yield self._histories(actor, what.view)

    def _histories(self, actor: Actor, view: View) -> Iterator[list[Entry]]:
        for stream in self.log.streams():
            if stream.startswith(CASE_PREFIX):
                entries = self.log.load(stream, afresh=True)
                if self.gate.opens_for(actor.id, view, entries):
                    yield entries

    def reader(self, actor: Actor, what: What, purpose: str) -> Practitioner:
        """Return whoever looks at many at once, as the register has them, if they may."""
        who = self.gate.who(actor.id)
        if who is None or not may(who, what.view):
            self._deny(self._look(actor, what, purpose, ()))
        return who

    def listing(
        self,
        actor: Actor,
        what: What,
        purpose: str,
        find: Callable[[Practitioner], T],
        shown: Callable[[T], Iterable[str]],
    ) -> T:
        """Return what `find` finds for this reader, once it is written down.

        Every list, queue and search goes through here, one entry each: its filter, and the streams
        that are `shown` in it. `find` asks the gate of each row.
        """
        found = find(self.reader(actor, what, purpose))
        self._write(self._look(actor, what, purpose, sorted(set(shown(found)))))
        return found

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
        asked = codes({"true_at": true_at, "known_at": known_at})
        with self.reading(actor, What(view, case, asked), purpose) as entries:
            case_then = fold(entries, true_at=true_at, known_at=known_at)
            case_then = as_they_may_see(case_then, self.gate, self.log, actor)
            return veiled(case_then, self._seen_by(actor))

    def history(self, actor: Actor, case: str, purpose: str) -> list[Entry]:
        """Return every event of a stream in the order of recording: who, when, what and why."""
        with self.reading(actor, What(View.HISTORY, case), purpose) as entries:
            told = entries_as_they_may_see(entries, self.gate, self.log, actor)
            return veiled_entries(told, self._seen_by(actor))

    def registered(
        self, actor: Actor, practitioner: str, purpose: str
    ) -> tuple[Practitioner, str] | None:
        """Return an entry of the register and its origin; None if there is none. Of the cases that
        were looked at in supervision it has those that the reader may see."""
        what = What(View.REGISTER, practitioner)
        with self.reading(actor, what, purpose) as entries:
            if not entries:
                return None
            who, seen = fold_practitioner(entries), self._seen_by(actor)
            looked_at = {case: at for case, at in who.looked_at.items() if seen(case)}
            return who.changed(looked_at=looked_at), entries[0].recorded.origin

    def referral(
        self, actor: Actor, case: str, purpose: str
    ) -> tuple[Referral, dict[str, str | Unopened]]:
        """Return a referral for whoever made it, and by text id the words that they supplied."""
        made = referral_of(self.log.load(case), actor.id)
        refs = [ref for entry in made.supplied for _, ref in references(entry)]
        what = What(View.REFERRAL, case, texts=tuple(sorted({ref.id for ref in refs})))
        with self.reading(actor, what, purpose) as entries:
            told = entries_as_they_may_see(made.supplied, self.gate, self.log, actor)
            return replace(made, supplied=tuple(told)), self._opened(case, refs, entries)

    def asked(
        self, actor: Actor, case: str, purpose: str
    ) -> tuple[list[Consultation], dict[str, str | Unopened]]:
        """Return what a specialist is asked about a case, and by text id the words that it opens to
        them: none but those that are named, and none once it is answered or taken back."""
        before = _opened_to(fold(self.log.load(case)), actor)
        what = What(View.CONSULTED, case, texts=tuple(sorted(before)))
        with self.reading(actor, what, purpose) as entries:
            now = fold(entries)
            ids = _opened_to(now, actor) & before
            refs = {ref.id: ref for one in entries for _, ref in references(one) if ref.id in ids}
            told = [one for one in open_to(now, actor.id) if one.opens <= ids]
            return told, self._opened(case, list(refs.values()), entries)

    def person(self, actor: Actor, case: str, party: str, purpose: str) -> Beyond | None:
        """Return what this reader of a case may know of somebody's other cases: yes or no, what
        they wish there, and whom to ask; None if there is no such case. Raises `Nonsense`."""
        with self.reading(actor, What(View.CASE, case), purpose) as entries:
            if not entries:
                return None
            return Looking(self.log, self.gate, actor, self.combined).at(fold(entries), party)

    def words(
        self, actor: Actor, case: str, refs: Iterable[TextRef], purpose: str
    ) -> dict[str, str | Unopened]:
        """Return by text id the words, or why there are none: erased, not there, altered, not now.

        A vault that cannot be used keeps nobody from the codes and states beside the words.
        """
        wanted = list(refs)
        what = What(View.WORDS, case, texts=tuple(sorted({ref.id for ref in wanted})))
        with self.reading(actor, what, purpose) as entries:
            return self._opened(case, wanted, entries)

    def _opened(
        self, case: str, wanted: list[TextRef], entries: Sequence[Entry]
    ) -> dict[str, str | Unopened]:
        instead = redacted(entries)
        try:
            opened = self.stores.vault.words_many(case, [instead(ref) for ref in wanted])
        except (VaultUnavailable, KeyMissing) as error:
            _log.warning("words_not_shown", stream=case, why=str(error))
            return {ref.id: NotNow(f"cannot be shown now: {error}") for ref in wanted}
        return {ref.id: opened[instead(ref).id] for ref in wanted}

    def _seen_by(self, actor: Actor) -> Callable[[str], bool]:
        """Return what says whether the actor may see another case."""

        def sees(case: str) -> bool:
            try:
                return self.gate.opens_for(actor.id, View.CASE, self.log.load(case))
            except (Altered, Unreadable):
                return False

        return sees

    def combined(self, use: Combination) -> None:
        """Write down that what is known of somebody in several cases was put together."""
        try:
            combined(use, self.stores.access)
        except (NotWritten, KeyMissing) as error:
            raise Unavailable(str(error)) from None

    def _look(self, actor: Actor, what: What, purpose: str, about: Iterable[str]) -> Look:
        return Look(
            id=new_id(),
            at=datetime.now(UTC),
            actor=actor,
            behalf=self.why.behalf,
            operation=Operation.COMBINATION if what.view in COMBINING else what.operation,
            view=what.view.value,
            purpose=purpose,
            about=tuple(about),
            texts=what.texts,
            asked=dict(what.asked),
            recipients=what.recipients,
            medium=what.medium,
            reason=self.why.reason,
        )

    def _deny(self, look: Look) -> NoReturn:
        self._write(look.model_copy(update={"outcome": Outcome.DENIED}))
        raise Denied

    def _write(self, look: Look) -> None:
        try:
            self.stores.access.write(look)
        except (NotWritten, KeyMissing) as error:
            raise Unavailable(str(error)) from None


def _opened_to(case: Case, actor: Actor) -> frozenset[str]:
    return frozenset().union(*(one.opens for one in open_to(case, actor.id)))


def redacted(entries: Sequence[Entry]) -> Callable[[TextRef], TextRef]:
    """Return what says which text stands in the place of one: itself, if it was not redacted."""
    of_case = bool(entries) and entries[0].stream.startswith(CASE_PREFIX)
    by_text = fold(entries).data.redacted if of_case else {}

    def instead(ref: TextRef) -> TextRef:
        while ref.id in by_text:
            ref = by_text[ref.id]
        return ref

    return instead
