"""What an auditor looks at first: whether everything stood that must stand before anything passes
from one side to the other (N1, N4, N8, N12, N13)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.calendar import local_day
from tests.domain.auditor import counts, data_of, episode, no_since, people, planned, says

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.record import Entry
    from tests.domain.auditor import Record

FORM = {
    "FACE_TO_FACE": "FACE_TO_FACE",
    "PROXY_MEETING": "FACE_TO_FACE",
    "WRITTEN_COMMUNICATION": "QUESTIONS_IN_WRITING",
    "SHUTTLE": "SHUTTLE",
    "FAMILY_GROUP_CONFERENCE": "FACE_TO_FACE",
    "CIRCLE": "FACE_TO_FACE",
    "COMMUNITY_CONFERENCE": "FACE_TO_FACE",
    "YOUTH_PANEL_ATTENDANCE": "FACE_TO_FACE",
    "OTHER_INDIRECT": "SHUTTLE",
}
EXPLAINED = {
    "WHAT_IT_IS",
    "ALL_OPTIONS",
    "CAN_STOP_ANY_TIME",
    "CONFIDENTIALITY_AND_LIMITS",
    "HOW_AGREEMENTS_ARE_MONITORED",
}
CHILDREN = {"CHILD_VICTIM", "CHILD_OFFENDER", "CHILD_IN_DA_HOUSEHOLD"}
OWN_ACCOUNT = {"FACILITATOR_ASSESSMENT", "WRITTEN_STATEMENT"}
OVER = {"intervention_completed", "intervention_cancelled", "intervention_stopped"}
Joined = tuple[list[str], tuple[set[str], set[str]]]
"""Pairs, and the scopes that their victim and their offender must have agreed to."""


def joining(r: Record) -> Joined | None:
    """Return what an entry joins, and what it needs; None if it joins nobody."""
    name, data = r.judged.name, r.judged.envelope.data
    if name == "intervention_planned":
        return data["threads"], _both(FORM.get(data["type"], "?"))
    if name in {"date_fixed", "intervention_ready", "intervention_started", "intervention_resumed"}:
        plan = planned(r, data["intervention"])
        return plan["threads"], _both(FORM.get(plan["type"], "?"))
    if name in {"question_put", "answer_given"}:
        question = data_of(r, "question_gathered", question=data["question"])
        put = (
            data
            if name == "question_put"
            else data_of(r, "question_put", question=data["question"])
        )
        kind = planned(r, put["intervention"])["type"]
        return [question["thread"]], _both(FORM.get(kind, "?"))
    return _passing(r)


def _passing(r: Record) -> Joined | None:
    name, data = r.judged.name, r.judged.envelope.data
    if name in {"letter_asked_for", "letter_delivered"}:
        letter = data_of(r, "letter_drafted", letter=data["letter"])
        send, receive = {"INDIRECT_LETTER_SEND"}, {"INDIRECT_LETTER_RECEIVE"}
        by_victim = letter["author"] == people(letter["thread"])[0]
        return [letter["thread"]], (send, receive) if by_victim else (receive, send)
    if name == "message_carried":
        return [data_of(r, "message_agreed", message=data["message"])["thread"]], _both("SHUTTLE")
    if name == "passed_on":
        return [data["thread"]], _both("SHARE_WITH_OTHER_PARTY")
    on_the_spot = any(x.name == "local_resolution_recorded" for x in r.same_step())
    if name in {"agreement_reached", "item_proposed"} and not on_the_spot:
        return [data["thread"]], _both("OUTCOME_AGREEMENT")
    if name == "proposal_agreed_to":
        of = data_of(r, "item_proposed", proposal=data["proposal"])
        return [of["thread"]], _both("OUTCOME_AGREEMENT")
    return None


def _both(scope: str) -> tuple[set[str], set[str]]:
    return {scope}, {scope}


def consent_of(r: Record, thread: str, party: str) -> Entry | None:
    """Return the written consent of this person that stands; None if there is none."""
    given = r.last("consent_recorded", thread=thread, party=party)
    return None if given is None or no_since(r, thread, party, given) else given


def joined_properly(r: Record) -> Iterator[str]:
    """N1, N4, N8 and N12: what must stand before anything passes from one side to the other."""
    found = joining(r)
    if found is None:
        return
    for thread in found[0]:
        for party, scopes in zip(people(thread), found[1], strict=True):
            yield from _consented(r, thread, party, scopes)
        yield from _accepted(r, thread)
        yield from _safe(r, thread)
        ended = r.last("thread_ended", thread=thread)
        if ended is not None and ended in r.since(episode(r, thread)):
            yield f"{thread} had ended"


def _consented(r: Record, thread: str, party: str, scopes: set[str]) -> Iterator[str]:
    given = consent_of(r, thread, party)
    if given is None:
        yield f"N1: no consent of {party} stands in {thread}"
        return
    if not scopes <= set(given.envelope.data["scopes"]):
        yield f"N1: the consent of {party} does not cover {scopes}"
    asked = r.last("consent_confirmed", thread=thread, party=party)
    asked = max(filter(None, (asked, given)), key=counts)
    if any(_shakes(r, e, thread) for e in r.since(asked)):
        yield f"N1: {party} was not asked again after a change in {thread}"
    if r.last("death_recorded", party=party) in r.since(r.last("death_corrected", party=party)):
        yield f"{party} had died"
    yield from _informed(r.on_the_day_of(given), thread, party)


def _shakes(r: Record, e: Entry, thread: str) -> bool:
    data = e.envelope.data
    if e.name == "intervention_stopped":
        name = data["intervention"]
        over = (x for x in r.lines if x.name in OVER and says(x, {"intervention": name}))
        was_over = any(counts(x) < counts(e) and x.effective_at <= e.effective_at for x in over)
        return thread in planned(r, name)["threads"] and not was_over
    if e.name != "stage_recorded" or data["party"] != people(thread)[1]:
        return False
    stages = [
        x.envelope.data["stage"]
        for x in r.lines
        if x.name in {"stage_recorded", "party_added"}
        and x.envelope.data["party"] == data["party"]
        and counts(x) < counts(e)
    ]
    return not stages or stages[-1] != data["stage"]


def _informed(r: Record, thread: str, party: str) -> Iterator[str]:
    """N1 and N13, on the record of the day on which the consent was given."""
    met = [
        e
        for e in r.since(episode(r, thread))
        if e.name == "facilitator_meeting_held" and says(e, {"thread": thread, "party": party})
    ]
    told = {one for e in met for one in e.envelope.data["explained"]}
    if not told >= EXPLAINED or not met[-1].envelope.data["understood"]:
        yield f"N1: {party} consented without an informed talk with a facilitator"
    role = _role(r, party)
    view = r.judged.envelope.data["adult_view"]
    if role in CHILDREN and view not in {"YES", "NOT_WANTED_BY_CHILD", "NOT_SUITABLE"}:
        yield f"N13: nobody heard the adult of {party}"
    if role not in CHILDREN and role != "CORPORATE_VICTIM_REP" and not _adult(r, party):
        yield f"N13: {party} is not known to be an adult"


def _role(r: Record, party: str) -> str:
    corrected = r.last("role_corrected", "learnt_under_age", party=party)
    if corrected is None:
        return str(data_of(r, "party_added", party=party)["role"])
    return str(corrected.envelope.data.get("role", "CHILD_VICTIM"))


def _adult(r: Record, party: str) -> bool:
    names = ("party_added", "party_identified", "details_changed")
    said = [e for e in r.recorded if e.name in names]
    refs = [e.envelope.data["details"] for e in said if e.envelope.data["party"] == party]
    known = [ref for ref in refs if ref]
    facts = r.facts.get(known[-1]["id"], {}) if known else {}
    if "born" not in facts:
        return facts.get("adult") is True
    born, on = date.fromisoformat(facts["born"]), local_day(r.judged.effective_at)
    return on >= date(born.year + 18, born.month, min(born.day, 28))


def _accepted(r: Record, thread: str) -> Iterator[str]:
    found = [
        e
        for e in r.since(episode(r, thread))
        if (e.name == "responsibility_recorded" and says(e, {"thread": thread}))
        or (e.name == "acceptance_withdrawn" and thread in e.envelope.data["threads"])
    ]
    data = found[-1].envelope.data if found else {"status": None}
    if data["status"] != "ACCEPTS_RESPONSIBILITY" or data["evidence"] not in OWN_ACCOUNT:
        yield f"N4: the gate of {thread} was closed"


def _safe(r: Record, thread: str) -> Iterator[str]:
    bar = r.last("legal_bar_recorded", "legal_position_recorded", thread=thread)
    if bar is None or bar.name == "legal_bar_recorded" or _staged(r, thread, bar):
        yield f"N12: a legal bar stood in {thread}, or nobody knew"
    risk = r.last("risk_decided", thread=thread)
    if risk is None or risk not in r.since(episode(r, thread)):
        yield f"N8: the risk of {thread} was not decided in this episode"
        return
    if risk.envelope.data["decision"] in {"DO_NOT_PROCEED", "DEFER_AND_REVIEW"}:
        yield f"N8: it was decided that {thread} does not proceed"
    if any(_shakes(r, e, thread) for e in r.since(risk)):
        yield f"N8: there was a change in {thread} after the risk was decided"
    if any(e.name == "concern_raised" and _dangerous(e, thread) for e in r.since(risk)):
        yield f"N8: danger was reported in {thread} after the risk was decided"
    classed = r.last("case_classified")
    if classed and classed.envelope.data["sensitivity"] == "SENSITIVE_COMPLEX":
        signed = r.last("risk_countersigned", thread=thread)
        if signed is None or signed not in r.since(risk):
            yield f"N8: the risk of {thread} was not countersigned"


def _staged(r: Record, thread: str, mark: Entry) -> bool:
    return any(e.name == "stage_recorded" and _shakes(r, e, thread) for e in r.since(mark))


def _dangerous(e: Entry, thread: str) -> bool:
    data = e.envelope.data
    return thread in data["threads"] and data["concern"] in {"SAFEGUARDING", "DANGER"}
