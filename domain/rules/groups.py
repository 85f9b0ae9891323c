"""Rules that many commands share: what every act, every contact and every joining step asks."""

from __future__ import annotations

from domain.rule import Rule
from domain.rules import (
    allocated,
    contact,
    elsewhere,
    exchange,
    joining,
    merging,
    personal_data,
    reaching,
    recording,
    stepping,
)
from domain.rules import choice as choosing
from domain.rules import staff as who
from domain.rules import understanding as understood

Rules = tuple[Rule, ...]

TRAINED: Rules = (
    merging.what_was_merged_goes_on_in_the_other_case,
    choosing.it_must_apply_at_this_step,
    who.the_actor_must_be_trained_for_this_act,
    who.the_actor_must_be_in_date_for_this_act,
    elsewhere.a_conflict_in_another_case_is_decided_first,
)
ALLOCATING: Rules = (
    *TRAINED,
    who.those_allocated_must_be_active_and_in_date,
    who.those_allocated_must_have_no_conflict,
    elsewhere.nobody_named_may_have_a_conflict_in_another_case,
    allocated.nobody_is_allocated_whom_they_do_not_want,
    who.the_supervisor_allocated_must_be_one,
    who.a_foundation_facilitator_works_under_guidance,
    who.a_sensitive_case_needs_an_advanced_lead,
)
REACHING: Rules = (
    contact.nobody_who_asked_not_to_be_contacted_is_contacted,
    contact.nothing_is_done_with_somebody_who_died,
    elsewhere.a_wish_for_no_contact_holds_in_every_case_of_the_matter,
    elsewhere.what_they_said_elsewhere_must_be_readable,
    elsewhere.nothing_is_done_with_somebody_who_died_elsewhere,
    elsewhere.a_wish_in_another_matter_is_seen_first,
    personal_data.a_wish_kept_beyond_an_erasure_is_seen_first,
    contact.an_offenders_wish_is_held,
    reaching.nothing_is_said_to_somebody_not_identified,
    reaching.whose_details_are_not_passed_on_is_left_to_the_referrer,
)
SAFELY: Rules = (
    contact.a_person_who_will_ring_is_left_to_ring,
    reaching.only_a_safe_way_is_used,
    elsewhere.a_way_called_unsafe_in_another_case_is_not_used,
)
"""When and by which way somebody is spoken to."""
CONTACTING: Rules = (*TRAINED, *REACHING, *SAFELY)
FACILITATING: Rules = (
    *TRAINED,
    *REACHING,
    who.a_sensitive_case_needs_experienced_facilitators,
)
JOINING: Rules = (
    *TRAINED,
    joining.every_pair_must_be_under_way,
    joining.it_must_be_of_this_episode,
    joining.nobody_joined_may_have_asked_for_no_contact,
    joining.nobody_joined_may_have_died,
    joining.nobody_joined_may_be_in_doubt,
    elsewhere.nobody_joined_may_be_kept_away_by_another_case,
    stepping.an_offender_hears_who_asks_as_the_victim_agrees,
    joining.the_offender_must_accept_responsibility,
    joining.a_childs_yes_needs_the_adults_yes,
    joining.no_consent_may_rest_on_what_is_misleading,
    understood.everybody_joined_must_be_able_to_understand,
    joining.the_case_must_be_classified,
    joining.the_risk_must_be_decided_and_current,
    joining.the_risk_decision_must_allow_this,
    joining.a_sensitive_case_must_be_countersigned,
    joining.no_legal_bar_may_stand,
    joining.the_officers_view_must_be_on_record,
    who.the_case_must_be_allocated_to_a_facilitator,
    who.a_sensitive_case_must_be_co_worked,
    who.those_allocated_must_be_of_the_level_of_the_case,
    allocated.those_allocated_must_still_be_there,
    allocated.nobody_is_joined_by_somebody_they_do_not_want,
    who.a_sensitive_case_needs_experienced_facilitators,
)
"""What every joining step asks, of every pair that it is about, besides the consent to it."""
GATES: Rules = (*JOINING, joining.both_people_must_consent_to_this_in_writing)
LETTER_GATES: Rules = (
    *JOINING,
    exchange.a_recipient_must_agree_to_hear_of_letters,
    exchange.an_author_must_agree_to_send_letters,
    exchange.its_author_must_still_stand_by_it,
)
"""A letter asks its author's and its recipient's consent by scopes of their own."""
IN_THE_ROOM: Rules = (
    joining.everybody_in_the_room_must_be_agreed_to,
    joining.all_who_meet_must_be_a_pair_of_this_meeting,
    recording.by_video_only_as_both_consent,
)
