"""The one decision: from what happened so far, a command and its circumstances, to new events.

Authorisation is asked first; then today's rules, all of them; then the command says what happened.
Nothing here reads a clock, makes an id or touches the world.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from pydantic import ValidationError

import domain.commands
import domain.events
from domain.asking import Asking, CaseCommand, PractitionerCommand
from domain.command import COMMANDS, Command, StreamKind
from domain.errors import Nonsense
from domain.event import Event
from domain.events.clock import WaitMissed
from domain.events.people import ContactDateCame
from domain.events.protection import (
    ActedInBreach,
    EntryMarkedInError,
    LateEntryNoted,
)
from domain.fold import fold, fold_practitioner
from domain.message import Present, Refusal
from domain.permissions import may
from domain.practitioner import Practitioner
from domain.problems import problems
from domain.record import Basis, BasisKind, Draft, Entry
from domain.rule import broken
from domain.rules.table import GUARDS
from domain.stage import stage_of
from domain.texts import TextRef
from domain.waits import Binds, Limits, next_due, overdue, waits

for _package in (domain.commands, domain.events):
    for _module in pkgutil.iter_modules(_package.__path__, _package.__name__ + "."):
        importlib.import_module(_module.name)

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
YEARS = range(1900, 2200)
"""Years that a command may speak of. What falls due is reckoned from its dates each time that the
case is looked at: beyond the calendar, or beyond a timer, it could never be looked at again."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What is to be recorded; nothing, if there was nothing to do."""

    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Rules speak against it: all of them, for somebody who may act here."""

    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Denied:
    """The actor may not do this here. Nothing more is told."""


Decision = Accepted | Refused | Denied


@dataclass(frozen=True, slots=True)
class Needs:
    """What a decision wants to know from elsewhere before it is taken."""

    practitioners: frozenset[str]
    facts: tuple[TextRef, ...]


def decode(name: str, body: Mapping[str, Any]) -> Command:
    """Return the command of this wire name with these fields.

    Raises `Nonsense`, whose sentences name fields and never repeat what was typed.
    """
    cls = COMMANDS.get(name)
    if cls is None:
        raise Nonsense(f"there is no command {name[:60]!r}; `rj commands` lists them all")
    try:
        return cls.model_validate(body)
    except ValidationError as error:
        raise Nonsense(*problems(error)) from None


def needs(history: Sequence[Entry], command: Command, actor_id: str) -> Needs:
    """Return the practitioners and vault facts that deciding this command rests on."""
    named = {actor_id} if actor_id.startswith("PR-") else set()
    for value in _values(command):
        if isinstance(value, str) and value.startswith("PR-"):
            named.add(value)
    party = getattr(command, "party", None)
    facts: tuple[TextRef, ...] = ()
    # No rule of a protective act reads any: a withdrawal does not wait for the vault.
    reads = history and command.stream is StreamKind.CASE and not command.protective
    if party and reads:
        person = fold(history).parties.get(party)
        facts = (person.details,) if person and person.details else ()
    return Needs(frozenset(named), facts)


def practitioner(history: Sequence[Entry], on: datetime | None = None) -> Practitioner | None:
    """Return the practitioner of this stream, now or as at a moment; None if there is none."""
    return fold_practitioner(history, true_at=on) if history else None


def decide(history: Sequence[Entry], command: Command, asking: Asking) -> Decision:
    """Return what is recorded of this command, which rules speak against it, or that it is denied.

    Raises `Nonsense` for what makes no sense in this stream: an unknown person, a second referral.
    """
    asking = _dated(history, command, asking)
    if isinstance(command, PractitionerCommand):
        return _decide_register(history, command, asking)
    if not isinstance(command, CaseCommand):
        raise Nonsense(f"{command.name()} is not a command of this service")
    if not may(asking.who_now, command.act, fold(history)):
        return Denied()
    case = fold(history, true_at=asking.on)
    _check_start(history, command)
    refusals = broken(GUARDS[type(command)], case, command, asking)
    if refusals and not command.happened:
        return Refused(refusals)
    events = [*command.setting(case, asking)]
    if refusals:
        events.append(_breach(command, refusals))
    else:
        events.extend(command.events(case, asking))
        events.extend(_late(history, command, asking))
    if isinstance(events[-1], EntryMarkedInError):
        events = [*_whole_slip(history, events[-1])]
    return Accepted(_drafts(events, command, asking))


def tick(history: Sequence[Entry], at: datetime, limits: Limits | None = None) -> tuple[Draft, ...]:
    """Return what fell due by this moment; nothing, if nothing did. No choice is ever changed."""
    if not history or history[0].stream[:2] != StreamKind.CASE:
        return ()
    drafts = []
    for wait in overdue(fold(history), limits or Limits(), at):
        if wait.due is None:
            continue
        event: Event
        if wait.binds is Binds.CLOCK:
            event = ContactDateCame(party=wait.subject, at=wait.due)
        else:
            event = WaitMissed(wait=wait.name, subject=wait.subject, due=wait.due)
        drafts.append(Draft(event, at))
    return tuple(drafts)


def present(history: Sequence[Entry], limits: Limits | None = None) -> Present:
    """Return where the stream stands: codes and times only."""
    if not history:
        return Present()
    last = history[-1]
    if last.stream[:2] != StreamKind.CASE:
        return Present(version=last.version, head=last.hash, stage="REGISTERED")
    case = fold(history)
    limits = limits or Limits()
    waiting = waits(case, limits)
    return Present(
        version=last.version,
        head=last.hash,
        stage=stage_of(case),
        waits_for=tuple(sorted({w.binds.value for w in waiting})),
        next_due=next_due(case, limits),
        open=bool(waiting),
    )


def answer(entries: Sequence[Entry]) -> dict[str, Any]:
    """Return the answer to one command, from the entries that it recorded."""
    return {
        "version": entries[-1].version if entries else 0,
        "events": [{"event": e.name, **e.envelope.data} for e in entries],
    }


def _dated(history: Sequence[Entry], command: Command, asking: Asking) -> Asking:
    if any(isinstance(v, date) and v.year not in YEARS for v in _values(command)):
        raise Nonsense(f"a date lies before {YEARS.start} or after {YEARS.stop - 1}")
    now = max(asking.at, history[-1].recorded_at) if history else asking.at
    effective = command.effective_at or now
    if effective > now:
        raise Nonsense("effective_at lies in the future: it cannot have happened yet")
    if effective < EARLIEST:
        raise Nonsense("effective_at lies before 1900")
    return replace(asking, at=now, effective=effective, history=history)


def _decide_register(
    history: Sequence[Entry], command: PractitionerCommand, asking: Asking
) -> Decision:
    state = fold_practitioner(history, true_at=asking.on)
    today = fold_practitioner(history) if history else None
    if not may(asking.who_now, command.act, today):
        return Denied()
    _check_start(history, command)
    refusals = broken(GUARDS[type(command)], state, command, asking)
    if refusals:
        return Refused(refusals)
    return Accepted(_drafts(command.events(state, asking), command, asking))


def _check_start(history: Sequence[Entry], command: Command) -> None:
    if not history and not command.opens:
        raise Nonsense("there is nothing under this reference")


def _breach(command: CaseCommand, refusals: tuple[Refusal, ...]) -> ActedInBreach:
    done = command.model_dump(
        mode="json", exclude_none=True, exclude={"effective_at", "happened", "basis", "why"}
    )
    return ActedInBreach(command=command.name(), rules=tuple(r.code for r in refusals), done=done)


def _late(
    history: Sequence[Entry], command: CaseCommand, asking: Asking
) -> Iterable[LateEntryNoted]:
    """Yield a note if a later fact on the same subject is known: a person looks at it."""
    subjects = {s for s in map(command.__dict__.get, ("thread", "party", "intervention")) if s}
    for entry in history:
        if entry.effective_at <= asking.on:
            continue
        about = entry.event.__dict__
        same = subjects & {about.get("thread"), about.get("party"), about.get("intervention")}
        if same:
            yield LateEntryNoted(name_of=command.name(), subject=min(same))
            return


def _whole_slip(history: Sequence[Entry], mark: EntryMarkedInError) -> Iterable[EntryMarkedInError]:
    meant = history[mark.entry - 1].envelope.command
    return (EntryMarkedInError(entry=e.version) for e in history if e.envelope.command == meant)


def _drafts(
    events: Iterable[Event], command: CaseCommand | PractitionerCommand, asking: Asking
) -> tuple[Draft, ...]:
    own = Basis(kind=BasisKind.ASSESSMENT, whose=asking.actor.id) if command.assessment else Basis()
    return tuple(Draft(event, asking.on, command.basis or own, command.why) for event in events)


def _values(value: Any) -> Iterable[Any]:
    if hasattr(value, "__dict__") and not isinstance(value, str):
        for inner in value.__dict__.values():
            yield from _values(inner)
    elif isinstance(value, (tuple, list)):
        for inner in value:
            yield from _values(inner)
    else:
        yield value
