"""Whether a person can understand what they would agree to: doubted, and decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from domain.event import CaseEvent
from domain.ids import PartyId, ThreadId
from domain.stale import after
from domain.texts import TextRef
from domain.words import Change, Understanding

if TYPE_CHECKING:
    from domain.case import Case, When


class UnderstandingDoubted(CaseEvent):
    """Somebody doubts whether a person understands what they would agree to."""

    closes: ClassVar[bool] = True

    party: PartyId
    threads: tuple[ThreadId, ...] = ()
    account: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """No consent of theirs counts until somebody decided, and asked them again."""
        case = case.with_party(
            self.party, understanding=Understanding.DOUBTED, understanding_at=when.effective
        )
        return after(case, Change.UNDERSTANDING, self.threads, when.effective, party=self.party)


class UnderstandingDecided(CaseEvent):
    """It was decided, on a date and with reasons, whether a person understands, and with what help.

    It is asked for this choice and on this day (Mental Capacity Act 2005 s.2-3): a later one may
    be decided otherwise.
    """

    party: PartyId
    understanding: Understanding
    threads: tuple[ThreadId, ...] = ()
    """The pairs in which everything is to be gone through again, with that help."""
    reasons: TextRef

    @property
    def stands_from_recording(self) -> bool:
        """That they cannot understand does."""
        return self.understanding is Understanding.NOT_ABLE

    def apply(self, case: Case, when: When) -> Case:
        """With help means that what was explained without it is explained again."""
        case = case.with_party(
            self.party, understanding=self.understanding, understanding_at=when.effective
        )
        if self.understanding is Understanding.WITH_HELP:
            for thread in self.threads:
                case = case.with_side(thread, self.party, explained=frozenset(), understood=False)
        return case
