"""`rj rights`: the data-protection register, and what people are told and have put right."""

from __future__ import annotations

from cyclopts import Group

from cli.grouped import Commands, add_commands, group_of

ASKED: Commands = {
    "request": ("record_rights_request", ("right",)),
    "breach": ("record_data_breach", ("kind",)),
    "notes": ("record_notes_request", ("by",)),
}
"""What anybody of the service puts on record; each opens an entry of the register."""
REQUESTS: Commands = {
    "about": ("name_subjects", ("about",)),
    "ask-back": ("ask_requester", ("what",)),
    "identified": ("identify_requester", ("how",)),
    "made-clear": ("note_request_made_clear", ()),
    "extend": ("extend_request", ()),
    "decide": ("decide_request", ("decision",)),
    "put-in": ("put_in_items", ("items",)),
    "decide-items": ("decide_items", ("handed", "ground", "items")),
    "done": ("note_carried_out", ("case", "entry")),
    "answer": ("answer_request", ("channel",)),
    "withdrawn": ("withdraw_request", ()),
}
BREACHES: Commands = {
    "assess": ("assess_data_breach", ("risk",)),
    "notified": ("notify_commissioner", ()),
    "people-told": ("tell_people_of_breach", ("people", "channel")),
    "people-not-told": ("decide_not_to_tell_people", ("ground",)),
    "close": ("close_data_breach", ()),
}
NOTES: Commands = {
    "decide-notes": ("decide_notes_request", ("decision",)),
    "given": ("note_notes_given", ("case", "entry")),
    "answer-notes": ("answer_notes_request", ("channel",)),
}
CLOSED: Commands = {
    "keep-longer": ("keep_dossier_longer", ("ground", "review_on")),
    "erase-words": ("decide_dossier_erasure", ("ground",)),
}
"""What is decided of the words of a closed entry, at its review."""
OF_A_CASE: Commands = {
    "informed": ("give_privacy_information", ("party", "channel", "edition")),
    "correct": ("correct_fact", ("party", "items")),
    "told": ("record_recipient_told", ("notice",)),
}
"""What is recorded in a case: its reference comes first."""
LOOKS: tuple[tuple[str, str, str], ...] = (
    ("list", "cli.rights.listed:listed", "the register: what is open, and when it is due"),
    ("show", "cli.rights.show:show", "one entry of it, with what was asked and answered"),
    ("items", "cli.rights.items:items", "what is kept of those it is about, and what to decide"),
    ("search", "cli.rights.search:search", "texts in which they may be described, in any case"),
    ("documents", "cli.rights.documents:documents", "impact assessment, record, policy: filled in"),
    ("erase", "cli.rights.everywhere:erase", "erase them in all their cases: shown, then done"),
    ("restrict", "cli.rights.everywhere:restrict", "keep their data without use, in all cases"),
    ("lift", "cli.rights.everywhere:lift", "lift what keeps their data from use, in all cases"),
    ("export", "cli.rights.export:export", "their copy, in a folder, once all is decided"),
)
"""Each verb that looks, where it is found (loaded when it is used), and its help."""

rights = group_of(
    "rights", "what people ask about their data, breaches, and requests of others for notes"
)
_LOOK = Group("Look", sort_key=1)
_GROUPS: tuple[tuple[Group, str, Commands], ...] = (
    (Group("Put on record (anybody of the service)", sort_key=2), "DOSSIER", ASKED),
    (Group("Requests of people (the data-protection officer)", sort_key=3), "DOSSIER", REQUESTS),
    (Group("Breaches (the data-protection officer)", sort_key=4), "DOSSIER", BREACHES),
    (Group("Requests for notes (the data-protection officer)", sort_key=5), "DOSSIER", NOTES),
    (Group("Closed entries (the data-protection officer)", sort_key=6), "DOSSIER", CLOSED),
    (Group("In a case", sort_key=7), "CASE", OF_A_CASE),
)


for _name, _where, _help in LOOKS:
    rights.command(_where, name=_name, help=_help, group=_LOOK)
for _group, _about, _commands in _GROUPS:
    add_commands(rights, _commands, _about, _group)
rights["--help"].group = _LOOK
