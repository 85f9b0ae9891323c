"""What comes over from a case that goes on in another: every no, and the stricter of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.asking import At
from domain.commands.suspending import How, suspended
from domain.events import (
    choice,
    contacting,
    court,
    outcome,
    partners,
    people,
    protection,
    quality,
    risk,
    staff,
    steps,
    telling,
)
from domain.events.children import AdultSaidNo
from domain.events.company import CompanyDeclined, StayedAway
from domain.events.facilitators import FacilitatorDeclined
from domain.events.responsibility import AcceptanceWithdrawn
from domain.events.roles import LearntUnderAge
from domain.events.understanding import UnderstandingDoubted
from domain.interventions import participants
from domain.pair import AT_THEIR_PACE, SAID_NO
from domain.shown import NOT_ACCEPTING
from domain.words import (
    Choice,
    ContactBy,
    FutureOffers,
    Sensitivity,
    TowardsThem,
    Understanding,
    Wish,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from domain.case import Case, Party
    from domain.event import CaseEvent
    from domain.pair import Side
    from domain.texts import TextRef

SAID = {
    Choice.CONSIDERING: choice.TimeAskedFor,
    Choice.DEFERRED: choice.ChoiceDeferred,
    Choice.PAUSED: choice.ParticipationPaused,
    Choice.DECLINED_THIS_OFFER: choice.OfferDeclined,
    Choice.WITHDRAWN: choice.ConsentWithdrawn,
}
"""What somebody said there, by the choice that it left them with."""
NOT_SURE = frozenset({Understanding.DOUBTED, Understanding.NOT_ABLE})


@dataclass(frozen=True, slots=True)
class Two:
    """The case that takes over, the one that is taken over, and who is who."""

    case: Case
    other: Case
    people: Mapping[str, str]
    """From their name in the other case to their name in this one."""
    on: datetime
    seen: int = 0
    """The version of the other case that was looked at before; 0 for never. What has no moment of
    its own counts once: a yes that was given here since is not undone by an old no."""

    def thread(self, there: str) -> str | None:
        """Return what the pair is called here; None if it is not here yet."""
        pair = self.other.threads[there]
        victim, offender = self.people.get(pair.victim), self.people.get(pair.offender)
        name = f"{victim}-{offender}"
        return name if name in self.case.threads else None


def carried_over(two: Two) -> Iterator[CaseEvent | At]:
    """Yield what was said or found in the other case and is to hold in this one as well.

    Only what closes, narrows or warns; what holds here already is left out. `two.case` has the
    people and pairs of both.
    """
    yield from _class(two)
    for there, here in two.people.items():
        if there in two.other.parties and here in two.case.parties:
            yield from _of_person(two, two.other.party(there), two.case.party(here))
    for there in two.other.threads:
        yield from _of_pair(two, there)
    for practitioner in sorted(two.other.conflicted - two.case.conflicted):
        yield staff.ConflictDeclared(practitioner=practitioner)


def _class(two: Two) -> Iterator[CaseEvent]:
    case, other = two.case, two.other
    sensitive = other.sensitivity is Sensitivity.SENSITIVE_COMPLEX
    needed = case.endorsements | other.endorsements
    held = case.offenders_wish_held or other.offenders_wish_held
    more = [one for one in other.behind if one not in case.behind] if other.specialist else []
    here = (case.sensitivity, case.endorsements, case.offenders_wish_held)
    if not sensitive or (not more and here == (other.sensitivity, needed, held)):
        return
    documents: list[tuple[str, TextRef] | tuple[None, None]] = [*more] or [(None, None)]
    for stream, flags in documents:
        yield risk.CaseClassified(
            sensitivity=other.sensitivity,
            endorsements=tuple(sorted(needed)),
            offenders_wish_held=held,
            flags=flags,
            flags_of=stream,
            specialist=case.specialist or other.specialist,
            raised=bool(more),
        )


def _of_person(two: Two, there: Party, here: Party) -> Iterator[CaseEvent | At]:
    if there.died and not here.died:
        yield protection.DeathRecorded(party=here.id)
    if there.no_contact and not here.no_contact:
        yield choice.ContactStopped(party=here.id)
        threads = tuple(t.id for t in two.case.open_threads_of(here.id))
        yield from suspended(two.case, threads, How.FOR_GOOD, two.on, party=here.id)
    if there.is_child and not here.is_child:
        threads = tuple(t.id for t in two.case.open_threads_of(here.id))
        yield LearntUnderAge(party=here.id, threads=threads)
        yield from suspended(two.case, threads, How.FOR_NOW, two.on, party=here.id)
    yield from _reaching(there, here)
    if there.later_offers is FutureOffers.REFUSED and here.later_offers is not there.later_offers:
        yield people.LaterOffersWishRecorded(party=here.id, later_offers=there.later_offers)
    if Wish.NOT_BE_TOLD in there.wishes - here.wishes:
        yield people.WishRecorded(party=here.id, wish=Wish.NOT_BE_TOLD)
    if there.identity_doubted and not here.identity_doubted:
        yield contacting.IdentityDoubted(party=here.id)
    if there.understanding in NOT_SURE and here.understanding not in NOT_SURE:
        pairs = tuple(t.id for t in two.case.open_threads_of(here.id))
        yield UnderstandingDoubted(party=here.id, threads=pairs)
    for practitioner in sorted(there.not_wanted - here.not_wanted):
        yield FacilitatorDeclined(party=here.id, practitioner=practitioner)
    yield from _offered(there, here, two.seen)


def _reaching(there: Party, here: Party) -> Iterator[CaseEvent]:
    withheld = ContactBy.REFERRER_ONLY
    if there.contact_by is withheld and here.contact_by is not withheld:
        yield contacting.DetailsWithheld(party=here.id)
    closed = there.closed_ways - here.closed_ways
    if there.safe_ways is not None and here.safe_ways is None:
        ways = there.safe_ways - here.closed_ways
        yield contacting.SafeWaysRecorded(party=here.id, channels=tuple(sorted(ways)))
    elif there.safe_ways is not None and here.safe_ways is not None:
        closed |= here.safe_ways - there.safe_ways
    if closed:
        yield contacting.WaysClosed(party=here.id, channels=tuple(sorted(closed)))
    said = there.heard_at or there.since
    if here.heard_at is not None and here.heard_at > said:
        return
    if there.will_ring and not here.will_ring and not there.no_contact:
        yield people.NextContactAgreed(party=here.id)
    elif there.next_contact and not here.will_ring and here.next_contact != there.next_contact:
        yield people.NextContactAgreed(party=here.id, at=there.next_contact)


def _offered(there: Party, here: Party, seen: int) -> Iterator[CaseEvent]:
    if there.support_declined_at and not here.support_declined_at:
        yield partners.SupportDeclined(party=here.id)
    services = there.onward_declined - here.onward_declined
    if services:
        yield partners.OnwardDeclined(party=here.id, services=tuple(sorted(services)))
    since = here.no_follow_up_at
    if there.no_follow_up_at and (since is None or since < there.no_follow_up_at):
        yield outcome.FollowUpDeclined(party=here.id)
    if there.court_dates_declined > seen and not here.court_dates_declined:
        yield court.CourtDatesDeclined(party=here.id)
    if there.feedback_declined_at and not here.feedback_declined_at:
        yield quality.FeedbackDeclined(party=here.id)


def _of_pair(two: Two, there: str) -> Iterator[CaseEvent | At]:
    here = two.thread(there)
    if here is None:
        return
    barred = two.other.permissions.get(there)
    known = two.case.permissions.get(here)
    if barred and barred.barred and not (known and known.barred):
        yield risk.LegalBarRecorded(thread=here)
        yield from suspended(two.case, (here,), How.A_BREAK, two.on, by="FACILITATOR")
    pair = two.other.threads[there]
    found, known_here = pair.current, two.case.threads[here].current
    at = found.responsibility_at
    later = at is not None and at > (known_here.responsibility_at or at)
    if at and later and known_here.accepts_responsibility and found.responsibility in NOT_ACCEPTING:
        who = two.people[pair.offender]
        withdrawn = AcceptanceWithdrawn(threads=(here,), party=who, status=found.responsibility)
        yield At(withdrawn, at)
        yield from suspended(two.case, (here,), How.FOR_NOW, two.on, by="FACILITATOR")
    for person in pair.people:
        name = two.people[person]
        yield from _not_wished(two, here, name, pair.side(person))
        yield from _said(two, here, name, pair.side(person), two.other.party(person).next_contact)


def _not_wished(two: Two, thread: str, party: str, there: Side) -> Iterator[CaseEvent | At]:
    """Yield whom they do not want there, and what the other is not to be told of them."""
    here = two.case.threads[thread].side(party)
    declined = {
        two.people[person]
        for person, said in there.company_declined.items()
        if said > two.seen and person in two.people
    }
    if company := tuple(sorted(declined - here.company_declined.keys())):
        yield CompanyDeclined(threads=(thread,), party=party, company=company)
        yield from _without(two, thread, company)
    kept = {what for what, said in there.kept.items() if said > two.seen}
    if what := tuple(sorted(kept - here.kept.keys())):
        yield telling.KeptToThemselves(threads=(thread,), party=party, what=what)
    back = {step for step, said in there.steps_kept.items() if said > two.seen}
    if taken := tuple(sorted(back - here.steps_kept.keys())):
        yield steps.StepTakenBack(threads=(thread,), party=party, steps=taken)
        if TowardsThem.SAY_WHO_ASKS in taken and two.case.is_the_victims_pace(thread):
            yield from suspended(two.case, (thread,), How.FOR_NOW, two.on, party=party)


def _without(two: Two, thread: str, company: tuple[str, ...]) -> Iterator[CaseEvent | At]:
    """Yield that what is planned is without them: put off, if one of them is of its pairs."""
    of_pairs = {p for p in company if two.case.party(p).is_of_a_pair}
    for one in two.case.interventions.values():
        if one.over or thread not in one.threads:
            continue
        if of_pairs & participants(two.case, one):
            yield from suspended(two.case, (thread,), How.FOR_NOW, two.on, by="FACILITATOR")
        for person in sorted(set(company) - of_pairs):
            if person in one.attending:
                yield StayedAway(intervention=one.id, party=person)


def _said(
    two: Two, thread: str, party: str, there: Side, day: datetime | None
) -> Iterator[CaseEvent | At]:
    """Yield the no or the doubt of the other case, unless what they said here is later or more."""
    pair = two.case.threads[thread]
    here = pair.side(party)
    if there.misled and not here.misled and pair.open:
        yield protection.FoundMisleading(thread=thread, party=party)
    if there.adult_no_at and not here.adult_no_at and pair.open:
        yield At(AdultSaidNo(threads=(thread,), party=party), there.adult_no_at)
        yield from suspended(two.case, (thread,), How.FOR_NOW, two.on, party=party)
    event = SAID.get(there.choice)
    if event is None or there.chosen_at is None or not pair.open or here.choice in SAID_NO:
        return
    if here.choice in AT_THEIR_PACE and there.choice not in SAID_NO:
        return
    if here.chosen_at is not None and here.chosen_at >= there.chosen_at:
        return
    how = How.FOR_GOOD if there.choice in SAID_NO else How.FOR_NOW
    yield At(event(threads=(thread,), party=party, **_more(there, day)), there.chosen_at)
    yield from suspended(two.case, (thread,), how, two.on, party=party)


def _more(there: Side, day: datetime | None) -> dict[str, object]:
    if there.choice is Choice.DEFERRED:
        return {"ask_at": day}
    if there.choice is Choice.WITHDRAWN and there.withdrew_because is not None:
        return {"cause": there.withdrew_because}
    return {}
