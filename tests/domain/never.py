"""What holds each of the never-rules: the rules of the table, and what else there is.

The auditor (`auditor.py`, `gates.py`, `meeting.py`, `course.py`, `wishes.py`, `honest.py`,
`states.py`) reads the same promises out of the entries, and marks what it finds with these names.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Held:
    """One promise in a few words, and what holds it."""

    promise: str
    rules: str = ""
    """Functions of `domain/rules`, as module.function."""
    besides: str = ""
    """What holds it that is no rule: things of `domain`, as module.name."""


HELD = {
    "N1": Held(
        "nothing joins people without both written consents",
        """joining.both_people_must_consent_to_this_in_writing
        joining.it_must_be_of_this_episode
        joining.an_agreement_needs_consent_to_agreeing
        joining.everybody_in_the_room_must_be_agreed_to
        joining.all_who_meet_must_be_a_pair_of_this_meeting
        exchange.an_author_must_agree_to_send_letters
        exchange.a_recipient_must_agree_to_hear_of_letters
        exchange.everybody_must_want_it_today
        the_day.each_agrees_to_keep_the_day_free
        the_day.a_pencilled_date_makes_nothing_ready
        the_day.each_says_again_that_they_want_it_as_it_is_fixed
        exchange.everybody_must_want_to_go_on
        telling.both_must_have_agreed_to_telling_and_hearing
        choice.consent_follows_a_facilitators_meeting
        choice.consent_rests_on_full_information
        company.nobody_is_invited_whom_not_all_agreed_to
        company.everybody_invited_must_have_agreed_in_writing
        company.everybody_invited_must_be_found_suitable
        company.everybody_must_know_who_comes
        forms.a_change_of_form_needs_the_risk_decided_afresh
        forms.a_change_of_form_needs_a_fresh_yes_of_both
        recording.by_video_only_as_both_consent
        recording.nothing_is_recorded_unless_everybody_consents
        understanding.whoever_consents_must_be_able_to_understand
        understanding.everybody_joined_must_be_able_to_understand
        roles.what_was_anothers_choice_is_made_afresh
        roles.a_representative_has_shown_their_authority""",
    ),
    "N2": Held(
        "silence and the clock choose nothing",
        """ending.the_reason_must_be_what_happened
        choice.interest_is_not_recorded_over_a_no""",
        "decide.tick",
    ),
    "N3": Held(
        "nobody is pressed",
        """pressing.attempts_come_days_apart
        pressing.after_the_contact_plan_it_stops
        pressing.an_offer_stays_open_and_is_not_repeated
        pressing.a_meeting_is_not_offered_again_and_again
        pressing.a_later_offer_comes_with_something_new
        contact.a_person_who_will_ring_is_left_to_ring
        contact.later_offers_go_to_nobody_who_refused_them
        contact.whoever_wants_no_later_offers_is_not_turned_to
        elsewhere.later_offers_refused_in_another_case_are_not_made
        choice.nobody_who_said_no_is_asked_again
        outside.whoever_hears_of_a_hearing_hears_that_the_offer_stands
        outside.only_somebody_who_wishes_is_told_when_the_court_sits
        outside.only_whoever_wished_to_know_hears_what_the_panel_did""",
        "waits.Binds",
    ),
    "N4": Held(
        "nothing joins people while responsibility is not accepted",
        """joining.the_offender_must_accept_responsibility
        choice.a_conviction_alone_is_not_acceptance
        choice.an_offender_accepts_before_the_victim_is_asked""",
    ),
    "N5": Held(
        "a no takes effect at once, and the other side is told the least",
        """ending.why_is_told_only_as_they_wish
        ending.nobody_is_told_against_their_wish
        telling.nobody_is_told_who_wishes_not_to_be
        outside.a_court_is_told_what_is_so
        exchange.nobody_may_have_said_no_before_its_end""",
        "commands.suspending.suspended commands.telling.LEAST",
    ),
    "N6": Held(
        "what is said stays confidential",
        """outside.a_partner_hears_only_what_the_person_wishes
        choice.consent_rests_on_full_information""",
        "commands.disclosing.RecordDisclosure",
    ),
    "N7": Held(
        "nobody acts in conflict, untrained or out of date",
        """staff.the_actor_must_be_trained_for_this_act
        staff.the_actor_must_be_in_date_for_this_act
        staff.those_allocated_must_be_active_and_in_date
        staff.those_allocated_must_have_no_conflict
        elsewhere.nobody_named_may_have_a_conflict_in_another_case
        elsewhere.a_conflict_in_another_case_is_decided_first
        staff.those_present_must_be_able_to_facilitate
        staff.the_supervisor_allocated_must_be_one
        staff.a_foundation_facilitator_works_under_guidance
        allocated.those_allocated_must_still_be_there
        register.nobody_supervises_a_case_that_they_have_a_conflict_in
        register.only_cases_that_they_work_on_are_looked_at
        register.nobody_observes_themselves""",
        "permissions.may",
    ),
    "N8": Held(
        "sensitive and complex cases have their safeguards",
        """joining.the_case_must_be_classified
        joining.the_risk_must_be_decided_and_current
        joining.the_risk_decision_must_allow_this
        joining.a_sensitive_case_must_be_countersigned
        joining.conditions_must_be_on_record
        staff.a_sensitive_case_must_be_co_worked
        staff.a_sensitive_case_needs_experienced_facilitators
        staff.a_sensitive_case_needs_an_advanced_lead
        staff.a_sensitive_case_must_be_assessed_by_a_specialist
        staff.those_allocated_must_be_of_the_level_of_the_case
        staff.lowering_the_class_is_a_supervisors_act
        staff.a_standard_class_is_found_by_somebody_trained
        classifying.what_is_sensitive_by_itself_is_classified_so""",
        "behind.endorsements_of",
    ),
    "N9": Held(
        "one hears of the other only what the other wishes",
        """telling.only_what_its_owner_lets_pass_is_told
        telling.both_must_have_agreed_to_telling_and_hearing
        stepping.an_offender_hears_who_asks_as_the_victim_agrees
        ending.why_is_told_only_as_they_wish""",
        "words.telling.Passable",
    ),
    "N10": Held(
        "each choice binds its own person and pair", "", "commands.suspending.their_threads"
    ),
    "N11": Held(
        "what passes is reviewed, stood by and wanted",
        """exchange.its_author_must_still_stand_by_it
        exchange.a_letter_is_delivered_only_to_somebody_who_wants_it
        exchange.its_asker_must_still_stand_by_it
        exchange.the_author_must_still_stand_by_the_answer
        exchange.an_answer_is_given_only_when_asked_for
        exchange.the_exchange_must_have_started
        exchange.the_exchange_must_not_be_broken_off
        exchange.it_is_done_as_its_owner_wishes
        kept_letters.only_what_they_left_on_record_is_done
        kept_letters.a_letter_of_the_dead_is_given_only_to_somebody_who_wants_it
        kept_letters.a_letter_of_the_dead_is_given_only_where_it_is_safe""",
    ),
    "N12": Held(
        "a legal bar blocks, and unknown is barred",
        """joining.no_legal_bar_may_stand
        joining.the_officers_view_must_be_on_record
        joining.a_bar_is_lifted_only_in_writing""",
    ),
    "N13": Held(
        "a child is heard apart, with their adult",
        """choice.a_childs_adult_is_heard_apart
        choice.the_adult_must_be_there_for_the_child
        choice.somebody_under_18_is_recorded_as_a_child
        choice.it_must_be_known_that_they_are_an_adult
        joining.a_childs_yes_needs_the_adults_yes
        roles.a_role_fits_their_age
        roles.whoever_is_18_now_chooses_for_themselves""",
    ),
    "N14": Held(
        "no contact is lifted by the person alone; what ended says why and can be taken up again",
        """contact.nobody_who_asked_not_to_be_contacted_is_contacted
        contact.only_the_person_lifts_their_own_wish
        contact.taking_up_again_needs_somebody_who_asked
        joining.nobody_joined_may_have_asked_for_no_contact
        elsewhere.a_wish_for_no_contact_holds_in_every_case_of_the_matter
        elsewhere.nobody_joined_may_be_kept_away_by_another_case
        elsewhere.a_wish_in_another_matter_is_seen_first
        elsewhere.a_link_is_undone_by_a_second_person
        ending.setting_a_pair_aside_is_a_supervisors_act
        ending.an_ending_comes_last""",
        "words.EndReason",
    ),
    "N15": Held(
        "a correction is a new fact, and takes no no away",
        """corrections.a_no_is_not_corrected_away
        corrections.what_was_done_to_data_is_not_corrected_away
        corrections.a_slip_is_ones_own_or_marked_by_the_supervisor
        corrections.a_slip_is_noticed_within_the_hour
        corrections.nothing_may_rest_on_a_slip
        corrections.a_case_is_not_unopened
        corrections.only_what_opens_is_retracted
        corrections.nobody_retracts_their_own_entry""",
    ),
    "N17": Held(
        "the harmed person's needs come first",
        """choice.the_meeting_is_held_as_they_prefer
        the_day.the_harmed_person_was_asked_what_they_prefer
        ending.a_victim_at_their_own_pace_is_not_ended
        joining.only_the_victim_lets_an_item_go
        exchange.what_is_varied_is_agreed_by_all
        proposing.the_harmed_person_has_their_say_first
        contact.only_somebody_who_asked_to_know_is_told
        contact.nobody_who_declined_follow_up_is_followed_up
        quality.feedback_is_offered_once
        quality.feedback_comes_after_something_was_held_or_ended
        outside.nobody_who_wants_no_support_is_asked_again""",
    ),
    "N18": Held(
        "an interested victim meets a facilitator",
        """ending.an_interested_victim_is_owed_a_facilitators_meeting
        ending.the_contact_plan_must_be_carried_out_in_full
        ending.ending_without_contact_is_a_supervisors_act""",
    ),
    "N19": Held(
        "nothing is said to somebody not identified, or by an unsafe way",
        """reaching.nothing_is_said_to_somebody_not_identified
        joining.nobody_joined_may_be_in_doubt
        ending.nobody_is_told_of_whom_it_is_in_doubt_who_they_are
        reaching.only_a_safe_way_is_used
        elsewhere.a_way_called_unsafe_in_another_case_is_not_used
        reaching.a_way_is_opened_only_by_the_person
        reaching.whoever_refers_themselves_is_identified
        reaching.whose_details_are_not_passed_on_is_left_to_the_referrer
        reaching.only_the_person_agrees_to_be_contacted""",
    ),
    "N20": Held("a protective act is never refused", "", "rules.table.GUARDS decide.decide"),
    "N21": Held(
        "who proposes does not authorise",
        """staff.nobody_signs_their_own_proposal
        staff.nobody_decides_their_own_proposal
        staff.a_conflict_is_decided_by_somebody_without_a_part
        staff.what_is_signed_is_what_was_decided
        register.nobody_changes_what_they_may_do_themselves
        quality.a_complaint_is_not_decided_by_whom_it_is_about
        quality.a_complaint_taken_further_is_decided_by_somebody_else""",
    ),
    "N22": Held(
        "a local resolution has all that makes it restorative",
        """local_resolution.the_offender_must_accept_on_the_spot
        local_resolution.the_victim_must_freely_agree_on_the_spot
        local_resolution.it_must_be_talked_through
        local_resolution.something_must_put_it_right
        local_resolution.a_local_resolution_is_for_crimes_that_are_not_sensitive
        local_resolution.no_order_bars_it_on_the_spot
        local_resolution.nobody_under_18_is_taken_for_an_adult
        local_resolution.the_crime_must_be_recorded_as_usual
        local_resolution.a_child_is_not_alone_on_the_spot""",
    ),
    "N23": Held(
        "no consent counts that rests on what is misleading",
        """joining.no_consent_may_rest_on_what_is_misleading
        ending.why_is_not_said_where_it_rested_on_what_is_misleading
        outside.why_is_not_explained_to_somebody_who_was_misled
        stand_ins.whoever_meets_a_stand_in_knows_it""",
        "commands.protection.RecordMisleading",
    ),
}
"""N16, that whatever is looked at is written down, lies outside the domain (tests/access)."""
