"""The waits about people's data: to decide, to carry that out, and to look again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.beyond import SERVICE
from tests.domain.expected_changes import Expected
from tests.domain.situations import after, ended
from tests.steps import referred, step

if TYPE_CHECKING:
    from tests.story import Story

REPLY = "Invented."
TEXT = "T-0123456789ABCDEF"
PROPOSED = step("worker", "propose_data_step", party="V1", step="ERASE")
REMOVAL = step("worker", "propose_data_step", party="V1", step="REMOVE_STORY")
DECIDED = step("officer", "decide_erasure", party="V1", ground="NO_LONGER_NEEDED", reply=REPLY)
NOTED = step(SERVICE, "note_mentions", party="V1", mentions=[{"text": TEXT, "owner": "O1"}])
DONE = step(SERVICE, "note_erased", party="V1", keys=["K-0123456789ABCDEF"])


def restricted() -> Story:
    """Return a case in which a victim's data are kept and not used, and more is proposed."""
    return after(
        *referred(),
        step(
            "officer",
            "restrict_data",
            party="V1",
            ground="EVIDENCE",
            authority="POLICE",
            review_on="2026-06-01",
            reply=REPLY,
        ),
        step("worker", "propose_data_step", party="V1", step="LIFT_RESTRICTION"),
    )


DATA = [
    Expected(
        "decide_on_data", "V1", lambda: after(*referred(), PROPOSED), "2026-03-30", (DECIDED,)
    ),
    Expected(
        "erasure", "V1", lambda: after(*referred(), PROPOSED, DECIDED), "2026-03-03", (NOTED, DONE)
    ),
    Expected(
        "mention",
        TEXT,
        lambda: after(*referred(), PROPOSED, DECIDED, NOTED),
        "2026-03-30",
        (step("officer", "keep_mention", text=TEXT, ground="OTHERS_RECORD"),),
    ),
    Expected("retention_review", "V1", ended, "2029-03-02", (REMOVAL,)),
    Expected(
        "restriction_review",
        "V1",
        restricted,
        "2026-06-01",
        (step("officer", "lift_restriction", party="V1", reply=REPLY),),
    ),
]
