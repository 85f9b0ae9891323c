"""A history walked entry by entry says what the fold says, in as many steps as it has entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING

import pytest

import domain.walking
from domain.applying import apply_to_case
from domain.errors import Nonsense
from domain.events.disclosing import InformationDisclosed
from domain.events.interventions import InterventionPostponed
from domain.events.proposing import ProposalDeclined
from domain.events.protection import EntryMarkedInError
from domain.fold import fold
from domain.record import Draft
from domain.walking import Walk
from tests.domain.lives import (
    CASE_COMMANDS,
    HALF,
    OFTEN,
    SAYING_NO,
    SELDOM,
    SPANS,
    ask,
    some_command,
)
from tests.domain.situations import after, ready
from tests.golden.examples import example
from tests.steps import explored, referred

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case
    from domain.event import Event
    from domain.record import Entry
    from tests.story import Story

SECOND = timedelta(seconds=1)
STRANGERS = count()
MARK = "mark_entered_in_error"
TELEPHONE = {"party": "V1", "channel": "TELEPHONE"}


def a_life(seed: int, commands: int = 60) -> list[Entry]:
    """A case in which much is recorded late, refused contact among it, and slips are marked."""
    rng = Random(seed)  # noqa: S311 - it need not be secret
    story = after(*referred(), *explored())
    for _ in range(commands):
        names = [*CASE_COMMANDS, *SAYING_NO, *["give_information"] * 6]
        late = rng.random() < HALF
        who, name, given = some_command(rng, story, names, late=late)
        ask(story, who, name, given)
        if rng.random() < OFTEN:
            slip = story.history[-rng.randint(1, 4)]
            ask(story, slip.envelope.actor.id, MARK, {"entry": slip.version})
        story.later(seconds=rng.choice(SPANS[:5]).total_seconds())
    return story.history


@pytest.fixture(scope="module", params=range(8))
def life(request: pytest.FixtureRequest) -> list[Entry]:
    return a_life(request.param)


def test_lives_have_what_makes_it_hard() -> None:
    lives = [a_life(seed) for seed in range(8)]
    names = {entry.name for entries in lives for entry in entries}
    assert "entry_marked_in_error" in names
    late = [e for entries in lives for e in entries if e.effective_at < e.recorded_at]
    assert len(late) > 40
    assert any(e.event.stands_from_recording for e in late)


def test_after_each_entry_it_is_what_the_fold_makes_of_all_so_far(life: list[Entry]) -> None:
    walk = Walk()
    for number, entry in enumerate(life, 1):
        assert plain(walk.take(entry)) == afresh(life[:number])


def test_as_at_any_moment_it_is_what_the_fold_makes_of_all_so_far(life: list[Entry]) -> None:
    walk = Walk()
    moments = sorted({e.effective_at for e in life} | {e.recorded_at for e in life})
    for number, entry in enumerate(life, 1):
        walk.take(entry)
        for moment in [entry.effective_at, entry.recorded_at, *moments[:: len(life) // 3]]:
            for at in (moment - SECOND, moment):
                assert plain(walk.true_at(at)) == afresh(life[:number], at)


def test_all_at_once_is_the_same_as_one_by_one(life: list[Entry]) -> None:
    walk = Walk(life)
    for entry in life:
        assert plain(walk.true_at(entry.effective_at)) == afresh(life, entry.effective_at)


def brought_along(entries: list[Entry], again: int) -> list[Entry]:
    """The same, brought along but for a few in the middle that somebody recorded here."""
    number = range(again, again + 3)
    return strangers([
        one._replace(recorded=one.envelope.model_copy(update={"origin": "import"}))
        if one.version not in number else one
        for one in entries
    ])  # fmt: skip


def test_so_it_is_with_histories_that_were_brought_along_and_worked_on(life: list[Entry]) -> None:
    for again in (len(life) // 4, len(life) // 2, len(life) + 1):
        walk, entries = Walk(), brought_along(life, again)
        for number, entry in enumerate(entries, 1):
            assert plain(walk.take(entry)) == afresh(entries[:number])
            for moment in (entry.effective_at, entry.recorded_at):
                assert plain(walk.true_at(moment)) == afresh(entries[:number], moment)


def twisted(entries: list[Entry], seed: int) -> list[Entry]:
    """A history as no command would record it, and as a later release might: marks on any entry,
    marks on marks and on what comes later, protective acts told before they take effect, and such
    that name what is not there."""
    rng = Random(seed)  # noqa: S311 - it need not be secret
    twists = []
    for entry in entries:
        plain = entry.name == "information_given" or entry.event.stands_from_recording
        event, at = entry.event, entry.effective_at
        if plain and rng.random() < OFTEN:
            target = rng.choice([e for e in entries if not e.event.founding][5:])
            event = EntryMarkedInError(entry=target.version)
        elif plain and rng.random() < SELDOM:
            event = ProposalDeclined(proposal="P9", party="V1")
        if event.stands_from_recording:
            at += timedelta(hours=rng.choice([-90, 0, 30]))
        envelope = entry.envelope.model_copy(update={"effective_at": at})
        twists.append(entry._replace(event=event, recorded=envelope))
    return strangers(twists)


def test_so_it_is_however_histories_are_twisted(life: list[Entry]) -> None:
    compared = 0
    for seed in range(6):
        entries = twisted(life, seed)
        walk = Walk()
        for number, entry in enumerate(entries, 1):
            at = entries[number // 2].effective_at
            try:
                known, true = afresh(entries[:number]), afresh(entries[:number], at)
                assert plain(walk.take(entry)) == known
            except Nonsense:
                # No release could read it.
                break
            assert plain(walk.true_at(at)) == true
            compared += 1
    assert compared > 50


def plain(case: Case) -> Case:
    return replace(case, head="")


def afresh(entries: list[Entry], true_at: datetime | None = None) -> Case:
    """Return the fold of these entries without any memory of a shorter history."""
    return plain(fold(strangers(entries), true_at=true_at))


def strangers(entries: list[Entry]) -> list[Entry]:
    """Return the same entries with hashes that nothing was remembered by."""
    number = next(STRANGERS)
    return [entry._replace(hash=f"stranger {number}-{entry.version}") for entry in entries]


def told_by(story: Story, event: Event, at: datetime) -> None:
    """Record that something took effect at a moment, whatever the rules say of it."""
    story.recorded(story.case_id, [Draft(event, at)])


def test_what_stops_a_meeting_before_it_was_planned_stops_nothing_as_at_then() -> None:
    story = ready()
    before = story.now
    story.later(days=1)
    story.do("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"])
    (meeting,) = story.case.interventions
    story.later(days=1)
    told_by(story, InterventionPostponed(intervention=meeting), before)
    as_the_fold_has_it(story.history)


def test_a_protective_act_about_somebody_who_is_not_there_counts_for_nothing_as_at_a_moment() -> (
    None
):
    story = after(*referred())
    story.do("lead", "raise_concern", concern="SAFEGUARDING", party="O1", account="So.")
    (concern,) = story.case.to_pass_on
    disclosed = example(InformationDisclosed)
    about_nobody = disclosed.model_copy(update={"party": "V9", "concerns": (concern,)})
    story.later(days=1)
    told_by(story, about_nobody, story.now)
    story.later(days=1)
    story.do("worker", "give_information", **TELEPHONE)
    assert story.case.to_pass_on == {}
    as_the_fold_has_it(story.history)


def as_the_fold_has_it(entries: list[Entry]) -> None:
    walk = Walk(entries)
    for moment in sorted({e.effective_at for e in entries} | {e.recorded_at for e in entries}):
        assert plain(walk.true_at(moment)) == afresh(entries, moment)


def test_nothing_is_an_empty_case() -> None:
    assert Walk().true_at(after(*referred()).now) == fold([])


class Steps:
    """Counts how often an entry is applied."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        monkeypatch.setattr(domain.walking, "apply_to_case", self._apply)

    def _apply(self, case: Case, entry: Entry) -> Case:
        self.count += 1
        return apply_to_case(case, entry)


def a_long_story(entries: int) -> Story:
    """So many entries, one in ten recorded a week after it happened, and the last of the first."""
    story = after(*referred())
    first = story.now
    for number in range(entries):
        story.later(hours=5)
        at = story.now - timedelta(days=7 if number % 10 == 0 else 0)
        story.do("worker", "give_information", **TELEPHONE, effective_at=at.isoformat())
    story.do("worker", "give_information", **TELEPHONE, effective_at=first.isoformat())
    return story


def test_four_times_as_many_entries_take_four_times_as_many_steps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken = []
    for entries in (60, 240):
        history = a_long_story(entries).history
        steps = Steps(monkeypatch)
        walk = Walk()
        for entry in history:
            walk.take(entry)
        for entry in history:
            walk.true_at(entry.effective_at)
        taken.append((len(history), steps.count))
    (few, steps_few), (many, steps_many) = taken
    assert steps_many / steps_few < 1.3 * many / few
    assert steps_many < 10 * many
