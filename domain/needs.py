"""What a decision wants to know from elsewhere: practitioners, vault facts, cases and persons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.about import values
from domain.asking import DossierCommand, PersonCommand, PractitionerCommand
from domain.beyond import linked_to
from domain.command import StreamKind
from domain.commands.absence import ChangeAbsence
from domain.commands.confirming import done_in_breach
from domain.fold import fold, fold_practitioner
from domain.ids import PRACTITIONER_PREFIX
from domain.rules.table import joins
from domain.texts import TextRef

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.case import Case
    from domain.command import Command
    from domain.record import Entry

READ_BY_RULES = frozenset({"details", "flags"})
"""The fields of commands whose words in the vault are documents that rules read."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a decision wants to know from elsewhere before it is taken."""

    practitioners: frozenset[str]
    facts: tuple[TextRef, ...]
    cases: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    dossiers: frozenset[str] = frozenset()
    behind: tuple[tuple[str, TextRef], ...] = ()
    """What the class of the case rests on: each document with the case in whose vault it lies."""


def needs(history: Sequence[Entry], command: Command, actor_id: str) -> Needs:
    """Return the practitioners, vault facts, cases and persons that deciding this rests on."""
    named = {actor_id} if actor_id.startswith(PRACTITIONER_PREFIX) else set()
    facts: list[TextRef] = []
    cases = frozenset(filter(None, (getattr(command, f, None) for f in ("into", "other"))))
    for field, value in values("", command):
        if isinstance(value, TextRef) and field in READ_BY_RULES:
            facts.append(value)
        elif isinstance(value, str) and value.startswith(f"{PRACTITIONER_PREFIX}-"):
            named.add(value)
    named |= _covering(history, command)
    if isinstance(command, PersonCommand | DossierCommand | PractitionerCommand):
        return Needs(frozenset(named), (), command.names_cases())
    of_a_case = command.stream is StreamKind.CASE and bool(history)
    persons = linked_to(fold(history), command) if of_a_case else frozenset()
    # No rule of a protective act reads any: a withdrawal does not wait for the vault.
    if command.protective:
        dossiers = frozenset(filter(None, (getattr(command, "dossier", None),)))
        return Needs(frozenset(named), (), cases, persons, dossiers)
    behind: tuple[tuple[str, TextRef], ...] = ()
    if of_a_case:
        case = fold(history)
        behind = _behind(history, case, command)
        person = case.parties.get(getattr(command, "party", None) or "")
        if person is not None and person.details is not None:
            facts.append(person.details)
        if joins(type(command)):
            meeting = case.interventions.get(getattr(command, "intervention", None) or "")
            named.update(case.facilitators, meeting.facilitators if meeting else ())
    if (done := done_in_breach(history, command)) is not None:
        theirs = needs(history, done, actor_id)
        known = theirs.practitioners | named
        return Needs(known, (*facts, *theirs.facts), theirs.cases, persons, behind=behind)
    return Needs(frozenset(named), tuple(facts), cases, persons, behind=behind)


def _covering(history: Sequence[Entry], command: Command) -> set[str]:
    """Return who covers by then where an absence is changed: whether they may is asked again."""
    if not isinstance(command, ChangeAbsence):
        return set()
    return {a.cover for a in fold_practitioner(history).absences.values() if a.cover}


def _behind(
    history: Sequence[Entry], case: Case, command: Command
) -> tuple[tuple[str, TextRef], ...]:
    """Return what the class rests on, now and at the moment that the act is judged at."""
    then = fold(history, true_at=command.effective_at) if command.effective_at else case
    every = [one for state in (case, then) if state.specialist for one in state.behind]
    return tuple(dict.fromkeys(every))
