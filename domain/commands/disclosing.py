"""Passing on what must not stay confidential: safeguarding, danger, serious crime, the law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.errors import Nonsense
from domain.events import disclosing as happened
from domain.ids import PartyId, TaskId
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act, Ground, Passed, Recipient

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Note = Annotated[TextRef, OwnedBy(CASE)]


class RecordDisclosure(CaseCommand):
    """Record what was passed on without agreement, to whom and on what ground.

    What a person agreed to is no such thing: refer them onward.
    """

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId | None = Field(default=None, description="whom it is about, if one person")
    recipient: Recipient
    ground: Ground
    items: tuple[Passed, ...] = Field(min_length=1, description="what was passed on, by kind")
    concern: TaskId | None = Field(
        default=None, description="which concern it answers; those about the person if left out"
    )
    account: Note | None = None

    def disclosed_to(self) -> tuple[str, ...]:
        """Return to whom it was."""
        return (self.recipient,)

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return what was passed on, and the concerns that it answers."""
        if self.party is not None:
            case.party(self.party)
        yield happened.InformationDisclosed(
            party=self.party,
            recipient=self.recipient,
            ground=self.ground,
            items=self.items,
            concerns=self._answers(case),
            account=self.account,
        )

    def _answers(self, case: Case) -> tuple[str, ...]:
        if self.concern is None:
            about = self.party or case.id
            return tuple(one.id for one in case.to_pass_on.values() if one.subject == about)
        if self.concern not in case.to_pass_on:
            raise Nonsense(f"no concern {self.concern} waits to be passed on")
        return (self.concern,)


class DecideNotToPassOn(CaseCommand):
    """Decide that a concern of safeguarding or danger is passed on to nobody, and say why."""

    act: ClassVar[Act] = Act.SUPERVISE
    assessment: ClassVar[bool] = True

    concern: TaskId
    reasons: Note

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the decision."""
        if self.concern not in asking.now.to_pass_on:
            raise Nonsense(f"no concern {self.concern} waits to be passed on")
        return (happened.NotPassedOn(concern=self.concern, reasons=self.reasons),)
