"""States of a case, set beside each other: what somebody chose, who
changed it, and what is there to speak of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from domain.fold import fold
from tests.domain.auditor import NO, people

if TYPE_CHECKING:
    from domain.case import Case
    from domain.record import Entry
    from tests.domain.lives import Answer
    from tests.story import Story

Standing = dict[tuple[str, str], Any]
"""By pair and person: their choice, its scopes, and for the offender what they accept."""


def standing(case: Case) -> Standing:
    """Return what each person chose in each pair, and what the offender accepts."""
    return {
        (thread.id, person): (
            thread.side(person).choice,
            thread.side(person).scopes,
            thread.current.responsibility if person == thread.offender else None,
        )
        for thread in case.threads.values()
        for person in thread.people
    }


def passing(case: Case) -> tuple[Any, ...]:
    """Return what may pass from one side to the other, and how far it is."""
    things = (case.interventions, case.letters, case.questions, case.messages, case.permissions)
    return (standing(case), *things)


def afresh(history: list[Entry], known: str) -> Case:
    """Return the fold of these entries without any memory of an earlier one."""
    return fold([e._replace(hash=f"{e.hash}{known}") for e in history])


def plain(case: Case) -> Case:
    """Return the case without its place in the stream."""
    return replace(case, version=0, head="")


def kept_apart(
    before: Standing, after: Standing, added: list[Entry], history: list[Entry]
) -> list[str]:
    """N2 and N10: a choice changes only by what its own person said, in the pairs that they said it
    of, and never by the clock. Return a sentence for each that changed otherwise."""
    unread, meant = [e for e in added if e.envelope.origin != "clock"], []
    while unread:
        e = unread.pop()
        meant.append(e)
        if e.name == "entry_marked_in_error":
            unread.append(history[e.envelope.data["entry"] - 1])
    wrong = []
    for (thread, party), stands in after.items():
        known = before.get((thread, party))
        if known not in {None, stands} and not any(_about(e, thread, party) for e in meant):
            rule = "N10" if all(e.envelope.origin != "clock" for e in added) else "N2"
            wrong.append(f"{rule}: what {party} chose in {thread} was changed by something else")
    return wrong


def _about(e: Entry, thread: str, party: str) -> bool:
    data = e.envelope.data
    pairs = [data["thread"]] if "thread" in data else data.get("threads", [thread])
    whose = data.get("party", people(thread)[1] if e.name == "responsibility_recorded" else None)
    if e.name in {"episode_opened", "thread_opened"}:
        return thread in pairs
    return thread in pairs and whose == party


def active(story: Story, who: str) -> bool:
    """Say whether somebody is in the register and has not left."""
    left = {"practitioner_deactivated": False, "practitioner_reactivated": True}
    said = [left[e.name] for e in story.streams[story.staff[who]] if e.name in left]
    return said[-1] if said else True


def is_there(story: Story, answer: Answer) -> bool:
    """Say whether everything that a protective command names is in the case."""
    case, given = story.case, answer.given
    things = (case.interventions, case.questions, case.letters, case.messages, case.proposals)
    things = (*things, case.appointments, case.packs)
    known = {n for one in (case.parties, case.threads, *things) for n in one}
    fields = ("party", "thread", "intervention", "question", "letter", "message", "proposal",
              "appointment", "pack")  # fmt: skip
    theirs = all(given["party"] in t.split("-") for t in given.get("threads", ()))
    responsible = answer.name != "record_dispute" or given["party"][0] == "O"
    child = answer.name != "record_adults_no" or is_child(case, given["party"])
    entry = given.get("entry", 1) <= len(story.history)
    complaint = given.get("task", "") in {"", *(case.complaints.keys() & case.tasks.keys())}
    fits = theirs and responsible and child and entry and complaint
    return fits and all(given.get(f, "V1") in known for f in fields)


def is_child(case: Case, party: str) -> bool:
    """Say whether this person is in the case and recorded as under 18."""
    return party in case.parties and case.parties[party].is_child


def goes_beyond(answer: Answer) -> bool:
    """Say whether a no was recorded of other pairs than the person named."""
    named = set(answer.given.get("threads", ()))
    recorded = [e.envelope.data.get("threads") for e in answer.added if e.name in NO]
    return bool(named) and any(set(pairs) != named for pairs in recorded if pairs is not None)
