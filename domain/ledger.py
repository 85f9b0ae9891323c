"""What went to whom about a person, when and on which basis; and who has to hear that it was wrong.

The ledger is read off what happened: a table says of each event that passes something on to whom it
goes. So nothing is disclosed in a case without a line here, and no line is made up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from domain.changing import with_changes
from domain.disclosed import Disclosed, ToTell
from domain.errors import Nonsense
from domain.event import CaseEvent
from domain.events.court import CourtReportMade
from domain.events.disclosing import InformationDisclosed
from domain.events.erasing import PersonErased
from domain.events.letters import LetterDelivered, recipient_of
from domain.events.partners import ReferredOnward
from domain.events.questions import AnswerGiven
from domain.events.restricting import DataRestricted
from domain.events.shuttle import MessageCarried
from domain.events.telling import PassedOn
from domain.events.youth import YouthServiceInvolved
from domain.words import Passable, Passed, Recipient, Right

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from domain.case import Case, When

THEIR_WISH, COURT_REPORT, YOUTH_JUSTICE = "THEIR_WISH", "COURT_REPORT", "YOUTH_JUSTICE"
"""On which basis something is passed on, besides the grounds of a disclosure without agreement."""
EVERYTHING: frozenset[Passed] = frozenset()
"""Where it is not on record what was passed on: then it may have been any of it."""


_ENDS_USE = frozenset[type]((PersonErased, DataRestricted))
"""After these whoever was given what is now erased or not used is told."""

Line = Callable[["Case", Any], Disclosed]


def with_line(case: Case, event: CaseEvent, when: When) -> Case:
    """Return the case with what this event passed on in its ledger, and what a rights request asked
    for noted as done by it."""
    if event.carries_out:
        case = with_ledger(
            case, rights_done={**case.ledger.rights_done, when.version: event.carries_out}
        )
    if type(event) in _ENDS_USE:
        case = _told_outside(case, event, when)
    line = TABLE.get(type(event))
    if line is None:
        return case
    known = replace(line(case, event), entry=when.version, at=when.effective)
    # As at an early moment somebody may not be there yet of whom a protective act told already.
    party = case.parties.get(known.party) if known.party else None
    if party is not None:
        known = replace(known, details=party.details.id if party.details else None)
    return with_ledger(case, lines={**case.ledger.lines, known.entry: known})


def with_ledger(case: Case, **changes: Any) -> Case:
    """Return the case with these fields of its ledger changed."""
    return case.changed(ledger=with_changes(case.ledger, **changes))


def recipients_to_tell(
    case: Case, party: str, items: Iterable[Passed], since: datetime | None, when: When
) -> Case:
    """Return the case with everybody to be told who was given any of this wrong fact of somebody.

    `items` are the kinds of fact; `since` is when it became wrong, if it was right before (UK GDPR
    Article 19; Data Protection Act 2018 s.48(7) to (9)).
    """
    wanted = frozenset(items)
    given = [
        one
        for one in case.ledger.lines.values()
        if one.holds(party, wanted) and one.at <= when.effective and (not since or one.at >= since)
    ]
    return _telling(case, given, party, Right.RECTIFICATION, when)


def _told_outside(case: Case, event: CaseEvent, when: When) -> Case:
    """Return the case with every service and agency to be told that was given what is now erased,
    or kept and not used. People of the case keep what they heard."""
    if isinstance(event, PersonErased):
        why = Right.ERASURE_OF_DATA
    elif isinstance(event, DataRestricted) and _is_new(case, event, when):
        why = Right.RESTRICTION_OF_USE
    else:
        return case
    lines = case.ledger.lines.values()
    about = {event.party, None}
    given = [one for one in lines if one.party in about and one.recipient not in case.parties]
    return _telling(case, given, event.party, why, when)


def _is_new(case: Case, event: DataRestricted, when: When) -> bool:
    """Say whether they were used until now: a later review tells nobody again."""
    restriction = case.data.of(event.party).restriction
    return restriction is not None and restriction.since == when.recorded


def _telling(
    case: Case, given: Iterable[Disclosed], party: str | None, why: Right, when: When
) -> Case:
    told: dict[str, ToTell] = {}
    for one in given:
        name = f"N{when.version}-{one.entry}"
        told[name] = ToTell(name, one.entry, party, one.recipient, why, when.recorded)
    return with_ledger(case, to_tell={**case.ledger.to_tell, **told})


def to_tell(case: Case, name: str) -> ToTell:
    """Return who is to be told, by the name of it. Raises `Nonsense` if nobody is."""
    if name not in case.ledger.to_tell:
        raise Nonsense(f"nobody is to be told of {name} in this case, or they were")
    return case.ledger.to_tell[name]


def _line(
    party: str | None, recipient: str, items: Iterable[Passed], basis: str, text: str | None = None
) -> Disclosed:
    return Disclosed(0, party, recipient, frozenset(items), basis, _NO_TIME, None, text)


_NO_TIME: Any = None
"""Filled in by `with_line`, with the entry."""


def _without_agreement(_case: Case, event: InformationDisclosed) -> Disclosed:
    return _line(event.party, event.recipient, event.items, event.ground)


def _onward(_case: Case, event: ReferredOnward) -> Disclosed:
    return _line(event.party, event.service, event.items, THEIR_WISH)


def _to_youth_service(_case: Case, event: YouthServiceInvolved) -> Disclosed:
    return _line(event.party, Recipient.YOUTH_JUSTICE_SERVICE, EVERYTHING, YOUTH_JUSTICE)


def _to_court(case: Case, event: CourtReportMade) -> Disclosed:
    about = case.thread(event.thread).offender
    recipient = Recipient.COURT_OR_PROSECUTOR
    return _line(about, recipient, (Passed.TAKES_PART,), COURT_REPORT)


def _passed_on(case: Case, event: PassedOn) -> Disclosed:
    about = case.thread(event.thread).other(event.party)
    return _line(about, event.party, (_AS_PASSED[event.what],), THEIR_WISH)


def _letter(case: Case, event: LetterDelivered) -> Disclosed:
    letter = case.letter(event.letter)
    recipient = recipient_of(case, event.letter)
    return _line(letter.author, recipient, _SAID, THEIR_WISH, letter.words.id)


def _answer(case: Case, event: AnswerGiven) -> Disclosed:
    question = case.question(event.question)
    author = case.thread(question.thread).other(question.asker)
    text = question.answer.id if question.answer else None
    return _line(author, question.asker, _SAID, THEIR_WISH, text)


def _message(case: Case, event: MessageCarried) -> Disclosed:
    message = case.message(event.message)
    hearer = case.thread(message.thread).other(message.sayer)
    return _line(message.sayer, hearer, _SAID, THEIR_WISH, message.note.id)


_SAID = (Passed.WHAT_WAS_SAID,)
_AS_PASSED: Mapping[Passable, Passed] = {
    **dict.fromkeys(Passable, Passed.WHAT_WAS_SAID),
    Passable.WANTS_TO_TAKE_PART: Passed.TAKES_PART,
    Passable.HEALTH: Passed.HEALTH,
}
TABLE: Mapping[type[CaseEvent], Line] = {
    InformationDisclosed: _without_agreement,
    ReferredOnward: _onward,
    YouthServiceInvolved: _to_youth_service,
    CourtReportMade: _to_court,
    PassedOn: _passed_on,
    LetterDelivered: _letter,
    AnswerGiven: _answer,
    MessageCarried: _message,
}
"""Every event that passes something on about a person. A new one is a row and its function."""
