"""Gathering what a decision rests on besides the stream itself: practitioners and vault facts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from access import Combination
from activities.combining import WORKER, Tell, Wanted, combine, details_of, goes_on_in
from activities.facts import facts_in
from domain.appearing import rests_on
from domain.asking import Asking, CaseCommand, DossierCommand
from domain.covering import as_covering, named_covers
from domain.decide import practitioner
from domain.fold import fold, fold_dossier
from domain.ids import PRACTITIONER_PREFIX
from domain.needs import needs
from domain.record import Actor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from activities.looking import Looking
    from domain.case import Case
    from domain.command import Command
    from domain.contact_plan import ContactPlan
    from domain.dossier import Dossier
    from domain.matrix import Matrix
    from domain.message import Message, Proof
    from domain.practitioner import Practitioner
    from domain.record import Entry
    from domain.retention import Retention
    from domain.words import InterventionType
    from store import Log
    from vault import Vault


@dataclass(frozen=True, slots=True)
class Wish:
    """A command that somebody asks for, with what the door said about them."""

    command: Command
    message: Message
    proof: Proof
    at: datetime
    """Now, by the workflow's clock, and not before the stream's last event."""
    part: int = 0
    """Its number in a visit, from 1; 0 for a command by itself."""


def asking(
    log: Log,
    vault: Vault,
    history: Sequence[Entry],
    wish: Wish,
    *,
    matrix: Matrix,
    forms: frozenset[InterventionType],
    contact_plan: ContactPlan,
    retention: Retention,
    looking: Looking,
) -> Asking:
    """Return everything that a decision on this wish may look at, as it stands now.

    `looking` is told what is wanted before anything of it is read. Raises `Unavailable` of the log
    or the vault, and `NotWritten`.
    """
    proof = wish.proof
    wanted = needs(history, wish.command, proof.actor)
    looking.note(wish, wanted)
    then = wish.command.effective_at
    practitioners, versions = _practitioners(log, {*wanted.practitioners, proof.actor}, then)
    if on_the_day := named_covers(practitioners.values(), then or wish.at):
        practitioners, versions = _practitioners(log, {*practitioners, *on_the_day}, then)
    signed_in = practitioner(log.load(proof.actor)) if then else None
    cases = _cases(log, wanted.cases)
    cases |= _cases(log, goes_on_in(wish.command, cases))
    dossiers = _dossiers(log, wanted.dossiers)
    for_whom = Wanted(wanted.persons, cases, proof.actor)
    tell = partial(looking.combined, protective=wish.command.protective)
    actor_now = signed_in or practitioners.get(proof.actor)
    covers = _covers(log, actor_now, history, wish, cases)
    versions |= {one: len(log.load(one)) for one in covers}
    combined = combine(log, history, wish.command, for_whom, tell)
    facts = facts_in(vault, wish.message.stream, wanted.facts)
    for stream, document in wanted.behind:
        facts |= facts_in(vault, stream, [document])
    facts |= details_of(vault, history, wish.command, cases)
    return Asking(
        actor=Actor(id=proof.actor, identified=proof.identified),
        origin=proof.origin,
        at=wish.at,
        practitioners=practitioners,
        signed_in=signed_in,
        covers=covers,
        versions={
            **versions,
            **{name: case.version for name, case in cases.items()},
            **{name: one.version for name, one in dossiers.items()},
            **combined.versions,
        },
        cases=cases,
        dossiers=dossiers,
        barred=_barred(log, history, wish, tell),
        persons=combined.persons,
        elsewhere=combined.elsewhere,
        linked_by=combined.linked_by,
        facts=facts,
        command_id=wish.message.id,
        matrix=matrix,
        forms=forms,
        contact_plan=contact_plan,
        retention=retention,
    )


def _practitioners(
    log: Log, ids: Iterable[str], on: datetime | None
) -> tuple[dict[str, Practitioner], dict[str, int]]:
    states, versions = {}, {}
    for stream in sorted(i for i in ids if i.startswith(PRACTITIONER_PREFIX)):
        entries = log.load(stream)
        if (state := practitioner(entries, on)) is not None:
            states[stream], versions[stream] = state, len(entries)
    return states, versions


def _covers(
    log: Log,
    who: Practitioner | None,
    history: Sequence[Entry],
    wish: Wish,
    others: Mapping[str, Case],
) -> frozenset[str]:
    if who is None or not isinstance(wish.command, CaseCommand):
        return frozenset()

    def registered(one: str) -> Practitioner | None:
        return practitioner(log.load(one))

    cases, act = (fold(history), *others.values()), wish.command.act
    each = (as_covering(who, act, case, registered, wish.at).covers for case in cases)
    return frozenset().union(*each)


def _barred(log: Log, history: Sequence[Entry], wish: Wish, tell: Tell) -> frozenset[str]:
    """Return who has a conflict of interest in what an entry of the register is about, once it is
    written down that links were used to know."""
    command = wish.command
    if not isinstance(command, DossierCommand) or not history:
        return frozenset()
    dossier = fold_dossier(history)
    found = rests_on(log.readable, dossier)
    if found.persons:
        cases = tuple(case.id for case in found.cases)
        persons = tuple(sorted(found.persons))
        behalf = wish.proof.actor
        tell(Combination(WORKER, dossier.id, persons, cases, command.name(), behalf))
    return found.barred


def _cases(log: Log, ids: Iterable[str]) -> dict[str, Case]:
    loaded = {one: log.load(one) for one in sorted(ids)}
    return {one: fold(entries) for one, entries in loaded.items() if entries}


def _dossiers(log: Log, ids: Iterable[str]) -> dict[str, Dossier]:
    loaded = {one: log.load(one) for one in sorted(ids)}
    return {one: fold_dossier(entries) for one, entries in loaded.items() if entries}
