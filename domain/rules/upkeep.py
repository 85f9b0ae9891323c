"""Which rules guard what keeps the service in order: feedback, complaints, tasks, missed clocks,
merges, the register of practitioners."""

from __future__ import annotations

from domain.command import Command
from domain.commands import (
    absence,
    auditing,
    clocks,
    diary,
    later,
    merging,
    packs,
    protection,
    quality,
    renewing,
)
from domain.commands import practitioners as register
from domain.rules import absence as away
from domain.rules import alone, contact, stepping
from domain.rules import auditing as audit
from domain.rules import choice as choosing
from domain.rules import clocks as late
from domain.rules import diary as booked
from domain.rules import merging as one_matter
from domain.rules import quality as good
from domain.rules import register as registering
from domain.rules import staff as who
from domain.rules.groups import CONTACTING, TRAINED, Rules

AUDITING: Rules = (
    choosing.it_must_apply_at_this_step,
    who.the_actor_must_be_trained_for_this_act,
    who.the_actor_must_be_in_date_for_this_act,
    audit.a_case_is_audited_by_somebody_without_a_part_in_it,
)
"""Also of a case that goes on in another one."""
ABSENCE: Rules = (
    away.an_absence_is_for_a_time,
    away.nobody_is_away_twice_at_once,
    away.a_cover_works_in_the_same_service,
    away.a_cover_may_do_what_they_cover,
    away.a_cover_is_there_themselves,
)
UPKEEP: dict[type[Command], Rules] = {
    auditing.DrawForAudit: AUDITING,
    auditing.RecordAuditFinding: AUDITING,
    auditing.AnswerRecommendation: AUDITING[:-1],
    auditing.CloseRecommendation: (
        *AUDITING,
        audit.a_recommendation_is_answered_before_it_is_closed,
    ),
    auditing.ConcludeAudit: (*AUDITING, audit.an_audit_says_what_it_found),
    diary.BookAppointment: (
        *CONTACTING,
        stepping.an_offender_is_approached_as_the_victim_agrees,
        booked.whoever_comes_is_there_and_may_meet_them,
        booked.nobody_is_met_by_somebody_they_do_not_want,
    ),
    diary.ArrangeMeeting: (
        *TRAINED,
        booked.whoever_comes_is_there_and_may_meet_them,
        booked.nobody_is_met_by_somebody_they_do_not_want,
        booked.a_meeting_is_arranged_with_all_its_facilitators,
    ),
    diary.CallOffAppointment: (),
    diary.EndAppointment: TRAINED,
    packs.MakePrintPack: (
        *TRAINED,
        contact.nothing_is_done_with_somebody_who_died,
        booked.whoever_comes_is_there_and_may_meet_them,
    ),
    packs.AccountForPack: (),
    diary.CheckIn: (),
    diary.CheckOut: (),
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
    quality.LookIntoComplaint: (
        *TRAINED,
        good.a_complaint_is_not_decided_by_whom_it_is_about,
        good.a_complaint_taken_further_is_decided_by_somebody_else,
    ),
    quality.AnswerComplaint: (
        *TRAINED,
        good.a_complaint_is_not_decided_by_whom_it_is_about,
        good.a_complaint_taken_further_is_decided_by_somebody_else,
        good.a_complaint_is_looked_into_before_it_is_answered,
    ),
    quality.TakeComplaintFurther: (),
    quality.RecordAdverseSteps: TRAINED,
    quality.RecordOwnSideWork: (
        *CONTACTING,
        alone.direct_reparation_is_what_the_harmed_person_agreed_to,
        alone.nobody_is_kept_informed_who_wishes_not_to_be,
    ),
    protection.CompleteTask: (
        *TRAINED,
        good.a_complaint_is_not_decided_by_whom_it_is_about,
        good.a_complaint_taken_further_is_decided_by_somebody_else,
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
    register.RegisterPractitioner: (),
    register.GrantRole: (registering.nobody_changes_what_they_may_do_themselves,),
    register.TakeRoleBack: (),
    register.GrantCredential: (registering.nobody_changes_what_they_may_do_themselves,),
    register.WithdrawCredential: (),
    renewing.RecordSupervision: (
        registering.nobody_changes_what_they_may_do_themselves,
        registering.only_cases_that_they_work_on_are_looked_at,
        registering.nobody_supervises_a_case_that_they_have_a_conflict_in,
    ),
    renewing.PlanObservation: (
        registering.nobody_changes_what_they_may_do_themselves,
        registering.nobody_observes_themselves,
    ),
    renewing.RecordObservedPractice: (registering.nobody_changes_what_they_may_do_themselves,),
    renewing.FeedBackObservation: (registering.nobody_changes_what_they_may_do_themselves,),
    renewing.RecordDevelopment: (registering.nobody_changes_what_they_may_do_themselves,),
    renewing.RecordPractice: (registering.nobody_changes_what_they_may_do_themselves,),
    renewing.ExplainRenewal: (registering.nobody_changes_what_they_may_do_themselves,),
    absence.RecordAbsence: ABSENCE,
    absence.ChangeAbsence: ABSENCE,
    absence.EndAbsence: (),
    register.DeactivatePractitioner: (),
    register.ReactivatePractitioner: (registering.nobody_changes_what_they_may_do_themselves,),
}
"""Part of the table of all commands (domain/rules/table.py)."""
