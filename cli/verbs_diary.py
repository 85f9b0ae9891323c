"""The everyday verbs of the diary and of visits."""

from __future__ import annotations

from cli.verb import Verb

DIARY: tuple[Verb, ...] = (
    Verb(
        ("book",),
        "book_appointment",
        "an appointment that was agreed with one person",
        ("party", "starts"),
        example="V1 2026-12-07T10:30 --minutes 90 --room ROOM-2 --staff PR-7HFXT2ZD-B",
        act="cli.booking:book",
    ),
    Verb(
        ("arrange",),
        "arrange_meeting",
        "staff, room and interpreters for a planned meeting",
        ("intervention",),
        example="I1 --staff PR-7HFXT2ZD-B,PR-BZBR72SG-U --room ROOM-2 --minutes 120",
        act="cli.booking:book",
    ),
    Verb(
        ("call-off",),
        "call_off_appointment",
        "an appointment is off, and all who come know",
        ("appointment",),
        example="D1",
    ),
    Verb(
        ("kept",),
        "end_appointment",
        "what became of an appointment",
        ("appointment", "outcome"),
        example="D1 they-did-not-come",
    ),
    Verb(
        ("check-in",),
        "check_in",
        "you are out on a visit, and for how long",
        ("minutes",),
        example="90 --party V1",
    ),
    Verb(
        ("pack-back",),
        "account_for_pack",
        "a print pack is back, destroyed, or lost",
        ("pack", "became"),
        example="W1 returned",
    ),
    Verb(("check-out",), "check_out", "your visit is over, and you are safe"),
)
