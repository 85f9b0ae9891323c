"""What an auditor looks at before people meet: the day, and the way that led there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendar import local_day
from tests.domain.auditor import counts, data_of, episode, invited, no_since, people, planned, says
from tests.steps import MEETINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.record import Entry
    from tests.domain.auditor import Record

FIXING = ("intervention_planned", "date_fixed", "company_invited", "stayed_away")
"""What says what a meeting will be: when it is, and who comes."""


def two_are_there(r: Record) -> Iterator[str]:
    """Nobody meets with fewer than two facilitators there, at the start and after a break."""
    e = r.judged
    if e.name not in {"intervention_started", "intervention_resumed"}:
        return
    data = e.envelope.data
    if planned(r, data["intervention"])["type"] in MEETINGS and len({*data["facilitators"]}) < 2:
        yield f"two facilitators: {data['intervention']} went on with fewer"


def looked_at_on_the_day(r: Record) -> Iterator[str]:
    """Nobody meets on a checklist or a preparation of long ago."""
    e = r.judged
    if e.name != "intervention_started":
        return
    of = {"intervention": e.envelope.data["intervention"]}
    plan = planned(r, of["intervention"])
    if plan["type"] not in MEETINGS:
        return
    looked = r.last("checked_on_the_day", "checklist_item_checked", **of)
    if looked is None or local_day(looked.effective_at) != local_day(e.effective_at):
        yield f"{of['intervention']} started and the checklist was not gone through on the day"
    put_off, dated = r.last("intervention_postponed", **of), r.last("date_fixed", **of)
    if put_off is not None and (dated is None or counts(dated) < counts(put_off)):
        yield f"{of['intervention']} was put off, and has no new date"


def harmed_person_was_asked(r: Record) -> Iterator[str]:
    """N17: before people meet the harmed person was asked what they prefer."""
    e = r.judged
    if e.name != "intervention_ready":
        return
    plan = planned(r, e.envelope.data["intervention"])
    for thread in plan["threads"] if plan["type"] in MEETINGS else ():
        asked = r.last("preferences_recorded", thread=thread, party=people(thread)[0])
        if asked is None or asked not in r.since(episode(r, thread)):
            yield f"N17: the victim of {thread} was not asked what they prefer"


def fixed_after_it_was_pencilled_in(r: Record) -> Iterator[str]:
    """N1: a date that was only pencilled in makes nothing ready."""
    e = r.judged
    if e.name != "intervention_ready":
        return
    of = {"intervention": e.envelope.data["intervention"]}
    first = next((x for x in r.lines if x.name == "date_pencilled_in" and says(x, of)), None)
    if first is None:
        return
    fixed = r.last("date_fixed", **of)
    if fixed is None or fixed not in r.since(first):
        yield f"N1: {of['intervention']} has a date that was only pencilled in"


def wanted_as_it_was_fixed(r: Record) -> Iterator[str]:
    """N1: each of a pair says again that they want a meeting as it is fixed: on that day, and with
    those who come."""
    e = r.judged
    if e.name != "intervention_ready":
        return
    of = {"intervention": e.envelope.data["intervention"]}
    plan = planned(r, of["intervention"])
    if plan["type"] not in MEETINGS:
        return
    fixed = last_fixed(r, of)
    for party in {p for t in plan["threads"] for p in people(t)}:
        said = r.last("willingness_confirmed", party=party, **of)
        if said is None or said not in r.since(fixed):
            yield f"N1: {party} was not asked again as it was fixed"


def last_fixed(r: Record, of: dict[str, str]) -> Entry | None:
    """Return the last entry by which the day or the company changed: somebody who was not to come
    changes nothing by staying away."""
    coming: set[str] = set()
    last = None
    for x in r.lines:
        if x.name not in FIXING or not says(x, of):
            continue
        data = x.envelope.data
        if x.name == "stayed_away" and data["party"] not in coming:
            continue
        coming |= {*data.get("attending", ())}
        if x.name == "company_invited":
            coming.add(data["party"])
        if x.name == "stayed_away":
            coming.discard(data["party"])
        last = x
    return last


def changed_form_afresh(r: Record) -> Iterator[str]:
    """N1: what one form was agreed for does not carry people into another."""
    e = r.judged
    if e.name != "intervention_planned":
        return
    for thread in e.envelope.data["threads"]:
        for began in r.since(episode(r, thread)):
            if began.name != "intervention_started":
                continue
            plan = planned(r, began.envelope.data["intervention"])
            if thread not in plan["threads"] or plan["type"] == e.envelope.data["type"]:
                continue
            risk = r.last("risk_decided", thread=thread)
            if risk is None or risk not in r.since(began):
                yield f"N1: {thread} changed its form on an old decision on risk"
            for party in people(thread):
                of = {"thread": thread, "party": party}
                yes = [r.last("consent_recorded", **of), r.last("consent_confirmed", **of)]
                if not any(one in r.since(began) for one in yes if one is not None):
                    yield f"N1: {party} was not asked afresh about another form"


def company_was_agreed(r: Record) -> Iterator[str]:
    """N1: everyone in the room agreed to come, was looked at, and was agreed to by name."""
    e = r.judged
    if e.name not in {"intervention_ready", "intervention_started"}:
        return
    of = {"intervention": e.envelope.data["intervention"]}
    plan = planned(r, of["intervention"])
    for guest in sorted(invited(r, of["intervention"])):
        mine = {**of, "party": guest}
        assessed = r.last("company_assessed", **mine)
        if r.last("company_agreement_recorded", **mine) is None:
            yield f"N1: {guest} did not agree in writing to come"
        if assessed is None or not assessed.envelope.data["suitable"]:
            yield f"N1: {guest} was not found to be suitable"
        if data_of(r, "party_added", party=guest)["role"] in {"INTERPRETER", "INTERMEDIARY"}:
            continue
        for thread in plan["threads"]:
            for person in people(thread):
                yield from _wanted(r, thread, person, guest)


def _wanted(r: Record, thread: str, person: str, guest: str) -> Iterator[str]:
    here = r.since(episode(r, thread))
    yes = [
        one
        for one in here
        if one.name == "company_agreed_to"
        and one.envelope.data["thread"] == thread
        and one.envelope.data["party"] == person
        and guest in one.envelope.data["company"]
    ]
    if not yes or no_since(r, thread, person, yes[-1]):
        yield f"N1: {person} did not agree to {guest} by name"
        return
    for one in r.since(yes[-1]):
        data = one.envelope.data
        no = one.name == "company_declined" and data["party"] == person
        if no and thread in data["threads"] and guest in data["company"]:
            yield f"N5: {person} no longer wants {guest} there"
