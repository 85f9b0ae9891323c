"""Which rules guard what goes to those outside: partner services, courts, children's services."""

from __future__ import annotations

from domain.command import Command
from domain.commands import consulting, court, disclosing, explaining, partners, youth
from domain.rules import choice as choosing
from domain.rules import consulting as specialists
from domain.rules import contact, outside, telling
from domain.rules import staff as who
from domain.rules.groups import CONTACTING, REACHING, TRAINED, Rules

CONSULTING: Rules = (
    choosing.it_must_apply_at_this_step,
    who.the_actor_must_be_trained_for_this_act,
    who.the_actor_must_be_in_date_for_this_act,
)
"""Also of a case that goes on in another one: what is open to a specialist there can be closed."""
OUTWARD: dict[type[Command], Rules] = {
    consulting.AskSpecialist: (
        *TRAINED,
        specialists.a_specialist_has_an_endorsement,
        specialists.a_specialist_has_no_conflict_and_no_part,
    ),
    consulting.AnswerAsSpecialist: (*CONSULTING, specialists.only_whoever_was_asked_answers),
    consulting.WithdrawQuestionToSpecialist: CONSULTING,
    partners.OfferSupport: (*CONTACTING, outside.nobody_who_wants_no_support_is_asked_again),
    partners.DeclineSupport: (),
    partners.RecordOnwardWish: TRAINED,
    partners.DeclineOnward: (),
    partners.ReferOnward: (
        *TRAINED,
        contact.nothing_is_done_with_somebody_who_died,
        outside.a_partner_hears_only_what_the_person_wishes,
    ),
    partners.RecordOnwardAnswer: TRAINED,
    partners.RecordOnwardResult: TRAINED,
    partners.TellPanelResult: (
        *CONTACTING,
        outside.only_whoever_wished_to_know_hears_what_the_panel_did,
    ),
    partners.RecordPartnerTold: TRAINED,
    court.RecordHearing: (
        *TRAINED,
        outside.nothing_restorative_decides_an_outcome_in_domestic_abuse,
    ),
    court.MoveHearing: TRAINED,
    court.CloseHearing: TRAINED,
    court.AskForCourtDates: TRAINED,
    court.DeclineCourtDates: (),
    court.TellHearing: (
        *CONTACTING,
        outside.only_somebody_who_wishes_is_told_when_the_court_sits,
        outside.whoever_hears_of_a_hearing_hears_that_the_offer_stands,
    ),
    court.ReportToCourt: (
        *TRAINED,
        outside.a_court_is_told_what_is_so,
        outside.nothing_restorative_decides_an_outcome_in_domestic_abuse,
    ),
    explaining.ExplainDecision: (
        *CONTACTING,
        outside.whoever_hears_that_it_does_not_proceed_is_offered_support,
        outside.why_is_not_explained_to_somebody_who_was_misled,
        telling.nobody_is_told_who_wishes_not_to_be,
    ),
    youth.InvolveYouthService: TRAINED,
    youth.RecordYouthServiceDecision: TRAINED,
    youth.OfferSuitableAdult: (*TRAINED, *REACHING),
    disclosing.RecordDisclosure: (),
    disclosing.DecideNotToPassOn: TRAINED,
}
"""Part of the table of all commands (domain/rules/table.py)."""
