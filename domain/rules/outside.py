"""Rules about what passes between the service and others: only as each person wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.behind import endorsements_of
from domain.hearing import ever_held, hearing, wishes_to_know_since
from domain.words import (
    CourtOutcome,
    Credential,
    HearingKind,
    PanelPart,
    PartnerService,
    Wish,
)

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.case import Case
    from domain.commands.choice import MakeOffer
    from domain.commands.court import RecordHearing, ReportToCourt, TellHearing
    from domain.commands.explaining import ExplainDecision
    from domain.commands.partners import OfferSupport, ReferOnward, TellPanelResult

DECIDED_BY_IT = frozenset({HearingKind.DISPOSAL_REVIEW, HearingKind.DEFERRED_SENTENCE})
"""Where what is restorative would count towards what is decided."""


def nobody_who_wants_no_support_is_asked_again(
    case: Case, command: OfferSupport, asking: Asking
) -> bool:
    """This person wants no support; they can ask for it (asked_by)."""
    declined = case.party(command.party).support_declined_at is not None
    return not declined or command.asked_by == command.party


def a_partner_hears_only_what_the_person_wishes(
    case: Case, command: ReferOnward, asking: Asking
) -> bool:
    """This person did not say that they wish this service to hear of them, or did not say so of
    everything that it would be told: ask them first, and record what they wish."""
    wish = asking.now.party(command.party).onward_wishes.get(command.service)
    return wish is not None and set(command.items) <= wish.items


def only_somebody_who_wishes_is_told_when_the_court_sits(
    case: Case, command: TellHearing, asking: Asking
) -> bool:
    """This person did not say that they wish to be told when the court sits, or to be part of the
    work of the panel, or asked not to be told."""
    person = asking.now.party(command.party)
    wishes = wishes_to_know_since(person, hearing(asking.now, command.hearing).kind)
    return wishes is not None and Wish.NOT_BE_TOLD not in person.wishes


def only_whoever_wished_to_know_hears_what_the_panel_did(
    case: Case, command: TellPanelResult, asking: Asking
) -> bool:
    """This person did not say that they wish to be told what the panel did, or asked not to be
    told."""
    person = asking.now.party(command.party)
    wish = person.onward_wishes.get(PartnerService.CRIMINAL_JUSTICE_PANEL)
    told = wish is not None and PanelPart.BE_TOLD in wish.panel
    return told and Wish.NOT_BE_TOLD not in person.wishes


def whoever_hears_of_a_hearing_hears_that_the_offer_stands(
    case: Case, command: TellHearing, asking: Asking
) -> bool:
    """Whoever is told when the court sits is told with it that the offer stands whatever the court
    does."""
    return command.offer_stands


def a_court_is_told_what_is_so(case: Case, command: ReportToCourt, asking: Asking) -> bool:
    """A court is told that it took place if something was held to its end, and that it did not take
    place only if nothing was."""
    held = ever_held(case, command.thread)
    untrue = CourtOutcome.DID_NOT_TAKE_PLACE if held else CourtOutcome.TOOK_PLACE
    return command.outcome is not untrue


def nothing_restorative_decides_an_outcome_in_domestic_abuse(
    case: Case, command: RecordHearing | ReportToCourt, asking: Asking
) -> bool:
    """This is domestic abuse: nothing restorative decides what the criminal law does with it, so
    whoever decides on a disposal, or defers a sentence for it, is owed and given no report."""
    if Credential.SPECIALIST_DA not in endorsements_of(asking.now, asking.facts):
        return True
    reports = getattr(command, "report_owed", True)
    named = getattr(command, "hearing", None)
    kind = hearing(asking.now, named).kind if named else getattr(command, "kind", None)
    return not reports or kind not in DECIDED_BY_IT


def whoever_hears_that_it_does_not_proceed_is_offered_support(
    case: Case, command: ExplainDecision, asking: Asking
) -> bool:
    """Whoever is told that it does not go ahead because of a risk is offered support with it
    (support)."""
    return command.support or case.party(command.party).support_declined_at is not None


def why_is_not_explained_to_somebody_who_was_misled(
    case: Case, command: ExplainDecision, asking: Asking
) -> bool:
    """What they agreed to rested on something that the service knows to be misleading: they hear
    that it does not go ahead (tell_where_it_stands), and not why."""
    return not case.thread(command.thread).side(command.party).misled


def a_victim_is_invited_as_the_youth_service_finds_right(
    case: Case, command: MakeOffer, asking: Asking
) -> bool:
    """The youth justice service finds that inviting this victim is not appropriate, and said why; a
    victim who asks is met all the same (asked_by)."""
    thread = case.thread(command.thread)
    invited = command.party == thread.victim and command.asked_by != command.party
    asked = thread.side(command.party).interested_at is not None
    return not invited or asked or thread.youth_service_invites is not False
