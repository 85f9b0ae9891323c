"""The words that staff read for the codes of the record. Programs get the codes themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.answering import ANSWERING
from domain.waits import TABLE as WAITS
from domain.words import Category, CjStage, Responsibility
from sentences import sentences

if TYPE_CHECKING:
    from domain.case import Case
    from domain.party import Party


_WAITS = {row.name: row.sentence for row in WAITS} | {row.name: row.sentence for row in ANSWERING}


_SIDES = frozenset({"VICTIM", "OFFENDER"})


def words_of(code: str | None) -> str:
    """Return what staff read for a code; a dash for none.

    Names in small letters (of commands, events and kinds of task) are plain words as they are.
    """
    if code is None or code == "":
        return "—"
    return sentences().file.staff.get(code) or code.replace("_", " ")


def missing_words(code: str) -> str:
    """Return what staff read for what is missing of somebody: a scope, a consent, a yes to a
    guest."""
    if code == "CONSENT":
        return "a written consent that stands"
    is_guest = code[:1] in "VOSC" and code[1:].isdigit()
    return f"a yes to {code} by name" if is_guest else f"a consent to {words_of(code)}"


def stage_words(code: str) -> str:
    """Return what staff read for the stage of a case."""
    return sentences().stage(code)


def wait_words(name: str) -> str:
    """Return what staff read for a wait."""
    return _WAITS.get(name, name)


def task_words(kind: str) -> str:
    """Return what staff read for a kind of task."""
    return sentences().file.task.get(kind) or words_of(kind)


def counted_words(code: str) -> str:
    """Return what staff read for a part of a number, or for a step in it: INFORMED_VICTIM."""
    named = sentences().file.counted
    if code in named:
        return named[code]
    step, _, side = code.rpartition("_")
    if step in named and side in _SIDES:
        return f"{named[step]} ({words_of(side)})"
    known = wait_words(code)
    return known if known != code else task_words(code)


def role_words(case: Case, party: Party) -> str:
    """Return what staff call a person in this case.

    Somebody held responsible is called by their data-subject category (a suspect) until they
    accept responsibility or are convicted, and again after no further action or an acquittal.
    """
    if not party.is_offender:
        return words_of(party.role)
    if party.stage is CjStage.NFA_OR_ACQUITTED:
        return words_of(party.category)
    convicted = party.category is Category.CONVICTED
    accepts = any(
        thread.current.responsibility is Responsibility.ACCEPTS_RESPONSIBILITY
        for thread in case.threads_of(party.id)
    )
    return words_of(party.role if convicted or accepts else party.category)
