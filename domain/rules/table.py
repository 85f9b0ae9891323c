"""Which rules guard which command. A protective command has none at all; every other command about
a case has at least the step that it belongs to and the training of the act."""

from __future__ import annotations

from domain.command import Command
from domain.commands import (
    changes,
    children,
    choice,
    closing,
    confirming,
    correcting,
    ending,
    facilitators,
    local_resolution,
    opening,
    people,
    protection,
    responsibility,
    risk,
    staff,
    steps,
    telling,
    understanding,
)
from domain.rules import choice as choosing
from domain.rules import (
    classifying,
    contact,
    corrections,
    elsewhere,
    joining,
    outside,
    pressing,
    reaching,
    stepping,
)
from domain.rules import ending as ends
from domain.rules import local_resolution as spot
from domain.rules import roles as being
from domain.rules import staff as who
from domain.rules import stand_ins as instead
from domain.rules import telling as tell
from domain.rules import understanding as understood
from domain.rules.exchanging import EXCHANGING
from domain.rules.groups import (
    ALLOCATING,
    CONTACTING,
    FACILITATING,
    JOINING,
    REACHING,
    SAFELY,
    TRAINED,
    Rules,
)
from domain.rules.keeping_data import DATA
from domain.rules.outward import OUTWARD
from domain.rules.own_data import OWN_DATA
from domain.rules.persons import PERSONS
from domain.rules.upkeep import UPKEEP

