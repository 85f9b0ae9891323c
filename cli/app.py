"""The words that can be typed after `rj`. Each is loaded when it is used, so that help is quick."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Group, Parameter

from cli.output import help_formatter
from cli.verbs import EVERYDAY, PROTECTIVE

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.verbs import Verb

    Run = Callable[..., int]

_SERVICE = Group("Run it", sort_key=1)
_LOOK = Group("Look", sort_key=2)
_STOP = Group("When somebody says no, or waits", sort_key=3)
_WORK = Group("Work on a case", sort_key=4)
_ANY = Group("Any command, any rule", sort_key=5)

_HELP = (
    "The restorative justice case service, from a terminal.\n\n"
    "Who acts is named with --as, or RJ_ACTOR. Results are tables on a terminal, plain columns in "
    "a pipe, and JSON with --json. Whoever looks at a case, a list or a text is logged: who, "
    "when, what and why; so is what was denied. Exit codes: 0 done, 1 refused, 2 nonsense, "
    "3 unavailable, 4 unforeseen."
)

_LAZY: tuple[tuple[Group, str, str, str], ...] = (
    (_SERVICE, "up", "cli.up:up", "start everything on this machine"),
    (_SERVICE, "setup", "cli.setup:setup", "enter the first administrator of a deployment"),
    (_SERVICE, "doctor", "cli.doctor:doctor", "check the installation, in plain words"),
    (_SERVICE, "erased", "cli.erased:erased", "is all that was erased gone, and final"),
    (_SERVICE, "matching", "cli.matching:matching", "see that everybody can be found again"),
    (
        _SERVICE,
        "import",
        "cli.importing.verb:import_",
        "bring along live cases from a file: all of it checked first, each line once",
    ),
    (_SERVICE, "recover", "cli.recover:recover", "rebuild the queue and clock from the log"),
    (_LOOK, "cases", "cli.cases:cases", "the cases that you may see"),
    (_LOOK, "show", "cli.show:show", "one case, now or as at a date"),
    (_LOOK, "person", "cli.person:person", "somebody in their other cases, and whom to ask"),
    (_LOOK, "reach", "cli.reach:reach", "before somebody is tried: is it welcome, when and how"),
    (_LOOK, "history", "cli.history:history", "who did what when, and what it changed"),
    (
        _LOOK,
        "consulted",
        "cli.consulted:consulted",
        "what you are asked about a case as a specialist",
    ),
    (_LOOK, "referral", "cli.referral:referral", "what became of a referral that you made"),
    (_LOOK, "waiting", "cli.waiting:waiting", "the work queue: overdue, due, at their pace"),
    (_LOOK, "diary", "cli.diary:diary", "what is booked, and who is out on a visit now"),
    (_LOOK, "matches", "cli.matches:matches", "whether its people are in other cases too"),
    (
        _LOOK,
        "find",
        "cli.find:find",
        "whether somebody who rings is known: yes or no, and whom to ask",
    ),
    (_LOOK, "team", "cli.team:team", "caseloads, decisions that wait, what was missed"),
    (
        _LOOK,
        "audit",
        "cli.audit.group:audit",
        "is the record as it was, who looked at what, audits",
    ),
    (_LOOK, "report", "cli.report.report:report", "how many: numbers with their definitions"),
    (_LOOK, "rights", "cli.rights.group:rights", "what people ask about their data, and breaches"),
    (_LOOK, "seen", "cli.seen:seen", "tick off a queued command that was not accepted"),
    (
        _SERVICE,
        "practitioners",
        "cli.practitioners:practitioners",
        "the register: who works in or with the service",
    ),
    (_ANY, "commands", "cli.commands:commands", "every command, its fields and its rules"),
    (_ANY, "rules", "cli.rules:rules", "every rule with its sentence"),
    (_ANY, "text", "cli.text:text", "what people read for a code, participants too"),
)
_WENT_WRONG: tuple[tuple[str, str, str], ...] = (
    ("complaint", "cli.went_wrong:complaint", "a complaint, step by step, until it is closed"),
    ("adverse", "cli.went_wrong:adverse", "what is done after something went wrong"),
)
_SEVERAL: tuple[tuple[str, str, str], ...] = (
    ("visit", "cli.visit:visit", "all that was said and agreed at one visit, recorded at once"),
    (
        "hand-over",
        "cli.handing_over:hand_over",
        "hand one, several or all of somebody's cases over, to a successor or free, with a note",
    ),
)
_AWAY: tuple[tuple[str, str, str], ...] = (
    ("absent", "cli.absence:absent", "somebody is away for a time, and who covers for them"),
    ("back", "cli.absence:back", "somebody is back before the day, or does not go"),
)
_PAPER: tuple[tuple[str, str, str], ...] = (
    (
        "print-pack",
        "cli.paper.pack:print_pack",
        "one person on paper, for where no device may go",
    ),
    (
        "consent-form",
        "cli.paper.consent:consent_form",
        "a consent form to sign, with what was gone through",
    ),
    ("scan", "cli.paper.scan:scan", "take the scan of a signed consent out of the vault"),
    (
        "visit-form",
        "cli.paper.visit:visit_form",
        "a form for visits while the service is down",
    ),
)
_RAW: tuple[tuple[str, str, str], ...] = (
    ("do", "cli.do:do", "do any command: rj do CASE COMMAND"),
    ("signal", "cli.do:signal", "queue any command without waiting for the answer"),
)


def app() -> App:
    """Return the application. It raises what goes wrong and returns the exit code."""
    rj = App(
        name="rj",
        help=_HELP,
        help_format="plaintext",
        help_formatter=help_formatter(),
        version=_version,
        version_flags=["--version"],
        result_action="return_value",
        suppress_keyboard_interrupt=False,
    )
    for flag in ("--help", "--version"):
        rj[flag].group = _SERVICE
    for group, name, where, text in _LAZY:
        rj.command(where, name=name, help=text, group=group)
    for name, where, text in (*_SEVERAL, *_WENT_WRONG, *_PAPER):
        rj.command(where, name=name, help=text, group=_WORK)
    for group, lines in ((_WORK, _AWAY), (_ANY, _RAW)):
        for name, where, text in lines:
            rj.command(where, name=name, help=text, group=group, help_flags=[])
    for group, verbs in ((_STOP, PROTECTIVE), (_WORK, EVERYDAY)):
        for verb in verbs:
            rj.command(_runs(verb), name=verb.names, help=verb.help, group=group, help_flags=[])
    return rj


def _version() -> str:
    return version("restorative-justice-service")


def _runs(verb: Verb) -> Run:
    def run(*tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)]) -> int:
        from cli.everyday import carry_out  # noqa: PLC0415 - the domain is slow to load

        return carry_out(verb, tokens)

    return run
