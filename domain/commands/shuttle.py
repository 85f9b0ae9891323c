"""Shuttle: a message agreed with the one who says it, then carried to the other by mouth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.errors import Nonsense
from domain.events import shuttle as happened
from domain.ids import InterventionId, MessageId, PartyId, ThreadId
from domain.interventions import CATALOGUE
from domain.texts import OwnedBy, TextRef
from domain.words import Act, Channel, InterventionType, MessageState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Words = Annotated[TextRef, OwnedBy("party")]


class AgreeMessage(CaseCommand):
    """Read back to a person what may be said to the other, and record that they agreed."""

    act: ClassVar[Act] = Act.FACILITATE

    intervention: InterventionId
    thread: ThreadId
    party: PartyId = Field(description="who says it")
    note: Words = Field(description="what may be said; the facilitator's note, not a quotation")

    def fits(self, case: Case) -> bool:
        """Say whether the exchange is not over."""
        return not case.intervention(self.intervention).over

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the message."""
        intervention = case.intervention(self.intervention)
        if CATALOGUE[intervention.type].steps is not InterventionType.SHUTTLE:
            raise Nonsense(f"{self.intervention} is not a shuttle exchange")
        if self.thread not in intervention.threads:
            raise Nonsense(f"{self.intervention} is not between the people of {self.thread}")
        thread = case.thread(self.thread)
        if self.party not in (thread.victim, thread.offender):
            raise Nonsense(f"{self.party} is not one of the pair {self.thread}")
        return (
            happened.MessageAgreed(
                message=asking.number("M", "message"),
                intervention=self.intervention,
                thread=self.thread,
                sayer=self.party,
                note=self.note,
            ),
        )


class CarryMessage(CaseCommand):
    """Say an agreed message to the other person, and note how it was received."""

    act: ClassVar[Act] = Act.FACILITATE

    message: MessageId
    party: PartyId = Field(description="who hears it")
    channel: Channel
    reaction: Words | None = Field(default=None, description="how they received it")

    def fits(self, case: Case) -> bool:
        """Say whether it was agreed and is neither carried nor taken back."""
        return case.message(self.message).state is MessageState.AGREED

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it was carried."""
        message = case.message(self.message)
        if case.thread(message.thread).other(message.sayer) != self.party:
            raise Nonsense(f"{self.message} is not for {self.party}")
        return (
            happened.MessageCarried(
                message=self.message, channel=self.channel, reaction=self.reaction
            ),
        )


class TakeMessageBack(CaseCommand):
    """Record that the one who said it no longer wants it carried."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    message: MessageId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it was taken back."""
        case.message(self.message)
        return (happened.MessageTakenBack(message=self.message),)
