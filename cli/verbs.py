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
    example: str = ""
    """What is typed after the case, to show it: plainly invented."""


PROTECTIVE: tuple[Verb, ...] = (
    Verb(
        ("pause",),
        "pause_participation",
        "somebody is in doubt: a pause, at once",
        ("party",),
        example="V1",
    ),
    Verb(
        ("time",),
        "record_need_for_time",
        "somebody needs time; the offer stays open",
        ("party",),
        example="V1",
    ),
    Verb(("defer",), "defer_choice", 'somebody says "not now"', ("party",), example="V1"),
    Verb(
        ("decline", "no"),
        "decline_offer",
        "somebody says no to this offer; the door stays open",
        ("party",),
        example="V1",
    ),
    Verb(
        ("withdraw",),
        "withdraw_consent",
        "somebody takes their consent back",
        ("party",),
        example="V1",
    ),
    Verb(("stop",), "stop_contact", "somebody asks not to be contacted", ("party",), example="V1"),
    Verb(
        ("unsafe",),
        "close_ways",
        "somebody is not to be reached in these ways",
        ("party", "channels"),
        example="V1 letter,email",
    ),
    Verb(
        ("concern",),
        "raise_concern",
        "safeguarding, danger, a complaint",
        ("concern",),
        example="safeguarding --party V1",
    ),
)

