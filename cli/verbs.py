"""The everyday verbs: what each is called, which command it is, and what is typed without a name.

What stops, slows or shields is the shortest to type: the case, the person, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verb:
    """One everyday verb; everything else about it is the command's."""

    names: tuple[str, ...]
    command: str
    """Wire name of the command."""
    help: str
    places: tuple[str, ...] = ()
    """Fields typed after the case without their names, in this order."""
    opens: bool = False
    """Whether the case may be left out, to open a new one."""


PROTECTIVE: tuple[Verb, ...] = (
    Verb(("pause",), "pause_participation", "somebody is in doubt: a pause, at once", ("party",)),
    Verb(
        ("time",), "record_need_for_time", "somebody needs time; the offer stays open", ("party",)
    ),
    Verb(("defer",), "defer_choice", 'somebody says "not now"', ("party",)),
    Verb(
        ("decline", "no"),
        "decline_offer",
        "somebody says no to this offer; the door stays open",
        ("party",),
    ),
    Verb(("withdraw",), "withdraw_consent", "somebody takes their consent back", ("party",)),
    Verb(("stop",), "stop_contact", "somebody asks not to be contacted", ("party",)),
    Verb(("concern",), "raise_concern", "safeguarding, danger, a complaint", ("concern",)),
)

EVERYDAY: tuple[Verb, ...] = (
    Verb(("refer",), "refer", "refer a matter, or make a referral of an enquiry", opens=True),
    Verb(("enquiry",), "record_enquiry", "somebody asked about restorative justice", opens=True),
    Verb(("accept",), "accept_referral", "take a referral on"),
    Verb(("allocate",), "allocate_case", "name who works on a case"),
    Verb(("inform",), "give_information", "somebody was told what it is", ("party", "channel")),
    Verb(
        ("tried",),
        "record_contact_attempt",
        "somebody was tried, and what came of it",
        ("party", "channel", "outcome"),
    ),
    Verb(("interest",), "record_interest", "somebody is interested", ("thread", "party")),
    Verb(
        ("next",),
        "agree_next_contact",
        "the day that somebody set for the next contact",
        ("party", "at"),
    ),
    Verb(
        ("meet",),
        "record_facilitator_meeting",
        "a facilitator met somebody",
        ("thread", "party"),
    ),
    Verb(
        ("responsibility",),
        "record_responsibility",
        "where the person responsible stands",
        ("thread", "party", "status"),
    ),
    Verb(("risk",), "decide_risk", "decide what the risk allows", ("thread", "decision")),
    Verb(("consent",), "record_consent", "somebody's written consent", ("thread", "party")),
    Verb(("plan",), "plan_intervention", "plan a meeting or an exchange", ("type", "threads")),
    Verb(("ready",), "confirm_ready", "it is ready for its day", ("intervention",)),
    Verb(("start",), "start_intervention", "it begins", ("intervention", "facilitators")),
    Verb(("complete",), "complete_intervention", "it was held to its end", ("intervention",)),
    Verb(("debrief",), "record_debrief", "somebody was debriefed", ("intervention", "party")),
    Verb(
        ("follow-up",), "record_follow_up", "somebody was asked how they are", ("thread", "party")
    ),
    Verb(("end",), "end_thread", "end this pass of a pair, with its reason", ("thread", "reason")),
    Verb(
        ("resume", "take-up-again"),
        "take_up_again",
        "take an ended pair up again: a new episode",
        ("thread", "kind"),
    ),
    Verb(
        ("explain",),
        "explain_missed_clock",
        "why something was not done in time",
        ("clocks", "cause"),
    ),
    Verb(
        ("merge",),
        "merge_into",
        "two cases are one matter: this one goes on in the other",
        ("into", "people"),
    ),
    Verb(("unmerge",), "unmerge_case", "they were not one matter: undo a merge", ("into",)),
)
