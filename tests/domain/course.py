"""What an auditor looks at besides the gates: what passed, who was
turned to, how pairs ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendar import local_day
from tests.domain.auditor import (
    counts,
    data_of,
    episode,
    invited,
    no_since,
    people,
    planned,
    says,
    says_no,
    takes_back,
)
from tests.domain.gates import joined_properly
from tests.domain.honest import HONEST
from tests.domain.meeting import (
    changed_form_afresh,
    company_was_agreed,
    fixed_after_it_was_pencilled_in,
    harmed_person_was_asked,
    looked_at_on_the_day,
    two_are_there,
    wanted_as_it_was_fixed,
)
from tests.domain.wishes import WISHES, wants_no_later_offers
from tests.steps import MEETINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.domain.auditor import Record

TURNED_TO = {
    "information_given",
    "contact_attempted",
    "appointment_made",
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
    "question_gathered",
    "answer_written",
    "letter_drafted",
    "message_agreed",
}
"""Events in which staff and a person were in touch, and talked about it."""
SAID = {
    "VICTIM_DECLINED_DOOR_OPEN": {"offer_declined", "contact_stopped"},
    "VICTIM_NO_FURTHER_CONTACT": {"contact_stopped"},
    "VICTIM_WITHDREW": {"consent_withdrawn", "consent_narrowed"},
    "OFFENDER_DECLINED": {
        "offer_declined",
        "contact_stopped",
        "consent_withdrawn",
        "consent_narrowed",
    },
}
"""What somebody must have said for a pair to end by it."""
OF_ONE = {
    "OFFENDER_NOT_ACCEPTING",
    "OFFENDER_WITHDREW_ACCEPTANCE",
    "VICTIM_NOT_CONTACTABLE",
    "LEGAL_BAR",
    "CJ_PROCESS_INTERVENED",
}
"""Other reasons that are one person's own, and not for the other."""
SET_ASIDE = {"DUPLICATE_MERGED", "ENTERED_IN_ERROR", "TRANSFERRED"}
HELD = {"COMPLETED_DIRECT", "COMPLETED_INDIRECT"}


def audit(r: Record) -> list[str]:
    """Return a sentence for each thing that is wrong with the entry judged."""
    checks: tuple[Callable[[Record], Iterator[str]], ...] = (
        joined_properly,
        wanted_on_the_day,
        looked_at_on_the_day,
        two_are_there,
        changed_form_afresh,
        fixed_after_it_was_pencilled_in,
        wanted_as_it_was_fixed,
        harmed_person_was_asked,
        company_was_agreed,
        held_while_wanted,
        passed_as_wished,
        left_alone,
        lifted_by_themselves,
        ended_with_reason,
        ended_with_what_is_owed,
        signed_by_another,
        taken_up_as_somebody_asked,
        *WISHES,
        *HONEST,
    )
    return [wrong for check in checks for wrong in check(r)]


def wanted_on_the_day(r: Record) -> Iterator[str]:
    """N1: who meets said again on the day that they want to, and nothing since but a yes."""
    e = r.judged
    if e.name != "intervention_started":
        return
    plan = planned(r, e.envelope.data["intervention"])
    of = {"intervention": plan["intervention"]}
    pairs = [(t, p) for t in plan["threads"] for p in people(t)]
    for thread, party in [
        *pairs,
        *((t, p) for p in sorted(invited(r, plan["intervention"])) for t in plan["threads"]),
    ]:
        said = r.last("willingness_confirmed", party=party, **of)
        put_off = r.last("intervention_postponed", **of)
        if said is None or no_since(r, thread, party, said) or put_off in r.since(said):
            yield f"N1: {party} did not say that they want it now"
        elif plan["type"] in MEETINGS and local_day(said.effective_at) != local_day(e.effective_at):
            yield f"N1: {party} was not asked again on the day"


