"""The gates of every joining step: whatever brings word, thing or person to the other side.

Each rule asks all pairs that the command is about. Own-side acts are never gated by these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.about import named, pairs
from domain.errors import Nonsense
from domain.interventions import CATALOGUE
from domain.party import LIVE_PROCEEDINGS
from domain.words import THEIR_OWN_RIGHT, ItemState, RiskDecision, Role, Scope, Sensitivity

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.asking import Asking, CaseCommand
    from domain.case import Case
    from domain.commands.outcome import RecordAgreement, RecordItemProgress
    from domain.commands.proposing import AgreeToProposal, ProposeItem
    from domain.commands.risk import DecideRisk, RecordLegalPosition
    from domain.exchange import Intervention
    from domain.interventions import Catalogued
    from domain.pair import Thread

MAY_BE_LIVE = LIVE_PROCEEDINGS | {None}
"""Where it is not on record how far proceedings are, they may be under way."""

OTHER_COMPANY = {
    Role.COMMUNITY_MEMBER: Scope.COMMUNITY_MEMBERS_PRESENT,
    Role.OBSERVER: Scope.OBSERVER_PRESENT,
}
"""What a written consent must cover for company that is nobody's supporter."""


def threads_of(case: Case, command: CaseCommand) -> tuple[Thread, ...]:
    """Return the pairs that a joining step is about, however the command names them.

    Raises `Nonsense` for what is not in the case.
    """
    for kept, name in named(command):
        if name not in getattr(case, kept):
            raise Nonsense(f"there is no {name} in this case")
    return tuple(case.thread(t) for t in pairs(case, command))


def intervention_of(case: Case, command: CaseCommand) -> Intervention | None:
    """Return the intervention that a joining step is part of, if any."""
    name = getattr(command, "intervention", None)
    if name is None and hasattr(command, "message"):
        name = case.message(command.message).intervention
    if name is None and hasattr(command, "question"):
        name = case.question(command.question).intervention
    return case.intervention(name) if name else None


def form_of(case: Case, command: CaseCommand) -> Catalogued | None:
    """Return the catalogue entry of the intervention that a joining step is part of, if any."""
    kind = getattr(command, "type", None)
    if kind is not None:
        return CATALOGUE[kind]
    intervention = intervention_of(case, command)
    return CATALOGUE[intervention.type] if intervention else None


def every_pair_must_be_under_way(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """This pair has ended; it can be taken up again first."""
    return all(t.open for t in threads_of(case, command))


def it_must_be_of_this_episode(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """This was planned before the pair was taken up again: plan it afresh."""
    intervention = intervention_of(case, command)
    if intervention is None:
        return True
    return all(
        intervention.episodes.get(t.id) == t.current.number for t in threads_of(case, command)
    )


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
    """The person responsible must accept responsibility, as found by a trained practitioner, and
    again after a charge, a plea, a verdict or an appeal."""
    return all(t.current.accepts_responsibility for t in threads_of(case, command))


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


def conditions_must_be_on_record(case: Case, command: DecideRisk, asking: Asking) -> bool:
    """It may go ahead with conditions: record them with the decision."""
    conditional = command.decision is RiskDecision.PROCEED_WITH_CONDITIONS
    return not conditional or command.conditions is not None


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
    """While a case is investigated or tried, or may be, the view of the officer in the case or the
    prosecutor is on record first."""
    return all(
        case.party(t.offender).stage not in MAY_BE_LIVE
        or (t.id in case.permissions and case.permissions[t.id].officer_view)
        for t in threads_of(case, command)
    )


def a_childs_yes_needs_the_adults_yes(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """The parent, guardian or other suitable adult of a child says no: a supervisor decides in the
    child's best interest, and only for not going ahead or for asking again later."""
    return not any(
        thread.side(party).adult_no_at
        for thread in threads_of(case, command)
        for party in thread.people
    )


def no_consent_may_rest_on_what_is_misleading(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """What somebody agreed to rests on something that the service knows to be misleading: it does
    not go ahead until they chose afresh, knowing what they need to know. Why is not said."""
    return not any(
        thread.side(party).misled for thread in threads_of(case, command) for party in thread.people
    )


def nobody_joined_may_have_asked_for_no_contact(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """One of these people asked not to be contacted in this matter."""
    return not any(case.party(p).no_contact for p in joined(case, command))


def nobody_joined_may_have_died(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """One of these people died: nothing more is done with them or in their name."""
    return not any(case.party(p).died for p in joined(case, command))


def nobody_joined_may_be_in_doubt(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """It is in doubt whether one of these people is who they say: nothing is said to them and
    nothing passes, until they were identified (record_call)."""
    return not any(case.party(p).identity_doubted for p in joined(case, command))


def joined(case: Case, command: CaseCommand) -> frozenset[str]:
    """Return everyone whom a joining step brings together, those invited besides included."""
    people = {p for t in threads_of(case, command) for p in t.people}
    return frozenset(people) | frozenset(attending(case, command))


def everybody_in_the_room_must_be_agreed_to(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """Everybody in the room must have agreed to everybody else, each by name (agree_to_company):
    somebody is invited whom not all have agreed to."""
    sides = [s for t in threads_of(case, command) for s in (t.current.victim, t.current.offender)]
    return all(
        p in side.company and agreed_by(case, p) in side.scopes
        for p in attending(case, command)
        if case.party(p).role not in THEIR_OWN_RIGHT
        for side in sides
    )


def all_who_meet_must_be_a_pair_of_this_meeting(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """A victim and an offender would meet in it whose own pair is not part of it."""
    form = form_of(case, command)
    if form is None or not form.direct:
        return True
    threads = threads_of(case, command)
    meeting = {(v.victim, o.offender) for v in threads for o in threads}
    return meeting <= {t.people for t in threads}


def an_agreement_needs_consent_to_agreeing(
    case: Case, command: RecordAgreement | ProposeItem | AgreeToProposal, asking: Asking
) -> bool:
    """Agreeing something has a written consent of its own: both people's must cover it."""
    return all(
        Scope.OUTCOME_AGREEMENT in side.scopes
        for thread in threads_of(case, command)
        for side in (thread.current.victim, thread.current.offender)
    )


def only_the_victim_lets_an_item_go(
    case: Case, command: RecordItemProgress, asking: Asking
) -> bool:
    """Only the victim says that something is no longer asked for: record that they did
    (asked_by)."""
    victim = case.thread(case.item(command.item).thread).victim
    return command.state is not ItemState.RELEASED_BY_VICTIM or command.asked_by == victim


def a_bar_is_lifted_only_in_writing(
    case: Case, command: RecordLegalPosition, asking: Asking
) -> bool:
    """Contact is barred: only a lawful permission of who imposed that lifts it, so add the
    document."""
    known = case.permissions.get(command.thread)
    return known is None or not known.barred or command.document is not None


def attending(case: Case, command: CaseCommand) -> Collection[str]:
    """Return who is invited besides the pairs, or is to be."""
    invited: Collection[str] | None = getattr(command, "attending", None)
    if invited is not None:
        return invited
    intervention = intervention_of(case, command)
    return intervention.attending if intervention else ()


def agreed_by(case: Case, party: str) -> Scope:
    """Return the scope of a written consent that covers company of this kind."""
    return OTHER_COMPANY.get(case.party(party).role, Scope.SUPPORTERS_PRESENT)


CATALOGUE_INDIRECT = frozenset().union(*(c.risk for c in CATALOGUE.values() if not c.direct))
"""What allows a joining step that is part of no planned intervention, such as a letter."""
