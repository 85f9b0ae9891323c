"""The message that a notice is sent as: the reference, the kind of task, the due date."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.ids import DOSSIER_PREFIX, PRACTITIONER_PREFIX
from notices.notice import Kind

if TYPE_CHECKING:
    from datetime import datetime

    from notices.outbox import Kept

_LONDON = ZoneInfo("Europe/London")
_SUBJECTS = {
    Kind.ASSIGNED: "a case is yours to work on",
    Kind.ASKED: "you are asked something about a case",
    Kind.DUE: "due today",
    Kind.MISSED: "not done in time",
    Kind.REFUSED: "a queued command was not accepted",
    Kind.FACILITATOR_NEEDED: "a facilitator is needed",
    Kind.AT_ONCE: "to be looked at now",
    Kind.LAPSES: "to be renewed soon",
    Kind.COVERING: "you cover for them",
}


def message(kept: Kept, to: str, sender: str) -> EmailMessage:
    """Return the message to this address. Sent again it is the same, its Message-ID too."""
    letter = EmailMessage(policy=SMTP)
    letter["Message-ID"] = f"<{kept.id}@{sender.rpartition('@')[2]}>"
    letter["Date"] = format_datetime(kept.put_at)
    letter["From"] = sender
    letter["To"] = to
    letter["Subject"] = f"{kept.case}: {_SUBJECTS[kept.kind]}"
    # RFC 3834: whoever is away answers no machine.
    letter["Auto-Submitted"] = "auto-generated"
    lines = [f"{_about(kept.case)} {kept.case}", f"Task: {kept.task}"]
    if kept.due is not None:
        lines.append(f"{_UNTIL if kept.kind is Kind.COVERING else _DUE}: {_day(kept.due)}")
    letter.set_content("\n".join(lines) + "\n")
    return letter


def _about(reference: str) -> str:
    return next((word for prefix, word in _WORDS.items() if reference.startswith(prefix)), "Case")


_WORDS = {DOSSIER_PREFIX: "Entry", PRACTITIONER_PREFIX: "Practitioner"}
_DUE, _UNTIL = "Due", "Until"


def _day(due: datetime) -> str:
    # Midnight ends a day: what is due by then is due on it.
    return (due - timedelta(seconds=1)).astimezone(_LONDON).strftime("%a %d %B %Y")
