"""Gathering what a decision rests on besides the stream itself: practitioners and vault facts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.asking import Asking
from domain.decide import needs, practitioner
from domain.fold import fold
from domain.ids import PRACTITIONER_PREFIX
from domain.record import Actor
from vault import Unopened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from domain.case import Case
    from domain.command import Command
    from domain.matrix import Matrix
    from domain.message import Message, Proof
    from domain.practitioner import Practitioner
    from domain.record import Entry
    from domain.texts import TextRef
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


def asking(log: Log, vault: Vault, history: Sequence[Entry], wish: Wish, matrix: Matrix) -> Asking:
    """Return everything that a decision on this wish may look at, as it stands now.

    Raises `Unavailable` of the log or the vault.
    """
    proof = wish.proof
    wanted = needs(history, wish.command, proof.actor)
    then = wish.command.effective_at
    practitioners, versions = _practitioners(log, {*wanted.practitioners, proof.actor}, then)
    cases = _cases(log, wanted.cases)
    return Asking(
        actor=Actor(id=proof.actor, identified=proof.identified),
        origin=proof.origin,
        at=wish.at,
        practitioners=practitioners,
        signed_in=practitioner(log.load(proof.actor)) if then else None,
        versions={**versions, **{name: case.version for name, case in cases.items()}},
        cases=cases,
        facts=_facts(vault, wish.message.stream, wanted.facts),
        command_id=wish.message.id,
        matrix=matrix,
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


def _cases(log: Log, ids: Iterable[str]) -> dict[str, Case]:
    loaded = {one: log.load(one) for one in sorted(ids)}
    return {one: fold(entries) for one, entries in loaded.items() if entries}


def _facts(vault: Vault, stream: str, refs: Sequence[TextRef]) -> dict[str, Any]:
    """Return the documents that can be read, by text id.

    A rule takes the stricter value for what is erased, swept or no document, so it is left out.
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
