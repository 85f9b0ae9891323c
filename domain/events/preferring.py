"""What people prefer about form, place, time, order and company."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.event import CaseEvent
from domain.ids import PartyId, ThreadId
from domain.texts import TextRef
from domain.words import Preference

if TYPE_CHECKING:
    from domain.case import Case, When


class PreferencesRecorded(CaseEvent):
    """A person was asked what they prefer, and said so; the words are in the vault."""

    thread: ThreadId
    party: PartyId
    matters: tuple[Preference, ...] = ()
    """What they have a wish about; none: it is all the same to them."""
    words: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """The latest that they said counts; where wishes differ, the harmed person's prevails."""
        case = case.with_side(
            self.thread, self.party, preferred_at=when.effective, prefers=frozenset(self.matters)
        )
        return case.in_touch(self.party, when.effective)
