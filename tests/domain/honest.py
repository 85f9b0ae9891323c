"""What an auditor looks at in the record itself, and in what consents and signatures rest on (N12,
N13, N15, N19, N21, N22, N23)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.domain.auditor import FROM_RECORDING, Record, people, says
from tests.domain.gates import joining

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.record import Entry

LIVE = {
    "REPORTED_UNDER_INVESTIGATION",
    "CHARGED_PRE_PLEA",
    "GUILTY_PLEA_PRE_SENTENCE",
    "CONVICTED_AFTER_TRIAL_PRE_SENTENCE",
    "UNDER_APPEAL",
    None,
}
SIGNED = {"risk_countersigned", "approach_decided", "conflict_decided"}
ON_THE_SPOT = (
    "accepted",
    "agreed",
    "talked_through",
    "crime_recorded",
    "bars_ruled_out",
    "sensitivity_ruled_out",
)
AN_HOUR = timedelta(hours=1)


def nothing_misleading(r: Record) -> Iterator[str]:
    """N23: what rests on something misleading goes no further until they chose afresh."""
    for thread in _joined(r):
        for party in people(thread):
            of = {"thread": thread, "party": party}
            last = r.last("found_misleading", "consent_recorded", **of)
            if last is not None and last.name == "found_misleading":
                yield f"N23: the consent of {party} in {thread} rests on something misleading"


def known_who_they_are(r: Record) -> Iterator[str]:
    """N19: nothing passes to or from somebody of whom it is in doubt who they are."""
    for thread in _joined(r):
        for party in people(thread):
            last = r.last("identity_doubted", "call_taken", party=party)
            if last is not None and last.name == "identity_doubted":
                yield f"N19: something passed in {thread}, and {party} was not identified"


def why_is_not_said(r: Record) -> Iterator[str]:
    """N23: where a choice was misled, nobody is told why it does not go ahead."""
    data = r.judged.envelope.data
    if r.judged.name != "thread_ended" or data["reason"] != "UNSUITABLE_RISK":
        return
    for party in people(data["thread"]):
        of = {"thread": data["thread"], "party": party}
        last = r.last("found_misleading", "consent_recorded", **of)
        misled = last is not None and last.name == "found_misleading"
        if misled and "TOLD_WHY" in data["told"].values():
            yield f"N23: why it does not go ahead was said, and {party} was misled"


def officer_was_asked(r: Record) -> Iterator[str]:
    """N12: while a case is live the view of the officer or the prosecutor is on record."""
    for thread in _joined(r):
        known = r.last("stage_recorded", "party_added", party=people(thread)[1])
        asked = r.last("legal_position_recorded", thread=thread)
        live = known is None or known.envelope.data["stage"] in LIVE
        if live and not (asked and asked.envelope.data["officer_view"]):
            yield f"N12: nobody asked the officer about {thread}"


def adult_said_yes(r: Record) -> Iterator[str]:
    """N13: over the no of a child's adult nothing goes ahead."""
    for thread in _joined(r):
        for party in people(thread):
            said = [
                x.envelope.data.get("adult_view", "NO")
                for x in r.lines
                if (
                    x.name == "consent_recorded"
                    and says(x, {"thread": thread, "party": party})
                    and x.envelope.data["adult_view"] in {"YES", "NO"}
                )
                or (
                    x.name == "adult_said_no"
                    and says(x, {"party": party})
                    and thread in x.envelope.data["threads"]
                )
                or (x.name == "role_corrected" and says(x, {"party": party}))
                or (x.name == "episode_opened" and says(x, {"thread": thread}))
            ]
            lifted = {"role_corrected", "episode_opened"}
            if said and said[-1] == "NO" and not _lifted_since(r, thread, party, lifted):
                yield f"N13: the adult of {party} says no in {thread}"


