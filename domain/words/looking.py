"""Looking at what is recorded, and passing it on: as codes of the access log."""

from __future__ import annotations

from enum import StrEnum


class Operation(StrEnum):
    """What is done with personal data: the six that have to be logged (DPA 2018 s.62(1))."""

    COLLECTION = "COLLECTION"
    ALTERATION = "ALTERATION"
    CONSULTATION = "CONSULTATION"
    COMBINATION = "COMBINATION"
    """Joining records: two cases of one matter, or one person in several."""
    ERASURE = "ERASURE"
    DISCLOSURE = "DISCLOSURE"


class LookReason(StrEnum):
    """Why a sensitive case is opened, or personal text is read by an auditor: asked as policy."""

    MY_WORK = "MY_WORK"
    COVERING = "COVERING"
    SUPERVISING = "SUPERVISING"
    AUDITING = "AUDITING"
    RIGHTS_REQUEST = "RIGHTS_REQUEST"
    COMPLAINT = "COMPLAINT"
    LEGAL_DUTY = "LEGAL_DUTY"
    SAFEGUARDING = "SAFEGUARDING"
    DANGER = "DANGER"


EMERGENCIES = frozenset({LookReason.SAFEGUARDING, LookReason.DANGER})
"""Reasons for which the glass may be broken."""


class Relation(StrEnum):
    """What whoever looks is to the case at that moment."""

    ALLOCATED = "ALLOCATED"
    COVERS = "COVERS"
    """Whoever covers for somebody to whom it is allocated and who is away."""
    CONSULTED = "CONSULTED"
    """A specialist who was asked one thing about it, and has yet to answer."""
    OVERSEES = "OVERSEES"
    """A supervisor of its organisation and area."""
    REVIEWS = "REVIEWS"
    """An auditor or the data-protection officer."""
    REFERRED = "REFERRED"
    """Whoever referred it, and does not work on it."""
    CONFLICTED = "CONFLICTED"
    NOT_THEIRS = "NOT_THEIRS"
    SERVICE = "SERVICE"
    """The service itself, on somebody's behalf."""
