"""`rj show`: one case as it is, or as at a date by either clock; words only if asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from cli.ending import Code, nonsense
from cli.looking import CASE_WORK, DEMO_LINE, DEMO_ORIGIN, looking, of_what_may_not_be
from cli.moments import FORMS, NoMoment, moment, shown
from cli.options import As, BreakGlass, Json, Reason
from cli.output import heading, table, tell, tell_json
from cli.references import reference
from cli.sheet import parts, summary
from cli.state import as_json
from cli.words import words_of_case
from client import Denied
from domain.ids import CASE_PREFIX
from domain.stage import stage_of
from domain.waits import waits

if TYPE_CHECKING:
    from cli.looking import Look
    from cli.words import Words
    from domain.case import Case

Ref = Annotated[str, Parameter(name="CASE", help="its reference, such as RJ-4T9Y2K7P-X")]
AsAt = Annotated[
    str | None,
    Parameter(
        name="--as-at",
        metavar="WHEN",
        help=f"as what is now known to have been true then: {FORMS}; a day alone means its end",
    ),
]
KnownAt = Annotated[
    str | None,
    Parameter(
        name="--known-at",
        metavar="WHEN",
        help="as it was known then, corrected since or not; for reviewers",
    ),
]
WordsToo = Annotated[bool, Parameter(name="--words", help="names and words too", negative="")]


@dataclass(frozen=True, slots=True)
class _Clocks:
    """The moments that a state is asked for: what was true at one, by what was known at another."""

    true_at: datetime | None = None
    known_at: datetime | None = None

    @property
    def asked(self) -> bool:
        """Whether it is another state than today's."""
        return bool(self.true_at or self.known_at)


def show(
    case: Ref,
    /,
    *,
    as_at: AsAt = None,
    known_at: KnownAt = None,
    words: WordsToo = False,
    reason: Reason = None,
    break_glass: BreakGlass = False,
    as_: As = None,
    json: Json = False,
) -> int:
    """Show one case: its people, its pairs and what each chose, and what it waits for.

    Codes and references only; names and words with --words, for whoever works on the case.
    """
    about = reference(case, CASE_PREFIX)
    clocks = _Clocks(_moment("--as-at", as_at), _moment("--known-at", known_at))
    with looking(as_, reason, glass=break_glass) as look:
        with of_what_may_not_be("such case"):
            state = _state(look, about, clocks)
        told = words_of_case(look, about, clocks.true_at, clocks.known_at) if words else None
        if json:
            tell_json(_described(look, state, clocks, told))
        else:
            _tell(look, state, clocks, told)
    return Code.DONE


def _state(look: Look, about: str, clocks: _Clocks) -> Case:
    if not clocks.asked:
        state = look.reading.case_as_it_is(look.actor, about, CASE_WORK)
    else:
        state = look.reading.case_as_at(
            look.actor, about, CASE_WORK, true_at=clocks.true_at, known_at=clocks.known_at
        )
    if not state.version:
        raise Denied
    return state


def _moment(option: str, typed: str | None) -> datetime | None:
    if typed is None:
        return None
    try:
        return moment(typed, end_of_day=True)
    except NoMoment as error:
        raise nonsense(f"{option}: {error}") from None


def _tell(look: Look, case: Case, clocks: _Clocks, told: Words | None) -> None:
    if case.origin == DEMO_ORIGIN:
        tell(DEMO_LINE)
    if clocks.true_at:
        tell(f"As what is known to have been true at {shown(clocks.true_at)}.")
    if clocks.known_at:
        tell(f"As it was known at {shown(clocks.known_at)}.")
    for line in summary(case, {} if clocks.asked else look.reading.gate.away_from(case)):
        tell(line)
    waiting = () if clocks.asked else waits(case, look.settings.limits)
    for part in parts(case, waiting, datetime.now(UTC), told, look.settings.contact_point):
        heading(part.title)
        table(part.columns, part.rows)


def _described(look: Look, case: Case, clocks: _Clocks, told: Words | None) -> dict[str, Any]:
    described = {
        "case": case.id,
        "demonstration": case.origin == DEMO_ORIGIN,
        "true_at": as_json(clocks.true_at),
        "known_at": as_json(clocks.known_at),
        "stage": stage_of(case),
        "state": as_json(case),
        "waits": as_json(() if clocks.asked else waits(case, look.settings.limits)),
        "away": as_json({} if clocks.asked else look.reading.gate.away_from(case)),
    }
    return described if told is None else {**described, "words": told.as_json()}
