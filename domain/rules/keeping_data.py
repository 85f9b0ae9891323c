"""Which rules guard what is decided about people's data."""

from __future__ import annotations

from domain.command import Command
from domain.commands import erasing, restricting
from domain.rules import personal_data as data
from domain.rules.groups import Rules
from domain.rules.staff import the_actor_must_be_trained_for_this_act

ON_DATA: Rules = (the_actor_must_be_trained_for_this_act,)
"""Also in a case that goes on in another: what was put in here is still here."""
DATA: dict[type[Command], Rules] = {
    erasing.ProposeDataStep: ON_DATA,
    erasing.DecideErasure: (
        *ON_DATA,
        data.an_erasure_takes_two_people,
        data.what_is_restricted_is_not_erased,
        data.a_story_goes_once_everything_has_ended,
        data.what_the_matcher_keeps_is_their_own_wish,
    ),
    erasing.RefuseErasure: ON_DATA,
    erasing.NoteMentions: (),
    erasing.NoteErased: (),
    erasing.ReportSuppression: (),
    erasing.ReportMention: ON_DATA,
    erasing.RedactMention: ON_DATA,
    erasing.KeepMention: ON_DATA,
    restricting.RestrictData: (*ON_DATA, data.what_is_being_erased_is_not_restricted),
    restricting.LiftRestriction: (*ON_DATA, data.lifting_a_restriction_takes_two_people),
    restricting.KeepLonger: ON_DATA,
}
"""Part of the table of all guards (domain/rules/table.py)."""
