"""Rules about choosing: informed, written, heard apart for a child, and never inferred."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.calendar import local_day
from domain.words import AdultView, Choice, Evidence, Responsibility

if TYPE_CHECKING:
    from domain.asking import Asking, CaseCommand
    from domain.case import Case
    from domain.commands.choice import RecordConsent
    from domain.commands.responsibility import RecordResponsibility

ADULT = 18
OWN_ACCOUNT = frozenset({Evidence.FACILITATOR_ASSESSMENT, Evidence.WRITTEN_STATEMENT})


def the_pair_must_be_under_way(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """This pair has ended; it can be taken up again first."""
    thread = getattr(command, "thread", None)
    return thread is None or case.thread(thread).open


def consent_follows_a_facilitators_meeting(
    case: Case, command: RecordConsent, asking: Asking
) -> bool:
    """A consent is given after a trained facilitator met the person in this episode."""
    return case.thread(command.thread).side(command.party).met_at is not None


def consent_rests_on_full_information(case: Case, command: RecordConsent, asking: Asking) -> bool:
    """Not everything that an informed choice needs was explained and understood yet: what it is,
    all the options, that one can stop at any time, confidentiality and its limits, how agreements
    are looked after."""
    side = case.thread(command.thread).side(command.party)
    return side.met_at is None or side.fully_informed


def a_childs_adult_is_heard_apart(case: Case, command: RecordConsent, asking: Asking) -> bool:
    """For somebody under 18, record apart what their parent, guardian or other suitable adult
    says, or that the child does not want one or there is none suitable."""
    return not case.party(command.party).is_child or command.adult_view is not None


def a_childs_yes_needs_the_adults_yes(case: Case, command: RecordConsent, asking: Asking) -> bool:
    """The adult says no: a supervisor decides in the child's best interest, and only for not going
    ahead or for asking again later."""
    return not case.party(command.party).is_child or command.adult_view is not AdultView.NO


def somebody_under_18_is_recorded_as_a_child(
    case: Case, command: RecordConsent, asking: Asking
) -> bool:
    """Their details say that they are under 18: record them as a child victim or child offender."""
    person = case.party(command.party)
    if person.is_child or person.details is None:
        return True
    facts = asking.facts.get(person.details.id)
    if facts is None:
        return False
    return not _under_18(facts.get("born"), local_day(asking.on))


def a_conviction_alone_is_not_acceptance(
    case: Case, command: RecordResponsibility, asking: Asking
) -> bool:
    """Acceptance is found in talking with the person, or in their own statement; a conviction, a
    plea or a police interview alone is not enough."""
    accepts = command.status is Responsibility.ACCEPTS_RESPONSIBILITY
    return not accepts or command.evidence in OWN_ACCOUNT


def interest_is_not_recorded_over_a_no(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """This person said no, or is in doubt: only they can change that, so record that they asked
    (asked_by)."""
    thread, party = getattr(command, "thread", None), getattr(command, "party", None)
    if thread is None or party is None:
        return True
    closed = {
        Choice.DECLINED_THIS_OFFER,
        Choice.DECLINED_NO_FURTHER_CONTACT,
        Choice.WITHDRAWN,
        Choice.PAUSED,
    }
    said_no = case.thread(thread).side(party).choice in closed
    return not said_no or command.asked_by == party


def _under_18(born: object, on: date) -> bool:
    if not isinstance(born, str):
        return False
    birthday = date.fromisoformat(born)
    years = on.year - birthday.year - ((on.month, on.day) < (birthday.month, birthday.day))
    return years < ADULT
