"""Rules about choosing: informed, written, heard apart for a child, and never inferred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.age import adult_on
from domain.calendar import local_day
from domain.pair import AT_THEIR_PACE, SAID_NO
from domain.words import AdultView, Evidence, Responsibility, Role

if TYPE_CHECKING:
    from domain.asking import Asking, CaseCommand
    from domain.case import Case
    from domain.commands.choice import (
        ConfirmConsent,
        MakeOffer,
        RecordConsent,
        RecordFacilitatorMeeting,
    )
    from domain.commands.responsibility import RecordResponsibility
    from domain.texts import TextRef

NO_ADULT = frozenset({AdultView.NOT_WANTED_BY_CHILD, AdultView.NOT_SUITABLE})
OWN_ACCOUNT = frozenset({Evidence.FACILITATOR_ASSESSMENT, Evidence.WRITTEN_STATEMENT})


def it_must_apply_at_this_step(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """This does not apply now: things have not come so far, or have moved on."""
    return command.fits(case)


def the_pair_must_be_under_way(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """This pair has ended; it can be taken up again first."""
    thread = getattr(command, "thread", None)
    return thread is None or case.thread(thread).open


def nobody_who_said_no_is_asked_again(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """This person said no: the service does not ask again unless they ask for it (asked_by)."""
    thread, party = getattr(command, "thread", None), getattr(command, "party", None)
    if thread is None or party is None:
        return True
    return case.thread(thread).side(party).choice not in SAID_NO or command.asked_by == party


def an_offender_accepts_before_the_victim_is_asked(
    case: Case, command: MakeOffer, asking: Asking
) -> bool:
    """The offender began this: their acceptance of responsibility is found first, and only then is
    the victim asked, unless the victim asks (asked_by)."""
    thread = case.thread(command.thread)
    if command.party != thread.victim or not case.offender_began(thread.id):
        return True
    return thread.current.accepts_responsibility or command.asked_by == command.party


def the_meeting_is_held_as_they_prefer(
    case: Case, command: RecordFacilitatorMeeting, asking: Asking
) -> bool:
    """They prefer to meet in another way: a facilitator meets them so, unless they themselves asked
    for this one (asked_by)."""
    preferred = case.thread(command.thread).own_side(command.party).meeting_way
    as_preferred = None in (preferred, command.way) or command.way is preferred
    return as_preferred or command.asked_by == command.party


def consent_follows_a_facilitators_meeting(
    case: Case, command: RecordConsent, asking: Asking
) -> bool:
    """A consent is given after a trained facilitator met the person in this episode."""
    return case.thread(command.thread).side(command.party).met_at is not None


def consent_rests_on_full_information(
    case: Case, command: RecordConsent | ConfirmConsent, asking: Asking
) -> bool:
    """Not everything that an informed choice needs was explained and understood yet: what it is,
    all the options, that one can stop at any time, confidentiality and its limits, how agreements
    are looked after."""
    side = case.thread(command.thread).side(command.party)
    return side.met_at is None or side.fully_informed


def a_childs_adult_is_heard_apart(case: Case, command: RecordConsent, asking: Asking) -> bool:
    """For somebody under 18, record apart what their parent, guardian or other suitable adult
    says, and who that is, or that the child does not want one or there is none suitable."""
    if not case.party(command.party).is_child:
        return True
    if command.adult_view in NO_ADULT:
        return command.adult is None
    return command.adult_view is not None and command.adult is not None


def the_adult_must_be_there_for_the_child(
    case: Case, command: RecordConsent, asking: Asking
) -> bool:
    """The adult is a parent, guardian or other suitable adult, there for this person, and neither
    the victim nor the offender."""
    if command.adult is None:
        return True
    adult = case.party(command.adult)
    return adult.answers_for_a_child and adult.of in (None, command.party)


def somebody_under_18_is_recorded_as_a_child(
    case: Case, command: RecordConsent, asking: Asking
) -> bool:
    """Their details say that they are under 18: record that they are (record_under_age)."""
    person = asking.now.party(command.party)
    return person.is_child or is_adult(person.details, asking) is not False


def it_must_be_known_that_they_are_an_adult(
    case: Case, command: RecordConsent, asking: Asking
) -> bool:
    """Whether they are under 18 is not on record: add their birth date, or that they are an adult,
    to their details; or record them as a child victim or child offender."""
    person = asking.now.party(command.party)
    stands_for_others = person.role is Role.CORPORATE_VICTIM_REP
    return person.is_child or stands_for_others or is_adult(person.details, asking) is not None


def a_conviction_alone_is_not_acceptance(
    case: Case, command: RecordResponsibility, asking: Asking
) -> bool:
    """Acceptance is found in talking with the person, or in their own statement; a conviction, a
    plea or a police interview alone is not enough."""
    accepts = command.status is Responsibility.ACCEPTS_RESPONSIBILITY
    return not accepts or command.evidence in OWN_ACCOUNT


def interest_is_not_recorded_over_a_no(case: Case, command: CaseCommand, asking: Asking) -> bool:
    """This person said no or not now, needs time or is in doubt: only they can change that, so
    record that they asked (asked_by)."""
    thread, party = getattr(command, "thread", None), getattr(command, "party", None)
    if thread is None or party is None:
        return True
    closed = case.thread(thread).side(party).choice in SAID_NO | AT_THEIR_PACE
    return not closed or command.asked_by == party


def is_adult(details: TextRef | None, asking: Asking) -> bool | None:
    """Say whether these details are of an adult on the day; None if they do not say."""
    return adult_on(asking.facts.get(details.id) if details else None, local_day(asking.on))
