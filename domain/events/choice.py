"""What people chose. Each is a fact of its own; a no, a pause and a withdrawal close at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import AwareDatetime

from domain.event import CaseEvent
from domain.ids import PartyId, ThreadId
from domain.stage import how_far
from domain.standing import asked_again, stays_away
from domain.texts import TextRef
from domain.words import AdultView, Channel, Choice, Explained, Form, Scope, WithdrawalCause

if TYPE_CHECKING:
    from domain.case import Case, When


class OfferMade(CaseEvent):
    """A person was offered to take part in one pair; nothing is assumed from their silence."""

    thread: ThreadId
    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """The offer stays open; no date is set."""
        offers = (*case.thread(self.thread).side(self.party).offers, when.effective)
        return case.with_side(self.thread, self.party, offered_at=when.effective, offers=offers)


class InterestRecorded(CaseEvent):
    """A person would like to meet a facilitator and hear more, and agreed to nothing else."""

    thread: ThreadId
    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """The service owes them a facilitator's meeting. A consent that stands is not undone."""
        side = case.thread(self.thread).side(self.party)
        choice = side.choice if side.choice is Choice.CONSENTED else Choice.EXPLORING
        return _said_yes(case, self.thread, self.party, choice, when).with_side(
            self.thread,
            self.party,
            interested_at=side.interested_at or when.effective,
            meeting_not_wanted=False,
        )


class FacilitatorMeetingOffered(CaseEvent):
    """A person was offered a meeting with a trained facilitator, in the way they prefer."""

    thread: ThreadId
    party: PartyId
    way: Channel | None = None
    """How they prefer to meet, if they said."""

    def apply(self, case: Case, when: When) -> Case:
        """The clock on offering it stops, and the one on holding it begins."""
        offers = (*case.thread(self.thread).side(self.party).meeting_offers, when.effective)
        return case.with_side(
            self.thread,
            self.party,
            meeting_offered_at=when.effective,
            meeting_offers=offers,
            meeting_way=self.way,
        )


class FacilitatorMeetingHeld(CaseEvent):
    """A trained facilitator met a person, and what was gone through."""

    thread: ThreadId
    party: PartyId
    explained: tuple[Explained, ...]
    understood: bool
    """In a language and form that the person understands; which, is in the vault."""
    needs: TextRef | None = None
    way: Channel | None = None

    def apply(self, case: Case, when: When) -> Case:
        """An informed choice can rest on it."""
        side = case.thread(self.thread).side(self.party)
        case = case.with_side(
            self.thread,
            self.party,
            met_at=when.effective,
            meeting_offered_at=side.meeting_offered_at or when.effective,
            explained=side.explained | set(self.explained),
            understood=self.understood,
        )
        case = case.with_party(self.party, met_by=case.lead or when.actor)
        return case.in_touch(self.party, when.effective)


class FacilitatorMeetingNotWanted(CaseEvent):
    """A person does not want to meet a facilitator."""

    thread: ThreadId
    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """It is owed no longer."""
        return case.with_side(self.thread, self.party, meeting_not_wanted=True)


class ConsentRecorded(CaseEvent):
    """A person gave their written, scoped consent; a copy is theirs."""

    thread: ThreadId
    party: PartyId
    scopes: tuple[Scope, ...]
    form: Form
    signed: TextRef | None = None
    adult: PartyId | None = None
    adult_view: AdultView | None = None
    scan: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It covers these scopes and no others, and replaces an earlier one. Only an adult's own
        yes takes their no away."""
        side = case.thread(self.thread).side(self.party)
        says_no, says_yes = self.adult_view is AdultView.NO, self.adult_view is AdultView.YES
        return _said_yes(case, self.thread, self.party, Choice.CONSENTED, when).with_side(
            self.thread,
            self.party,
            scopes=frozenset(self.scopes),
            consented_at=when.effective,
            to_confirm=frozenset(),
            adult_no_at=when.effective if says_no else None if says_yes else side.adult_no_at,
            decided_for_child=None if says_no or says_yes else side.decided_for_child,
            misled=False,
        )


class ConsentConfirmed(CaseEvent):
    """A person was asked again after a change, and said that their consent stands."""

    thread: ThreadId
    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """It covers what it covered before; a no or a doubt needs a new one instead."""
        case = case.with_side(
            self.thread, self.party, to_confirm=frozenset(), confirmed_at=when.effective
        )
        return case.in_touch(self.party, when.effective)


class TimeAskedFor(CaseEvent):
    """A person needs time. The offer stays open, with no end."""

    closes: ClassVar[bool] = True

    threads: tuple[ThreadId, ...]
    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """Nothing is asked of them until they say so, or on the date they set."""
        case = _said_no(case, self.threads, self.party, Choice.CONSIDERING, when)
        return case.with_party(self.party, will_ring=case.party(self.party).next_contact is None)


class ChoiceDeferred(CaseEvent):
    """Not now; perhaps later, as the person says."""

    closes: ClassVar[bool] = True

    threads: tuple[ThreadId, ...]
    party: PartyId
    ask_at: AwareDatetime | None = None

    def apply(self, case: Case, when: When) -> Case:
        """The date for asking again is the person's to set; without one nobody asks."""
        case = _said_no(case, self.threads, self.party, Choice.DEFERRED, when)
        return case.with_party(self.party, next_contact=self.ask_at, will_ring=self.ask_at is None)


