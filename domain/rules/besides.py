"""The rows of what lies besides the course of a case: partners, disclosures, the register."""

from __future__ import annotations

from domain.command import Command
from domain.commands import (
    clocks,
    court,
    disclosing,
    explaining,
    later,
    merging,
    partners,
    protection,
    quality,
    youth,
)
from domain.commands import practitioners as register
from domain.rules import clocks as late
from domain.rules import contact, outside
from domain.rules import merging as one_matter
from domain.rules import quality as good
from domain.rules import register as registering
from domain.rules.groups import CONTACTING, REACHING, TRAINED, Rules

BESIDES: dict[type[Command], Rules] = {
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
    ),
    youth.InvolveYouthService: TRAINED,
    youth.RecordYouthServiceDecision: TRAINED,
    youth.OfferSuitableAdult: (*TRAINED, *REACHING),
    quality.OfferFeedback: (
        *CONTACTING,
        good.feedback_is_offered_once,
        good.feedback_comes_after_something_was_held_or_ended,
    ),
    quality.DeclineFeedback: (),
    quality.RecordFeedback: TRAINED,
    quality.AcknowledgeComplaint: (
        *TRAINED,
        good.a_complaint_is_not_decided_by_whom_it_is_about,
    ),
    quality.AnswerComplaint: (*TRAINED, good.a_complaint_is_not_decided_by_whom_it_is_about),
    quality.RecordAdverseSteps: TRAINED,
    quality.RecordOwnSideWork: CONTACTING,
    protection.CompleteTask: (
        *TRAINED,
        good.a_complaint_is_not_decided_by_whom_it_is_about,
        good.a_complaint_is_answered_before_it_is_closed,
        good.an_adverse_event_is_gone_through,
    ),
    later.DecideNoLaterOffer: TRAINED,
    clocks.ExplainMissedClock: (*TRAINED, late.time_is_a_persons_own_only_if_they_asked_for_it),
    merging.ProposeDuplicate: TRAINED,
    merging.ReportLikeness: (),
    merging.DismissDuplicate: TRAINED,
    merging.MergeInto: (*TRAINED, one_matter.what_is_merged_has_nothing_booked_or_held),
    merging.ReceiveCase: TRAINED,
    merging.CarryOverWishes: (),
    merging.NoteFollowUp: (),
    merging.UnmergeCase: (*TRAINED, one_matter.a_merge_is_undone_by_a_second_person),
    merging.GiveCaseBack: (*TRAINED, one_matter.a_merge_is_undone_by_a_second_person),
    disclosing.RecordDisclosure: (),
    disclosing.DecideNotToPassOn: TRAINED,
    register.RegisterPractitioner: (),
    register.GrantRole: (registering.nobody_changes_what_they_may_do_themselves,),
    register.TakeRoleBack: (),
    register.GrantCredential: (registering.nobody_changes_what_they_may_do_themselves,),
    register.WithdrawCredential: (),
    register.RecordSupervision: (registering.nobody_changes_what_they_may_do_themselves,),
    register.RecordObservedPractice: (registering.nobody_changes_what_they_may_do_themselves,),
    register.RecordDevelopment: (registering.nobody_changes_what_they_may_do_themselves,),
    register.RecordPractice: (registering.nobody_changes_what_they_may_do_themselves,),
    register.DeactivatePractitioner: (),
    register.ReactivatePractitioner: (registering.nobody_changes_what_they_may_do_themselves,),
}
