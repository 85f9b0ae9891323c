"""Support offered to each person, and referrals to partner services by their wish."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from domain.changing import with_changes
from domain.event import CaseEvent
from domain.events.people import SPOKEN_WITH
from domain.ids import OnwardId, PartyId
from domain.onward import Onward, OnwardWish
from domain.texts import TextRef
from domain.words import Channel, OnwardResult, OnwardState, PanelPart, PartnerService, Passed

if TYPE_CHECKING:
    from domain.case import Case, When

GOING_ON = frozenset({OnwardState.ASKED, OnwardState.ACCEPTED})


class SupportOffered(CaseEvent):
    """A person was told what support there is, whether they take part in anything or not."""

    party: PartyId
    channel: Channel
    services: tuple[PartnerService, ...] = ()

    def apply(self, case: Case, when: When) -> Case:
        """It is offered; whether it is taken up is theirs to say, at any time."""
        case = case.with_party(self.party, support_offered_at=when.effective)
        return case.in_touch(self.party, when.effective, heard=self.channel in SPOKEN_WITH)


class SupportDeclined(CaseEvent):
    """A person wants no support from the service or its partners."""

    closes: ClassVar[bool] = True

    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """They are not asked again, unless they ask."""
        return case.with_party(self.party, support_declined_at=when.recorded)


class OnwardWished(CaseEvent):
    """A person wishes a partner service to hear of them, and what of them."""

    party: PartyId
    service: PartnerService
    items: tuple[Passed, ...]
    panel: tuple[PanelPart, ...] = ()

    def apply(self, case: Case, when: When) -> Case:
        """It stands until they change it or take it back."""
        wish = OnwardWish(frozenset(self.items), when.effective, frozenset(self.panel))
        wishes = {**case.party(self.party).onward_wishes, self.service: wish}
        declined = case.party(self.party).onward_declined - {self.service}
        return case.with_party(self.party, onward_wishes=wishes, onward_declined=declined)


class OnwardDeclined(CaseEvent):
    """A person does not wish partner services to hear of them: these, or none at all."""

    closes: ClassVar[bool] = True

    party: PartyId
    services: tuple[PartnerService, ...]

    def apply(self, case: Case, when: When) -> Case:
        """Nothing more is passed on; what was asked of a partner is taken back."""
        wishes = case.party(self.party).onward_wishes
        rest = {service: wish for service, wish in wishes.items() if service not in self.services}
        declined = case.party(self.party).onward_declined | set(self.services)
        case = case.with_party(self.party, onward_wishes=rest, onward_declined=declined)
        for one in case.onward.values():
            theirs = one.party == self.party and one.service in self.services
            if theirs and one.state in GOING_ON:
                case = _now(case, one.id, OnwardState.TAKEN_BACK, when)
        return case


class ReferredOnward(CaseEvent):
    """A partner service was asked to see to a person, and told what they wished it to hear."""

    onward: OnwardId
    party: PartyId
    service: PartnerService
    items: tuple[Passed, ...]

    def apply(self, case: Case, when: When) -> Case:
        """It waits for the partner's answer."""
        one = Onward(self.onward, self.party, self.service, frozenset(self.items), when.effective)
        return case.changed(onward={**case.onward, one.id: one})


class OnwardAnswered(CaseEvent):
    """The partner service said whether it takes the person on."""

    onward: OnwardId
    accepted: bool

    def apply(self, case: Case, when: When) -> Case:
        """Where it does not, the person can be referred elsewhere."""
        state = OnwardState.ACCEPTED if self.accepted else OnwardState.NOT_ACCEPTED
        return _now(case, self.onward, state, when)


class OnwardResultTold(CaseEvent):
    """The partner service told what became of it."""

    onward: OnwardId
    result: OnwardResult
    account: TextRef | None = None
    """What it did, in words, if it told that."""

    def apply(self, case: Case, when: When) -> Case:
        """It is over, and counts for nothing in what the person chooses here."""
        case = _now(case, self.onward, OnwardState.OVER, when)
        return _with(case, self.onward, result=self.result)


class PanelResultTold(CaseEvent):
    """A harmed person who wished to know was told what the panel did."""

    onward: OnwardId
    party: PartyId
    channel: Channel

    def apply(self, case: Case, when: When) -> Case:
        """It changes nothing in what they choose here."""
        case = _with(case, self.onward, told=True)
        return case.in_touch(self.party, when.effective, heard=self.channel in SPOKEN_WITH)


class PartnerTold(CaseEvent):
    """The partner service was told that the person no longer wishes it."""

    onward: OnwardId

    def apply(self, case: Case, when: When) -> Case:
        """It is over."""
        return _now(case, self.onward, OnwardState.OVER, when)


def _now(case: Case, name: str, state: OnwardState, when: When) -> Case:
    return _with(case, name, state=state, changed_at=when.effective)


def _with(case: Case, name: str, **changes: object) -> Case:
    changed = with_changes(case.onward[name], **changes)
    return case.changed(onward={**case.onward, name: changed})
