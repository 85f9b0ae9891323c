"""`rj audit replay`: a case entry by entry, and whether all that was made of it agrees."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from audit.asked import How, asked_of_each
from audit.replay import Until, known_and_true, not_as_replayed
from cli.audit.prove import AUDIT
from cli.audit.replay_all import replay_all
from cli.ending import Code, Ended, Failure, nonsense
from cli.history import described, lines, told_as
from cli.installed import door_to
from cli.looking import DEMO_LINE, DEMO_ORIGIN, looking, of_what_may_not_be
from cli.moments import FORMS, NoMoment, moment
from cli.options import As, Json, Reason
from cli.output import note, tell, tell_json
from cli.references import reference
from cli.state import as_json, changes
from cli.steps import steps
from client import Denied, Unavailable
from client.live import live
from client.reading import What
from domain.decide import present
from domain.ids import CASE_PREFIX
from domain.permissions import View
from projections import differing, open_views

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from audit.asked import Asked
    from cli.looking import Look
    from cli.steps import Step
    from domain.message import Present
    from domain.record import Entry
    from settings import Settings

Ref = Annotated[str | None, Parameter(name="CASE", help="its reference; left out with --all")]
To = Annotated[int | None, Parameter(name="--to", metavar="VERSION", help="only up to this entry")]
AsAt = Annotated[
    str | None,
    Parameter(name="--as-at", metavar="WHEN", help=f"only what was true by then: {FORMS}"),
]
KnownAt = Annotated[
    str | None,
    Parameter(name="--known-at", metavar="WHEN", help="only what was known by then"),
]
All = Annotated[
    bool, Parameter(name="--all", help="every read model against a full replay", negative="")
]


_ASKED = {
    How.PROVED: "{name}, which its digest proves, as {id}",
    How.RECORDED: "{name}, alone or in a visit, as an entry of it says, as {id}",
    How.CLOCK: "nothing: something fell due, as {id}",
    How.NOT_TOLD: "as {id}; by which command, or in which visit, is not in the record, which has "
    "its digest",
}
"""How it is told what was asked, by how that is known."""


@dataclass(frozen=True, slots=True)
class _Replayed:
    """A step, and what is now known to have been otherwise at its time: what, then, now."""

    step: Step
    asked: Asked
    corrected: list[tuple[str, Any, Any]]


def replay(
    case: Ref = None,
    /,
    *,
    to: To = None,
    as_at: AsAt = None,
    known_at: KnownAt = None,
    all_: All = False,
    reason: Reason = None,
    as_: As = None,
    json: Json = False,
) -> int:
    """Replay a case entry by entry: what was asked, by whom, under which rules, what it changed.

    By which command is told where its digest proves it or an entry says so, and never guessed: the
    record has a command's id and digest, and not its name. The outcome is compared with the live
    workflow and with every read model. Nothing is sent. With --all every read model is compared
    with a full replay of the log, and what differs is told: which read model, of which case, in
    what. Exit code 0 if nothing does, 1 if something.
    """
    if all_:
        if any(given is not None for given in (case, to, as_at, known_at)):
            raise nonsense("--all is of the whole log: nothing else goes with it")
        return replay_all(json=json)
    if case is None:
        raise nonsense("say which case, or --all")
    about = reference(case, CASE_PREFIX)
    until = Until(to, _moment("--known-at", known_at), _moment("--as-at", as_at))
    with looking(as_, reason) as look:
        entries = _entries(look, about)
        if to is not None and not 1 <= to <= len(entries):
            raise nonsense(f"--to: the entries of this case are 1 to {len(entries)}")
        replayed = _walked(entries, until)
        found = _compared(look, about) if until.is_all else {}
    _tell(about, replayed, found, json=json)
    if any(found.values()):
        raise Ended(_differ(found))
    return Code.DONE


def _entries(look: Look, about: str) -> list[Entry]:
    """Return a case's entries, for whoever may see both what was known and what was true."""
    both = What(View.BOTH_CLOCKS, about)
    with of_what_may_not_be("such case"), look.reading.reading(look.actor, both, AUDIT):
        entries = look.reading.history(look.actor, about, AUDIT)
        if not entries:
            raise Denied
    return entries


def _walked(entries: Sequence[Entry], until: Until) -> list[_Replayed]:
    taken = steps(until.cut(entries))
    step = next(taken, None)
    walked = []
    each = zip(entries, known_and_true(entries), asked_of_each(entries), strict=True)
    for entry, both, asked in each:
        if step is not None and step.entry is entry:
            walked.append(_Replayed(step, asked, changes(*both) if both else []))
            step = next(taken, None)
    return walked


def _compared(look: Look, about: str) -> dict[str, list[str]]:
    """Return what differs, by what was compared; what could not be asked is told."""
    settings, log = look.settings, look.reading.log
    views = open_views(settings.database("views"), settings.limits, settings.competence)
    try:
        models = [one.model for one in differing(log, views, about)]
    finally:
        views.close()
    found = {"read_models": models}
    replayed = present(log.load(about, afresh=True), settings.limits, settings.competence)
    try:
        workflow = asyncio.run(_live(settings, about))
    except Unavailable as error:
        note(f"rj: {error}")
        return found
    return {**found, "workflow": not_as_replayed(replayed, workflow)}


async def _live(settings: Settings, about: str) -> Present | None:
    async with door_to(settings) as door:
        return await live(door.sender, about)


def _tell(
    about: str, replayed: Sequence[_Replayed], found: dict[str, list[str]], *, json: bool
) -> None:
    if json:
        entries = [_described(one) for one in replayed]
        if not any(found.values()):
            tell_json({"outcome": "replayed", "case": about, "entries": entries, **found})
        return
    if replayed and replayed[0].step.entry.recorded.origin == DEMO_ORIGIN:
        tell(DEMO_LINE)
    elif not replayed:
        tell("Nothing of this case had happened, or was known, by then.")
    before: Sequence[str] = ()
    for one in replayed:
        envelope = one.step.entry.envelope
        for line in lines(one.step):
            tell(line)
        told = _ASKED[one.asked.how].format(name=one.asked.name, id=envelope.command)
        tell(f"        asked: {told}, under rules {envelope.rules}")
        corrected = [*_corrected(one)]
        for line in corrected:
            if line not in before:
                tell(line)
        before = corrected
    for what, names in found.items():
        tell(f"{what.replace('_', ' ')}: {', '.join(names) if names else 'as replayed'}")


def _corrected(one: _Replayed) -> Iterator[str]:
    """Yield what is now known to have been otherwise at the time of an entry, as staff read it."""
    for name, then, now in one.corrected:
        known, true = told_as(name, then), told_as(name, now)
        if known != true:
            yield f"        {name}: known then {known}, now known to have been {true}"


def _described(one: _Replayed) -> dict[str, Any]:
    corrected = [
        {"what": name, "known_then": as_json(then), "true_now": as_json(now)}
        for name, then, now in one.corrected
    ]
    asked = {"name": one.asked.name, "known": one.asked.how}
    return {**described(one.step), "asked": asked, "corrected_since": corrected}


def _differ(found: dict[str, list[str]]) -> Failure:
    sentences = [
        f"{what.replace('_', ' ')} not as replayed: {', '.join(names)}"
        for what, names in found.items()
        if names
    ]
    return Failure(Code.REFUSED, "differs", tuple(sentences), dict(found))


def _moment(option: str, typed: str | None) -> datetime | None:
    if typed is None:
        return None
    try:
        return moment(typed, end_of_day=True)
    except NoMoment as error:
        raise nonsense(f"{option}: {error}") from None