EVERYDAY: tuple[Verb, ...] = (
    Verb(
        ("discuss",),
        "record_discussion",
        "it was talked about in general, with one person",
        opens=True,
        example="--parties V1=direct-victim --party V1 --interested",
    ),
    Verb(
        ("resolve",),
        "record_local_resolution",
        "a local crime was resolved on the spot",
        opens=True,
        example="--parties V1=direct-victim,O1=offender --items O1=apology --accepted --agreed"
        " --talked-through --crime-recorded --bars-ruled-out",
    ),
    Verb(
        ("refer",),
        "refer",
        "refer a matter, or make a referral of an enquiry",
        opens=True,
        example="--source police-officer --initiator victim-initiated"
        " --parties V1=direct-victim,O1=offender",
    ),
    Verb(
        ("enquiry",),
        "record_enquiry",
        "somebody asked about restorative justice",
        opens=True,
        example="--source victim-self --parties V1=direct-victim",
    ),
    Verb(
        ("asked",),
        "record_general_call",
        "somebody asked in general; no case is left",
        opens=True,
    ),
    Verb(
        ("nobody",),
        "record_unidentified_call",
        "a caller was not identified; no case is left",
        opens=True,
    ),
    Verb(
        ("called",),
        "record_call",
        "a person of the case rang, and was identified",
        ("party", "identified"),
        example="V1 details-asked",
    ),
    Verb(("accept",), "accept_referral", "take a referral on"),
    Verb(
        ("allocate",),
        "allocate_case",
        "name who works on a case",
        example="--lead PR-7HFXT2ZD-B --co PR-BZBR72SG-U",
    ),
    Verb(
        ("inform",),
        "give_information",
        "somebody was told what it is",
        ("party", "channel"),
        example="V1 telephone",
    ),
    Verb(
        ("tried",),
        "record_contact_attempt",
        "somebody was tried, and what came of it",
        ("party", "channel", "outcome"),
        example="V1 telephone no-response",
    ),
    Verb(
        ("safe",),
        "record_safe_ways",
        "the ways that somebody calls safe, and no others",
        ("party", "channels"),
        example="V1 telephone --asked-by V1",
    ),
    Verb(
        ("interest",),
        "record_interest",
        "somebody is interested",
        ("thread", "party"),
        example="V1-O1 V1",
    ),
    Verb(
        ("next",),
        "agree_next_contact",
        "the day that somebody set for the next contact",
        ("party", "at"),
        example="V1 2026-12-07T10:30",
    ),
    Verb(
        ("meet",),
        "record_facilitator_meeting",
        "a facilitator met somebody",
        ("thread", "party"),
        example="V1-O1 V1 --explained what-it-is,all-options,can-stop-any-time --understood",
    ),
    Verb(
        ("responsibility",),
        "record_responsibility",
        "where the person responsible stands",
        ("thread", "party", "status"),
        example="V1-O1 O1 accepts-responsibility --evidence facilitator-assessment",
    ),
    Verb(
        ("risk",),
        "decide_risk",
        "decide what the risk allows",
        ("thread", "decision"),
        example="V1-O1 proceed-direct",
    ),
    Verb(
        ("consent",),
        "record_consent",
        "somebody's written consent",
        ("thread", "party"),
        example="V1-O1 V1 --scopes face-to-face,outcome-agreement --form signed-paper",
    ),
    Verb(
        ("plan",),
        "plan_intervention",
        "plan a meeting or an exchange",
        ("type", "threads"),
        example="face-to-face V1-O1 --for-when 2026-12-07T14:00",
    ),
    Verb(("ready",), "confirm_ready", "it is ready for its day", ("intervention",), example="I1"),
    Verb(
        ("start",),
        "start_intervention",
        "it begins",
        ("intervention", "facilitators"),
        example="I1 PR-7HFXT2ZD-B,PR-BZBR72SG-U",
    ),
    Verb(
        ("complete",),
        "complete_intervention",
        "it was held to its end",
        ("intervention",),
        example="I1",
    ),
    Verb(
        ("debrief",),
        "record_debrief",
        "somebody was debriefed",
        ("intervention", "party"),
        example="I1 V1",
    ),
    Verb(
        ("follow-up",),
        "record_follow_up",
        "somebody was asked how they are",
        ("thread", "party"),
        example="V1-O1 V1",
    ),
    Verb(
        ("end",),
        "end_thread",
        "end this pass of a pair, with its reason",
        ("thread", "reason"),
        example="V1-O1 completed-direct --told V1=told-it-ended,O1=told-it-ended",
    ),
    Verb(
        ("tell-referrer",),
        "tell_referrer",
        "whoever referred it was told that it has ended, and no more",
    ),
    Verb(
        ("resume", "take-up-again"),
        "take_up_again",
        "take an ended pair up again: a new episode",
        ("thread", "kind"),
        example="V1-O1 return --asked-by V1",
    ),
    Verb(
        ("slip",),
        "mark_entered_in_error",
        "what you just entered was a slip: it counts as never made",
    ),
    Verb(
        ("done",),
        "complete_task",
        "a task (a concern, a breach, a late entry) was dealt with",
        ("task",),
        example="T12",
    ),
    Verb(
        ("reviewed",),
        "review_local_resolution",
        "a supervisor looked at how something was resolved on the spot",
    ),
    Verb(
        ("explain",),
        "explain_missed_clock",
        "why something was not done in time",
        ("clocks", "cause"),
        example="K7 staff-absence",
    ),
    Verb(
        ("merge",),
        "merge_into",
        "two cases are one matter: this one goes on in the other",
        ("into", "people"),
        example="RJ-4T9Y2K7P-X V1=V1,O1=O1",
    ),
    Verb(
        ("unmerge",),
        "unmerge_case",
        "they were not one matter: undo a merge",
        ("into",),
        example="RJ-4T9Y2K7P-X",
    ),
    Verb(
        ("link",),
        "link_person",
        "somebody here is a person who appears in another case, too",
        ("party", "other", "there"),
        example="V1 RJ-4T9Y2K7P-X V2",
    ),
    Verb(
        ("unlink",),
        "unlink_person",
        "it is another person: undo a link",
        ("party",),
        example="V1",
    ),
    Verb(
        ("wish-seen",),
        "note_wish_seen",
        "you have seen what somebody wishes in other matters (rj person)",
        ("party",),
        example="V1",
    ),
    Verb(
        ("not-the-same",),
        "dismiss_duplicate",
        "two cases that were proposed to be one matter are two",
        ("case",),
        example="RJ-4T9Y2K7P-X",
    ),
    Verb(
        ("propose-data",),
        "propose_data_step",
        "propose to erase somebody's data, or to use them again",
        ("party", "step"),
        example="V1 erase",
    ),
    Verb(
        ("erase",),
        "decide_erasure",
        "decide that somebody's data are erased, for good",
        ("party",),
        example="V1 --ground no-longer-needed",
    ),
    Verb(
        ("restrict",),
        "restrict_data",
        "decide that somebody's data are kept and not used",
        ("party",),
        example="V1 --ground evidence --authority prosecution --review-on 2027-03-01",
    ),
    Verb(
        ("lift",),
        "lift_restriction",
        "let data be used again that were not, or erase them",
        ("party",),
        example="V1 --erase no-longer-needed",
    ),
)
