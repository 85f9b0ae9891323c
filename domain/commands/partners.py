"""Offering support to everybody affected, and referring them to partner services if they wish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, CaseCommand
from domain.errors import Nonsense
from domain.events import partners as happened
from domain.ids import OnwardId, PartyId
from domain.onward import onward
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import (
    Act,
    Channel,
    OnwardResult,
    OnwardState,
    PanelPart,
    PartnerService,
    Passed,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent

PANEL = PartnerService.CRIMINAL_JUSTICE_PANEL


class OfferSupport(CaseCommand):
    """Record that a person was offered support, whether or not they take part in anything."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    channel: Channel
    services: tuple[PartnerService, ...] = Field(default=(), description="what they were told of")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the offer."""
        case.party(self.party)
        return (
            happened.SupportOffered(party=self.party, channel=self.channel, services=self.services),
        )


class DeclineSupport(CaseCommand):
    """Record that a person wants no support."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the no."""
        case.party(self.party)
        return (happened.SupportDeclined(party=self.party),)


class RecordOnwardWish(CaseCommand):
    """Record which partner service a person wishes to hear of them, and what of them."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    service: PartnerService
    items: tuple[Passed, ...] = Field(min_length=1, description="what it may hear, by kind")
    panel: tuple[PanelPart, ...] = Field(
        default=(), description="for the criminal justice panel: how they wish to be part of it"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the wish."""
        victim = case.party(self.party).is_victim
        if bool(self.panel) != (self.service is PANEL):
            raise Nonsense("panel: how somebody is part of it, for the criminal justice panel only")
        if self.panel and not victim:
            raise Nonsense("panel: it is for a harmed person to say how they are part of it")
        return (
            happened.OnwardWished(
                party=self.party, service=self.service, items=self.items, panel=self.panel
            ),
        )


class DeclineOnward(CaseCommand):
    """Record that a person does not wish partner services to hear of them, or no longer."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId
    service: PartnerService | None = Field(default=None, description="only this; all if left out")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the no."""
        case.party(self.party)
        services = (self.service,) if self.service else tuple(PartnerService)
        return (happened.OnwardDeclined(party=self.party, services=services),)


class ReferOnward(CaseCommand):
    """Record that a person was referred to a partner service, and what it was told of them."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    service: PartnerService
    items: tuple[Passed, ...] = Field(min_length=1, description="what it was told, by kind")

    def disclosed_to(self) -> tuple[str, ...]:
        """Return to whom it was."""
        return (self.service,)

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the referral."""
        case.party(self.party)
        return (
            happened.ReferredOnward(
                onward=asking.number("R", "onward"),
                party=self.party,
                service=self.service,
                items=self.items,
            ),
        )


class RecordOnwardAnswer(CaseCommand):
    """Record whether the partner service takes the person on."""

    act: ClassVar[Act] = Act.INFORM

    onward: OnwardId
    accepted: bool

    def fits(self, case: Case) -> bool:
        """Say whether its answer is awaited."""
        return onward(case, self.onward).state is OnwardState.ASKED

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the answer."""
        return (happened.OnwardAnswered(onward=self.onward, accepted=self.accepted),)


class RecordOnwardResult(CaseCommand):
    """Record what became of a referral, as the partner service told it back."""

    act: ClassVar[Act] = Act.INFORM

    onward: OnwardId
    result: OnwardResult
    account: Annotated[TextRef, OwnedBy(CASE)] | None = Field(
        default=None, description="what it did, in words, if it told that"
    )

    def fits(self, case: Case) -> bool:
        """Say whether it goes on."""
        return onward(case, self.onward).state in happened.GOING_ON

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the result."""
        return (
            happened.OnwardResultTold(onward=self.onward, result=self.result, account=self.account),
        )


class TellPanelResult(CaseCommand):
    """Record that a harmed person who wished to know was told what the panel did."""

    act: ClassVar[Act] = Act.INFORM

    onward: OnwardId
    party: PartyId
    channel: Channel

    def fits(self, case: Case) -> bool:
        """Say whether the panel told its result, and they do not know it yet."""
        one = onward(case, self.onward)
        return one.result is not None and not one.told

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they were told."""
        one = onward(case, self.onward)
        if one.service is not PANEL or one.party != self.party:
            raise Nonsense(f"{self.onward} is no referral of {self.party} to the panel")
        return (
            happened.PanelResultTold(onward=self.onward, party=self.party, channel=self.channel),
        )


class RecordPartnerTold(CaseCommand):
    """Record that a partner service was told that the person no longer wishes it."""

    act: ClassVar[Act] = Act.INFORM

    onward: OnwardId

    def fits(self, case: Case) -> bool:
        """Say whether they took it back."""
        return onward(case, self.onward).state is OnwardState.TAKEN_BACK

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it was told."""
        return (happened.PartnerTold(onward=self.onward),)
