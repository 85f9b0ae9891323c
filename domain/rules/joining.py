"""The gates of every joining step: whatever brings word, thing or person to the other side.

Each rule asks all pairs that the command is about. Own-side acts are never gated by these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.interventions import CATALOGUE
from domain.party import LIVE_PROCEEDINGS
from domain.words import Responsibility, Role, Scope, Sensitivity

if TYPE_CHECKING:
    from domain.asking import Asking, CaseCommand
    from domain.case import Case
    from domain.interventions import Catalogued
    from domain.pair import Thread


def threads_of(case: Case, command: CaseCommand) -> tuple[Thread, ...]:
    """Return the pairs that a joining step is about, however the command names them."""
    named: tuple[str, ...]
    if hasattr(command, "message"):
        named = (case.message(command.message).thread,)
    elif hasattr(command, "question"):
        named = (case.question(command.question).thread,)
    elif getattr(command, "letter", None):
        named = (case.letter(command.letter).thread,)  # type: ignore[attr-defined]
    elif hasattr(command, "item"):
        named = (case.item(command.item).thread,)
    elif hasattr(command, "threads"):
        named = command.threads
    elif hasattr(command, "thread"):
        named = (command.thread,)
    else:
        named = case.intervention(command.intervention).threads  # type: ignore[attr-defined]
    return tuple(case.thread(t) for t in named)


def form_of(case: Case, command: CaseCommand) -> Catalogued | None:
    """Return the catalogue entry of the intervention that a joining step is part of, if any."""
    kind = getattr(command, "type", None)
    if kind is not None:
        return CATALOGUE[kind]
    name = getattr(command, "intervention", None)
    if name is None and hasattr(command, "message"):
        name = case.message(command.message).intervention
    if name is None and hasattr(command, "question"):
        name = case.question(command.question).intervention
    return CATALOGUE[case.intervention(name).type] if name else None


def every_pair_must_be_under_way(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """This pair has ended; it can be taken up again first."""
    return all(t.open for t in threads_of(case, command))


def both_people_must_consent_to_this_in_writing(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """Both people's written consent for exactly this must stand, with no doubt, pause or change
    since."""
    form = form_of(case, command)
    return all(
        side.consents and (form is None or form.scope is None or form.scope in side.scopes)
        for thread in threads_of(case, command)
        for side in (thread.current.victim, thread.current.offender)
    )


def the_offender_must_accept_responsibility(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """The person responsible must accept responsibility, as found by a trained practitioner."""
    return all(
        t.current.responsibility is Responsibility.ACCEPTS_RESPONSIBILITY
        for t in threads_of(case, command)
    )


def the_case_must_be_classified(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """The case is not classified yet, and counts as sensitive until it is."""
    return case.sensitivity is not Sensitivity.UNCLASSIFIED


def the_risk_must_be_decided_and_current(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """The risk of the process must have been decided in this episode, and nothing since may have
    made it stale."""
    return all(
        t.current.risk is not None and not t.current.risk.stale for t in threads_of(case, command)
    )


def the_risk_decision_must_allow_this(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """The decision on risk does not allow this form for now."""
    form = form_of(case, command)
    allowed = form.risk if form else CATALOGUE_INDIRECT
    return all(
        t.current.risk is None or t.current.risk.decision in allowed
        for t in threads_of(case, command)
    )


def a_sensitive_case_must_be_countersigned(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """The risk of a sensitive or complex case must be countersigned by a second person."""
    if case.sensitivity is not Sensitivity.SENSITIVE_COMPLEX:
        return True
    return all(
        t.current.risk is None or t.current.risk.countersigned_by is not None
        for t in threads_of(case, command)
    )


def no_legal_bar_may_stand(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """It must be on record that no order, bail or licence bars this; unknown counts as barred."""
    return all(
        t.id in case.permissions and not case.permissions[t.id].barred
        for t in threads_of(case, command)
    )


def the_officers_view_must_be_on_record(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """While a case is investigated or tried, the view of the officer in the case or the prosecutor
    is on record first."""
    return all(
        case.party(t.offender).stage not in LIVE_PROCEEDINGS
        or (t.id in case.permissions and case.permissions[t.id].officer_view)
        for t in threads_of(case, command)
    )


def nobody_joined_may_have_asked_for_no_contact(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """One of these people asked not to be contacted in this matter."""
    return not any(
        case.party(p).no_contact for t in threads_of(case, command) for p in (t.victim, t.offender)
    )


def everybody_in_the_room_must_be_agreed_to(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """Everybody in the room must have agreed to everybody else: supporters or community members
    are invited whom not all have agreed to."""
    attending = getattr(command, "attending", None)
    if attending is None:
        name = getattr(command, "intervention", None)
        attending = case.intervention(name).attending if name else ()
    sides = [s for t in threads_of(case, command) for s in (t.current.victim, t.current.offender)]
    return all(_agreed_to(case, p) in s.scopes for p in attending for s in sides)


def _agreed_to(case: Case, party: str) -> Scope:
    community = case.party(party).role is Role.COMMUNITY_MEMBER
    return Scope.COMMUNITY_MEMBERS_PRESENT if community else Scope.SUPPORTERS_PRESENT


CATALOGUE_INDIRECT = frozenset().union(*(c.risk for c in CATALOGUE.values() if not c.direct))
"""What allows a joining step that is part of no planned intervention, such as a letter."""
