"""Explaining to a victim why it does not go ahead, where the risk does not allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.errors import Nonsense
from domain.events import explaining as happened
from domain.ids import PartyId, ThreadId
from domain.texts import OwnedBy, TextRef
from domain.words import Act, Channel, RiskDecision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

Words = Annotated[TextRef, OwnedBy("party")]


class ExplainDecision(CaseCommand):
    """Record that it was explained to a victim that the risk does not allow it to go ahead, as far
    as may be told, and that support was offered."""

    act: ClassVar[Act] = Act.INFORM

    thread: ThreadId
    party: PartyId = Field(description="the victim of this pair")
    channel: Channel
    support: bool = Field(description="whether support was offered with it")
    words: Words | None = Field(default=None, description="what they were told, and what they said")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it was explained. Raises `Nonsense` if there is no such decision."""
        thread = case.thread(self.thread)
        risk = thread.current.risk
        if self.party != thread.victim:
            raise Nonsense(f"{self.party} is not the victim of the pair {self.thread}")
        if risk is None or risk.decision is not RiskDecision.DO_NOT_PROCEED:
            raise Nonsense(f"it was not decided for {self.thread} that it does not go ahead")
        yield happened.DecisionExplained(
            thread=self.thread,
            party=self.party,
            channel=self.channel,
            support=self.support,
            words=self.words,
        )
