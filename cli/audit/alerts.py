"""`rj audit alerts`: patterns in the access log, each with the rule that found it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from access.alerts import alerts as found_in
from cli.audit.looks import Since, Until, entries_for
from cli.ending import Code
from cli.looking import looking
from cli.moments import shown
from cli.options import As, Json
from cli.output import table, tell, tell_json
from cli.state import as_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from access.alerts import Alert

PURPOSE = "self_monitoring"


def alerts(*, since: Since = None, until: Until = None, as_: As = None, json: Json = False) -> int:
    """List what somebody should look into: reading after a declared conflict, reading a case that
    is not theirs, many cases in a short time, and the glass broken.

    A pattern is no finding: there may be a good reason. `rj audit access` shows the looks.
    """
    with looking(as_) as look:
        entries = entries_for(look, PURPOSE, since, until, {})
        found = found_in(entries, look.settings.access_many)
    if json:
        tell_json({"alerts": as_json(found)})
    elif found:
        tell_alerts(found)
    else:
        tell("No pattern was found.")
    return Code.DONE


def tell_alerts(found: Sequence[Alert]) -> None:
    """Print the alerts as a table."""
    table(("when", "who", "rule", "what", "of"), [_row(one) for one in found])


def _row(one: Alert) -> Sequence[str]:
    number = len(one.cases)
    of = ", ".join(one.cases) if number <= 3 else f"{number} cases"  # noqa: PLR2004 - fits a line
    return shown(one.ended_at), one.actor, one.rule, one.sentence, of
