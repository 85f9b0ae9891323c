"""What the code says of itself, as tables for the documents of a controller."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from access import Look
from cli.fields import fields_of, is_model, model_fields
from cli.wording import words_of
from domain.answering import ANSWERING, ERASE_WORDS, FOLLOW_ORDER, REVIEW
from domain.case import Case
from domain.command import COMMANDS
from domain.dossier import Dossier
from domain.event import EVENTS
from domain.ledger import TABLE as LEDGER
from domain.limits import Limits
from domain.permissions import View, may
from domain.practitioner import Practitioner
from domain.purposes import PURPOSES
from domain.record import Envelope
from domain.texts import CASE, OwnedBy
from domain.words import (
    BreachRisk,
    Category,
    Ground,
    Handed,
    ItemGround,
    PartnerService,
    Passed,
    Recipient,
    Right,
    RightsGround,
    Role,
    StaffRole,
)
from vault.details import OffenceDetails, PartyDetails

if TYPE_CHECKING:
    from enum import StrEnum

    from cli.fields import CommandField
    from domain.permissions import State
    from domain.retention import Kept
    from settings import Settings

Lines = Iterator[str]
_UNDECIDED = {None: "any", True: "yes", False: "no"}
SPECIAL = frozenset({"needs", "notes", "safe_way", "prison", "release", "language"})
"""Details of a person in which facts of health, disability, origin or offences may stand; those of
an offence all are such."""


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Lines:
    columns = list(columns)
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(' '.join(cell.split()) for cell in row)} |"


def _codes(kind: type[StrEnum]) -> str:
    return "; ".join(words_of(code) for code in kind)


def _purposes(_settings: Settings) -> Lines:
    yield from _table(
        ("purpose", "basis under the UK GDPR", "basis under Part 3 of the Act"),
        ((p.sentence, p.under_gdpr, p.under_part3) for p in PURPOSES),
    )


def _handling(settings: Settings) -> Lines:
    by = settings.organisations.items()
    rows = [("every other", settings.controller, settings.regime.value)]
    rows += [(name, one.controller, one.regime.value) for name, one in sorted(by)]
    yield from _table(("what comes from", "controller", "regime"), rows)


def _people(_settings: Settings) -> Lines:
    yield f"By law (section 38(3) of the Act), on each date: {_codes(Category)}."
    yield ""
    yield f"By their part in a case: {_codes(Role)}."
    yield ""
    yield "Staff of the service and its partners, as practitioners and as whoever looked at what."


def _details(_settings: Settings) -> Lines:
    rows = [
        (
            owner,
            name.replace("_", " "),
            "yes" if name in SPECIAL or model is OffenceDetails else "",
            field.description or "",
        )
        for owner, model in (("a person", PartyDetails), ("an offence", OffenceDetails))
        for name, field in model.model_fields.items()
    ]
    yield from _table(("of", "detail", "may be sensitive", ""), rows)


def texts() -> Iterator[tuple[str, str, str, str]]:
    """Yield every text that a command puts into the vault: command, field, whose, what it is."""
    for name, command in sorted(COMMANDS.items()):
        for field in fields_of(command):
            yield from _of_field(name, field)


def _of_field(name: str, field: CommandField) -> Iterator[tuple[str, str, str, str]]:
    if field.name in ("why", "basis"):
        return
    if field.personal:
        yield name, field.name, _whose(field), field.help
    elif is_model(field.shape.kind):
        for inner in model_fields(field.shape.kind):
            yield from _of_field(name, inner)


def _whose(field: CommandField) -> str:
    owner = next((m.field for m in field.shape.marks if isinstance(m, OwnedBy)), CASE)
    return "the service's record" if owner == CASE else "the person's own"


def _texts(_settings: Settings) -> Lines:
    yield from _table(("command", "text", "whose", ""), texts())


def _events(_settings: Settings) -> Lines:
    rows = []
    for name, event in sorted(EVENTS.items()):
        if event.__module__.startswith("domain."):
            says = inspect.cleandoc(event.__doc__ or "").split("\n\n")[0]
            rows.append((name, ", ".join(event.model_fields) or "nothing more", says))
    yield from _table(("event", "its fields: ids and codes", "what it says"), rows)


def _envelope(_settings: Settings) -> Lines:
    yield ", ".join(f"`{name}`" for name in Envelope.model_fields)


def _looks(_settings: Settings) -> Lines:
    yield ", ".join(f"`{name}`" for name in Look.model_fields)


def _recipients(_settings: Settings) -> Lines:
    rows = [
        ("partner services, by the person's own wish", _codes(PartnerService)),
        (f"without agreement, on one of these grounds: {_codes(Ground)}", _codes(Recipient)),
        ("the other person of a pair, by the wish of the one it is about", "item by item"),
    ]
    yield from _table(("who", "which"), rows)
    yield ""
    yield f"What may pass, by kind: {_codes(Passed)}."


def _ledger(_settings: Settings) -> Lines:
    rows = [
        (event.name(), inspect.cleandoc(event.__doc__ or "").split("\n\n")[0]) for event in LEDGER
    ]
    yield from _table(("event", "what it passes on"), rows)


def _rights(_settings: Settings) -> Lines:
    yield f"Rights: {_codes(Right)}."
    yield ""
    yield f"Grounds on which something is not granted: {_codes(RightsGround)}."
    yield ""
    yield f"What is done with an item that others are in, too: {_codes(Handed)}; because:"
    yield f"{_codes(ItemGround)}."
    yield ""
    yield f"A breach is assessed as: {_codes(BreachRisk)}."


def _clocks(settings: Settings) -> Lines:
    fixed = {
        "answer_request": "one month; two more if told within the first",
        "notify_commissioner": "72 hours from becoming aware",
        REVIEW: "when its time by the retention table is over",
    }
    days = settings.limits.model_dump()
    days[FOLLOW_ORDER] = days[ERASE_WORDS] = days["task"]
    rows = [
        (row.sentence, fixed.get(row.name) or f"{days[row.name]} working days") for row in ANSWERING
    ]
    told = days["recipient_told"]
    rows.append(
        (
            "tell whoever was given something that it was wrong, or is erased or not used",
            f"{told} working days",
        )
    )
    yield from _table(("what", "how long"), rows)


def _who_sees(_settings: Settings) -> Lines:
    views = {
        "any case": (View.CASE, View.HISTORY),
        "words of any case": (View.WORDS,),
        "the data-protection register": (View.DOSSIER,),
        "all that is kept of somebody": (View.GATHERED,),
        "who looked at what": (View.ACCESS_LOG,),
    }
    rows = []
    for role in StaffRole:
        who = Practitioner(id="PR-1", roles=frozenset({role}), active=True)
        sees = [name for name, some in views.items() if all(_sees(who, one) for one in some)]
        rows.append((words_of(role), "; ".join(sees) or "only what they work on, or nothing"))
    yield from _table(("role", "sees besides their own work"), rows)


def _sees(who: Practitioner, view: View) -> bool:
    case = Case(id="RJ-1", version=1, organisation="OTHER", area="OTHER")
    state: State = Dossier(id="DP-1", version=1) if view is View.DOSSIER else case
    return may(who, view, state)


def _time_limits(settings: Settings) -> Lines:
    rows = [
        ("words that no command came to use", f"{settings.draft_days} days"),
        ("who looked at what", f"{settings.access_days} days; its signed root stays"),
        ("Temporal's own histories (codes only)", "7 days after a run ends"),
        ("a letter in the service's custody", _asked(settings.limits)),
    ]
    yield from _table(("what", "how long"), rows)


def _retention(settings: Settings) -> Lines:
    retention = settings.limits.retention
    rows = [(*_whom(row), f"{row.years} years") for row in retention.rows]
    rows.append(("any other", "", "", "", "", f"{retention.otherwise} years"))
    columns = ("controller", "how it ended", "class", "age", "later offers", "looked at after")
    yield from _table(columns, rows)


def _retention_of_register(settings: Settings) -> Lines:
    retention = settings.limits.retention
    rows = [
        (words_of(row.kind) if row.kind else "any", _UNDECIDED[row.undecided], f"{row.years} years")
        for row in retention.register_rows
    ]
    rows.append(("any other", "", f"{retention.register_otherwise} years"))
    yield from _table(("entry", "withdrawn before anything was decided", "looked at after"), rows)


def _whom(row: Kept) -> tuple[str, str, str, str, str]:
    age = {None: "any", True: "under 18", False: "18 or over"}[row.child]
    return (
        row.controller or "any",
        "; ".join(words_of(code) for code in row.outcomes) or "any",
        words_of(row.sensitivity) if row.sensitivity else "any",
        age,
        words_of(row.later_offers) if row.later_offers else "any",
    )


def _asked(limits: Limits) -> str:
    return f"its owner is asked after {limits.letter_review} days; kept meanwhile"


TABLES: dict[str, Callable[[Settings], Lines]] = {
    "purposes": _purposes,
    "handling": _handling,
    "people": _people,
    "details": _details,
    "texts": _texts,
    "events": _events,
    "envelope": _envelope,
    "looks": _looks,
    "recipients": _recipients,
    "ledger": _ledger,
    "rights": _rights,
    "clocks": _clocks,
    "who_sees": _who_sees,
    "time_limits": _time_limits,
    "retention": _retention,
    "retention_of_register": _retention_of_register,
}
"""Every table that a template may name. A new one is a function and its row."""