def held_while_wanted(r: Record) -> Iterator[str]:
    """N5: a no takes effect at once, so that nothing goes on to its end over it."""
    e = r.judged
    if e.name != "intervention_completed":
        return
    name = e.envelope.data["intervention"]
    begun = r.last("intervention_started", "intervention_resumed", intervention=name)
    if begun is None:
        yield f"{name} was held and never started"
    for thread in planned(r, name)["threads"]:
        for party in people(thread):
            if begun is not None and no_since(r, thread, party, begun):
                yield f"N5: {name} was held to its end over a no of {party}"


def passed_as_wished(r: Record) -> Iterator[str]:
    """N11: after review, while its author stands by it, on the recipient's present wish."""
    name, data = r.judged.name, r.judged.envelope.data
    if name in {"letter_asked_for", "letter_delivered"}:
        yield from _letter_passed(r, data["letter"], given=name == "letter_delivered")
    if name == "answer_given":
        yield from _answer_passed(r, data["question"])
    if name == "question_put":
        yield from _stood_by(r, "question_gathered", "asker", question=data["question"])
        if r.last("question_withdrawn", question=data["question"]):
            yield f"N11: {data['question']} had been taken back"
    if name == "message_carried":
        yield from _stood_by(r, "message_agreed", "sayer", message=data["message"])
        if r.last("message_taken_back", "message_carried", message=data["message"]):
            yield f"N11: {data['message']} had been taken back, or carried before"


def _letter_passed(r: Record, letter: str, *, given: bool) -> Iterator[str]:
    of = data_of(r, "letter_drafted", letter=letter)
    victim, offender = people(of["thread"])
    recipient = offender if of["author"] == victim else victim
    last = r.last(
        "letter_drafted", "letter_approved", "letter_sent_back", "letter_taken_back", letter=letter
    )
    if last is None or last.name != "letter_approved":
        yield f"N11: {letter} was not reviewed as it is, or its author took it back"
    elif no_since(r, of["thread"], of["author"], last):
        yield f"N11: the author of {letter} said no since it was reviewed"
    wish = r.last("letter_asked_for", "letter_not_wanted", letter=letter)
    wanted = wish is not None and wish.name == "letter_asked_for"
    if given and (not wanted or no_since(r, of["thread"], recipient, wish)):
        yield f"N11: {recipient} did not want {letter} now"


def _answer_passed(r: Record, question: str) -> Iterator[str]:
    last = r.last("answer_written", "answer_approved", "answer_sent_back", question=question)
    thread = data_of(r, "question_gathered", question=question)["thread"]
    if last is None or last.name != "answer_approved":
        yield f"N11: the answer to {question} was not reviewed as it is"
    elif no_since(r, thread, _other(r, question), last):
        yield f"N11: the author of the answer to {question} said no since it was reviewed"
    if r.last("question_withdrawn", question=question):
        yield f"N11: {question} had been taken back"


def _other(r: Record, question: str) -> str:
    gathered = data_of(r, "question_gathered", question=question)
    victim, offender = people(gathered["thread"])
    return offender if gathered["asker"] == victim else victim


def _stood_by(r: Record, name: str, whose: str, **of: str) -> Iterator[str]:
    agreed = r.last(name, **of)
    if agreed is None:
        yield f"N11: {of} was never agreed"
        return
    data = agreed.envelope.data
    if no_since(r, data["thread"], data[whose], agreed):
        yield f"N11: {data[whose]} said no since {of} was agreed"


def left_alone(r: Record) -> Iterator[str]:
    """N14: who asked for no contact is not turned to until they lift it; who died, never."""
    for party in _turned_to(r):
        last = r.last("contact_stopped", "contact_allowed", party=party)
        if last is not None and last.name == "contact_stopped":
            yield f"N14: {party} asked for no contact"
        died = r.last("death_recorded", "death_corrected", party=party)
        if died is not None and died.name == "death_recorded":
            yield f"{party} had died"


def _turned_to(r: Record) -> Iterator[str]:
    name, data = r.judged.name, r.judged.envelope.data
    if name in TURNED_TO:
        party = data.get("party") or data.get("asker") or data.get("author") or data.get("sayer")
        yield party or _other(r, data["question"])
    if name == "message_carried":
        yield from people(data_of(r, "message_agreed", message=data["message"])["thread"])
    if name in {"letter_asked_for", "letter_delivered"}:
        yield from people(data_of(r, "letter_drafted", letter=data["letter"])["thread"])


