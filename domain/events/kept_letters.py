"""Letters that are kept: asking about them, and what is left on record for after a death."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.event import CaseEvent
from domain.events.letters import owner_of, recipient_of
from domain.ids import LetterId, PartyId
from domain.words import LetterOnDeath, LetterState

if TYPE_CHECKING:
    from domain.case import Case, When


class KeptLetterAskedAbout(CaseEvent):
    """Whoever a kept letter belongs to was asked whether it is to be kept. It changes nothing."""

    letter: LetterId
    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """What they wish, if anything, is recorded on its own."""
        case = case.in_touch(self.party, when.effective)
        return case.with_one("letters", self.letter, asked_at=when.effective)


class LetterWishOnDeathRecorded(CaseEvent):
    """Whoever a letter belongs to said what is to be done with it, should they die."""

    letter: LetterId
    party: PartyId
    wish: LetterOnDeath

    def apply(self, case: Case, when: When) -> Case:
        """It holds as long as the letter is theirs, and until they say otherwise."""
        case = case.in_touch(self.party, when.effective)
        if owner_of(case, self.letter) != self.party:
            return case
        return case.with_one("letters", self.letter, on_death=self.wish)


class LetterWishCarriedOut(CaseEvent):
    """A supervisor saw to it that what somebody had wished for their letter was done after they
    died."""

    letter: LetterId
    wish: LetterOnDeath

    def apply(self, case: Case, when: When) -> Case:
        """Given, it is its recipient's from now on."""
        state = {
            LetterOnDeath.GIVE: LetterState.DELIVERED,
            LetterOnDeath.HAND_BACK: LetterState.RETURNED,
            LetterOnDeath.DESTROY: LetterState.DESTROYED,
        }[self.wish]
        if self.wish is LetterOnDeath.GIVE:
            case = case.in_touch(recipient_of(case, self.letter), when.effective)
        return case.with_one("letters", self.letter, state=state, on_death=None)
