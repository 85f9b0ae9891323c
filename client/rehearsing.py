"""Trying out the commands of a case over the pure domain: by the same rules, and nothing recorded.

Somebody who brings cases along learns of every line that would not be accepted before the first one
is sent. What only the day itself can tell is left to the door: what people of a case said in other
cases, and what was recorded in the same case meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from client.failures import Denied, Refused
from client.understanding import command_class, read
from domain.asking import Asking
from domain.contact_plan import ContactPlan
from domain.decide import Accepted, decide, practitioner
from domain.decide import Denied as DeniedByDomain
from domain.fold import fold
from domain.ids import ALPHABET
from domain.matrix import Matrix
from domain.needs import needs
from domain.record import Actor, Entry
from domain.supposed import as_if_recorded
from domain.texts import TextRef

if TYPE_CHECKING:
    from collections.abc import Mapping

    from client.words import Words
    from domain.command import Command
    from domain.practitioner import Practitioner
    from domain.words import InterventionType

Register: TypeAlias = Callable[[str], Sequence[Entry]]
"""Returns the entries of a practitioner by reference; none, if there is no such practitioner."""


Others: TypeAlias = Callable[[str], Sequence[Entry]]
"""Returns the entries of another case by reference; none, if it is not known here."""


def _nothing(_case: str) -> Sequence[Entry]:
    return ()


@dataclass
class Rehearsal:
    """One case that is tried out, command by command, as if all were recorded at one moment."""

    stream: str
    register: Register
    matrix: Matrix
    contact_plan: ContactPlan
    at: datetime
    origin: str
    forms: frozenset[InterventionType] = frozenset()
    """Interventions offered here besides those that are offered everywhere."""
    others: Others = _nothing
    history: list[Entry] = field(default_factory=list)
    """What it came to so far."""
    _facts: dict[str, Any] = field(default_factory=dict)

    def take(self, actor: Actor, name: str, given: Mapping[str, Any], command_id: str) -> None:
        """Try the next command, and take what it leads to for what happened.

        Raises `Refused`, `Denied` and `Nonsense`; then nothing of it counts.
        """
        command = read(command_class(name), given, self._put)
        asking = self._asking(actor, command, command_id)
        decision = decide(self.history, command, asking)
        if isinstance(decision, DeniedByDomain):
            raise Denied
        if not isinstance(decision, Accepted):
            raise Refused(list(decision.refusals))
        drafts = [replace(draft, asked_by=command.asked_by) for draft in decision.drafts]
        self.history += as_if_recorded(self.stream, self.history, drafts, asking)

    def _asking(self, actor: Actor, command: Command, command_id: str) -> Asking:
        wanted = needs(self.history, command, actor.id)
        then = command.effective_at
        known = {one: self._practitioner(one, then) for one in {*wanted.practitioners, actor.id}}
        others = {one: entries for one in wanted.cases if (entries := self.others(one))}
        return Asking(
            actor=actor,
            origin=self.origin,
            at=self.at,
            command_id=command_id,
            practitioners={one: who for one, who in known.items() if who is not None},
            signed_in=self._practitioner(actor.id, None),
            cases={one: fold(entries) for one, entries in others.items()},
            facts=self._facts,
            matrix=self.matrix,
            forms=self.forms,
            contact_plan=self.contact_plan,
        )

    def _practitioner(self, reference: str, on: datetime | None) -> Practitioner | None:
        return practitioner(self.register(reference), on)

    def _put(self, _place: str, _owner: str, words: Words) -> TextRef:
        number = len(self._facts)
        letters = "".join(ALPHABET[(number >> (5 * i)) & 31] for i in range(16))
        ref = TextRef(id=f"T-{letters}", digest="0" * 64)
        self._facts[ref.id] = _document(words) if isinstance(words, str) else {}
        return ref


def _document(words: str) -> dict[str, Any]:
    """Return the document that rules may read; an empty one for words that are none."""
    try:
        found = json.loads(words)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
