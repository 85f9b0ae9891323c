"""A few cases, plainly invented, of which everything is counted by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reports import Sources
from reports.told import Told, of_entries
from tests.domain.matters import merged, two
from tests.paths import PATHS, referred, step
from tests.playing import play
from tests.steps import DAY, Path, chosen, completed, ended, explored, met, started

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.record import Entry
    from tests.story import Story

LATER = datetime(2026, 9, 1, tzinfo=UTC)
"""When it is counted."""
ANSWERS = {"COPES_BETTER": 5, "FELT_SAFE": "no", "OVERALL": "Good."}
MET = Path(
    "They meet, agree on three things, and say how it was",
    (
        *referred(),
        step("worker", "record_contact_attempt", party="O1", channel="TELEPHONE",
             outcome="MESSAGE_LEFT"),
        *explored(),
        step("lead", "make_offer", thread="V1-O1", party="V1"),
        *chosen("FACE_TO_FACE", "OUTCOME_AGREEMENT"),
        *started("FACE_TO_FACE"),
        step("lead", "record_agreement", thread="V1-O1", intervention="I1", items=[
            {"party": "O1", "kind": "APOLOGY", "done": True},
            {"party": "O1", "kind": "MONEY", "due": "2026-04-30T12:00:00+01:00"},
            {"party": "O1", "kind": "CONTACT_ARRANGEMENT", "due": "2027-04-30T12:00:00+01:00"},
        ]),
        *completed(),
        step("lead", "record_own_side_work", party="V1", kind="SUPPORT_ONLY"),
        step("worker", "offer_feedback", party="V1", channel="TELEPHONE"),
        step("worker", "offer_feedback", party="O1", channel="TELEPHONE"),
        step("worker", "record_feedback", after=DAY, party="V1", answers=ANSWERS, overall=4),
        step("auditor", "raise_concern", concern="ADVERSE_EVENT"),
        step("auditor", "raise_concern", concern="COMPLAINT", party="V1"),
        step("auditor", "raise_concern", concern="COMPLAINT", party="V1"),
    ),
    stage="",
)  # fmt: skip
TIME = Path(
    "A victim asks for time before the meeting with a facilitator, agrees, and withdraws",
    (
        *referred(),
        step("worker", "record_interest", thread="V1-O1", party="V1", asked_by="V1"),
        step("worker", "record_need_for_time", party="V1"),
        met("V1-O1", "V1", after=14 * DAY),
        met("V1-O1", "O1", after=2 * DAY),
        explored()[-1],
        *chosen("SHUTTLE", risk="PROCEED_INDIRECT_ONLY"),
        step("lead", "plan_intervention", type="SHUTTLE", threads=["V1-O1"]),
        step("intake", "withdraw_consent", party="V1", cause="CIRCUMSTANCES_CHANGED"),
        ended("VICTIM_WITHDREW", told="TOLD_NOT_GOING_AHEAD"),
    ),
    stage="",
)  # fmt: skip
LATE = Path(
    "Nobody told the victim anything for a month, and somebody says why",
    referred(inform=False),
    stage="",
)


def told(story: Story, entries: Sequence[Entry] | None = None) -> Told:
    """Return what the numbers read of a story's case, or of these entries of it."""
    known = story.history if entries is None else entries
    found = of_entries(known, sources(story))
    assert found is not None
    return found


def sources(story: Story, at: datetime = LATER) -> Sources:
    """Return what numbers are counted with, the words of a story in the place of the vault's."""

    def documents(_stream: str, refs: object) -> dict[str, dict[str, object]]:
        return {ref.id: story.facts[ref.id] for ref in refs if story.facts.get(ref.id)}  # type: ignore[attr-defined]

    return Sources(at, documents=documents)


def counted_by_hand() -> list[Told]:
    """Return the cases that `test_by_hand` has the numbers of."""
    found = []
    for path in (MET, TIME):
        story = play(path)
        if path is MET:
            task = [*story.case.complaints][-1]
            story.do("trainer", "look_into_complaint", task=task)
            story.do("trainer", "answer_complaint", task=task, outcome="UPHELD", answer="Invented.")
        found.append(told(story))
    late = play(LATE)
    late.later(days=30)
    clock = next(one.id for one in late.case.clocks.values() if one.wait == "information")
    late.do("worker", "explain_missed_clock", clocks=[clock], cause="CAPACITY")
    found.append(told(late))
    found += [told(play(PATHS[name])) for name in ("letter", "on_the_street", "stand_in")]
    story, earlier = two()
    merged(story, earlier)
    found += [told(story, story.streams[one]) for one in (story.case_id, earlier)]
    return found


def staff() -> list[Told]:
    """Return the members of staff of a story, as they stand on its first day."""
    story = play(LATE)
    every = [
        of_entries(story.streams[one], sources(story, story.now)) for one in story.staff.values()
    ]
    return [one for one in every if one is not None]