class OfferDeclined(CaseEvent):
    """Not this offer. The door stays open."""

    closes: ClassVar[bool] = True

    threads: tuple[ThreadId, ...]
    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """No reason is needed; none is kept unless it was offered."""
        case = case.with_party(self.party, next_contact=None, will_ring=False)
        return _said_no(case, self.threads, self.party, Choice.DECLINED_THIS_OFFER, when)


class ContactStopped(CaseEvent):
    """A person asked not to be contacted in this matter. Only they can lift it."""

    closes: ClassVar[bool] = True

    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """Whatever would contact them stops, in every pair; what would not, goes on."""
        threads = tuple(t.id for t in case.threads_of(self.party))
        case = _said_no(case, threads, self.party, Choice.DECLINED_NO_FURTHER_CONTACT, when)
        return case.with_party(
            self.party,
            no_contact=True,
            no_contact_since=when.recorded,
            next_contact=None,
            will_ring=True,
        )


class ContactAllowed(CaseEvent):
    """The person themselves asked to be contacted again."""

    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """It is a wish about contact, not a consent to anything: in pairs in which they had said
        no, that no stays, with the door open."""
        since = case.party(self.party).no_contact_since
        for thread in case.threads_of(self.party):
            if thread.side(self.party).choice is not Choice.DECLINED_NO_FURTHER_CONTACT:
                continue
            came_later = since is not None and thread.current.known_at > since
            choice = Choice.NOT_YET_OFFERED if came_later else Choice.DECLINED_THIS_OFFER
            case = case.with_side(thread.id, self.party, choice=choice)
        case = case.in_touch(self.party, when.effective)
        return case.with_party(
            self.party,
            no_contact=False,
            no_contact_since=None,
            contact_allowed_at=when.recorded,
            will_ring=False,
        )


class ParticipationPaused(CaseEvent):
    """A person is in doubt. Doubt is a pause, at once, and needs no reason."""

    closes: ClassVar[bool] = True

    threads: tuple[ThreadId, ...]
    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """Only a new yes by the person ends it."""
        return _said_no(case, self.threads, self.party, Choice.PAUSED, when)


class ConsentNarrowed(CaseEvent):
    """A person took back part of their consent: these scopes, and no others."""

    closes: ClassVar[bool] = True

    threads: tuple[ThreadId, ...]
    party: PartyId
    scopes: tuple[Scope, ...]

    def apply(self, case: Case, when: When) -> Case:
        """What rested on it is asked again; taken back whole, it is a withdrawal."""
        for thread in self.threads:
            side = case.thread(thread).side(self.party)
            left = side.scopes - set(self.scopes)
            if case.thread(thread).current.ended is not None:
                continue
            if side.choice is Choice.CONSENTED and not left:
                case = _said_no(case, (thread,), self.party, Choice.WITHDRAWN, when)
                continue
            case = case.with_side(thread, self.party, scopes=left)
            case = asked_again(case.in_touch(self.party, when.effective), thread, self.party)
        return case


class ConsentWithdrawn(CaseEvent):
    """A person took their consent back, in whatever words, to whomever."""

    closes: ClassVar[bool] = True

    threads: tuple[ThreadId, ...]
    party: PartyId
    cause: WithdrawalCause = WithdrawalCause.NO_REASON_GIVEN

    def apply(self, case: Case, when: When) -> Case:
        """It holds before any next step, whatever the cause."""
        case = case.with_party(self.party, next_contact=None, will_ring=False)
        for thread in self.threads:
            far = how_far(case, thread)
            case = case.with_side(thread, self.party, withdrew=far, withdrew_because=self.cause)
        return _said_no(case, self.threads, self.party, Choice.WITHDRAWN, when)


def _said_yes(case: Case, thread: str, party: str, choice: Choice, when: When) -> Case:
    case = case.in_touch(party, when.effective)
    case = case.with_party(party, next_contact=None, will_ring=False)
    return _chosen(case, thread, party, choice, when)


def _said_no(case: Case, threads: tuple[str, ...], party: str, choice: Choice, when: When) -> Case:
    """A pass that ended before keeps its choice; a wish for no contact stands."""
    case = stays_away(case.in_touch(party, when.effective), party)
    case = case.with_party(party, interested_at=None)
    for thread in threads:
        ended, stopped = case.thread(thread).current.ended, case.party(party).no_contact
        if (ended is None or when.effective <= ended.at) and not stopped:
            case = _chosen(case, thread, party, choice, when)
            case = case.with_side(thread, party, scopes=frozenset(), company=frozenset())
        if case.thread(thread).later_offer_to == party:
            case = case.with_thread(
                thread, later_offer_at=None, later_offer_kind=None, later_offer_to=None
            )
        case = asked_again(case, thread, party)
    return case


def _chosen(case: Case, thread: str, party: str, choice: Choice, when: When) -> Case:
    return case.with_side(
        thread, party, choice=choice, chosen_at=when.effective, choice_version=when.version
    )
