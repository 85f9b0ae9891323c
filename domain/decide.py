"""The one decision: from what happened so far, a command and its circumstances, to new events.

Authorisation is asked first; then today's rules, all of them; then the command says what happened.
Nothing here reads a clock, makes an id or touches the world.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

import domain.commands
import domain.events
from domain.about import subjects
from domain.asking import (
    Asking,
    At,
    CaseCommand,
    DossierCommand,
    PersonCommand,
    PractitionerCommand,
)
from domain.beyond import present_of_person, tick_of_person
from domain.case import Case
from domain.command import COMMANDS, Command, StreamKind
from domain.commands.confirming import done_in_breach
from domain.decision import Accepted, Decision, Denied, Refused, check_start, drafted
from domain.dossiers import decide_dossier, present_of_dossier, tick_of_dossier
from domain.errors import Nonsense
from domain.event import CaseEvent, Event
from domain.events.clock import WaitMissed
from domain.events.people import ContactDateCame
from domain.events.practitioners import RenewalMissed
from domain.events.protection import ActedInBreach, LateEntryNoted
from domain.events.staff import ActedAsCover
from domain.fold import fold, fold_person, fold_practitioner, place, worked_on_from
from domain.ids import PERSON_PREFIX, reference
from domain.matrix import DEFAULT, Matrix
from domain.message import Present, Refusal
from domain.missing import what_is_missing
from domain.permissions import allocated, may
from domain.practitioner import Practitioner
from domain.problems import problems
from domain.record import BROUGHT_ALONG, Draft, Entry
from domain.renewals import missed, next_missed, renewals
from domain.rule import broken
from domain.rules.table import GUARDS
from domain.stage import stage_of
from domain.waits import Binds, Limits, next_due, overdue, waits

__all__ = [
    "Accepted",
    "Decision",
    "Denied",
    "Refused",
    "answer",
    "decide",
    "decode",
    "practitioner",
    "present",
    "tick",
]

for _package in (domain.commands, domain.events):
    for _module in pkgutil.iter_modules(_package.__path__, _package.__name__ + "."):
        importlib.import_module(_module.name)


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


def practitioner(history: Sequence[Entry], on: datetime | None = None) -> Practitioner | None:
    """Return the practitioner of this stream, now or as at a moment; None if there is none."""
    return fold_practitioner(history, true_at=on) if history else None


def decide(history: Sequence[Entry], command: Command, asking: Asking) -> Decision:
    """Return what is recorded of this command, which rules speak against it, or that it is denied.

    Raises `Nonsense` for what makes no sense in this stream: an unknown person, a second referral.
    """
    decision = _decide(history, command, asking)
    done = done_in_breach(history, command)
    if done is None or command.happened or not isinstance(decision, Accepted):
        return decision
    again = _decide(history, done, asking)
    if not isinstance(again, Accepted):
        return again
    return Accepted((*again.drafts, *decision.drafts))


def _decide(history: Sequence[Entry], command: Command, asking: Asking) -> Decision:
    asking = _dated(history, command, asking)
    if isinstance(command, PractitionerCommand):
        return _decide_register(history, command, asking)
    if isinstance(command, PersonCommand):
        return _decide_person(history, command, asking)
    if isinstance(command, DossierCommand):
        return decide_dossier(history, command, asking)
    if not isinstance(command, CaseCommand):
        raise Nonsense(f"{command.name()} is not a command of this service")
    now = fold(history)
    if not may(asking.who_now, command.act, now):
        return Denied()
    check_start(history, command)
    asking = replace(asking, now=now)
    # What closes or warns takes effect on things as they are now, however long ago it was said.
    case = now if command.protective else fold(history, true_at=asking.on)
    refusals = broken(
        GUARDS[type(command)],
        case,
        command,
        asking,
        missing=lambda rule: what_is_missing(rule, case, command),
    )
    if refusals and not command.happened:
        return Refused(refusals)
    happened: list[CaseEvent | At] = [*_as_cover(now, asking), *command.setting(case, asking)]
    if refusals:
        happened.append(_breach(command, refusals))
    else:
        happened.extend(command.events(case, asking))
        happened.extend(_late(history, command, asking))
    return Accepted(drafted(happened, command, asking))


def tick(
    history: Sequence[Entry],
    at: datetime,
    limits: Limits | None = None,
    matrix: Matrix = DEFAULT,
    documents: Iterable[Mapping[str, Any]] = (),
) -> tuple[Draft, ...]:
    """Return what fell due by this moment; nothing, if nothing did. No choice is ever changed.

    `documents` are a person's details, where the stream is a person's.
    """
    if not history:
        return ()
    limits = limits or Limits()
    match history[0].stream[:2]:
        case StreamKind.CASE:
            return _missed_of_case(history, at, limits)
        case StreamKind.PRACTITIONER:
            who = fold_practitioner(history)
            lapsed = missed(who, limits, matrix, at)
            return tuple(
                Draft(RenewalMissed(wait=o.row.name, subject=o.subject, due=o.due), at)
                for o in lapsed
            )
        case StreamKind.DOSSIER:
            return tick_of_dossier(history, at, limits)
        case _:
            return tick_of_person(history, at, documents)


def _missed_of_case(history: Sequence[Entry], at: datetime, limits: Limits) -> tuple[Draft, ...]:
    drafts = []
    for wait in overdue(fold(history), limits, at):
        if wait.due is None:
            continue
        event: Event
        if wait.binds is Binds.CLOCK:
            event = ContactDateCame(party=wait.subject, at=wait.due)
        else:
            event = WaitMissed(wait=wait.name, subject=wait.subject, due=wait.due)
        drafts.append(Draft(event, at))
    return tuple(drafts)


def present(
    history: Sequence[Entry],
    limits: Limits | None = None,
    matrix: Matrix = DEFAULT,
    at: datetime | None = None,
) -> Present:
    """Return where the stream stands: codes and times only. `at` is now, if that is known."""
    if not history:
        return Present()
    if history[-1].stream[:2] == StreamKind.PERSON:
        return present_of_person(history, at)
    limits = limits or Limits()
    if history[-1].stream[:2] == StreamKind.DOSSIER:
        return present_of_dossier(history, limits)
    if history[-1].stream[:2] != StreamKind.CASE:
        return _of_the_register(history, limits, matrix)
    case, last = fold(history), history[-1]
    waiting = waits(case, limits)
    return Present(
        version=last.version,
        head=last.hash,
        stage=stage_of(case),
        waits_for=tuple(sorted({w.binds.value for w in waiting})),
        next_due=next_due(case, limits, waiting),
        open=bool(waiting),
    )


def _of_the_register(history: Sequence[Entry], limits: Limits, matrix: Matrix) -> Present:
    who = fold_practitioner(history)
    waiting = renewals(who, limits, matrix)
    return Present(
        version=history[-1].version,
        head=history[-1].hash,
        stage="REGISTERED",
        waits_for=(Binds.STAFF.value,) if waiting else (),
        next_due=next_missed(who, limits, matrix),
        open=bool(waiting),
    )


def answer(entries: Sequence[Entry]) -> dict[str, Any]:
    """Return the answer to one command, from the entries that it recorded."""
    return {
        "version": entries[-1].version if entries else 0,
        "events": [{"event": e.name, **e.envelope.data} for e in entries],
    }


def _dated(history: Sequence[Entry], command: Command, asking: Asking) -> Asking:
    now = max(asking.at, history[-1].recorded_at) if history else asking.at
    effective = (command.effective_at or now).astimezone(UTC)
    if effective > now:
        if not command.protective:
            raise Nonsense("effective_at lies in the future: it cannot have happened yet")
        # Somebody's clock is ahead, or "from Monday on": it holds from now.
        effective = now
    return replace(asking, at=now, effective=effective, history=history)


def _decide_register(
    history: Sequence[Entry], command: PractitionerCommand, asking: Asking
) -> Decision:
    state = fold_practitioner(history, true_at=asking.on)
    today = fold_practitioner(history) if history else None
    if not may(asking.who_now, command.act, today):
        return Denied()
    check_start(history, command)
    refusals = broken(GUARDS[type(command)], state, command, asking)
    if refusals:
        return Refused(refusals)
    return Accepted(drafted(command.events(state, asking), command, asking))


def _decide_person(history: Sequence[Entry], command: PersonCommand, asking: Asking) -> Decision:
    if not may(asking.who_now, command.act):
        return Denied()
    check_start(history, command)
    person = fold_person(history)
    if not person.id:
        person = person.changed(id=reference(PERSON_PREFIX, asking.command_id))
    return Accepted(drafted(command.events(person, asking), command, asking))


def _as_cover(case: Case, asking: Asking) -> Iterable[CaseEvent]:
    """Yield for whom the actor stood in, if only so they might do this."""
    of = tuple(sorted(asking.covers & allocated(case)))
    if of:
        yield ActedAsCover(of=of)


def _breach(command: CaseCommand, refusals: tuple[Refusal, ...]) -> ActedInBreach:
    done = command.model_dump(
        mode="json", exclude_none=True, exclude={"effective_at", "happened", "basis", "why"}
    )
    return ActedInBreach(command=command.name(), rules=tuple(r.code for r in refusals), done=done)


def _late(
    history: Sequence[Entry], command: CaseCommand, asking: Asking
) -> Iterable[LateEntryNoted]:
    """Yield a note if a later fact on the same subject is known: a person looks at it."""
    if asking.on >= asking.at:
        return
    mine, here = subjects(asking.now, command), worked_on_from(history)
    for entry in history:
        if _counts_from(entry, asking, here) > asking.on and entry.event.is_work:
            shared = mine & subjects(asking.now, entry.event)
            if shared:
                yield LateEntryNoted(name_of=command.name(), subject=min(shared))
                return


def _counts_from(entry: Entry, asking: Asking, worked_on: int) -> datetime:
    """Return from when an entry counts for what is entered now: a no that was brought along, for
    whoever enters something else late, from when the service knew of it."""
    if entry.event.stands_from_recording and asking.origin not in BROUGHT_ALONG:
        return entry.recorded_at
    return place(entry, worked_on)[0]
