"""Asking people what they prefer: the harmed person's wishes come first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.errors import Nonsense
from domain.events import preferring as happened
from domain.ids import PartyId, ThreadId
from domain.texts import OwnedBy, TextRef
from domain.words import Act, Preference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Words = Annotated[TextRef, OwnedBy("party")]


class RecordPreferences(CaseCommand):
    """Record what a person prefers about form, place, time, order and company."""

    act: ClassVar[Act] = Act.FACILITATE

    thread: ThreadId
    party: PartyId
    matters: tuple[Preference, ...] = Field(default=(), description="none: all the same to them")
    words: Words | None = Field(default=None, description="what they wish")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return what they said. Raises `Nonsense` for a wish that is not told."""
        case.thread(self.thread).own_side(self.party)
        if self.matters and self.words is None:
            raise Nonsense("words: say what they wish")
        yield happened.PreferencesRecorded(
            thread=self.thread, party=self.party, matters=self.matters, words=self.words
        )
