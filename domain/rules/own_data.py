"""The rows of the data-protection register, and of what people are told and have put right."""

from __future__ import annotations

from domain.command import Command
from domain.commands import breaches, everywhere, kept_dossiers, own_data, rights
from domain.rules import everywhere as all_cases
from domain.rules import kept_dossiers as words
from domain.rules import rights as rules
from domain.rules import stepping
from domain.rules.groups import CONTACTING, Rules
from domain.rules.staff import the_actor_must_be_trained_for_this_act

OWN_DATA: dict[type[Command], Rules] = {
    own_data.GivePrivacyInformation: (
        *CONTACTING,
        stepping.an_offender_is_approached_as_the_victim_agrees,
    ),
    own_data.CorrectFact: (the_actor_must_be_trained_for_this_act,),
    own_data.RecordRecipientTold: (the_actor_must_be_trained_for_this_act,),
    rights.RecordRightsRequest: (),
    rights.NameSubjects: (),
    rights.AskRequester: (),
    rights.IdentifyRequester: (),
    rights.NoteRequestMadeClear: (),
    rights.ExtendRequest: (rules.an_extension_is_told_within_the_first_month,),
    rights.DecideRequest: (rules.nothing_is_given_to_somebody_not_identified,),
    rights.DecideItems: (),
    rights.PutInItems: (rules.what_is_of_a_case_is_named_by_who_may_see_it,),
    rights.NoteCopyMade: (
        rules.nothing_is_given_to_somebody_not_identified,
        rules.a_request_is_decided_before_it_is_done,
        rules.nothing_mixed_leaves_without_a_decision,
    ),
    rights.NoteCarriedOut: (
        rules.a_request_is_decided_before_it_is_done,
        rules.what_is_of_a_case_is_named_by_who_may_see_it,
    ),
    rights.AnswerRequest: (rules.an_answer_follows_what_was_decided,),
    rights.WithdrawRequest: (),
    everywhere.EraseEverywhere: (
        all_cases.nothing_is_done_in_all_cases_but_what_was_decided,
        all_cases.erasing_in_all_cases_takes_two_people,
        all_cases.only_one_persons_cases_are_decided_together,
        all_cases.whoever_had_a_part_in_a_case_decides_nothing_there,
        all_cases.what_is_kept_at_somebodys_word_stays,
        all_cases.a_wish_is_kept_beyond_an_erasure_only_if_they_were_told,
    ),
    everywhere.RestrictEverywhere: (
        all_cases.nothing_is_done_in_all_cases_but_what_was_decided,
        all_cases.only_one_persons_cases_are_decided_together,
        all_cases.whoever_had_a_part_in_a_case_decides_nothing_there,
        all_cases.what_is_kept_at_somebodys_word_stays,
    ),
    everywhere.LiftEverywhere: (
        all_cases.nothing_is_done_in_all_cases_but_what_was_decided,
        all_cases.lifting_in_all_cases_takes_two_people,
        all_cases.only_one_persons_cases_are_decided_together,
        all_cases.whoever_had_a_part_in_a_case_decides_nothing_there,
        all_cases.that_is_lifted_which_was_named,
        all_cases.what_they_had_restricted_is_lifted_once_they_were_told,
    ),
    everywhere.NoteOrderFollowed: (),
    everywhere.FollowOrder: (),
    breaches.RecordDataBreach: (),
    breaches.AssessDataBreach: (),
    breaches.NotifyCommissioner: (rules.a_late_notice_says_why,),
    breaches.TellPeopleOfBreach: (),
    breaches.DecideNotToTellPeople: (),
    breaches.CloseDataBreach: (rules.a_breach_is_closed_once_all_who_must_know_do,),
    breaches.RecordNotesRequest: (),
    breaches.DecideNotesRequest: (rules.notes_are_given_only_as_necessary_and_proportionate,),
    breaches.NoteNotesGiven: (rules.what_is_of_a_case_is_named_by_who_may_see_it,),
    breaches.AnswerNotesRequest: (rules.an_answer_on_notes_follows_what_was_decided,),
    kept_dossiers.KeepDossierLonger: (),
    kept_dossiers.DecideDossierErasure: (words.the_register_proves_for_its_time_what_was_done,),
    kept_dossiers.NoteDossierErased: (),
}
