"""What is missing where a consent does not cover something, and whose it is: as codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.commands.company import InviteCompany
from domain.rules import company, exchange, joining, recording
from domain.words import THEIR_OWN_RIGHT, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from domain.asking import CaseCommand
    from domain.case import Case
    from domain.pair import Side
    from domain.rule import Rule

CONSENT = "CONSENT"
"""In the place of a scope: no written consent stands at all."""


def what_is_missing(rule: Rule, case: Case, command: CaseCommand) -> tuple[str, ...]:
    """Return what is missing where this rule is broken, if it can be named."""
    return MISSING[rule](case, command) if rule in MISSING else ()


def consents(case: Case, command: CaseCommand) -> tuple[str, ...]:
    """Return each person's consent to this form that is missing."""
    form = joining.form_of(case, command)
    scope = form.scope if form else None
    return _told(_lacks(party, side, scope) for party, side in _sides(case, command))


def company_agreed_to(case: Case, command: CaseCommand) -> tuple[str, ...]:
    """Return each person's yes to each of those invited that is missing."""
    invited = {*joining.attending(case, command), *_guest(command)}
    guests = sorted(p for p in invited if case.party(p).role not in THEIR_OWN_RIGHT)
    return _told(
        _lacks(party, side, joining.agreed_by(case, guest))
        or (None if guest in side.company else f"{party}:{guest}")
        for guest in guests
        for party, side in _sides(case, command)
    )


def agreeing(case: Case, command: CaseCommand) -> tuple[str, ...]:
    """Return each person's consent to agreeing something that is missing."""
    scope = Scope.OUTCOME_AGREEMENT
    return _told(_lacks(party, side, scope) for party, side in _sides(case, command))


def by_video(case: Case, command: CaseCommand) -> tuple[str, ...]:
    """Return each person's consent to meeting by video that is missing."""
    scope = Scope.VIDEO_OR_AUDIO
    return _told(_lacks(party, side, scope) for party, side in _sides(case, command))


def sending(case: Case, command: CaseCommand) -> tuple[str, ...]:
    """Return the author's consent to sending letters."""
    letter = case.letter(getattr(command, "letter", ""))
    return (f"{letter.author}:{Scope.INDIRECT_LETTER_SEND}",)


def receiving(case: Case, command: CaseCommand) -> tuple[str, ...]:
    """Return the recipient's consent to receiving letters."""
    letter = case.letter(getattr(command, "letter", ""))
    recipient = case.thread(letter.thread).other(letter.author)
    return (f"{recipient}:{Scope.INDIRECT_LETTER_RECEIVE}",)


def _guest(command: CaseCommand) -> tuple[str, ...]:
    return (command.party,) if isinstance(command, InviteCompany) else ()


def _sides(case: Case, command: CaseCommand) -> Iterator[tuple[str, Side]]:
    for thread in joining.threads_of(case, command):
        yield thread.victim, thread.current.victim
        yield thread.offender, thread.current.offender


def _lacks(party: str, side: Side, scope: Scope | None) -> str | None:
    if not side.consents:
        return f"{party}:{CONSENT}"
    return None if scope is None or scope in side.scopes else f"{party}:{scope}"


def _told(missing: Iterator[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in missing if one is not None))


MISSING: dict[Rule, Callable[[Case, CaseCommand], tuple[str, ...]]] = {
    joining.both_people_must_consent_to_this_in_writing: consents,
    joining.everybody_in_the_room_must_be_agreed_to: company_agreed_to,
    company.nobody_is_invited_whom_not_all_agreed_to: company_agreed_to,
    recording.by_video_only_as_both_consent: by_video,
    joining.an_agreement_needs_consent_to_agreeing: agreeing,
    exchange.an_author_must_agree_to_send_letters: sending,
    exchange.a_recipient_must_agree_to_hear_of_letters: receiving,
}
"""For the rules that can name it, what is missing."""
