"""What each wait asks staff to do with somebody, as commands: any one of them is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.events.letters import owner_of
from domain.words import Channel, CourtOutcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from domain.case import Case

Act = tuple[str, dict[str, Any]]


def by_any_way(name: str, **given: Any) -> list[Act]:
    """Return the command by each way of reaching somebody: one that is safe is enough."""
    return [(name, {**given, "channel": str(channel)}) for channel in Channel]


def _of_person(name: str, **more: Any) -> Callable[[Case, str], Iterable[Act]]:
    return lambda _, party: by_any_way(name, party=party, **more)


def _of_victim(name: str, **more: Any) -> Callable[[Case, str], Iterable[Act]]:
    return lambda case, thread: [
        (name, {"thread": thread, "party": case.thread(thread).victim, **more})
    ]


def _two(name: str, first: str) -> Callable[[Case, str], Iterable[Act]]:
    def acts(_: Case, subject: str) -> Iterable[Act]:
        of, _slash, party = subject.partition("/")
        return [(name, {first: of, "party": party})]

    return acts


def _hearing(_: Case, subject: str) -> Iterable[Act]:
    of, _slash, party = subject.partition("/")
    return by_any_way("tell_hearing", hearing=of, party=party, offer_stands=True)


def _explaining(case: Case, thread: str) -> Iterable[Act]:
    victim = case.thread(thread).victim
    return by_any_way("explain_decision", thread=thread, party=victim, support=True)


def _panel(case: Case, onward: str) -> Iterable[Act]:
    party = case.onward[onward].party
    return by_any_way("tell_panel_result", onward=onward, party=party)


def _kept(case: Case, letter: str) -> Iterable[Act]:
    return [("ask_about_kept_letter", {"letter": letter, "party": owner_of(case, letter)})]


def _again(case: Case, thread: str) -> Iterable[Act]:
    for party in case.thread(thread).people:
        if case.thread(thread).side(party).to_confirm:
            yield "confirm_consent", {"thread": thread, "party": party}
    yield "decide_risk", {"thread": thread}


def _refer_on(case: Case, party: str) -> Iterable[Act]:
    for service, wish in case.party(party).onward_wishes.items():
        yield "refer_onward", {"party": party, "service": service, "items": [*wish.items]}


def _report(case: Case, hearing: str) -> Iterable[Act]:
    for thread in case.threads_of(case.hearings[hearing].party):
        for outcome in CourtOutcome:
            of = {"hearing": hearing, "thread": thread.id}
            yield "report_to_court", {**of, "outcome": str(outcome)}


def _sign(case: Case, thread: str) -> Iterable[Act]:
    risk = case.thread(thread).current.risk
    yield "countersign_risk", {"thread": thread, "decision": risk.decision if risk else None}


def _of(name: str, field: str, **more: Any) -> Callable[[Case, str], Iterable[Act]]:
    return lambda _, subject: [(name, {field: subject, **more})]


ATTEMPT = {"outcome": "NO_RESPONSE"}
MET = {"explained": ["WHAT_IT_IS"], "understood": True, "way": None}
ASKS: dict[str, Callable[[Case, str], Iterable[Act]]] = {
    "information": _of_person("give_information"),
    "first_contact": _of_person("record_contact_attempt", **ATTEMPT),
    "promised_contact": _of_person("record_contact_attempt", **ATTEMPT),
    "waiting_told": _of_person("tell_of_waiting"),
    "support": _of_person("offer_support"),
    "facilitators_meeting": _of_victim("offer_facilitator_meeting"),
    "facilitators_meeting_held": _of_victim("record_facilitator_meeting", **MET),
    "after_a_change": _again,
    "new_facilitator": _of("accept_facilitator", "party"),
    "understanding": _of("decide_understanding", "party"),
    "best_interest": _two("decide_for_child", "thread"),
    "countersign": _sign,
    "risk_review": _of("decide_risk", "thread", decision="PROCEED_DIRECT"),
    "suitable_adult": _of("offer_suitable_adult", "party"),
    "youth_service": _of("involve_youth_service", "party"),
    "youth_service_decision": _of("record_youth_service_decision", "thread"),
    "debrief": _two("record_debrief", "intervention"),
    "where_it_stands": _two("tell_where_it_stands", "intervention"),
    "follow_up": _two("record_follow_up", "thread"),
    "agreed_item": _of("record_item_progress", "item", state="COMPLETED"),
    "telling": _of("tell_item_progress", "item"),
    "hearing": _of("close_hearing", "hearing"),
    "hearing_told": _hearing,
    "court_report": _report,
    "explain_decision": _explaining,
    "panel_result": _panel,
    "refer_on": _refer_on,
    "onward_answer": _of("record_onward_answer", "onward"),
    "partner_told": _of("record_partner_told", "onward"),
    "letter_review": _kept,
    "later_stage": _of("decide_no_later_offer", "thread"),
}
"""By wait: from the case and the wait's subject to the commands."""
OF_THE_SERVICE = {
    *("enquiry", "discussion", "acknowledge", "classification", "allocation", "held_approach"),
    *("contact_as_they_asked", "specialists_answer", "youth_panel", "pass_on", "recipient_told"),
    *("decide_on_data", "erasure", "mention", "restriction_review", "retention_review"),
    *("enhanced_ground", "tell_referrer", "acknowledge_complaint", "look_into_complaint"),
    *("answer_complaint", "close_complaint", "adverse_debrief", "adverse_event", "appointment"),
    *("call_off", "print_pack", "check_out", "visitor_safe", "visitor_alarm", "audit"),
    *("recommendation", "recommended", "other_case", "explain_missed", "person_told"),
    *("local_resolution_review", "task", "letter_in_custody", "their_pace", "service_silence"),
}
"""Waits for what is decided, looked at or done without turning to anybody of the case."""
