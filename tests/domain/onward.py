"""What staff would sensibly do next in a case as it stands: lives come far only by this."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from domain.interventions import CATALOGUE, participants
from domain.words import (
    Choice,
    InterventionState,
    LetterState,
    MessageState,
    QuestionState,
    Responsibility,
    Sensitivity,
)
from tests.domain.lives import ALL_SCOPES
from tests.steps import EXPLAINED, NONE_BEHIND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.exchange import Intervention
    from domain.pair import Thread
    from tests.story import Story

Asked = tuple[str, str, dict[str, Any]]
REASONS = {
    Choice.DECLINED_THIS_OFFER: ("VICTIM_DECLINED_DOOR_OPEN",),
    Choice.DECLINED_NO_FURTHER_CONTACT: ("VICTIM_NO_FURTHER_CONTACT",),
    Choice.WITHDRAWN: ("VICTIM_WITHDREW",),
}
"""Why a pair might end, by what its victim chose."""
COMPLETED = ("COMPLETED_DIRECT", "COMPLETED_INDIRECT")
TYPES = ("FACE_TO_FACE", "WRITTEN_COMMUNICATION", "SHUTTLE")


def next_steps(story: Story) -> list[Asked]:
    """Return commands, each with who asks for it and its fields, that would help things on."""
    case = story.case
    lead = next((n for n, ref in story.staff.items() if ref == case.lead), None)
    if lead is None or case.co is None:
        able = {"lead": story.staff["advanced"], "co": story.staff["intermediate"]}
        usual = {"lead": story.staff["lead"], "co": story.staff["co"]}
        return [("trainer", "allocate_case", one) for one in (able, usual)]
    if case.sensitivity is Sensitivity.UNCLASSIFIED:
        return [(lead, "classify_case", {"sensitivity": "STANDARD", "flags": NONE_BEHIND})]
    steps = [(who or lead, name, given) for t in case.threads.values()
             for who, name, given in _in_pair(story, t)]  # fmt: skip
    done = {"state": "COMPLETED"}
    steps += [(lead, "record_item_progress", {"item": item, **done}) for item in case.items]
    for intervention in case.interventions.values():
        steps += [(lead, name, given) for name, given in _in_exchange(story, intervention)]
    return steps


def _in_pair(story: Story, thread: Thread) -> Iterator[tuple[str, str, dict[str, Any]]]:
    of, episode, case = {"thread": thread.id}, thread.current, story.case
    if not thread.open:
        yield "", "take_up_again", {**of, "kind": "RETURN", "asked_by": thread.victim}
        return
    for party in thread.people:
        yield from _with_person(story, thread, party)
    if episode.responsibility is not Responsibility.ACCEPTS_RESPONSIBILITY:
        found = {"status": "ACCEPTS_RESPONSIBILITY", "evidence": "FACILITATOR_ASSESSMENT"}
        yield "", "record_responsibility", {**of, "party": thread.offender, **found}
    if episode.risk is None or episode.risk.stale:
        yield (
            "",
            "decide_risk",
            {**of, "decision": "PROCEED_DIRECT", "assessment_text": "Invented."},
        )
    elif not episode.risk.countersigned_by and case.sensitivity is Sensitivity.SENSITIVE_COMPLEX:
        yield "trainer", "countersign_risk", {**of, "decision": episode.risk.decision}
    position = case.permissions.get(thread.id)
    if position is None or position.barred:
        given = {**of, "officer_view": True, "document": "A permission, plainly invented."}
        yield "", "record_legal_position", given
    yield from _letters(story, thread)
    yield from _endings(story, thread)
    if episode.victim.consents and episode.offender.consents:
        yield from _another(story, thread)


def _another(story: Story, thread: Thread) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield planning what comes next, of whatever form, if nothing is under way."""
    of, case = {"thread": thread.id}, story.case
    before = [i for i in case.interventions.values() if thread.id in i.threads]
    if any(not one.over for one in before):
        return
    if any(one.began_at for one in before):
        yield (
            "",
            "decide_risk",
            {**of, "decision": "PROCEED_DIRECT", "assessment_text": "Invented."},
        )
        for party in thread.people:
            yield "", "confirm_consent", {**of, "party": party}
    for kind in TYPES:
        yield "", "plan_intervention", {"type": kind, "threads": [thread.id]}
    more = {"type": "FACE_TO_FACE", "threads": [t.id for t in case.threads.values() if t.open]}
    for party in thread.people:
        given = {"party": party, "company": ["S1"], "form": "SIGNED_PAPER"}
        yield "", "agree_to_company", {**of, **given}
    yield "", "plan_intervention", {**more, "attending": ["S1"]}


