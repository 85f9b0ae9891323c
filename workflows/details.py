"""What operators see of a stream in Temporal's own screens: codes, never more."""

from __future__ import annotations

from domain.message import Present


def details(present: Present | None) -> str:
    """Return the stage, what is waited for and the next due time (UTC), as Markdown lines."""
    if present is None:
        return "reading the log"
    lines = [f"stage: {present.stage}"]
    if present.waits_for:
        lines.append(f"waits for: {', '.join(present.waits_for)}")
    if present.next_due:
        lines.append(f"next due: {present.next_due.isoformat()}")
    return "  \n".join(lines)
