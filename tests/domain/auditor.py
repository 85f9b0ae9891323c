"""An auditor of one case: reads its entries, and nothing that the rules or the fold make of them.

Each entry is judged on what was on record when it was made. What each kind of event means is
written out here a second time, so that a rule that is missing or wrong is found.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
    "company_declined",
    "stayed_away",
    "acceptance_withdrawn",
    "adult_said_no",
    "consent_narrowed",
    "found_misleading",
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
    "kept_to_themselves",
    "step_taken_back",
    "proposal_declined",
    "ways_closed",
    "details_withheld",
    "identity_doubted",
    "understanding_doubted",
    "onward_declined",
    "support_declined",
    "feedback_declined",
    "follow_up_declined",
    "facilitator_declined",
    "court_dates_declined",
}
"""A no counts from when it was recorded: only what was said after that lifts it."""
NOBODY = {"thread": "V0-O0", "author": "", "asker": "", "role": "", "intervention": ""}
FOUNDING = {"case_opened", "party_added", "thread_opened"}
BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


class Record:
    """What was on record when an entry was made, in the order in which it counts."""

    def __init__(
        self,
        history: list[Entry],
        judged: Entry,
        facts: Facts,
        supervisors: frozenset[str] = frozenset(),
    ) -> None:
        self.history, self.judged, self.facts = history, judged, facts
        self.supervisors = supervisors
        before = history[: judged.version - 1]
        void: set[int] = set()
        for e in reversed(before):
            if e.name == "entry_marked_in_error" and e.version not in void:
                void.add(e.envelope.data["entry"])
        at = judged.effective_at
        self.recorded = [e for e in before if e.version not in void]
        counting = (e for e in self.recorded if e.name in FOUNDING or e.effective_at <= at)
        self.lines = sorted(counting, key=counts)
        self.places = {e.version: place for place, e in enumerate(self.lines, 1)}

    def on_the_day_of(self, earlier: Entry) -> Record:
        """Return what was on record when this earlier entry was made."""
        return Record(self.history, earlier, self.facts, self.supervisors)

    def same_step(self) -> list[Entry]:
        """Return what was recorded before it in the same command."""
        command = self.judged.envelope.command
        return [e for e in self.recorded if e.envelope.command == command]

    def last(self, *names: str, **fields: Any) -> Entry | None:
        """Return the last entry of these names with these fields, or None."""
        found = [e for e in self.lines if e.name in names and says(e, fields)]
        return found[-1] if found else None

    def since(self, mark: Entry | None) -> list[Entry]:
        """Return what counts after one of the lines; everything if there is none."""
        return self.lines[self.places[mark.version] :] if mark else self.lines


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


def takes_back(e: Entry, thread: str, party: str) -> bool:
    """Say whether this person says no by this, or takes back part of what they agreed to."""
    data = e.envelope.data
    narrows = e.name == "consent_narrowed" and data["party"] == party and thread in data["threads"]
    return narrows or says_no(e, thread, party)


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


def invited(r: Record, intervention: str) -> set[str]:
    """Return who was to come besides the pairs, by what is judged: those who stay away left out."""
    there = set(planned(r, intervention).get("attending", ()))
    for one in r.lines:
        data = one.envelope.data
        if counts(one) < counts(r.judged) and data.get("intervention") == intervention:
            if one.name == "company_invited":
                there.add(data["party"])
            if one.name == "stayed_away":
                there.discard(data["party"])
    return there


def data_of(r: Record, name: str, **fields: Any) -> dict[str, Any]:
    """Return the fields of the last such entry; of nobody, if there is none."""
    found = r.last(name, **fields)
    return dict(found.envelope.data) if found else dict(NOBODY)
