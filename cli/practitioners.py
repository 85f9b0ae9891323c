"""`rj practitioners`: the register, and the commands that keep it."""

from __future__ import annotations

from cyclopts import Group

from cli import register
from cli.grouped import Commands, add_commands, group_of
from cli.leaving import left

KEEPING: Commands = {
    "register": ("register_practitioner", ("kind",)),
    "grant-role": ("grant_role", ("role",)),
    "take-role-back": ("take_role_back", ("role",)),
    "grant-credential": ("grant_credential", ("credential",)),
    "withdraw-credential": ("withdraw_credential", ("credential",)),
    "supervision": ("record_supervision", ()),
    "plan-observation": ("plan_observation", ("planned_for", "observer")),
    "observed-practice": ("record_observed_practice", ()),
    "feed-back": ("feed_back_observation", ()),
    "development": ("record_development", ("hours",)),
    "practice": ("record_practice", ()),
    "explain": ("explain_renewal", ("clocks", "cause")),
    "absent": ("record_absence", ()),
    "change-absence": ("change_absence", ("absence",)),
    "back": ("end_absence", ()),
    "deactivate": ("deactivate_practitioner", ()),
    "reactivate": ("reactivate_practitioner", ()),
}
"""Each verb of the register, its command, and the fields that are typed without their names."""

practitioners = group_of("practitioners", "the register: who works in or with the service")
_LOOK, _KEEP = Group("Look", sort_key=1), Group("Keep the register", sort_key=2)
practitioners.default(register.listed)
practitioners.command(register.listed, name="list", group=_LOOK)
practitioners.command(register.show, name="show", group=_LOOK)
add_commands(practitioners, KEEPING, "PRACTITIONER", _KEEP, {"deactivate": left})
practitioners["--help"].group = _LOOK
