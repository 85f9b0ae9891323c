"""`rj practitioners deactivate`: somebody left, and what they had is handed over."""

from __future__ import annotations

import asyncio
import uuid
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from cli.installed import door_to, settings_now
from cli.output import note
from cli.progress import progress
from cli.references import reference
from cli.send import do
from cli.who import acting
from client import What, Why
from client.leaving import hand_over_each
from domain.ids import PRACTITIONER_PREFIX
from domain.permissions import View
from domain.practitioner import system
from domain.record import Actor
from projections import behind, cases, catch_up, open_views
from projections.practitioners import everybody

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.line import Line
    from client import Door
    from projections import Views
    from settings import Settings
    from store import Log

_SERVICE = system("worker")
"""Whoever keeps the register sees no case: the service looks for them, and only counts are told."""


def left(line: Line) -> int:
    """Have it recorded that somebody left, and each case of theirs handed over."""
    line = replace(line, command_id=line.command_id or str(uuid.uuid4()))
    code = do(line)
    settings = settings_now()
    who = reference(line.stream or "", PRACTITIONER_PREFIX)
    actor = acting(line.actor, settings)
    try:
        number = asyncio.run(_handed_over(settings, actor, who, line.command_id or ""))
    except BaseException:
        note(
            f"rj: it is recorded that {who} left; what they had is not all handed over yet. Type "
            "the same again to finish it; until then `rj doctor` names the cases"
        )
        raise
    note(
        f"rj: handed over, for a supervisor to allocate afresh: {number} of their cases"
        if number
        else "rj: no case was allocated to them"
    )
    return code


def still_theirs(log: Log, views: Views) -> dict[str, list[str]]:
    """Return by practitioner who left the cases that are still allocated to them."""
    catch_up(log, views)
    found = {who.id: _theirs(views, who.id) for who, _ in everybody(views) if not who.active}
    return {who: theirs for who, theirs in found.items() if theirs}


async def _handed_over(settings: Settings, actor: Actor, who: str, command_id: str) -> int:
    async with door_to(settings) as door:
        with _views(settings) as views:
            catch_up(door.admission.log, views)
            theirs = _found(door, actor, views, who)
            late = behind(door.admission.log, views)
        if late:
            note(f"rj: the lists are {late} events behind the log; type it again later")
        with progress("Handing over") as moved:
            await hand_over_each(door, actor, who, theirs, after=command_id, progress=moved)
    return len(theirs)


def _found(door: Door, actor: Actor, views: Views, who: str) -> list[str]:
    """Return the cases that somebody had, once it is written down for whom they were looked for."""
    what = What(View.OVERVIEW, asked={"worked_on_by": who})
    service = Actor(id=_SERVICE.id, identified="service")
    reading = door.readings.because(Why(behalf=actor.id))
    return reading.listing(service, what, "hand_over", lambda _: _theirs(views, who), list)


def _theirs(views: Views, who: str) -> list[str]:
    return [one.case for one in cases(views, _SERVICE, worked_on_by=who)]


@contextmanager
def _views(settings: Settings) -> Iterator[Views]:
    views = open_views(settings.database("views"), settings.limits, settings.competence)
    try:
        yield views
    finally:
        views.close()
