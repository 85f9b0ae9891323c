"""Which rules guard what passes between people: meetings, questions, letters, shuttle, agreements,
and what follows them."""

from __future__ import annotations

from domain.command import Command
from domain.commands import (
    company,
    interventions,
    kept_letters,
    letters,
    outcome,
    preferring,
    proposing,
    questions,
    shuttle,
    the_day,
)
from domain.rules import choice as choosing
from domain.rules import company as others
from domain.rules import contact, exchange, forms, joining, recording, stepping
from domain.rules import kept_letters as keeping
from domain.rules import proposing as first
from domain.rules import staff as who
from domain.rules import stand_ins as instead
from domain.rules import the_day as on_the_day
from domain.rules.groups import (
    CONTACTING,
    FACILITATING,
    GATES,
    IN_THE_ROOM,
    LETTER_GATES,
    REACHING,
    SAFELY,
    TRAINED,
    Rules,
)

ANOTHER_FORM: Rules = (
    forms.a_change_of_form_needs_the_risk_decided_afresh,
    forms.a_change_of_form_needs_a_fresh_yes_of_both,
)
AT_A_PANEL: Rules = (
    forms.a_panel_is_attended_where_one_is_to_sit,
    forms.a_panel_is_attended_as_the_youth_service_finds_right,
)
COMPANY: Rules = (
    others.everybody_invited_must_have_agreed_in_writing,
    others.everybody_invited_must_be_found_suitable,
    others.everybody_must_know_who_comes,
)

