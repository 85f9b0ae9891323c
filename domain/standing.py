"""What a no, a doubt or a new episode undoes: nothing passes that nobody stands by now.

The things themselves are kept. Before one of them passes, whoever it comes from, and whoever it
is for, is asked again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.words import MessageState

if TYPE_CHECKING:
    from domain.case import Case


def asked_again(case: Case, thread: str, party: str) -> Case:
    """Return the case with nothing between this pair resting on what this person agreed before."""
    case = _letters(case, thread, party)
    case = _questions(case, thread, party)
    for message in case.messages.values():
        theirs = message.thread == thread and message.sayer == party
        if theirs and message.state is MessageState.AGREED:
            case = case.with_one("messages", message.id, state=MessageState.TAKEN_BACK)
    for intervention in case.interventions.values():
        if thread in intervention.threads:
            case = _unwilling(case, intervention.id, party)
    return case


def stays_away(case: Case, party: str) -> Case:
    """Return the case with this person, invited besides the pairs, no longer willing to come,
    nor bound by what they agreed."""
    for intervention in case.interventions.values():
        if party in intervention.attending:
            case = _unwilling(case, intervention.id, party)
            rest = {person: at for person, at in intervention.agreed.items() if person != party}
            case = case.with_one("interventions", intervention.id, agreed=rest)
    return case


def _letters(case: Case, thread: str, party: str) -> Case:
    for letter in case.letters.values():
        if letter.thread == thread:
            gone = "author_stands_by_it" if letter.author == party else "wanted"
            case = case.with_one("letters", letter.id, **{gone: False})
    return case


def _questions(case: Case, thread: str, party: str) -> Case:
    for question in case.questions.values():
        if question.thread == thread:
            gone = "asker_stands_by_it" if question.asker == party else "author_stands_by_it"
            case = case.with_one("questions", question.id, **{gone: False})
    return case


def _unwilling(case: Case, intervention: str, party: str) -> Case:
    willing = case.interventions[intervention].willing
    rest = {person: at for person, at in willing.items() if person != party}
    return case.with_one("interventions", intervention, willing=rest)
