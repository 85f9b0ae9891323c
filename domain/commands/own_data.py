"""Telling people of their data, putting right what is wrong, and telling who was given it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.calendar import Moment
from domain.errors import Nonsense
from domain.events import own_data as happened
from domain.ids import NoticeId, PartyId
from domain.ledger import to_tell
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act, Channel, Passed, PrivacyForm, ToldOfCorrection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent


class GivePrivacyInformation(CaseCommand):
    """Record that a person was told what is kept of them, why, and what they can ask for."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    channel: Channel
    edition: str = Field(
        pattern=happened.EDITION, description="which edition of it, as a code: 2026.1"
    )
    form: PrivacyForm = Field(default=PrivacyForm.IN_WRITING, description="in writing if left out")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they were told."""
        case.party(self.party)
        yield happened.PrivacyInformationGiven(
            party=self.party, edition=self.edition, form=self.form, channel=self.channel
        )


class CorrectFact(CaseCommand):
    """Record that what is kept about a person is wrong or incomplete, and what is so; everybody who
    was given it becomes a task. An opinion is marked as whose it is, and not corrected."""

    act: ClassVar[Act] = Act.DECIDE_HANDLING

    party: PartyId = Field(description="whom it is about")
    items: tuple[Passed, ...] = Field(min_length=1, description="which kinds of fact")
    wrong_since: Moment | None = Field(
        default=None, description="when it became wrong, if it was right before"
    )
    account: Annotated[TextRef, OwnedBy("party")] = Field(
        description="what was wrong, and what is so"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the correction."""
        case.party(self.party)
        yield happened.FactCorrected(
            party=self.party, items=self.items, wrong_since=self.wrong_since, account=self.account
        )


class RecordRecipientTold(CaseCommand):
    """Record that somebody was told that what they were given was wrong, or is erased or not used,
    or why that cannot be done."""

    act: ClassVar[Act] = Act.INFORM

    notice: NoticeId = Field(description="who, as rj waiting names it")
    outcome: ToldOfCorrection = ToldOfCorrection.TOLD_CORRECTED
    account: Annotated[TextRef, OwnedBy(CASE)] | None = Field(
        default=None, description="what they were told; needed if they cannot be told"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they know. Raises `Nonsense` if they cannot be told and nothing says why."""
        to_tell(asking.now, self.notice)
        if self.outcome is ToldOfCorrection.CANNOT_BE_TOLD and self.account is None:
            raise Nonsense("account: say why they cannot be told")
        yield happened.RecipientTold(notice=self.notice, outcome=self.outcome, account=self.account)
