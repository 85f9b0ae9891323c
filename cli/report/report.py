"""`rj report`: how many, each number with its definition, small numbers hidden."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from cli.ending import Code, nonsense
from cli.looking import DEMO_LINE, looking
from cli.moments import FORMS, NoMoment, moment, shown
from cli.options import As, Json
from cli.output import table, tell, tell_json
from cli.report.asked import check_over, tables
from cli.report.making import How, archive_of, made
from cli.report.reoffending import reoffending
from cli.report.telling import (
    as_json,
    check_files,
    described,
    tell_definitions,
    tell_tables,
    write_files,
)
from client.counting import counted
from reports import DEFINITIONS
from reports.months import FORMS as PERIODS

if TYPE_CHECKING:
    from reports import Published

PUBLISHED, REOFFENDING = "published", "reoffending"
Number = Annotated[
    str | None,
    Parameter(
        name="NUMBER",
        help="a number (contact, or contact@2 for its second definition), a family, or all; "
        "published: what was published; reoffending. Left out: the list of definitions",
    ),
]
Period = Annotated[
    str | None,
    Parameter(name="--period", metavar="PERIOD", help=f"{PERIODS}; this year so far if left out"),
]
By = Annotated[
    str | None,
    Parameter(
        name="--by",
        metavar="WHAT",
        help="broken down by: kind (its own parts), total (not at all), area, organisation, "
        "source, initiator, class, side, cause; or by what people said of themselves: age, "
        "sex, ethnicity, disability, religion, orientation",
    ),
]
KnownAt = Annotated[
    str | None,
    Parameter(name="--known-at", metavar="WHEN", help=f"as it was known then: {FORMS}"),
]
Publish = Annotated[
    bool,
    Parameter(
        name="--publish",
        help="record it as published: checked beside all that was, and never counted anew",
        negative="",
    ),
]
Csv = Annotated[Path | None, Parameter(name="--csv", metavar="FILE", help="write it as CSV")]
Chart = Annotated[
    Path | None,
    Parameter(
        name="--chart", metavar="FILE", help="draw it: one as .svg, several on an .html page"
    ),
]
Demo = Annotated[
    bool, Parameter(name="--demo", help="of the invented cases, and of no others", negative="")
]
MatchedSet = Annotated[
    Path | None,
    Parameter(
        name="--matched", metavar="FILE", help="for reoffending: CSV with group,before,after"
    ),
]


def report(
    number: Number = None,
    /,
    *,
    period: Period = None,
    by: By = None,
    known_at: KnownAt = None,
    publish: Publish = False,
    csv: Csv = None,
    chart: Chart = None,
    demo: Demo = False,
    matched: MatchedSet = None,
    as_: As = None,
    json: Json = False,
) -> int:
    """Count how many, from the log, each number with its definition, cohort and period beside it.

    For service managers and auditors. Fewer than five are hidden, and what would give such a
    number away. Without --publish these are working figures, not to be passed on; with it a table
    is recorded, and checked so that it cannot be subtracted from any that was published.

    Examples: rj report timeliness --period 2026-Q1; rj report contact --by area;
    rj report all --period 2026 --publish --csv 2026.csv --chart 2026.html
    """
    if number is None:
        return _definitions(json=json)
    if number.lower() == PUBLISHED:
        return _published(as_, json=json)
    if number.lower() == REOFFENDING:
        return reoffending(matched, as_, json=json)
    if publish and (demo or known_at):
        raise nonsense("--publish: neither invented cases nor an earlier state are published")
    several = tables(number, period, by)
    check_files(csv, chart, len(several))
    if publish:
        check_over(several, datetime.now(UTC))
    medium = "EXPORT" if csv or chart else "SCREEN"
    with looking(as_) as look:
        found = made(look, several, How(publish, demo, _moment(known_at), medium))
    write_files(found, csv, chart)
    if json:
        tell_json({"demo": demo, "tables": [as_json(one) for one in found]})
        return Code.DONE
    if demo:
        tell(DEMO_LINE)
    tell_tables(found)
    return Code.DONE


def _definitions(*, json: bool) -> int:
    definitions = [*DEFINITIONS.values()]
    if json:
        tell_json({"definitions": [described(one) for one in definitions]})
    else:
        tell_definitions(definitions)
        tell("Another version of a number is asked for as contact@2; reoffending stands apart.")
    return Code.DONE


def _published(as_: str | None, *, json: bool) -> int:
    with looking(as_) as look, archive_of(look) as archive:
        asked = {"numbers": PUBLISHED}
        found = counted(look.reading, look.actor, asked, "SCREEN", lambda _: archive.all())
    if json:
        tell_json({"published": [_as_json(one) for one in found]})
    elif found:
        rows = [
            (str(one.number), one.asked.definition.name, str(one.months), one.asked.by,
             shown(one.at), one.actor)
            for one in found
        ]  # fmt: skip
        table(("", "number", "period", "by", "published", "by whom"), rows)
        tell("To see one again, ask for it with --publish: it is given as it was published.")
    else:
        tell("Nothing was published yet.")
    return Code.DONE


def _as_json(one: Published) -> dict[str, object]:
    return {
        "number": one.asked.definition.name,
        "period": str(one.months),
        "by": one.asked.by,
        "at": one.at.isoformat(),
        "actor": one.actor,
    }


def _moment(typed: str | None) -> datetime | None:
    if typed is None:
        return None
    try:
        return moment(typed, end_of_day=True)
    except NoMoment as error:
        raise nonsense(f"--known-at: {error}") from None