EXCHANGING: dict[type[Command], Rules] = {
    interventions.PlanIntervention: (
        *GATES,
        *IN_THE_ROOM,
        *ANOTHER_FORM,
        *AT_A_PANEL,
        forms.a_form_must_be_offered_in_this_area,
        instead.a_stand_in_is_met_only_as_such,
    ),
    interventions.PreparePerson: (
        *FACILITATING,
        stepping.an_offender_hears_who_asks_as_the_victim_agrees,
    ),
    preferring.RecordPreferences: (*FACILITATING, choosing.the_pair_must_be_under_way),
    interventions.CheckItem: TRAINED,
    the_day.CheckOnTheDay: TRAINED,
    the_day.PencilInDate: (*GATES, *IN_THE_ROOM, on_the_day.each_agrees_to_keep_the_day_free),
    the_day.FixDate: (*GATES, *IN_THE_ROOM),
    interventions.ConfirmWillingness: (
        *FACILITATING,
        stepping.an_offender_hears_who_asks_as_the_victim_agrees,
    ),
    interventions.ConfirmReady: (
        *GATES,
        *IN_THE_ROOM,
        on_the_day.what_was_put_off_needs_a_new_date,
        on_the_day.a_pencilled_date_makes_nothing_ready,
        on_the_day.each_says_again_that_they_want_it_as_it_is_fixed,
        on_the_day.the_harmed_person_was_asked_what_they_prefer,
        exchange.everybody_must_be_prepared,
        on_the_day.everybody_must_be_prepared_recently,
        exchange.the_checklist_must_be_complete,
        *AT_A_PANEL,
        *COMPANY,
    ),
    interventions.StartIntervention: (
        *GATES,
        *IN_THE_ROOM,
        exchange.everybody_must_want_it_today,
        recording.nothing_is_recorded_unless_everybody_consents,
        *AT_A_PANEL,
        *COMPANY,
        on_the_day.everybody_must_be_prepared_recently,
        on_the_day.the_checklist_must_be_gone_through_on_the_day,
        who.enough_facilitators_must_be_present,
        who.those_present_must_be_able_to_facilitate,
    ),
    company.AgreeToCompany: (*FACILITATING, choosing.the_pair_must_be_under_way),
    company.DeclineCompany: (),
    company.InviteCompany: (
        *GATES,
        *IN_THE_ROOM,
        *REACHING,
        others.nobody_is_invited_whom_not_all_agreed_to,
    ),
    company.RecordCompanyAgreement: FACILITATING,
    company.AssessCompany: FACILITATING,
    company.TellWhoComes: (*GATES, *IN_THE_ROOM),
    company.StayAway: (),
    interventions.PauseIntervention: (),
    interventions.ResumeIntervention: (
        *GATES,
        exchange.everybody_must_want_to_go_on,
        who.enough_facilitators_must_be_present,
        who.those_present_must_be_able_to_facilitate,
    ),
    interventions.StopIntervention: (),
    interventions.PostponeIntervention: (),
    interventions.CancelIntervention: (),
    interventions.CompleteIntervention: (
        *TRAINED,
        exchange.something_must_have_passed,
        exchange.nobody_may_have_said_no_before_its_end,
    ),
    interventions.RecordDebrief: FACILITATING,
    questions.GatherQuestion: (*FACILITATING, choosing.the_pair_must_be_under_way),
    questions.PutQuestion: (
        *GATES,
        exchange.the_exchange_must_have_started,
        exchange.its_asker_must_still_stand_by_it,
    ),
    questions.RecordNotPut: TRAINED,
    questions.WithdrawQuestion: (),
    questions.RecordAnswer: FACILITATING,
    questions.SendAnswerBack: TRAINED,
    questions.ApproveAnswer: TRAINED,
    questions.GiveAnswer: (
        *GATES,
        exchange.the_exchange_must_not_be_broken_off,
        exchange.an_answer_is_given_only_when_asked_for,
        exchange.the_author_must_still_stand_by_the_answer,
    ),
    questions.LeaveUnanswered: TRAINED,
    letters.DraftLetter: (*FACILITATING, choosing.the_pair_must_be_under_way),
    letters.ApproveLetter: (*TRAINED, exchange.an_author_must_agree_to_send_letters),
    letters.SendLetterBack: TRAINED,
    letters.RecordLetterAskedFor: (
        *LETTER_GATES,
        *ANOTHER_FORM,
        instead.a_stand_in_is_met_only_as_such,
    ),
    letters.RecordLetterNotWanted: (),
    letters.TakeLetterBack: (),
    letters.DeliverLetter: (
        *LETTER_GATES,
        exchange.a_letter_is_delivered_only_to_somebody_who_wants_it,
    ),
    kept_letters.AskAboutKeptLetter: CONTACTING,
    kept_letters.RecordLetterWishOnDeath: FACILITATING,
    kept_letters.CarryOutLetterWishOnDeath: (
        *TRAINED,
        keeping.only_what_they_left_on_record_is_done,
        keeping.a_letter_of_the_dead_is_given_only_to_somebody_who_wants_it,
        keeping.a_letter_of_the_dead_is_given_only_where_it_is_safe,
    ),
    letters.CarryOutLetterWish: (*TRAINED, exchange.it_is_done_as_its_owner_wishes),
    shuttle.AgreeMessage: (*FACILITATING, choosing.the_pair_must_be_under_way),
    shuttle.CarryMessage: (*GATES, *SAFELY, exchange.the_exchange_must_have_started),
    shuttle.TakeMessageBack: (),
    outcome.RecordAgreement: (*GATES, joining.an_agreement_needs_consent_to_agreeing),
    proposing.ProposeItem: (*GATES, joining.an_agreement_needs_consent_to_agreeing),
    proposing.AgreeToProposal: (
        *GATES,
        joining.an_agreement_needs_consent_to_agreeing,
        first.the_harmed_person_has_their_say_first,
    ),
    proposing.DeclineProposal: (),
    outcome.RecordItemProgress: (
        *TRAINED,
        joining.only_the_victim_lets_an_item_go,
        exchange.what_is_varied_is_agreed_by_all,
    ),
    outcome.TellItemProgress: (
        *TRAINED,
        *REACHING,
        contact.only_somebody_who_asked_to_know_is_told,
    ),
    outcome.RecordFollowUp: (*CONTACTING, contact.nobody_who_declined_follow_up_is_followed_up),
    outcome.DeclineFollowUp: (),
}
"""Part of the table of all commands (domain/rules/table.py)."""
