"""An auditor of one case: reads its entries, and nothing that the rules or the fold make of them.

Each entry is judged on what was on record when it was made. What each kind of event means is
written out here a second time, so that a rule that is missing or wrong is found.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from domain.calendar import local_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.record import Entry

Facts = dict[str, Any]
NO = {
    "time_asked_for",
    "choice_deferred",
    "offer_declined",
    "contact_stopped",
    "participation_paused",
    "consent_withdrawn",
}
FROM_RECORDING = NO | {
    "acceptance_withdrawn",
    "concern_raised",
    "conflict_declared",
    "death_recorded",
    "intervention_cancelled",
    "intervention_postponed",
    "intervention_stopped",
    "legal_bar_recorded",
    "letter_not_wanted",
    "letter_taken_back",
    "message_taken_back",
    "question_withdrawn",
}
"""A no counts from when it was recorded: only what was said after that lifts it."""
NOBODY = {"thread": "V0-O0", "author": "", "asker": "", "role": "", "intervention": ""}
FOUNDING = {"case_opened", "party_added", "thread_opened"}
BEFORE_ALL = datetime.min.replace(tzinfo=UTC)
FORM = {
    "FACE_TO_FACE": "FACE_TO_FACE",
    "WRITTEN_COMMUNICATION": "QUESTIONS_IN_WRITING",
    "SHUTTLE": "SHUTTLE",
}
EXPLAINED = {
    "WHAT_IT_IS",
    "ALL_OPTIONS",
    "CAN_STOP_ANY_TIME",
    "CONFIDENTIALITY_AND_LIMITS",
    "HOW_AGREEMENTS_ARE_MONITORED",
}
CHILDREN = {"CHILD_VICTIM", "CHILD_OFFENDER", "CHILD_IN_DA_HOUSEHOLD"}
OVER = {"intervention_completed", "intervention_cancelled", "intervention_stopped"}
OWN_ACCOUNT = {"FACILITATOR_ASSESSMENT", "WRITTEN_STATEMENT"}


class Record:
    """What was on record when an entry was made, in the order in which it counts."""

    def __init__(self, history: list[Entry], judged: Entry, facts: Facts) -> None:
        self.history, self.judged, self.facts = history, judged, facts
        before = history[: judged.version - 1]
        void: set[int] = set()
        for e in reversed(before):
            if e.name == "entry_marked_in_error" and e.version not in void:
                void.add(e.envelope.data["entry"])
        at = judged.effective_at
        self.recorded = [e for e in before if e.version not in void]
        counting = (e for e in self.recorded if e.name in FOUNDING or e.effective_at <= at)
        self.lines = sorted(counting, key=counts)

    def on_the_day_of(self, earlier: Entry) -> Record:
        """Return what was on record when this earlier entry was made."""
        return Record(self.history, earlier, self.facts)

    def same_step(self) -> list[Entry]:
        """Return what was recorded before it in the same command."""
        command = self.judged.envelope.command
        return [e for e in self.recorded if e.envelope.command == command]

    def last(self, *names: str, **fields: Any) -> Entry | None:
        """Return the last entry of these names with these fields, or None."""
        found = [e for e in self.lines if e.name in names and says(e, fields)]
        return found[-1] if found else None

    def since(self, mark: Entry | None) -> list[Entry]:
        """Return what counts after this entry; everything if there is none."""
        return [e for e in self.lines if mark is None or counts(e) > counts(mark)]


def counts(e: Entry) -> tuple[datetime, int]:
    """Return where an entry counts among the others."""
    if e.name in FOUNDING:
        return BEFORE_ALL, e.version
    data = e.envelope.data
    late = e.name in FROM_RECORDING
    late |= e.name == "responsibility_recorded" and data["status"] != "ACCEPTS_RESPONSIBILITY"
    late |= e.name == "case_classified" and data["sensitivity"] == "SENSITIVE_COMPLEX"
    return (e.recorded_at if late else e.effective_at), e.version


def says(e: Entry, fields: dict[str, Any]) -> bool:
    """Say whether an entry has these fields."""
    return all(e.envelope.data.get(k) == v for k, v in fields.items())


def people(thread: str) -> tuple[str, str]:
    """Return the victim and the offender of a pair."""
    victim, _, offender = thread.partition("-")
    return victim, offender


def says_no(e: Entry, thread: str, party: str) -> bool:
    """Say whether this person says no, not now or no more by this, about this pair."""
    data = e.envelope.data
    if e.name not in NO or data["party"] != party:
        return False
    return e.name == "contact_stopped" or thread in data["threads"]


def episode(r: Record, thread: str) -> Entry | None:
    """Return what began the pair's present episode, if that is not the first."""
    return r.last("episode_opened", thread=thread)


def no_since(r: Record, thread: str, party: str, mark: Entry | None) -> bool:
    """Say whether a person said no after this, or the pair was taken up again."""
    again = any(e.name == "episode_opened" and says(e, {"thread": thread}) for e in r.since(mark))
    return again or any(says_no(e, thread, party) for e in r.since(mark))


def planned(r: Record, intervention: str) -> dict[str, Any]:
    """Return how an intervention was planned."""
    found = r.last("intervention_planned", intervention=intervention)
    return dict(found.envelope.data) if found else {"type": "", "threads": []}


Joined = tuple[list[str], tuple[set[str], set[str]]]
"""Pairs, and the scopes that their victim and their offender must have agreed to."""


def joining(r: Record) -> Joined | None:
    """Return what an entry joins, and what it needs; None if it joins nobody."""
    name, data = r.judged.name, r.judged.envelope.data
    if name == "intervention_planned":
        return data["threads"], _both(FORM.get(data["type"], "?"))
    if name in {"intervention_ready", "intervention_started", "intervention_resumed"}:
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
    on_the_spot = any(x.name == "local_resolution_recorded" for x in r.same_step())
    if name == "agreement_reached" and not on_the_spot:
        return [data["thread"]], _both("OUTCOME_AGREEMENT")
    return None


def _both(scope: str) -> tuple[set[str], set[str]]:
    return {scope}, {scope}


def data_of(r: Record, name: str, **fields: Any) -> dict[str, Any]:
    """Return the fields of the last such entry; of nobody, if there is none."""
    found = r.last(name, **fields)
    return dict(found.envelope.data) if found else dict(NOBODY)


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
    role = data_of(r, "party_added", party=party)["role"]
    view = r.judged.envelope.data["adult_view"]
    if role in CHILDREN and view not in {"YES", "NOT_WANTED_BY_CHILD", "NOT_SUITABLE"}:
        yield f"N13: nobody heard the adult of {party}"
    if role not in CHILDREN and role != "CORPORATE_VICTIM_REP" and not _adult(r, party):
        yield f"N13: {party} is not known to be an adult"


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
