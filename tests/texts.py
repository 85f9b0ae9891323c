"""Every text that the service can produce: for staff, and for those who take part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import domain.decide  # noqa: F401 - loads every command
from cli.app import app
from cli.verbs import EVERYDAY, PROTECTIVE
from domain.command import COMMANDS
from domain.rule import refusal
from domain.rules.table import GUARDS
from domain.waits import TABLE
from sentences import KINDS, NotFor, To, sentences
from tests.arrows import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cyclopts import App

FORBIDDEN = re.compile(
    r"(?i)perpetrator|harmer\b|never again|last (chance|offer|time)|\bfail(ed|ure|s)?\b"
    r"|\brefus(ed|al)\b|deadline|final (offer|chance)|\bexpires?\b|once only"
)
"""What nobody reads of a person or an offer."""
_DAY = r"(mon|tues|wednes|thurs|fri|satur|sun)day|(to)?morrow|tonight|noon|midnight|\d"
HURRIED = re.compile(
    rf"(?i)\b(by (some|the|that|then|next|when|{_DAY})|before|until|till|within|latest|no later"
    r"|as soon as|hurry|urgent|remind\w*|still time|left to|countdown|days?|weeks?|months?|hours?"
    r"|minutes?|respond|(answer|reply|tell|ring) us by|let us know|must|have to|need to|should)\b"
)
"""What sets somebody a day to answer by, counts down, or presses."""
NOT_PRESSING = re.compile(
    r"(?i)do not have to|nobody has to|on the day|must (tell|pass)|on some day|for some day"
    r"|some day\.|should you die"
)
"""What has such a word, and says the contrary, or is about us or about a day they agreed to."""
A_CODE = re.compile(r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|\b[A-Z]{4,}\b")
CONTACT = "Example Service, 0000 000"
A_DAY = "Monday 3 May at 10:00"


def for_participants(language: str = "en") -> Iterator[tuple[str, bool, str]]:
    """Yield (where, whether in easy words, text) for all that a participant can hear."""
    known = sentences(language)
    for kind, codes in KINDS.items():
        for code in codes:
            for to in To:
                for easy in (False, True):
                    for me in (None, "survivor"):
                        try:
                            text = known.said(
                                code, to, contact=CONTACT, easy=easy, me=me, day=A_DAY
                            )
                        except NotFor:
                            continue
                        yield f"{kind}.{code.value} to {to}", easy, text


def _parts(top: App) -> Iterator[tuple[str, App]]:
    yield "rj", top
    yield from ((name, top[name]) for name in top if not name.startswith("-"))


def for_staff() -> Iterator[tuple[str, str]]:
    """Yield (where, text) for all that staff read."""
    file = sentences().file
    for name, table in {"staff": file.staff, "stage": file.stage, "task": file.task}.items():
        yield from ((f"{name}.{code}", text) for code, text in table.items())
    for command in COMMANDS.values():
        yield f"command {command.name()}", command.__doc__ or ""
        for field, about in command.model_fields.items():
            yield f"field {command.name()}.{field}", about.description or ""
    for rule in {rule for row in GUARDS.values() for rule in row}:
        yield f"rule {rule.__name__}", refusal(rule).reason
    yield from ((f"wait {row.name}", row.sentence) for row in TABLE)
    yield from ((f"verb {verb.names[0]}", verb.help) for verb in (*PROTECTIVE, *EVERYDAY))
    yield from ((f"help {where}", str(part.help)) for where, part in _parts(app()))
    yield "README", (ROOT / "README.md").read_text()
