"""Letters from either side: drafted, reviewed, held, and given only to somebody who wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.errors import Nonsense
from domain.events import letters as happened
from domain.ids import LetterId, PartyId, ThreadId
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act, LetterState, LetterWish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent
    from domain.exchange import Letter

Words = Annotated[TextRef, OwnedBy("party")]
Note = Annotated[TextRef, OwnedBy(CASE)]
State = LetterState
STILL_WRITTEN = frozenset({State.DRAFTED, State.BACK_WITH_AUTHOR})


class DraftLetter(CaseCommand):
    """Take a letter into custody, or a new version of one that is back with its author."""

    act: ClassVar[Act] = Act.FACILITATE

    thread: ThreadId
    party: PartyId = Field(description="the author")
    words: Words = Field(description="the letter")
    letter: LetterId | None = Field(default=None, description="the one it replaces, if any")
    reply_to: LetterId | None = Field(default=None, description="the one it answers, if any")

    def fits(self, case: Case) -> bool:
        """Say whether the letter that it replaces is with its author."""
        return self.letter is None or case.letter(self.letter).state in STILL_WRITTEN

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the letter."""
        thread = case.thread(self.thread)
        if self.party not in (thread.victim, thread.offender):
            raise Nonsense(f"{self.party} is not one of the pair {self.thread}")
        if self.letter is not None:
            earlier = case.letter(self.letter)
            if (earlier.author, earlier.thread) != (self.party, self.thread):
                raise Nonsense(f"{self.letter} is not a letter of {self.party}")
        if self.reply_to is not None:
            answered = case.letter(self.reply_to)
            if answered.author == self.party or answered.thread != self.thread:
                raise Nonsense(f"{self.reply_to} is not a letter to {self.party} in {self.thread}")
            if answered.state in happened.WITH_AUTHOR:
                raise Nonsense(f"{self.reply_to} has not been delivered: nobody answers it")
        return (
            happened.LetterDrafted(
                letter=self.letter or asking.number("L", "letter"),
                thread=self.thread,
                author=self.party,
                words=self.words,
                reply_to=self.reply_to,
            ),
        )


class _OfOne(CaseCommand, abstract=True):
    act: ClassVar[Act] = Act.FACILITATE
    possible: ClassVar[frozenset[State]]

    letter: LetterId

    def fits(self, case: Case) -> bool:
        """Say whether it is in a state in which this makes sense."""
        return case.letter(self.letter).state in self.possible

    def found(self, case: Case) -> Letter:
        """Return the letter. Raises `Nonsense` if it is not there."""
        return case.letter(self.letter)


class ApproveLetter(_OfOne):
    """Record that a letter was reviewed and its author stands by it, or does so again."""

    possible: ClassVar[frozenset[State]] = frozenset({State.DRAFTED, State.HELD})

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it is held."""
        self.found(case)
        return (happened.LetterApproved(letter=self.letter),)


class SendLetterBack(_OfOne):
    """Give a letter back to its author for changes."""

    possible: ClassVar[frozenset[State]] = frozenset({State.DRAFTED, State.HELD})

    note: Note | None = None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it went back."""
        self.found(case)
        return (happened.LetterSentBack(letter=self.letter, note=self.note),)


class RecordLetterAskedFor(_OfOne):
    """Record that the other person, who agreed to hear of letters, wishes to have this one."""

    possible: ClassVar[frozenset[State]] = frozenset({State.HELD})

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the wish."""
        self.found(case)
        return (happened.LetterAskedFor(letter=self.letter),)


class RecordLetterNotWanted(_OfOne):
    """Record that the other person does not wish to have the letter, or not now."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True
    possible: ClassVar[frozenset[State]] = frozenset(State)

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the wish."""
        self.found(case)
        return (happened.LetterNotWanted(letter=self.letter),)


class TakeLetterBack(_OfOne):
    """Record that the author no longer stands by the letter."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True
    possible: ClassVar[frozenset[State]] = frozenset(State)

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it was taken back."""
        self.found(case)
        return (happened.LetterTakenBack(letter=self.letter),)


class DeliverLetter(_OfOne):
    """Give the letter into the person's hands, and read it with them."""

    possible: ClassVar[frozenset[State]] = frozenset({State.HELD})

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they have it."""
        self.found(case)
        return (happened.LetterDelivered(letter=self.letter),)


class CarryOutLetterWish(_OfOne):
    """Do with a letter what the person it belongs to wishes, and record it."""

    possible: ClassVar[frozenset[State]] = frozenset(
        {State.DELIVERED, State.HELD_FOR_RECIPIENT, State.BACK_WITH_AUTHOR, State.DRAFTED}
    )

    wish: LetterWish

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return what was done with it."""
        letter = self.found(case)
        with_author = letter.state in (State.BACK_WITH_AUTHOR, State.DRAFTED)
        if with_author and self.wish not in (LetterWish.HAND_BACK, LetterWish.DESTROY):
            raise Nonsense("a letter still with its author is handed back or destroyed")
        return (happened.LetterWishRecorded(letter=self.letter, wish=self.wish),)
