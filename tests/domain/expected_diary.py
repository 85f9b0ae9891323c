"""The waits of the diary: what is booked, and who is out on a visit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from domain.calendar import LONDON
from tests.domain.expected_changes import Expected
from tests.domain.situations import BOTH_IN_TURN, after, ready
from tests.steps import referred, step

if TYPE_CHECKING:
    from tests.story import Story

TALK = datetime(2026, 3, 4, 14, 0, tzinfo=LONDON)
BOOKED = step("worker", "book_appointment", party="V1", starts=TALK.isoformat(), staff=["@lead"])
MEETING = datetime(2026, 3, 20, 14, 0, tzinfo=LONDON)
PLANNED = step(
    "lead",
    "plan_intervention",
    type="FACE_TO_FACE",
    threads=["V1-O1"],
    for_when=MEETING.isoformat(),
)
ARRANGED = step(
    "lead", "arrange_meeting", intervention="I1", staff=["@lead", "@co"], room="ROOM-2", minutes=120
)
OFF = step("auditor", "call_off_appointment", appointment="D1")
IN = step("lead", "check_in", minutes=60, party="V1")
SAFE = step("supervisor", "check_out", practitioner="@lead")


def arranged() -> Story:
    """Return a case with a meeting for which staff and a room are booked."""
    return ready(*BOTH_IN_TURN, more=(PLANNED, ARRANGED))


def out(minutes: int = 0) -> Story:
    """Return a case in which the lead went out on a visit of an hour, so many minutes ago."""
    story = after(*referred(), IN)
    story.later(minutes=minutes)
    return story


WENT = out().now
LEAD = out().someone("lead")


def _since(minutes: int) -> str:
    return (WENT + timedelta(minutes=minutes)).isoformat()


KEPT = step("lead", "end_appointment", appointment="D1", outcome="THEY_DID_NOT_COME")
DIARY = [
    Expected("appointment", "D1", lambda: after(*referred(), BOOKED), "2026-03-06", (OFF,)),
    Expected(
        "call_off",
        "D1",
        lambda: after(*referred(), BOOKED, step("auditor", "stop_contact", party="V1")),
        "2026-03-03",
        (OFF,),
    ),
    Expected(
        "print_pack",
        "W1",
        lambda: after(*referred(), step("lead", "make_print_pack", party="V1", days=2)),
        "2026-03-04",
        (step("auditor", "account_for_pack", pack="W1", became="DESTROYED"),),
    ),
    Expected("check_out", LEAD, out, _since(75), (step("lead", "check_out"),)),
    Expected("visitor_safe", LEAD, lambda: out(76), _since(105), (SAFE,)),
    Expected("visitor_alarm", LEAD, lambda: out(106), _since(135), (SAFE,)),
]
