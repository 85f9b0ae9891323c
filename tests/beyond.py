"""Persons beyond one case in a story: their streams, and what follows in one from another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from activities.combining import Wanted, combine, details_of, documents, goes_on_in
from domain.appearing import rests_on
from domain.asking import DossierCommand
from domain.fold import fold, fold_dossier, fold_person
from domain.person import Key, opening_id, own_stream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from access import Combination
    from domain.case import Case
    from domain.command import Command
    from domain.needs import Needs
    from domain.person import Person
    from domain.record import Entry
    from domain.texts import TextRef
    from store import Log
    from tests.story import Story
    from vault import Vault

SERVICE = "service:follow_up"


class _Kept:
    """What a story has in the places of the log and the vault."""

    def __init__(self, story: Story) -> None:
        self._story = story

    def load(self, stream: str) -> list[Entry]:
        """Return a stream's entries."""
        return self._story.streams.get(stream, [])

    def words_many(self, _stream: str, refs: Sequence[TextRef]) -> dict[str, str]:
        """Return the documents of a story."""
        return {ref.id: json.dumps(self._story.facts[ref.id]) for ref in refs}


def beyond(
    story: Story, history: Sequence[Entry], command: Command, wanted: Needs, actor: str
) -> dict[str, Any]:
    """Return what a decision may look at besides its own stream: for `Asking`."""
    kept = _Kept(story)
    cases: dict[str, Case] = {
        one: fold(story.streams[one]) for one in wanted.cases if one in story.streams
    }
    cases |= {one: fold(story.streams[one]) for one in goes_on_in(command, cases)}
    of = Wanted(wanted.persons, cases, actor)
    combined = combine(cast("Log", kept), history, command, of, nobody_listens)
    read = (*wanted.facts, *(document for _, document in wanted.behind))
    facts = {t.id: story.facts[t.id] for t in read if t.id in story.facts}
    of_register = isinstance(command, DossierCommand)
    return {
        "barred": rests_on(kept.load, fold_dossier(history)).barred if of_register else frozenset(),
        "cases": cases,
        "dossiers": {one: fold_dossier(kept.load(one)) for one in wanted.dossiers},
        "persons": combined.persons,
        "elsewhere": combined.elsewhere,
        "linked_by": combined.linked_by,
        "facts": facts | details_of(cast("Vault", kept), history, command, cases),
    }


def details(story: Story, stream: str) -> list[dict[str, Any]]:
    """Return a person's details in each of their cases."""
    kept, history = _Kept(story), story.streams.get(stream, [])
    return documents(cast("Log", kept), cast("Vault", kept), history, SERVICE, nobody_listens)


def person(story: Story, party: str = "V1") -> Person:
    """Return the person that somebody of the case is, as their stream knows them."""
    return fold_person(story.streams[story.case.persons[party].person])


def told(story: Story) -> Story:
    """Have everything that follows from each stream be recorded in the others."""
    while one_step(story):
        pass
    return story


def one_step(story: Story) -> bool:
    """Have the next of it be recorded; say whether there was something."""
    for stream in [*story.streams]:
        if stream.startswith("RJ"):
            for party, linked in fold(story.streams[stream]).persons.items():
                if linked.pending is not None:
                    here = Key(stream, party)
                    _opened(story, linked)
                    for one in filter(None, (linked.left, linked.person)):
                        _note(story, one, here, linked.times)
                    return bool(story.ask(stream, SERVICE, "note_person_told", party=party))
        elif stream.startswith("PE"):
            for key in fold_person(story.streams[stream]).untold:
                story.ask(key.case, SERVICE, "follow_person", party=key.party, person=stream)
                of = {"case": key.case, "party": key.party}
                return bool(story.ask(stream, SERVICE, "note_case_told", **of))
    return False


def _opened(story: Story, linked: Any) -> None:
    if linked.other and linked.person not in story.streams:
        theirs = fold(story.streams[linked.other]).persons.get(linked.there)
        if theirs and theirs.person == linked.person:
            _note(story, linked.person, Key(linked.other, linked.there), theirs.times)


def _note(story: Story, stream: str, here: Key, times: int) -> None:
    opens = stream not in story.streams and own_stream(*here, times) == stream
    if stream in story.streams or opens:
        command_id = opening_id(*here, times) if opens else None
        given = {"case": here.case, "party": here.party}
        story.ask(stream, SERVICE, "note_appearance", command_id=command_id, **given)


def nobody_listens(use: Combination) -> None:
    """Stand for the access log: the stories have none."""
