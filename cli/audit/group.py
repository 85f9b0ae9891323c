"""`rj audit`: whether the record is as it was, who looked at what, and audits of cases."""

from __future__ import annotations

from cli.grouped import group_of

VERBS: tuple[tuple[str, str, str], ...] = (
    ("checkpoint", "cli.audit.checkpoint:checkpoint", "sign the log as it stands, now"),
    ("verify", "cli.audit.verify:verify", "was the log altered? against the checkpoints"),
    ("prove", "cli.audit.prove:prove", "that one entry stands in the log"),
    ("consistency", "cli.audit.prove:consistency", "that one checkpoint grew into another"),
    (
        "export",
        "cli.audit.export:export",
        "the log in a file, for the verifier or other tools",
    ),
    (
        "export-looks",
        "cli.audit.export_looks:export_looks",
        "the access log in a file, for the verifier",
    ),
    ("replay", "cli.audit.replay:replay", "a case entry by entry; or --all, against the lists"),
    ("keys", "cli.audit.keys:keys", "the public keys, for whoever checks the record"),
    ("access", "cli.audit.access:access", "who looked at what, when and why"),
    ("alerts", "cli.audit.alerts:alerts", "patterns in it that somebody should look into"),
    ("review", "cli.audit.review:review", "what to review in it, and signing that it was"),
    ("sample", "cli.audit.sample:sample", "draw cases to be audited, by a recorded seed"),
    ("samples", "cli.audit.samples:samples", "what was drawn, found, recommended and done"),
    ("pack", "cli.audit.pack:pack", "a sample without identities, for a scrutiny panel"),
    ("retire", "cli.audit.retire:retire", "let go of what is past its time, as its owner"),
)
"""Each verb, where it is found (loaded when it is used), and its help."""

audit = group_of(
    "audit", "whether the record is as it was recorded, who looked at what, and audits of cases"
)
SAID: tuple[tuple[str, str, str], ...] = (
    ("finding", "cli.audit.findings:finding", "what was found of a case that was drawn"),
    ("answer", "cli.audit.findings:answer", "what the service answers to a recommendation"),
    ("done", "cli.audit.findings:done", "that what was recommended is done"),
    ("conclude", "cli.audit.findings:conclude", "that all there is to say of it was said"),
)
"""The same of what is recorded in a case: commands, whose fields are their options."""
for _name, _where, _help in VERBS:
    audit.command(_where, name=_name, help=_help)
for _name, _where, _help in SAID:
    audit.command(_where, name=_name, help=_help, help_flags=[])