def _lifted_since(r: Record, thread: str, party: str, names: set[str]) -> bool:
    last = r.last("role_corrected", party=party) or r.last("episode_opened", thread=thread)
    no = [x for x in r.lines if x.name == "adult_said_no" and says(x, {"party": party})]
    return last is not None and last.name in names and not any(x in r.since(last) for x in no)


def corrected_as_a_slip(r: Record) -> Iterator[str]:
    """N15: an entry is set aside by whoever made it, at once, before anything rests on it; a no
    never is."""
    e = r.judged
    if e.name != "entry_marked_in_error":
        return
    own = e.envelope.command
    before = [x for x in r.history[: e.version - 1] if x.envelope.command != own]
    meant = before[e.envelope.data["entry"] - 1]
    retracted = any(x.name == "entry_retracted" and x.envelope.command == own for x in r.history)
    slip = [x for x in before if x.envelope.command == meant.envelope.command]
    if retracted:
        yield from _retracted(r, meant)
        return
    if any(x.name in FROM_RECORDING for x in slip):
        yield "N15: a no was corrected away"
    whose = {x.envelope.actor.id for x in slip} - {e.envelope.actor.id}
    if whose and e.envelope.actor.id not in r.supervisors:
        yield "N15: somebody corrected what another had entered"
    if any(e.recorded_at - x.recorded_at > AN_HOUR for x in slip):
        yield "N15: an entry of long ago was set aside"
    if slip[-1] is not before[-1] or slip[0].version == 1:
        yield "N15: something rested on what was set aside"


def _retracted(r: Record, meant: Entry) -> Iterator[str]:
    if meant.name in FROM_RECORDING:
        yield "N15: a no was retracted"
    if meant.envelope.actor.id == r.judged.envelope.actor.id:
        yield "N15: somebody retracted their own entry"


def signed_without_a_part(r: Record) -> Iterator[str]:
    """N21: whoever signs is not, and never was, allocated to the case."""
    if r.judged.name not in SIGNED:
        return
    allocated = {
        who
        for x in r.recorded
        if x.name == "case_allocated"
        for who in x.envelope.data.values()
        if who is not None
    }
    if r.judged.envelope.actor.id in allocated:
        yield "N21: somebody with a part in the case signed"


def nothing_missing_on_the_spot(given: dict[str, Any], added: list[Entry]) -> Iterator[str]:
    """N22: judged by what was said of it, for the record keeps only that it was so."""
    if not any(x.name == "local_resolution_recorded" for x in added):
        return
    for what in ON_THE_SPOT:
        if not given[what]:
            yield f"N22: resolved on the spot without: {what}"
    child = any(p["role"].startswith("CHILD") for p in given["parties"])
    if child and not (given.get("adult_present") and given.get("youth_service_told")):
        yield "N22: a child was alone on the spot"
    victims = {people(x.envelope.data["thread"])[0] for x in added if x.name == "item_agreed"}
    if victims < {p["party"] for p in given["parties"] if p["party"][0] == "V"}:
        yield "N22: nothing put it right"


def _joined(r: Record) -> list[str]:
    found = joining(r)
    return list(found[0]) if found else []


def knows_of_the_stand_in(r: Record) -> Iterator[str]:
    """N23: nobody agrees to meet a stand-in without knowing that it is one."""
    data = r.judged.envelope.data
    if r.judged.name != "consent_recorded":
        return
    added = [r.last("party_added", party=p) for p in people(data["thread"])]
    if not any(e and e.envelope.data["role"].startswith("PROXY") for e in added):
        return
    met = r.last("facilitator_meeting_held", thread=data["thread"], party=data["party"])
    if met is None or "MEETS_A_STAND_IN" not in met.envelope.data["explained"]:
        yield f"N23: {data['party']} agreed to meet a stand-in and was not told so"


HONEST = (
    knows_of_the_stand_in,
    nothing_misleading,
    known_who_they_are,
    why_is_not_said,
    officer_was_asked,
    adult_said_yes,
    corrected_as_a_slip,
    signed_without_a_part,
)
