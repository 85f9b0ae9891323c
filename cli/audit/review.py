"""`rj audit review`: what there is to review in the access log, and signing that it was done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from access.alerts import alerts
from access.review import PURPOSE, Finding, asked, due, latest
from cli.audit.alerts import tell_alerts
from cli.audit.looks import entries_for
from cli.ending import Code, nonsense
from cli.looking import looking
from cli.moments import shown, shown_day
from cli.options import As, Json
from cli.output import tell, tell_json
from cli.state import as_json
from cli.typed import as_typed
from client.reading import What
from domain.permissions import View

if TYPE_CHECKING:
    from access.alerts import Alert
    from access.chain import Linked
    from access.review import Reviewed
    from cli.looking import Look

_FINDINGS = ", ".join(as_typed(one) for one in Finding)
Signed = Annotated[
    str | None,
    Parameter(
        name="--sign-off",
        metavar="FINDING",
        help=f"record that it was reviewed up to now, and what it came to: {_FINDINGS}",
    ),
]


def review(*, sign_off: Signed = None, as_: As = None, json: Json = False) -> int:
    """Show what came into the access log since it was last reviewed; with --sign-off, record that
    it was reviewed.

    It is a task of the data-protection officer, again and again (RJ_ACCESS_REVIEW_DAYS).
    """
    finding = _finding(sign_off)
    with looking(as_) as look:
        entries = entries_for(look, "self_monitoring", None, None, {})
        before = latest(look.reading.stores.access.log)
        new = [one for one in entries if before is None or one.link.number > before.through]
        found = alerts(new, look.settings.access_many)
        if finding is not None:
            _sign(look, new, len(found), finding)
        by_when = due(look.reading.stores.access.log, _every(look))
    if json:
        counted = {"looks": len(new), "due": as_json(by_when), "alerts": as_json(found)}
        tell_json({**counted, "last": as_json(before), "signed_off": finding})
    else:
        _tell(new, found, before, by_when, finding)
    return Code.DONE


def is_due(look: Look, now: datetime) -> datetime | None:
    """Return by when the log is to be reviewed, if that is within a week or over; else None."""
    by_when = due(look.reading.stores.access.log, _every(look))
    return by_when if by_when is not None and by_when < now + timedelta(days=7) else None


def _every(look: Look) -> timedelta:
    return timedelta(days=look.settings.access_review_days)


def _finding(typed: str | None) -> Finding | None:
    if typed is None:
        return None
    code = typed.upper().replace("-", "_")
    if code not in set(Finding):
        raise nonsense(f"--sign-off: one of {_FINDINGS}")
    return Finding(code)


def _sign(look: Look, new: list[Linked], alerts: int, finding: Finding) -> None:
    through = new[-1].link.number if new else look.reading.stores.access.log.head().number
    what = What(View.ACCESS_LOG, asked=asked(through, alerts, finding))
    look.reading.listing(look.actor, what, PURPOSE, lambda _: (), lambda _: ())


def _tell(
    new: list[Linked],
    found: list[Alert],
    before: Reviewed | None,
    by_when: datetime | None,
    finding: Finding | None,
) -> None:
    last = f"by {before.by} at {shown(before.at)}" if before else "never"
    tell(
        f"Reviewed before: {last}. Looks since then: {len(new)}; patterns among them: {len(found)}."
    )
    if found:
        tell_alerts(found)
    if finding is not None:
        tell(f"Signed off at {shown(datetime.now(UTC))}.")
    tell(f"The next review is due by {shown_day(by_when)}.")
