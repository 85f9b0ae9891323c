"""The rows of what is owed about people's data: to decide on them, and to look at them again."""

from __future__ import annotations

from domain.owed import personal_data
from domain.owed.row import Binds, Row

STAFF = Binds.STAFF
SECOND = "second"
DATA: tuple[Row, ...] = (
    Row(
        "decide_on_data",
        "decide on what was proposed about this person's data",
        STAFF,
        SECOND,
        personal_data.decide_on_data,
    ),
    Row(
        "erasure",
        "have the keys of what is erased destroyed; it is under way",
        STAFF,
        SECOND,
        personal_data.erasure,
    ),
    Row(
        "mention",
        "look at what somebody else's text says of a person who was erased",
        STAFF,
        SECOND,
        personal_data.mention,
    ),
    Row(
        "restriction_review",
        "look again at whether the data are still to be kept and not used",
        STAFF,
        SECOND,
        personal_data.restriction_review,
    ),
    Row(
        "retention_review",
        "look at whether these data are still needed: remove the story, erase, or keep it longer",
        STAFF,
        SECOND,
        personal_data.retention_review,
    ),
)
"""Part of the table of all waits (domain/waits.py)."""
