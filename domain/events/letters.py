"""Letters in custody: nothing is sent that nobody asked for, and none is lost track of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from domain.event import CaseEvent
from domain.exchange import Letter
from domain.ids import LetterId, PartyId, ThreadId
from domain.texts import TextRef
from domain.words import LetterState, LetterWish

if TYPE_CHECKING:
    from domain.case import Case, When


WITH_AUTHOR = frozenset({LetterState.DRAFTED, LetterState.BACK_WITH_AUTHOR, LetterState.HELD})
"""While a letter belongs to its author."""


class LetterDrafted(CaseEvent):
    """Somebody wrote a letter to the other person, or changed it."""

    letter: LetterId
    thread: ThreadId
    author: PartyId
    words: TextRef
    reply_to: LetterId | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It is its author's. Each new version is read again."""
        earlier = case.letters.get(self.letter)
        letter = Letter(
            self.letter,
            self.thread,
            self.author,
            LetterState.DRAFTED,
            self.words,
            case.thread(self.thread).current.number,
            reply_to=self.reply_to or (earlier.reply_to if earlier else None),
            on_death=earlier.on_death if earlier else None,
        )
        return case.changed(letters={**case.letters, self.letter: letter})


class LetterApproved(CaseEvent):
    """A facilitator reviewed the letter, and its author stands by it; it is held."""

    letter: LetterId

    def apply(self, case: Case, when: When) -> Case:
        """It waits until the other person wishes to have it."""
        return _moved(
            case,
            self.letter,
            state=LetterState.HELD,
            reviewed=True,
            author_stands_by_it=True,
            episode=_episode(case, self.letter),
        )


class LetterSentBack(CaseEvent):
    """The facilitator gave the letter back to its author for changes."""

    letter: LetterId
    note: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """The facilitator never rewrites."""
        return _moved(
            case,
            self.letter,
            state=LetterState.BACK_WITH_AUTHOR,
            reviewed=False,
            author_stands_by_it=False,
        )


class LetterAskedFor(CaseEvent):
    """The other person, who had agreed to hear of letters, wishes to have this one."""

    letter: LetterId

    def apply(self, case: Case, when: When) -> Case:
        """Their present wish; it can be taken back until it is in their hands."""
        recipient = recipient_of(case, self.letter)
        return _moved(
            case.in_touch(recipient, when.effective),
            self.letter,
            wanted=True,
            asked_for_at=when.effective,
            episode=_episode(case, self.letter),
        )


class LetterNotWanted(CaseEvent):
    """The other person does not wish to have it, or not now. It stays held."""

    closes: ClassVar[bool] = True

    letter: LetterId

    def apply(self, case: Case, when: When) -> Case:
        """Nobody asks again unless they want to be asked."""
        return _moved(case, self.letter, wanted=False)


class LetterTakenBack(CaseEvent):
    """Its author no longer stands by the letter. It goes nowhere."""

    closes: ClassVar[bool] = True

    letter: LetterId

    def apply(self, case: Case, when: When) -> Case:
        """What becomes of it is the author's wish while it is theirs; once it is the recipient's,
        the wish is passed on and not enforced."""
        state = case.letter(self.letter).state
        if state not in WITH_AUTHOR:
            return case.with_task("AUTHORS_WISH", self.letter, when)
        kept = state is not LetterState.BACK_WITH_AUTHOR
        return _moved(
            case,
            self.letter,
            state=LetterState.DRAFTED if kept else state,
            author_stands_by_it=False,
            reviewed=False,
        )


class LetterDelivered(CaseEvent):
    """A facilitator gave the letter into the person's hands and read it with them."""

    letter: LetterId

    def apply(self, case: Case, when: When) -> Case:
        """It belongs to its recipient now."""
        case = case.in_touch(recipient_of(case, self.letter), when.effective)
        return _moved(
            case,
            self.letter,
            state=LetterState.DELIVERED,
            episode=_episode(case, self.letter),
            on_death=None,
        )


class LetterWishRecorded(CaseEvent):
    """What the one it belongs to wants done with the letter, and that it was done."""

    letter: LetterId
    wish: LetterWish

    def apply(self, case: Case, when: When) -> Case:
        """A letter held for somebody is held without an end set by the service."""
        state = {
            LetterWish.KEEP: LetterState.DELIVERED,
            LetterWish.HOLD_FOR_ME: LetterState.HELD_FOR_RECIPIENT,
            LetterWish.HAND_BACK: LetterState.RETURNED,
            LetterWish.DESTROY: LetterState.DESTROYED,
        }[self.wish]
        return case.with_one("letters", self.letter, state=state)


def owner_of(case: Case, letter: str) -> str:
    """Return whom a letter belongs to: its author until it is delivered, then its recipient."""
    found = case.letter(letter)
    return found.author if found.state in WITH_AUTHOR else recipient_of(case, letter)


def recipient_of(case: Case, letter: str) -> str:
    """Return whom a letter is for."""
    found = case.letter(letter)
    return case.thread(found.thread).other(found.author)


def _moved(case: Case, letter: str, **changes: Any) -> Case:
    """A letter that is its author's no longer is not moved by what its author does."""
    if case.letter(letter).state not in WITH_AUTHOR:
        return case
    return case.with_one("letters", letter, **changes)


def _episode(case: Case, letter: str) -> int:
    return case.thread(case.letter(letter).thread).current.number
