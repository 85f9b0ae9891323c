"""Shuttle: messages by word of mouth, each agreed with the one who says it and carried once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from domain.event import CaseEvent
from domain.exchange import ShuttleMessage
from domain.ids import InterventionId, MessageId, PartyId, ThreadId
from domain.texts import TextRef
from domain.words import Channel, MessageState

if TYPE_CHECKING:
    from domain.case import Case, When


class MessageAgreed(CaseEvent):
    """What may be said was read back to, and agreed by, the one who says it."""

    message: MessageId
    intervention: InterventionId
    thread: ThreadId
    sayer: PartyId
    note: TextRef
    """The facilitator's note of what may be said; not a quotation."""

    def apply(self, case: Case, when: When) -> Case:
        """It may be carried while both still want it."""
        message = ShuttleMessage(
            self.message,
            self.intervention,
            self.thread,
            self.sayer,
            MessageState.AGREED,
            self.note,
        )
        return case.changed(messages={**case.messages, self.message: message})


class MessageCarried(CaseEvent):
    """A facilitator said it to the other person, and noted how it was received."""

    message: MessageId
    channel: Channel
    reaction: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """Each leg is carried once."""
        carried = case.message(self.message)
        hearer = case.thread(carried.thread).other(carried.sayer)
        case = case.in_touch(hearer, when.effective)
        return case.with_one("messages", self.message, state=MessageState.CARRIED)


class MessageTakenBack(CaseEvent):
    """The one who said it no longer wants it carried."""

    closes: ClassVar[bool] = True

    message: MessageId

    def apply(self, case: Case, when: When) -> Case:
        """It is not carried, if it was not by then."""
        if case.message(self.message).state is MessageState.CARRIED:
            return case
        return case.with_one("messages", self.message, state=MessageState.TAKEN_BACK)
