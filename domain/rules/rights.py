"""Rules of the data-protection register: what is decided before something is given or closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.answering import TO_THE_COMMISSIONER, first_month
from domain.dossier import DOES, GIVES
from domain.order import left_to_do
from domain.words import BreachRisk, Right

if TYPE_CHECKING:
    from domain.asking import Asking, DossierCommand
    from domain.commands.breaches import (
        AnswerNotesRequest,
        CloseDataBreach,
        DecideNotesRequest,
        NotifyCommissioner,
    )
    from domain.commands.rights import (
        AnswerRequest,
        DecideRequest,
        ExtendRequest,
        NoteCarriedOut,
        NoteCopyMade,
    )
    from domain.dossier import Dossier


def what_is_of_a_case_is_named_by_who_may_see_it(
    dossier: Dossier, command: DossierCommand, asking: Asking
) -> bool:
    """Whoever has a conflict of interest in a case puts nothing of it in, and notes nothing that
    was done there: another data-protection officer does all of this request (rj doctor names it if
    there is none)."""
    cases = (asking.cases[one] for one in command.names_cases() if one in asking.cases)
    return not any(asking.actor.id in case.conflicted for case in cases)


def nothing_is_given_to_somebody_not_identified(
    dossier: Dossier, command: DecideRequest | NoteCopyMade, asking: Asking
) -> bool:
    """It is made sure who asks, and that they may, before anything is granted or given to them."""
    request = dossier.the_request()
    grants = getattr(command, "decision", None)
    return request.is_known_who_asks or (grants is not None and grants not in GIVES)


def an_extension_is_told_within_the_first_month(
    dossier: Dossier, command: ExtendRequest, asking: Asking
) -> bool:
    """That it takes longer is told once, within the first month, with the reasons; it is then up to
    two months more."""
    due = first_month(dossier)
    told = dossier.the_request().extended_at
    return told is None and due is not None and asking.on <= due


def a_request_is_decided_before_it_is_done(
    dossier: Dossier, command: NoteCopyMade | NoteCarriedOut, asking: Asking
) -> bool:
    """Nothing is done on a request before the data-protection officer decided to grant it, in full
    or in part, or to restrict instead."""
    decision = dossier.the_request().decision
    return decision in DOES


def nothing_mixed_leaves_without_a_decision(
    dossier: Dossier, command: NoteCopyMade, asking: Asking
) -> bool:
    """Of everything in which others are, too, it is decided what the person receives, before a copy
    is made: rj rights items lists what waits for it."""
    return command.undecided == 0


def an_answer_follows_what_was_decided(
    dossier: Dossier, command: AnswerRequest, asking: Asking
) -> bool:
    """A request is answered once it was decided, and what was granted was done: in every case
    in which it was ordered."""
    request = dossier.the_request()
    if request.decision not in DOES:
        return request.decision is not None
    if request.right is Right.ACCESS:
        return request.copied_at is not None
    return bool(request.carried_out) and not left_to_do(dossier)


def a_late_notice_says_why(dossier: Dossier, command: NotifyCommissioner, asking: Asking) -> bool:
    """A notice to the Information Commissioner later than 72 hours says why it is late."""
    dossier.the_breach()
    since = dossier.opened_at
    in_time = since is not None and asking.on <= since + TO_THE_COMMISSIONER
    return in_time or command.late_because is not None


def a_breach_is_closed_once_all_who_must_know_do(
    dossier: Dossier, command: CloseDataBreach, asking: Asking
) -> bool:
    """A breach is closed once it was assessed, the Information Commissioner was notified unless a
    risk is unlikely, and people at high risk were told, or it is on record why not."""
    breach = dossier.the_breach()
    if breach.risk is None:
        return False
    notified = breach.notified_at is not None or breach.risk is BreachRisk.RISK_UNLIKELY
    told = breach.people_told_at is not None or breach.not_told is not None
    return notified and (told or breach.risk is not BreachRisk.HIGH_RISK)


def notes_are_given_only_as_necessary_and_proportionate(
    dossier: Dossier, command: DecideNotesRequest, asking: Asking
) -> bool:
    """Notes about people are given only if that is necessary for a reasonable line of enquiry or
    another lawful purpose, and proportionate to it."""
    dossier.the_notes()
    return command.decision not in GIVES or (command.necessary and command.proportionate)


def an_answer_on_notes_follows_what_was_decided(
    dossier: Dossier, command: AnswerNotesRequest, asking: Asking
) -> bool:
    """Whoever asked for notes is answered once it was decided, and once what is given is on record
    in the case that it is of."""
    notes = dossier.the_notes()
    if notes.decision not in GIVES:
        return notes.decision is not None
    return bool(notes.given)
