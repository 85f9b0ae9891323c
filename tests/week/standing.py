"""How it stands at a moment, in the words of the diary's tables: one function a kind of table.

Each takes the office and what was asked for, and returns rows of text.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from datetime import datetime, timedelta
from email import message_from_bytes
from typing import TYPE_CHECKING, Any

from access.look import Outcome
from domain.fold import fold
from domain.stage import stage_of
from tests.looks import since
from tests.week.reading import LONDON, Line
from tests.week.typing_in import argv, typed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from access import Look
    from domain.case import Case
    from tests.week.office import Office

Rows = list[tuple[str, ...]]
PACE, NONE = "their pace", "-"


async def waiting(office: Office, asked: str) -> Rows:
    """Return the queue that somebody sees: case, wait, subject, due, whose."""
    who, _, queue = asked.partition(" ")
    found = await _shown(office, who, f"waiting --who {queue}")
    return [
        (
            _case(office, one["case"]),
            one["name"],
            _subject(office, one),
            PACE if one["binds"] == "person" else _due(one["due"]),
            _whose(office, one),
        )
        for one in found["waiting"]
    ]


async def diary(office: Office, asked: str) -> Rows:
    """Return what is booked, and who is out: case, name, purpose, about, begins, room, who."""
    found = await _shown(office, asked, "diary")
    return [
        (
            _case(office, one["case"]),
            office.names.of(one["appointment"]),
            one["purpose"],
            one["about"] or NONE,
            _moment(one["starts"]),
            one["outcome"] or one["room"] or NONE,
            ", ".join(sorted(office.names.of(who) for who in one["staff"])),
        )
        for one in (*found["diary"], *found["out"])
    ]


async def missed(office: Office, asked: str) -> Rows:
    """Return every clock that was missed and is known: case, name, wait, subject, due, cause."""
    return [
        (
            _case(office, case.id),
            one.id,
            one.wait,
            office.names.of(one.subject) if one.subject != case.id else "case",
            _due(one.due),
            one.cause.value if one.cause else "not said",
        )
        for case in _cases(office)
        for one in case.clocks.values()
    ]


async def pairs(office: Office, asked: str) -> Rows:
    """Return each pair: case, stage, pair, choices, responsibility, why it ended."""
    return [
        (
            _case(office, case.id),
            stage_of(case),
            thread.id,
            thread.current.victim.choice.value,
            thread.current.offender.choice.value,
            thread.current.responsibility.value,
            thread.current.ended.reason.value if thread.current.ended else "open",
        )
        for case in _cases(office)
        for thread in case.threads.values()
    ]


async def notices(office: Office, asked: str) -> Rows:
    """Return the notices since the last such table: to whom, of what kind, which case, which task,
    due when."""
    found = []
    for file in sorted(office.settings.notice_folder.glob("*.eml")):
        if file.name not in office.told:
            office.told.add(file.name)
            found.append(_notice(office, file.read_bytes()))
    return found


async def looks(office: Office, asked: str) -> Rows:
    """Return who of the staff looked at what how often since the last such table."""
    found = since(office.service.door, office.looked)
    office.looked += len(found)
    people = (one for one in found if one.actor.id in office.names.staff.values())
    told = Counter((one.actor.id, _seen(one)) for one in people)
    return [(office.names.of(who), what, str(number)) for (who, what), number in told.items()]


async def alerts(office: Office, asked: str) -> Rows:
    """Return what somebody should look into: who, the rule, of which cases."""
    found = await _shown(office, asked, "audit alerts")
    return [
        (
            office.names.of(one["actor"]),
            one["rule"],
            ", ".join(_case(office, case) for case in one["cases"]),
        )
        for one in found["alerts"]
    ]


def _seen(one: Look) -> str:
    given = "" if one.outcome is Outcome.GIVEN else f" {one.outcome.value}"
    return f"{one.operation.value} {one.view}{given}"


KINDS: dict[str, Callable[[Office, str], Awaitable[Rows]]] = {
    "waiting": waiting,
    "diary": diary,
    "missed": missed,
    "pairs": pairs,
    "notices": notices,
    "looks": looks,
    "alerts": alerts,
}


async def _shown(office: Office, who: str, line: str) -> Any:
    asked = Line(office.clock.now, who, line)
    words = argv(asked, office.names, "")
    became = await asyncio.to_thread(typed, office.names.staff[who], words, "")
    assert became.outcome == "done", became
    return became.told


def _cases(office: Office) -> list[Case]:
    return [fold(office.log.load(one)) for one in office.streams() if one.startswith("RJ-")]


def _case(office: Office, ref: str) -> str:
    return office.names.of(ref)


def _subject(office: Office, one: dict[str, Any]) -> str:
    subject = "case" if one["subject"] == one["case"] else office.names.of(one["subject"])
    return f"{subject} {one['about']}" if one["about"] else subject


def _whose(office: Office, one: dict[str, Any]) -> str:
    if one["binds"] == "person":
        return NONE
    whom = office.names.of(one["whom"])
    return f"{whom} for {office.names.of(one['in_place_of'])}" if one["in_place_of"] else whom


def _due(due: str | datetime | None) -> str:
    if due is None:
        return NONE
    local = _local(due)
    if (local.hour, local.minute) == (0, 0):
        return f"{local - timedelta(seconds=1):%a %d %b}"
    return f"{local:%a %d %b %H:%M}"


def _moment(when: str) -> str:
    return f"{_local(when):%a %d %b %H:%M}"


def _local(when: str | datetime) -> datetime:
    moment = datetime.fromisoformat(when) if isinstance(when, str) else when
    return moment.astimezone(LONDON)


_FIELD = re.compile(r"^(Task|Due|Until): (.*)$", re.MULTILINE)


def _notice(office: Office, content: bytes) -> tuple[str, ...]:
    letter = message_from_bytes(content)
    subject, body = str(letter["Subject"]), letter.get_payload(decode=True)
    assert isinstance(body, bytes)
    told = dict(_FIELD.findall(body.decode().replace("\r\n", "\n")))
    case, _, kind = subject.partition(": ")
    to = str(letter["To"]).partition("@")[0]
    due = told.get("Due") or told.get("Until") or NONE
    return office.names.of(to), _case(office, case), kind, told["Task"], due