def _with_person(
    story: Story, thread: Thread, party: str
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    of, side = {"thread": thread.id, "party": party}, thread.side(party)
    if story.case.party(party).no_contact:
        yield "", "allow_contact", {"party": party, "asked_by": party}
    elif side.met_at is None:
        if side.interested_at is None:
            yield "", "record_interest", {**of, "asked_by": party}
        yield "", "record_facilitator_meeting", {**of, "explained": EXPLAINED, "understood": True}
    elif side.choice is not Choice.CONSENTED:
        child = story.case.party(party).is_child
        adult = {"adult": "S2", "adult_view": "YES"} if child else {}
        yield "", "record_consent", {**of, "scopes": ALL_SCOPES, "form": "SIGNED_PAPER", **adult}
    elif side.to_confirm:
        yield "", "confirm_consent", of


def _endings(story: Story, thread: Thread) -> Iterator[tuple[str, str, dict[str, Any]]]:
    told = dict.fromkeys(thread.people, "NOT_TOLD_BY_WISH")
    passed = [x for x in story.case.letters.values() if x.state is LetterState.DELIVERED]
    done = (
        ("COMPLETED_DIRECT", "COMPLETED_INDIRECT") if story.case.held(thread.id) or passed else ()
    )
    booked = [i for i in story.case.interventions.values() if not i.over]
    for reason in () if booked else (*REASONS.get(thread.current.victim.choice, ()), *done):
        yield "", "end_thread", {"thread": thread.id, "reason": reason, "told": told}


def _letters(story: Story, thread: Thread) -> Iterator[tuple[str, str, dict[str, Any]]]:
    letters = [one for one in story.case.letters.values() if one.thread == thread.id]
    if not letters and thread.current.offender.consents:
        given = {"thread": thread.id, "party": thread.offender, "words": "I am sorry."}
        yield "", "draft_letter", given
    for one in letters:
        if one.state is LetterState.DRAFTED or (
            one.state is LetterState.HELD and not one.author_stands_by_it
        ):
            yield "", "approve_letter", {"letter": one.id}
        elif one.state is LetterState.HELD:
            name = "deliver_letter" if one.wanted else "record_letter_asked_for"
            yield "", name, {"letter": one.id}


def _preferring(thread: Thread) -> Iterator[tuple[str, dict[str, Any]]]:
    if thread.current.victim.preferred_at is None:
        yield "record_preferences", {"thread": thread.id, "party": thread.victim}


def _in_exchange(story: Story, intervention: Intervention) -> Iterator[tuple[str, dict[str, Any]]]:
    of, state = {"intervention": intervention.id}, intervention.state
    there = participants(story.case, intervention)
    unwilling = [p for p in there if p not in intervention.willing]
    thread = story.case.thread(intervention.threads[0])
    if state in {InterventionState.PLANNED, InterventionState.POSTPONED}:
        yield from _company(story, intervention, thread)
        recent = story.now - timedelta(days=28)
        missing = [p for p in there if intervention.prepared.get(p, recent) <= recent]
        on = (story.now + timedelta(days=7)).isoformat()
        yield from (("prepare_person", {**of, "party": p}) for p in missing)
        if len(intervention.checked) < 25 and CATALOGUE[intervention.type].direct:
            yield "check_item", {**of, "items": list(range(1, 26))}
        yield from _preferring(thread)
        if state is InterventionState.POSTPONED:
            yield "fix_date", {**of, "for_when": on}
        elif not missing:
            yield from (("confirm_willingness", {**of, "party": p}) for p in unwilling)
            yield "confirm_ready", of
    if state is InterventionState.COMPLETED:
        missing = [p for p in there if p not in intervention.debriefed]
        yield from (("record_debrief", {**of, "party": p}) for p in missing)
    if state in {InterventionState.READY, InterventionState.ON_BREAK}:
        yield from (("confirm_willingness", {**of, "party": p}) for p in unwilling)
    if state is InterventionState.READY and not unwilling:
        yield "check_on_the_day", of
        yield "start_intervention", {**of, "facilitators": [*story.case.facilitators]}
    if state is InterventionState.ON_BREAK and not unwilling:
        yield "resume_intervention", of
    if state is InterventionState.STARTED:
        yield from _passing(story, intervention, thread)


def _company(
    story: Story, intervention: Intervention, thread: Thread
) -> Iterator[tuple[str, dict[str, Any]]]:
    of = {"intervention": intervention.id}
    for guest in sorted(intervention.attending):
        if guest not in intervention.agreed:
            given = {**of, "party": guest}
            yield "record_company_agreement", {**given, "form": "SIGNED_PAPER"}
            yield "assess_company", {**given, "suitable": True}
    for party in thread.people if intervention.attending else ():
        if intervention.attending - intervention.told_of.get(party, frozenset()):
            yield "tell_who_comes", {**of, "party": party}


def _passing(
    story: Story, intervention: Intervention, thread: Thread
) -> Iterator[tuple[str, dict[str, Any]]]:
    case, of = story.case, {"intervention": intervention.id}
    pair = {"thread": thread.id, "party": thread.victim}
    yield "complete_intervention", of
    yield "gather_question", {**pair, "words": "Why?"}
    yield "agree_message", {**pair, **of, "note": "Hello."}
    yield "record_agreement", {"thread": thread.id, **of}
    for q in case.questions.values():
        other = case.thread(q.thread).other(q.asker)
        if q.state is QuestionState.GATHERED:
            yield "put_question", {"question": q.id, **of}
        if q.state is QuestionState.PUT:
            yield "record_answer", {"question": q.id, "party": other, "answer": "So."}
        if q.state is QuestionState.ANSWER_IN_REVIEW:
            yield "approve_answer", {"question": q.id}
        if q.state is QuestionState.ANSWER_HELD:
            yield "give_answer", {"question": q.id, "asked_for": True}
    for m in case.messages.values():
        if m.state is MessageState.AGREED:
            other = case.thread(m.thread).other(m.sayer)
            yield "carry_message", {"message": m.id, "party": other, "channel": "IN_PERSON"}


def all_the_same(story: Story) -> list[Asked]:
    """Return what must not pass after a no, and somebody might try all the same."""
    case = story.case
    lead = next((n for n, ref in story.staff.items() if ref == case.lead), "supervisor")
    tried: list[tuple[str, dict[str, Any]]] = []
    for letter in case.letters:
        tried += [(n, {"letter": letter}) for n in ("record_letter_asked_for", "deliver_letter")]
    for m in case.messages.values():
        other = case.thread(m.thread).other(m.sayer)
        tried.append(("carry_message", {"message": m.id, "party": other, "channel": "IN_PERSON"}))
    for name, one in case.interventions.items():
        of = {"intervention": name}
        tried += [("resume_intervention", of), ("complete_intervention", of), ("confirm_ready", of)]
        tried.append(("start_intervention", {**of, "facilitators": [*one.facilitators]}))
        tried += [("put_question", {**of, "question": q}) for q in case.questions]
    tried += [("give_answer", {"question": q, "asked_for": True}) for q in case.questions]
    for t in case.threads.values():
        told = dict.fromkeys(t.people, "NOT_TOLD_BY_WISH")
        reason = {"thread": t.id, "reason": "CJ_PROCESS_INTERVENED", "told": told}
        tried.append(("end_thread", reason))
        met = {"explained": EXPLAINED, "understood": True}
        tried += [("record_facilitator_meeting", {"thread": t.id, "party": p, **met})
                  for p in t.people]  # fmt: skip
    return [(lead, name, given) for name, given in tried]