GUARDS: dict[type[Command], Rules] = {
    opening.RecordEnquiry: TRAINED,
    opening.RecordDiscussion: (
        *CONTACTING,
        contact.whoever_wants_no_later_offers_is_not_turned_to,
        stepping.an_offender_is_approached_as_the_victim_agrees,
    ),
    opening.Refer: (*TRAINED, reaching.whoever_refers_themselves_is_identified),
    opening.EndEnquiry: TRAINED,
    opening.AcceptReferral: TRAINED,
    opening.TellReferrer: TRAINED,
    people.AddParty: TRAINED,
    people.IdentifyParty: TRAINED,
    people.ChangeDetails: TRAINED,
    people.RecordStage: TRAINED,
    people.GiveInformation: (
        *CONTACTING,
        contact.whoever_wants_no_later_offers_is_not_turned_to,
        stepping.an_offender_is_approached_as_the_victim_agrees,
    ),
    people.RecordContactAttempt: (
        *CONTACTING,
        contact.whoever_wants_no_later_offers_is_not_turned_to,
        pressing.attempts_come_days_apart,
        pressing.after_the_contact_plan_it_stops,
        stepping.an_offender_is_approached_as_the_victim_agrees,
    ),
    people.RecordRequiredContact: (
        *TRAINED,
        contact.nothing_is_done_with_somebody_who_died,
        elsewhere.nothing_is_done_with_somebody_who_died_elsewhere,
        reaching.nothing_is_said_to_somebody_not_identified,
        reaching.only_a_safe_way_is_used,
        elsewhere.a_way_called_unsafe_in_another_case_is_not_used,
    ),
    **PERSONS,
    people.RecordWish: TRAINED,
    people.RecordChosenWord: TRAINED,
    people.RecordLaterOffersWish: TRAINED,
    people.DeclineLaterOffers: (),
    people.AgreeNextContact: TRAINED,
    choice.MakeOffer: (
        *CONTACTING,
        contact.whoever_wants_no_later_offers_is_not_turned_to,
        outside.a_victim_is_invited_as_the_youth_service_finds_right,
        choosing.the_pair_must_be_under_way,
        choosing.nobody_who_said_no_is_asked_again,
        choosing.an_offender_accepts_before_the_victim_is_asked,
        pressing.an_offer_stays_open_and_is_not_repeated,
        stepping.an_offender_hears_who_asks_as_the_victim_agrees,
    ),
    choice.RecordInterest: (
        *TRAINED,
        *REACHING,
        choosing.the_pair_must_be_under_way,
        choosing.interest_is_not_recorded_over_a_no,
    ),
    choice.OfferFacilitatorMeeting: (
        *CONTACTING,
        contact.whoever_wants_no_later_offers_is_not_turned_to,
        choosing.the_pair_must_be_under_way,
        choosing.nobody_who_said_no_is_asked_again,
        pressing.a_meeting_is_not_offered_again_and_again,
        stepping.an_offender_hears_who_asks_as_the_victim_agrees,
    ),
    choice.RecordFacilitatorMeeting: (
        *FACILITATING,
        choosing.the_pair_must_be_under_way,
        choosing.the_meeting_is_held_as_they_prefer,
        stepping.an_offender_hears_who_asks_as_the_victim_agrees,
    ),
    choice.RecordMeetingNotWanted: TRAINED,
    choice.RecordConsent: (
        *FACILITATING,
        understood.whoever_consents_must_be_able_to_understand,
        choosing.the_pair_must_be_under_way,
        choosing.consent_follows_a_facilitators_meeting,
        choosing.consent_rests_on_full_information,
        choosing.somebody_under_18_is_recorded_as_a_child,
        choosing.it_must_be_known_that_they_are_an_adult,
        choosing.a_childs_adult_is_heard_apart,
        choosing.the_adult_must_be_there_for_the_child,
        being.whoever_is_18_now_chooses_for_themselves,
        being.a_representative_has_shown_their_authority,
        instead.whoever_meets_a_stand_in_knows_it,
        stepping.an_offender_hears_who_asks_as_the_victim_agrees,
    ),
    choice.ConfirmConsent: (
        *FACILITATING,
        choosing.the_pair_must_be_under_way,
        choosing.consent_rests_on_full_information,
        understood.whoever_consents_must_be_able_to_understand,
        being.what_was_anothers_choice_is_made_afresh,
        stepping.an_offender_hears_who_asks_as_the_victim_agrees,
    ),
    understanding.DoubtUnderstanding: (),
    understanding.DecideUnderstanding: TRAINED,
    choice.AllowContact: (*TRAINED, contact.only_the_person_lifts_their_own_wish),
    closing.RecordNeedForTime: (),
    closing.DeferChoice: (),
    closing.DeclineOffer: (),
    closing.StopContact: (),
    closing.PauseParticipation: (),
    closing.WithdrawConsent: (),
    closing.NarrowConsent: (),
    closing.DeclineToBeTold: (),
    closing.LeaveContactToThem: (),
    children.RecordAdultsNo: (),
    children.DecideForChild: TRAINED,
    responsibility.RecordResponsibility: (
        *FACILITATING,
        choosing.the_pair_must_be_under_way,
        choosing.a_conviction_alone_is_not_acceptance,
    ),
    responsibility.RecordDispute: (),
    risk.ClassifyCase: (
        *TRAINED,
        who.a_standard_class_is_found_by_somebody_trained,
        who.lowering_the_class_is_a_supervisors_act,
        classifying.what_is_sensitive_by_itself_is_classified_so,
    ),
    risk.DecideRisk: (
        *TRAINED,
        choosing.the_pair_must_be_under_way,
        who.a_sensitive_case_needs_experienced_facilitators,
        who.a_sensitive_case_must_be_assessed_by_a_specialist,
        joining.conditions_must_be_on_record,
    ),
    risk.RecordRiskItem: (*TRAINED, choosing.the_pair_must_be_under_way),
    risk.CountersignRisk: (
        *TRAINED,
        who.nobody_signs_their_own_proposal,
        who.what_is_signed_is_what_was_decided,
    ),
    risk.RecordLegalBar: (),
    risk.RecordLegalPosition: (*TRAINED, joining.a_bar_is_lifted_only_in_writing),
    risk.ProposeApproach: (
        *TRAINED,
        choosing.the_pair_must_be_under_way,
        who.a_specialist_proposes,
    ),
    risk.DecideApproach: (*TRAINED, who.nobody_decides_their_own_proposal),
    **EXCHANGING,
    ending.EndThread: (
        *TRAINED,
        ends.the_reason_must_be_what_happened,
        ends.a_victim_at_their_own_pace_is_not_ended,
        ends.an_interested_victim_is_owed_a_facilitators_meeting,
        ends.the_contact_plan_must_be_carried_out_in_full,
        ends.ending_without_contact_is_a_supervisors_act,
        ends.setting_a_pair_aside_is_a_supervisors_act,
        ends.nothing_may_be_booked_or_under_way,
        ends.that_it_does_not_proceed_is_explained_first,
        ends.an_ending_comes_last,
        ends.nobody_is_told_against_their_wish,
        ends.nobody_is_told_of_whom_it_is_in_doubt_who_they_are,
        ends.why_is_told_only_as_they_wish,
        ends.why_is_not_said_where_it_rested_on_what_is_misleading,
    ),
    ending.MakeLaterOffer: (
        *CONTACTING,
        contact.later_offers_go_to_nobody_who_refused_them,
        elsewhere.later_offers_refused_in_another_case_are_not_made,
        pressing.a_later_offer_comes_with_something_new,
        stepping.an_offender_hears_who_asks_as_the_victim_agrees,
    ),
    ending.TakeUpAgain: (
        *TRAINED,
        contact.taking_up_again_needs_somebody_who_asked,
        ends.an_ending_comes_last,
    ),
    local_resolution.RecordLocalResolution: (
        *TRAINED,
        spot.the_offender_must_accept_on_the_spot,
        spot.the_victim_must_freely_agree_on_the_spot,
        spot.it_must_be_talked_through,
        spot.something_must_put_it_right,
        spot.a_local_resolution_is_for_crimes_that_are_not_sensitive,
        spot.the_crime_must_be_recorded_as_usual,
        spot.a_child_is_not_alone_on_the_spot,
        spot.no_order_bars_it_on_the_spot,
        spot.nobody_under_18_is_taken_for_an_adult,
    ),
    local_resolution.ReviewLocalResolution: TRAINED,
    staff.AllocateCase: ALLOCATING,
    staff.HandOverTo: ALLOCATING,
    facilitators.AcceptFacilitator: TRAINED,
    facilitators.DeclineFacilitator: (),
    staff.HandOver: (),
    staff.DeclareConflict: (),
    staff.DecideConflict: (*TRAINED, who.a_conflict_is_decided_by_somebody_without_a_part),
    steps.AgreeStep: (*TRAINED, choosing.the_pair_must_be_under_way),
    steps.TakeBackStep: (),
    telling.AllowToPass: TRAINED,
    telling.KeepToThemselves: (),
    telling.PassOn: (
        *JOINING,
        *SAFELY,
        tell.both_must_have_agreed_to_telling_and_hearing,
        tell.only_what_its_owner_lets_pass_is_told,
        tell.nobody_is_told_who_wishes_not_to_be,
    ),
    telling.TellWhereItStands: (
        *TRAINED,
        *REACHING,
        tell.nobody_is_told_who_wishes_not_to_be,
    ),
    confirming.ConfirmBreach: (*TRAINED, corrections.a_breach_is_not_confirmed_over_a_no),
    protection.RaiseConcern: (),
    changes.RecordChange: (),
    protection.RecordMisleading: (),
    protection.RecordDeath: (),
    protection.CorrectDeath: TRAINED,
    protection.ReportMistake: (),
    correcting.CorrectHandling: TRAINED,
    correcting.RetractEntry: (
        *TRAINED,
        corrections.only_what_opens_is_retracted,
        corrections.nobody_retracts_their_own_entry,
    ),
    protection.MarkEnteredInError: (
        *TRAINED,
        corrections.a_slip_is_ones_own_or_marked_by_the_supervisor,
        corrections.a_no_is_not_corrected_away,
        corrections.what_was_done_to_data_is_not_corrected_away,
        corrections.a_slip_is_noticed_within_the_hour,
        corrections.nothing_may_rest_on_a_slip,
        corrections.a_case_is_not_unopened,
    ),
    **OUTWARD,
    **DATA,
    **UPKEEP,
    **OWN_DATA,
}
"""Every command has its row, if only an empty one; a test holds that."""


def joins(command: type[Command]) -> bool:
    """Say whether a command is a joining step, or leads up to one: the gates guard it."""
    return joining.the_offender_must_accept_responsibility in GUARDS[command]


__all__ = ["GUARDS", "joins"]
