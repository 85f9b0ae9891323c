"""What an auditor looks at in how people are reached and told: nobody is pressed, and only what
somebody wishes reaches them or leaves them (N3, N6, N9, N17, N19)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from domain.calendar import local_day
from tests.domain.auditor import data_of, episode, no_since, people, says

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.record import Entry
    from tests.domain.auditor import Record

BY_A_WAY = {
    "information_given",
    "contact_attempted",
    "required_contact_made",
    "hearing_told",
    "support_offered",
    "feedback_offered",
    "waiting_told",
}
"""Events in which the service turns to somebody by a way that is named."""
IN_TOUCH = BY_A_WAY | {
    "discussion_recorded",
    "offer_made",
    "interest_recorded",
    "facilitator_meeting_offered",
    "facilitator_meeting_held",
    "consent_recorded",
    "consent_confirmed",
    "later_offer_made",
    "person_prepared",
    "willingness_confirmed",
    "debrief_held",
    "follow_up_held",
    "where_it_stands_told",
}
UNNOTICED = {"WRONG_DETAILS", "RETURNED_MAIL", "SPOKE"}
AT_MOST, DAYS_APART = 3, timedelta(days=4)
"""Attempts on end and offers in one pass; fewer days than five working days can ever be."""
OVER = {"intervention_completed", "intervention_cancelled", "intervention_stopped"}
AT_THEIR_PACE = {"time_asked_for", "choice_deferred", "participation_paused"}
CHOSEN_SINCE = {
    "interest_recorded",
    "facilitator_meeting_held",
    "consent_recorded",
    "offer_declined",
    "contact_stopped",
    "consent_withdrawn",
    "consent_narrowed",
    "episode_opened",
}


def not_pressed(r: Record) -> Iterator[str]:
    """N3: attempts come days apart and end; the same is not offered again and again."""
    e, data = r.judged, r.judged.envelope.data
    party = data.get("party") or ""
    if party[:1] not in {"V", "O"} or e.envelope.asked_by == party or _their_day(r, party):
        return
    if e.name == "contact_attempted" and not _booked(r, party):
        run = _unanswered(r, party)
        if run and e.effective_at - run[-1].effective_at < DAYS_APART:
            yield f"N3: {party} was tried again within days"
        tried = {x.envelope.data["channel"] for x in run}
        if len(run) >= AT_MOST and (len(tried) > 1 or data["channel"] in tried):
            yield f"N3: {party} was tried without end"
    if e.name == "offer_made":
        of = {"thread": data["thread"], "party": party}
        here = [x for x in r.since(episode(r, data["thread"])) if x.name == "offer_made"]
        if len([x for x in here if says(x, of)]) >= AT_MOST:
            yield f"N3: {party} was offered the same without end"


def _their_day(r: Record, party: str) -> bool:
    agreed = r.last("next_contact_agreed", party=party)
    at = agreed.envelope.data["at"] if agreed else None
    on = datetime.fromisoformat(at) if isinstance(at, str) else at
    return on is not None and local_day(on) == local_day(r.judged.effective_at)


def _booked(r: Record, party: str) -> bool:
    plans = [x.envelope.data for x in r.lines if x.name == "intervention_planned"]
    over = {x.envelope.data["intervention"] for x in r.lines if x.name in OVER}
    theirs = (p for p in plans if any(party in people(t) for t in p["threads"]))
    return any(p["intervention"] not in over for p in theirs)


def _unanswered(r: Record, party: str) -> list[Entry]:
    """Return the last attempts on end, with nothing of or about this person between them."""
    run: list[Entry] = []
    for x in r.lines:
        data = x.envelope.data
        if x.name == "contact_attempted" and data["party"] == party:
            if data["outcome"] == "SPOKE":
                run = []
            elif data["outcome"] not in UNNOTICED:
                run.append(x)
        elif party in str(data) and x.envelope.origin != "clock":
            run = []
    return run


def partner_heard_as_wished(r: Record) -> Iterator[str]:
    """N6: what a partner service hears of somebody is what that person wishes it to hear."""
    data = r.judged.envelope.data
    if r.judged.name != "referred_onward":
        return
    # A wish counts as it is now, however long ago the referral is said to have been.
    said = [
        x.envelope.data
        for x in r.recorded
        if x.envelope.data.get("party") == data["party"]
        and (
            (x.name == "onward_wished" and x.envelope.data["service"] == data["service"])
            or (x.name == "onward_declined" and _declines(x, data["service"]))
        )
    ]
    if not said or not set(data["items"]) <= set(said[-1].get("items", ())):
        yield f"N6: {data['party']} did not wish {data['service']} to hear this"


def _declines(x: Entry, service: str) -> bool:
    return not x.envelope.data["services"] or service in x.envelope.data["services"]


def disclosed_with_ground(r: Record) -> Iterator[str]:
    """N6: what is passed on without agreement has its ground and its recipient on record."""
    data = r.judged.envelope.data
    if r.judged.name == "information_disclosed" and not (
        data["ground"] and data["recipient"] and data["items"]
    ):
        yield "N6: something was passed on without a ground"


def told_by_their_wish(r: Record) -> Iterator[str]:
    """N9: one hears of the other only what the other wishes, item by item."""
    data = r.judged.envelope.data
    if r.judged.name != "passed_on":
        return
    thread, what = data["thread"], data["what"]
    victim, offender = people(thread)
    owner = offender if data["party"] == victim else victim
    wish = r.last("allowed_to_pass", thread=thread, party=owner, what=what)
    if wish is None or wish not in r.since(episode(r, thread)):
        yield f"N9: {owner} did not wish {what} to be told"
        return
    for x in r.since(wish):
        kept = x.envelope.data
        back = x.name == "kept_to_themselves" and kept["party"] == owner
        if back and thread in kept["threads"] and (not kept["what"] or what in kept["what"]):
            yield f"N9: {owner} no longer wished {what} to be told"


def wants_no_later_offers(r: Record, party: str) -> bool:
    """Say whether this person last said that they want no later offers."""
    said = r.last("later_offers_wish_recorded", party=party)
    return said is not None and said.envelope.data["later_offers"] == "REFUSED"


def no_later_offer_over_a_no(r: Record) -> Iterator[str]:
    """N3: whoever wants no later offers is not turned to in a pass that somebody else began."""
    e, data = r.judged, r.judged.envelope.data
    if e.name not in {"offer_made", "facilitator_meeting_offered"}:
        return
    party, began = data["party"], episode(r, data["thread"])
    if began is None or party in (e.envelope.asked_by, began.envelope.data["asked_by"]):
        return
    here = r.since(began)
    theirs = any(x.name in CHOSEN_SINCE and says(x, {"party": party}) for x in here)
    if wants_no_later_offers(r, party) and not theirs:
        yield f"N3: {party} wants no later offers, and was made one"


def by_a_safe_way(r: Record) -> Iterator[str]:
    """N19: nothing is said to somebody in doubt, nor by a way that they did not call safe."""
    e, data = r.judged, r.judged.envelope.data
    party = data.get("party")
    if e.name not in IN_TOUCH or party is None:
        return
    doubted = r.last("identity_doubted", "call_taken", party=party)
    if doubted is not None and doubted.name == "identity_doubted":
        yield f"N19: it was in doubt whether it is {party}"
    if e.name in BY_A_WAY and e.envelope.asked_by != party and not _open(r, party, data["channel"]):
        yield f"N19: {data['channel']} is no safe way to reach {party}"


def _open(r: Record, party: str, channel: str) -> bool:
    opened = r.last("safe_ways_recorded", party=party)
    referred = data_of(r, "party_added", party=party).get("safe_ways", ())
    ways = opened.envelope.data["channels"] if opened else referred
    if ways and channel not in ways:
        return False
    closed = [x for x in r.lines if x.name == "ways_closed" and says(x, {"party": party})]
    later = [x for x in closed if opened is None or x in r.since(opened) or channel not in ways]
    return not any(channel in x.envelope.data["channels"] for x in later)


def at_the_harmed_persons_pace(r: Record) -> Iterator[str]:
    """N17: how they meet, what they let go and when it ends is as the harmed person wishes."""
    e, data = r.judged, r.judged.envelope.data
    if e.name == "facilitator_meeting_held":
        of = {"thread": data["thread"], "party": data["party"]}
        here = r.since(episode(r, data["thread"]))
        ways = [x for x in here if x.name == "facilitator_meeting_offered" and says(x, of)]
        way = ways[-1].envelope.data["way"] if ways else None
        otherwise = None not in (way, data["way"]) and way != data["way"]
        if otherwise and e.envelope.asked_by != data["party"]:
            yield f"N17: {data['party']} prefers to meet {way}"
    if e.name == "item_progress_recorded" and data["state"] == "RELEASED_BY_VICTIM":
        item = data_of(r, "item_agreed", item=data["item"])
        if e.envelope.asked_by != people(item["thread"])[0]:
            yield f"N17: somebody else let {data['item']} go"
    if e.name == "item_agreed" and data.get("proposal"):
        yield from _agreed_over_their_head(r, data)
    if e.name == "thread_ended" and data["reason"] not in {
        "DUPLICATE_MERGED",
        "ENTERED_IN_ERROR",
        "TRANSFERRED",
        "PARTY_DIED",
    }:
        yield from _ended_over_their_time(r, data["thread"])


def _agreed_over_their_head(r: Record, agreed: dict[str, Any]) -> Iterator[str]:
    """Read who said yes to what was proposed: everybody it concerns, the harmed person first."""
    yes = {}
    for party in {*people(agreed["thread"]), agreed["owner"]}:
        said = r.last("proposal_agreed_to", proposal=agreed["proposal"], party=party)
        if said is None or no_since(r, agreed["thread"], party, said):
            yield f"N17: {agreed['proposal']} was agreed without {party}"
        else:
            yes[party] = said.version
    victim = people(agreed["thread"])[0]
    if yes and min(yes.values()) != yes.get(victim):
        yield f"N17: {victim} was not asked first about {agreed['proposal']}"


def _ended_over_their_time(r: Record, thread: str) -> Iterator[str]:
    victim = people(thread)[0]
    last, left_alone = "", False
    began = len(r.lines) - len(r.since(episode(r, thread)))
    for place, x in enumerate(r.lines):
        data = x.envelope.data
        theirs = data.get("party") == victim and (
            thread in data.get("threads", [data.get("thread", thread)])
        )
        # A wish for no contact says more than "not now", until they lift it.
        if x.name in {"contact_stopped", "contact_allowed"} and data["party"] == victim:
            left_alone = x.name == "contact_stopped"
        if place < began:
            continue
        if theirs and x.name in (CHOSEN_SINCE if left_alone else AT_THEIR_PACE | CHOSEN_SINCE):
            last = x.name
    if last in AT_THEIR_PACE:
        yield f"N17: {thread} ended while {victim} takes their time"


def asked_once(r: Record) -> Iterator[str]:
    """N17: a harmed person is not asked again for what is of use to the service."""
    e, data = r.judged, r.judged.envelope.data
    asks = {"feedback_offered": "feedback_declined", "support_offered": "support_declined"}
    unasked = e.name in asks and e.envelope.asked_by != data["party"]
    if unasked and r.last(asks[e.name], party=data["party"]):
        yield f"N17: {data['party']} was asked again after a no"


WISHES = (
    not_pressed,
    partner_heard_as_wished,
    disclosed_with_ground,
    told_by_their_wish,
    by_a_safe_way,
    no_later_offer_over_a_no,
    at_the_harmed_persons_pace,
    asked_once,
)
