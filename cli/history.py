"""`rj history`: who did what, when it was recorded and when it took effect, and what it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from cli.ending import Code
from cli.events import in_words
from cli.looking import CASE_WORK, DEMO_LINE, DEMO_ORIGIN, looking, of_what_may_not_be
from cli.moments import shown
from cli.options import As, BreakGlass, Json, Reason
from cli.output import tell, tell_json
from cli.references import reference
from cli.showing import in_short
from cli.state import as_json
from cli.steps import steps
from cli.wording import stage_words
from client import Denied
from domain.ids import CASE_PREFIX, DOSSIER_PREFIX, PERSON_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.steps import Step
    from domain.record import Envelope

Ref = Annotated[str, Parameter(name="CASE", help="its reference, such as RJ-4T9Y2K7P-X")]


def history(
    case: Ref,
    /,
    *,
    reason: Reason = None,
    break_glass: BreakGlass = False,
    as_: As = None,
    json: Json = False,
) -> int:
    """Show the history of a case: each entry, who made it, from what to what, and why. Auditors
    and the data-protection officer see that of a person's own stream (PE-…) and of the
    data-protection register (DP-…), too.

    A time in brackets says when it took effect, where that is not when it was recorded.
    """
    about = reference(case, CASE_PREFIX, PERSON_PREFIX, DOSSIER_PREFIX)
    with looking(as_, reason, glass=break_glass) as look:
        with of_what_may_not_be("such case"):
            entries = look.reading.history(look.actor, about, CASE_WORK)
            if not entries:
                raise Denied
        demo = entries[0].recorded.origin == DEMO_ORIGIN
        told = steps(entries)
        if json:
            entries_told = [described(step) for step in told]
            tell_json({"case": about, "demonstration": demo, "entries": entries_told})
            return Code.DONE
        if demo:
            tell(DEMO_LINE)
        for step in told:
            for line in lines(step):
                tell(line)
    return Code.DONE


def lines(step: Step) -> Iterator[str]:
    """Yield a step as staff read it."""
    entry, envelope = step.entry, step.entry.envelope
    when = shown(envelope.recorded_at)
    if shown(envelope.effective_at) != when:
        when += f" ({shown(envelope.effective_at)})"
    yield f"{entry.version:>4}  {when}  {_who(envelope)}"
    yield f"      {in_words({'event': entry.name, **envelope.data})}"
    for name, old, new in step.changes:
        before, after = told_as(name, old), told_as(name, new)
        if before != after:
            yield f"        {name}: {before} → {after}"
    if envelope.why:
        words = " (in words, kept)" if envelope.why.words else ""
        yield f"        why: {in_short(envelope.why.code)}{words}"


def told_as(name: str, value: Any) -> str:
    """Return the value of a coded fact as staff read it."""
    return stage_words(value) if name == "stage" and value else in_short(value)


def _who(envelope: Envelope) -> str:
    known = "" if envelope.actor.identified == "service" else f" ({envelope.actor.identified})"
    asked = f", asked by {envelope.asked_by}" if envelope.asked_by else ""
    return f"{envelope.actor.id}{known}{asked}"


def described(step: Step) -> dict[str, Any]:
    """Return a step as JSON has it."""
    entry, envelope = step.entry, step.entry.envelope
    return {
        "version": entry.version,
        "event": entry.name,
        "data": envelope.data,
        "command": envelope.command,
        "actor": envelope.actor.id,
        "identified": envelope.actor.identified,
        "asked_by": envelope.asked_by,
        "recorded_at": as_json(envelope.recorded_at),
        "effective_at": as_json(envelope.effective_at),
        "basis": as_json(envelope.basis),
        "why": as_json(envelope.why),
        "origin": envelope.origin,
        "controller": envelope.controller,
        "regime": envelope.regime,
        "rules": envelope.rules,
        "changes": [{"what": what, "from": old, "to": new} for what, old, new in step.changes],
    }
