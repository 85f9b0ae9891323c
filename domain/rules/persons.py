"""The rows of what is recorded about one person: how they are reached, and what they are."""

from __future__ import annotations

from domain.command import Command
from domain.commands import contacting, enhanced_rights, linking, persons, roles, stand_ins
from domain.rules import elsewhere, reaching
from domain.rules import roles as being
from domain.rules import stand_ins as instead
from domain.rules import telling as tell
from domain.rules.groups import CONTACTING, TRAINED, Rules

PERSONS: dict[type[Command], Rules] = {
    contacting.RecordSafeWays: (*TRAINED, reaching.a_way_is_opened_only_by_the_person),
    contacting.CloseWays: (),
    contacting.WithholdDetails: (),
    contacting.AgreeToContact: (*TRAINED, reaching.only_the_person_agrees_to_be_contacted),
    contacting.RecordCall: TRAINED,
    contacting.DoubtIdentity: (),
    contacting.TellOfWaiting: (*CONTACTING, tell.nobody_is_told_who_wishes_not_to_be),
    contacting.RecordUnidentifiedCall: TRAINED,
    contacting.RecordGeneralCall: TRAINED,
    enhanced_rights.RecordEnhancedRights: (*TRAINED, being.a_child_has_enhanced_rights),
    stand_ins.AddStandIn: (*TRAINED, instead.a_stand_in_is_found_for_somebody_who_wishes_it),
    roles.RecordUnderAge: (),
    roles.CorrectRole: (*TRAINED, being.a_role_fits_their_age),
    roles.NominateRepresentative: TRAINED,
    roles.RecordAuthority: TRAINED,
    linking.LinkPerson: TRAINED,
    linking.UnlinkPerson: (*TRAINED, elsewhere.a_link_is_undone_by_a_second_person),
    linking.NoteWishSeen: TRAINED,
    linking.FollowPerson: (),
    linking.NotePersonTold: (),
    persons.NoteAppearance: (),
    persons.NoteCaseTold: (),
}
