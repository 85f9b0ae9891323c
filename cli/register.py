"""Looking into the register of practitioners: the list, and one entry of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from cli.behind import lists
from cli.ending import Code
from cli.looking import DEMO, DEMO_LINE, DEMO_ORIGIN, REGISTER, looking, of_what_may_not_be
from cli.moments import away, shown, shown_day
from cli.options import As, Json
from cli.output import table, tell, tell_json
from cli.references import reference
from cli.state import as_json
from cli.wording import words_of
from client import Denied
from domain.competence import in_date_for
from domain.ids import PRACTITIONER_PREFIX
from domain.permissions import View
from domain.renewals import renewals
from domain.words import Act
from projections import practitioners as register

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.practitioner import Practitioner
    from projections import Registered
    from settings import Settings

Ref = Annotated[str, Parameter(name="PRACTITIONER", help="a reference such as PR-4T9Y2K7P-X")]


def listed(*, as_: As = None, json: Json = False) -> int:
    """List the practitioners: what each is, may do, and whether they are in date to facilitate."""
    with lists(as_, View.REGISTER, REGISTER) as here:
        found = here.listed(
            lambda: register(here.views, here.reader, datetime.now(UTC)),
            lambda rows: (one.who.id for one in rows),
        )
        if json:
            told = [_described(one) for one in found]
            tell_json({**here.as_json(), "practitioners": told})
            return Code.DONE
        table(_COLUMNS, [_row(one) for one in found])
        here.note()
    return Code.DONE


def show(practitioner: Ref, /, *, as_: As = None, json: Json = False) -> int:
    """Show one practitioner: kind, roles, training, and the dates that keep them in date.

    Their name is in the vault, and not shown.
    """
    about = reference(practitioner, PRACTITIONER_PREFIX)
    with looking(as_) as look, of_what_may_not_be("such practitioner"):
        found = look.reading.registered(look.actor, about, REGISTER)
        if found is None:
            raise Denied
        who, demo = found[0], found[1] == DEMO_ORIGIN
        settings = look.settings
    if json:
        tell_json({"practitioner": as_json(who), "level": who.level, "demonstration": demo})
        return Code.DONE
    if demo:
        tell(DEMO_LINE)
    for name, value in _facts(who, settings).items():
        tell(f"{name:<14}  {value}")
    return Code.DONE


_COLUMNS = ("practitioner", "", "what", "organisation", "roles", "facilitates")


def _row(one: Registered) -> Sequence[str]:
    who = one.who
    what = words_of(who.kind) + ("" if who.active else " (not active)")
    what += f" ({away(one.absence)})" if one.absence and who.active else ""
    level = words_of(one.level)
    if one.in_date is not None:
        level += ", in date" if one.in_date else ", not in date"
    return who.id, DEMO if one.demo else "", what, who.organisation, _roles(who), level


def _roles(who: Practitioner) -> str:
    return ", ".join(sorted(words_of(role) for role in who.roles)) or "—"


def _facts(who: Practitioner, settings: Settings) -> dict[str, str]:
    trained = [f"{words_of(c)} ({shown_day(at)})" for c, at in sorted(who.credentials.items())]
    hours = sum(hours for _, hours in who.development)
    now = datetime.now(UTC)
    then = who.on(now)
    matrix = settings.competence
    in_date = then.level is not None and in_date_for(then, Act.FACILITATE, now, matrix)
    return {
        "practitioner": who.id + ("" if who.active else " (not active)"),
        "kind": words_of(who.kind),
        "organisation": f"{who.organisation}, {who.area}",
        "roles": _roles(who),
        "trained": ", ".join(trained) or "—",
        "level": words_of(then.level),
        "in date": "yes" if in_date else "no" if then.level else "—",
        "supervised": shown(who.supervised_at),
        "looked at": _looked_at(who) or "—",
        "observed": shown(who.observed_at) + _observation(who),
        "practised": shown(who.practised_at),
        "development": f"{hours:g} hours in all",
        "away": "; ".join(_absences(who, now)) or "—",
        "to renew": "; ".join(_renewals(then, settings)) or "—",
        "missed": "; ".join(_missed(who)) or "—",
    }


def _looked_at(who: Practitioner) -> str:
    return ", ".join(f"{case} ({shown_day(at)})" for case, at in sorted(who.looked_at.items()))


def _observation(who: Practitioner) -> str:
    if (one := who.observation) is None:
        return ""
    if one.observed_at:
        return "; not talked through with them yet"
    return f"; planned for {shown(one.planned_for)} with {one.observer}"


def _absences(who: Practitioner, now: datetime) -> Iterator[str]:
    for one in who.absences.values():
        if one.back > max(now, one.starts):
            yield f"{one.id} from {shown(one.starts)}: {away(one)}"


def _renewals(who: Practitioner, settings: Settings) -> Iterator[str]:
    for one in renewals(who, settings.limits, settings.competence):
        what = one.row.name if one.subject == who.id else one.subject
        yield f"{words_of(what)} by {shown_day(one.due)}"


def _missed(who: Practitioner) -> Iterator[str]:
    for one in who.clocks.values():
        why = words_of(one.cause) if one.cause else "nobody said why yet"
        yield f"{one.id} {words_of(one.wait)}, due {shown_day(one.due)}: {why}"


def _described(one: Registered) -> dict[str, Any]:
    return {
        **as_json(one.who),
        "level": one.level,
        "in_date": one.in_date,
        "demonstration": one.demo,
    }
