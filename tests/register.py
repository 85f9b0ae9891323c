"""Entries of the data-protection register in a story, and rules that speak against one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from domain.answering import waits_of
from domain.decide import tick
from domain.fold import fold_dossier
from domain.ids import reference
from tests.story import LIMITS, RefusedInStory, Story

if TYPE_CHECKING:
    from domain.dossier import Dossier
    from domain.record import Entry
    from domain.rule import Rule


@dataclass
class Kept:
    """One entry of the register."""

    story: Story
    stream: str

    @property
    def dossier(self) -> Dossier:
        """The entry as it stands."""
        return fold_dossier(self.story.streams[self.stream])

    @property
    def events(self) -> list[str]:
        """The names of what happened."""
        return [entry.name for entry in self.story.streams[self.stream]]

    def do(self, name: str, who: str = "officer", **given: Any) -> list[Entry]:
        """Ask for a command about it."""
        return self.story.ask(self.stream, who, name, **given)

    def due(self) -> dict[str, str]:
        """What it waits for, by name, and when that falls due."""
        return {
            w.name: w.due.isoformat() for w in waits_of(self.dossier, LIMITS) if w.due is not None
        }

    def later(self, **span: float) -> None:
        """Let time pass, and its clock tick once at the end."""
        self.story.later(**span)
        drafts = tick(self.story.streams[self.stream], self.story.now, LIMITS)
        if drafts:
            self.story.recorded(self.stream, drafts)


def opened(name: str, story: Story | None = None, who: str = "worker", **given: Any) -> Kept:
    """Return an entry that this command opened."""
    story = story or Story()
    command_id = f"register-{story.count:04d}"
    stream = reference("DP", command_id)
    story.ask(stream, who, name, command_id=command_id, **given)
    return Kept(story, stream)


def asked(right: str = "ACCESS", story: Story | None = None, **given: Any) -> Kept:
    """Return a request of somebody who is identified."""
    kept = opened("record_rights_request", story, right=right, account="Invented.", **given)
    kept.do("identify_requester", how="DOCUMENT_SEEN")
    return kept


def breaks(kept: Kept, rule: Rule, name: str, **given: Any) -> None:
    """See that this rule speaks against it."""
    before = len(kept.events)
    with pytest.raises(RefusedInStory) as refused:
        kept.do(name, **given)
    assert rule.__name__ in refused.value.codes
    assert len(kept.events) == before


def keeps(kept: Kept, rule: Rule, name: str, **given: Any) -> None:
    """See that nothing speaks against it."""
    assert rule.__doc__
    assert kept.do(name, **given)
