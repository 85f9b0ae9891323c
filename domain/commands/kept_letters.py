"""Letters that are kept: asking about them, and what is left on record for after a death."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.errors import Nonsense
from domain.events import kept_letters as happened
from domain.events.letters import WITH_AUTHOR, owner_of
from domain.ids import LetterId, PartyId
from domain.words import Act, LetterOnDeath, LetterState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

GONE = frozenset({LetterState.RETURNED, LetterState.DESTROYED})


class _OfKept(CaseCommand, abstract=True):
    letter: LetterId

    def fits(self, case: Case) -> bool:
        """Say whether it was neither handed back nor destroyed."""
        return case.letter(self.letter).state not in GONE


class _WithOwner(_OfKept, abstract=True):
    party: PartyId = Field(description="whom it belongs to: author, or recipient once delivered")

    def check(self, case: Case) -> None:
        """Raise `Nonsense` unless the letter is theirs."""
        if owner_of(case, self.letter) != self.party:
            raise Nonsense(f"{self.letter} does not belong to {self.party}")


class AskAboutKeptLetter(_WithOwner):
    """Record that whoever a kept letter belongs to was asked what they want with it: it stays where
    it is until they say."""

    act: ClassVar[Act] = Act.INFORM

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they were asked."""
        self.check(case)
        return (happened.KeptLetterAskedAbout(letter=self.letter, party=self.party),)


class RecordLetterWishOnDeath(_WithOwner):
    """Record what whoever a letter belongs to wishes to be done with it, should they die."""

    act: ClassVar[Act] = Act.FACILITATE

    wish: LetterOnDeath

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return their wish."""
        self.check(case)
        delivered = case.letter(self.letter).state not in WITH_AUTHOR
        if delivered and self.wish is LetterOnDeath.GIVE:
            raise Nonsense("a letter that was delivered is not given again")
        return (
            happened.LetterWishOnDeathRecorded(
                letter=self.letter, party=self.party, wish=self.wish
            ),
        )


class CarryOutLetterWishOnDeath(_OfKept):
    """Do with the letter of somebody who died what they had wished; a supervisor sees to it."""

    act: ClassVar[Act] = Act.SUPERVISE

    asked_for: bool = Field(
        default=False, description="to give it: the other person wishes to have it now"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it was done."""
        wish = case.letter(self.letter).on_death
        if wish is None:
            raise Nonsense(f"nothing was wished for {self.letter}, should its owner die")
        return (happened.LetterWishCarriedOut(letter=self.letter, wish=wish),)
