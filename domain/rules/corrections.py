"""Rules about corrections: a no is not corrected away, and nothing that others rest on is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.events import choice, people, responsibility, risk
from domain.events.protection import ActedInBreach
from domain.permissions import may
from domain.personal_data import FOLLOWED
from domain.slips import slip
from domain.words import Act

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.case import Case
    from domain.commands.confirming import ConfirmBreach
    from domain.commands.correcting import RetractEntry
    from domain.commands.protection import MarkEnteredInError
    from domain.record import Entry

RETRACTABLE = (
    choice.OfferMade,
    choice.InterestRecorded,
    choice.FacilitatorMeetingOffered,
    choice.FacilitatorMeetingHeld,
    choice.ConsentRecorded,
    choice.ConsentConfirmed,
    people.InformationGiven,
    people.ContactAttempted,
    people.WishRecorded,
    responsibility.ResponsibilityRecorded,
    risk.RiskDecided,
    risk.RiskCountersigned,
    risk.RiskItemRecorded,
    risk.LegalPositionRecorded,
)
"""What opens or informs, and names nothing that later entries are about."""
A_NO = (
    choice.TimeAskedFor,
    choice.ChoiceDeferred,
    choice.OfferDeclined,
    choice.ContactStopped,
    choice.ParticipationPaused,
    choice.ConsentNarrowed,
    choice.ConsentWithdrawn,
)
SLIP = timedelta(hours=1)


def a_no_is_not_corrected_away(case: Case, command: MarkEnteredInError, asking: Asking) -> bool:
    """A no, a pause, a withdrawal or a bar is not taken away by a correction: only a new yes ends
    it; report it as a mistake (report_mistake)."""
    return not any(e.event.stands_from_recording for e in slip(command.entry, asking))


def a_slip_is_noticed_within_the_hour(
    case: Case, command: MarkEnteredInError, asking: Asking
) -> bool:
    """An entry is marked as made in error within an hour; after that, record what is true, and
    report it as a mistake (report_mistake)."""
    return all(asking.at - e.recorded_at <= SLIP for e in slip(command.entry, asking))


def nothing_may_rest_on_a_slip(case: Case, command: MarkEnteredInError, asking: Asking) -> bool:
    """Something was recorded since: record what is true instead, and report it as a mistake
    (report_mistake)."""
    return slip(command.entry, asking)[-1].version == asking.history[-1].version


def a_case_is_not_unopened(case: Case, command: MarkEnteredInError, asking: Asking) -> bool:
    """The entry that opened the case stays: a supervisor ends its pairs as entered in error."""
    return all(e.version > 1 for e in slip(command.entry, asking))


def a_slip_is_ones_own_or_marked_by_the_supervisor(
    case: Case, command: MarkEnteredInError, asking: Asking
) -> bool:
    """Whoever made an entry marks it as made in error; a supervisor of the case, what those made
    who are allocated to it or covered for them, and nothing of the service, of an auditor, of the
    data-protection officer or of another supervisor. Anyone can report a mistake
    (report_mistake)."""
    now = asking.now
    makers = {e.recorded.actor.id for e in slip(command.entry, asking)}
    if makers == {asking.actor.id}:
        return True
    working = {now.case_worker, *now.facilitators, *now.covered_by}
    theirs = makers <= {asking.actor.id, *working}
    return theirs and may(asking.who_now, Act.SUPERVISE, now)


def what_was_done_to_data_is_not_corrected_away(
    case: Case, command: MarkEnteredInError, asking: Asking
) -> bool:
    """Somebody's data were restricted, released or erased by this: the data-protection officer
    decides afresh."""
    return not any(e.name in FOLLOWED for e in slip(command.entry, asking))


def only_what_opens_is_retracted(case: Case, command: RetractEntry, asking: Asking) -> bool:
    """This entry cannot be taken away: a no stands until a new yes, and people, plans and things
    that others were built on are put right by recording what is true."""
    meant = _meant(command, asking)
    return meant is None or (
        isinstance(meant.event, RETRACTABLE) and not meant.event.stands_from_recording
    )


def nobody_retracts_their_own_entry(case: Case, command: RetractEntry, asking: Asking) -> bool:
    """Whoever made an entry does not retract it; another supervisor does."""
    meant = _meant(command, asking)
    return meant is None or meant.recorded.actor.id != asking.actor.id


def a_breach_is_not_confirmed_over_a_no(case: Case, command: ConfirmBreach, asking: Asking) -> bool:
    """The person said no, not now or was in doubt since this was done: what they agree to now is
    recorded afresh."""
    breach = next((e for e in asking.history if f"T{e.version}" == command.task), None)
    if breach is None or not isinstance(breach.event, ActedInBreach):
        return True
    party = breach.event.done.get("party")
    since = (e.event for e in asking.history[breach.version :])
    return not any(isinstance(event, A_NO) and event.party == party for event in since)


def _meant(command: RetractEntry, asking: Asking) -> Entry | None:
    return next((e for e in asking.history if e.version == command.entry), None)
