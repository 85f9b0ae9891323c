"""What people are told of their data, and what of it was wrong and put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import AwareDatetime, Field

from domain.event import CaseEvent
from domain.ids import NoticeId, PartyId
from domain.ledger import recipients_to_tell, with_ledger
from domain.party import Privacy
from domain.texts import TextRef
from domain.words import Channel, Passed, PrivacyForm, Right, ToldOfCorrection

if TYPE_CHECKING:
    from domain.case import Case, When

EDITION = r"^[A-Z0-9][A-Z0-9_.-]{0,39}$"


class PrivacyInformationGiven(CaseEvent):
    """A person was told what is kept of them, why, for how long, and what they can ask for."""

    party: PartyId
    edition: str = Field(pattern=EDITION)
    form: PrivacyForm
    channel: Channel

    def apply(self, case: Case, when: When) -> Case:
        """It is known which edition they had last."""
        given = Privacy(self.edition, self.form, when.effective)
        case = case.with_party(self.party, privacy=given)
        return case.in_touch(self.party, when.effective, heard=False)


class FactCorrected(CaseEvent):
    """What was kept about a person was wrong or incomplete, and is put right or added to."""

    carries_out: ClassVar[frozenset[Right]] = frozenset({Right.RECTIFICATION})

    party: PartyId
    items: tuple[Passed, ...] = Field(min_length=1)
    """Which kinds of fact."""
    wrong_since: AwareDatetime | None = None
    account: TextRef
    """What was wrong, and what is so."""

    def apply(self, case: Case, when: When) -> Case:
        """Everybody who was given it is to be told."""
        return recipients_to_tell(case, self.party, self.items, self.wrong_since, when)


class RecipientTold(CaseEvent):
    """Somebody was told that what they were given was wrong, or is erased or not used; or it is on
    record why not."""

    notice: NoticeId
    outcome: ToldOfCorrection
    account: TextRef | None = None

    def apply(self, case: Case, when: When) -> Case:
        """It waits no more."""
        rest = {name: one for name, one in case.ledger.to_tell.items() if name != self.notice}
        return with_ledger(case, to_tell=rest)