def lifted_by_themselves(r: Record) -> Iterator[str]:
    """N14: only the person lifts their own wish."""
    asked_by, data = r.judged.envelope.asked_by, r.judged.envelope.data
    if r.judged.name == "contact_allowed" and asked_by != data["party"]:
        yield f"N14: {asked_by} lifted the wish of {data['party']}"


def ended_with_reason(r: Record) -> Iterator[str]:
    """N2, N5 and N14: it ended by what was said and done, and each is told in fit words."""
    e, data = r.judged, r.judged.envelope.data
    if e.name != "thread_ended":
        return
    thread, reason = data["thread"], data["reason"]
    by = 0 if reason.startswith("VICTIM") else 1
    party = people(thread)[by]
    here = r.since(episode(r, thread))
    said = any(x.name in SAID.get(reason, ()) and takes_back(x, thread, party) for x in (
        r.lines if "contact_stopped" in SAID.get(reason, ()) else here
    ))  # fmt: skip
    later = reason == "VICTIM_DECLINED_DOOR_OPEN" and wants_no_later_offers(r, party)
    if reason in SAID and not said and not later:
        yield f"N2: {thread} ended by what {party} never said"
    if set(data["told"]) != set(people(thread)):
        yield f"N14: it is not said what each of {thread} was told"
    told_why = data["told"].get(people(thread)[1 - by]) == "TOLD_WHY"
    wish = r.last("wish_recorded", party=party, wish="WHY_MAY_BE_TOLD")
    if reason in SAID and told_why and not (wish and wish.envelope.data["wanted"]):
        yield f"N5: why {party} said no was told"
    if reason in OF_ONE and told_why and not (wish and wish.envelope.data["wanted"]):
        yield f"N9: it was told what came over {party}"
    if reason in HELD and not any(
        x.name in {"intervention_completed", "letter_delivered"} for x in here
    ):
        yield f"{thread} ended as held, and nothing was"
    if e.envelope.origin == "clock":
        yield f"N2: the clock ended {thread}"


def ended_with_what_is_owed(r: Record) -> Iterator[str]:
    """N18: an interested victim meets a facilitator first, says no to that, or was tried."""
    e, data = r.judged, r.judged.envelope.data
    if e.name != "thread_ended" or data["reason"] in SET_ASIDE:
        return
    thread, victim = data["thread"], people(data["thread"])[0]
    of = {"thread": thread, "party": victim}
    here = r.since(episode(r, thread))
    interest = [x for x in here if x.name == "interest_recorded" and says(x, of)]
    met = [x for x in here if x.name == "facilitator_meeting_held" and says(x, of)]
    if not interest or met or r.last("death_recorded", party=victim) in here:
        return
    since = [x for x in here if counts(x) > counts(interest[-1])]
    if any(x.name == "facilitator_meeting_not_wanted" and says(x, of) for x in since):
        return
    if any(says_no(x, thread, victim) for x in since):
        return
    tried = [x for x in here if x.name == "contact_attempted" and says(x, {"party": victim})]
    if len(tried) < 3 or len({x.envelope.data["channel"] for x in tried}) < 2:
        yield f"N18: {victim} was interested in {thread} and nobody met them"


def signed_by_another(r: Record) -> Iterator[str]:
    """N21: who proposes does not authorise."""
    second = {"risk_countersigned": "risk_decided", "approach_decided": "approach_proposed"}
    if r.judged.name in second:
        first = r.last(second[r.judged.name], thread=r.judged.envelope.data["thread"])
        if first is None or first.envelope.actor.id == r.judged.envelope.actor.id:
            yield "N21: somebody authorised what they proposed"


def taken_up_as_somebody_asked(r: Record) -> Iterator[str]:
    """N14: a pair is taken up again because one of its people asked."""
    if r.judged.name == "episode_opened":
        thread = r.judged.envelope.data["thread"]
        if r.judged.envelope.asked_by not in people(thread):
            yield f"N14: nobody asked for {thread} to be taken up again"
