"""What each step of a case changed is told in full, and once: from, to, and what was only added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import cli.state
from audit.replay import known_and_true
from cli.state import changes
from cli.steps import steps
from domain.events.people import ContactAttempted
from domain.fold import fold
from domain.record import Draft
from domain.words import Channel, ContactOutcome
from tests.domain.situations import after
from tests.paths import PATHS
from tests.playing import play
from tests.steps import explored, referred

if TYPE_CHECKING:
    from domain.case import Case
    from tests.story import Story

CALL = ContactAttempted(party="V1", channel=Channel.TELEPHONE, outcome=ContactOutcome.NO_RESPONSE)


def facts(case: Case) -> dict[str, Any]:
    """All facts of a case: what is told of it where nothing was known."""
    return {name: now for name, _, now in changes(None, case)}


def call(story: Story) -> None:
    story.later(days=6)
    story.recorded(story.case_id, [Draft(CALL, story.now)])


@pytest.mark.parametrize("path", PATHS)
def test_from_and_to_are_what_was_known_before_and_after(path: str) -> None:
    history = play(PATHS[path]).history
    before: dict[str, Any] = {}
    for number, step in enumerate(steps(history), 1):
        known = facts(fold(history[:number]))
        told = {name: (old, new) for name, old, new in step.changes}
        grown = {n.removesuffix(" added"): new for n, (_, new) in told.items() if n not in known}
        for name in {*before, *known}:
            old, new = before.get(name), known.get(name)
            if name in grown and name not in told:
                assert new == [*old, *grown[name]]
            else:
                assert told.get(name, (old, old)) == (old, new)
        before = known


def test_of_what_only_grows_each_step_tells_what_was_added() -> None:
    story = after(*referred())
    for _ in range(3):
        call(story)
    *_, last = steps(story.history)
    ((name, old, (new,)),) = [one for one in last.changes if "attempts" in one[0]]
    assert (name, old) == ("V1 attempts added", None)
    assert "NO_RESPONSE" in new


def test_a_longer_history_is_told_in_as_many_more_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0
    told = cli.state._facts

    def counted(value: Any, path: tuple[str, ...]) -> Any:
        nonlocal looked
        looked += len(value) if isinstance(value, tuple) else 1
        return told(value, path)

    monkeypatch.setattr(cli.state, "_facts", counted)
    counts = []
    for calls in (40, 160):
        story = after(*referred())
        for _ in range(calls):
            call(story)
        looked = 0
        assert len([*steps(story.history)]) == len([*known_and_true(story.history)])
        counts.append((len(story.history), looked))
    (few, looks_few), (many, looks_many) = counts
    assert looks_many / looks_few < 1.2 * many / few


def test_what_was_found_of_a_risk_is_named_by_its_item_and_whom_it_is_about() -> None:
    asked = {"thread": "V1-O1", "item": "MOTIVE", "party": "O1", "finding": "Invented."}
    story = after(*referred(), *explored())
    story.do("lead", "record_risk_item", **asked, remains=True, review_on="2026-04-14T12:00:00Z")
    *_, last = steps(story.history)
    told = {name: new for name, _, new in last.changes}
    assert told["V1-O1 risk items MOTIVE O1 remains"] is True
    assert told["V1-O1 risk items MOTIVE O1 review on"] == "2026-04-14T12:00:00+00:00"
