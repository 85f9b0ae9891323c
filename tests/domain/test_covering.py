"""Who stands in for whom, whatever was recorded of whom: by the moment alone."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.absence import Absence
from domain.case import Case
from domain.covering import away_from, covers, standing_in
from domain.errors import Nonsense
from domain.fold import fold_practitioner
from domain.permissions import TABLE, WORKING, View, may
from domain.practitioner import Practitioner
from domain.words import Act, StaffRole
from tests.story import MONDAY, DeniedInStory, RefusedInStory, Story

NAMES = ("lead", "intermediate", "advanced")
DAYS = st.integers(0, 8)
HERE = {"organisation": "DERBYSHIRE_RJ", "area": "DERBYSHIRE"}


def on(day: int) -> datetime:
    return MONDAY + timedelta(days=day)


def moments() -> list[datetime]:
    """Return every turn of a day on which something may begin or end, and just before it."""
    return [on(d) - timedelta(microseconds=m) for d in range(30) for m in (1, 0)]


RECORD = st.fixed_dictionaries(
    {"starts": DAYS, "back": DAYS}, optional={"cover": st.sampled_from(NAMES)}
).map(lambda given: ("record_absence", {**given, "back": given["starts"] + 1 + given["back"]}))
CHANGE = st.fixed_dictionaries(
    {"absence": st.sampled_from(("B1", "B2"))},
    optional={
        "starts": DAYS,
        "back": DAYS,
        "cover": st.sampled_from(NAMES),
        "uncovered": st.booleans(),
    },
).map(lambda given: ("change_absence", given))
END = st.fixed_dictionaries({}, optional={"absence": st.sampled_from(("B1", "B2"))}).map(
    lambda given: ("end_absence", given)
)
LEAVE = st.just(("deactivate_practitioner", dict[str, Any]()))
WAIT = st.integers(1, 5).map(lambda days: ("", {"days": days}))
STEPS = st.lists(
    st.tuples(st.sampled_from(NAMES), RECORD | CHANGE | END | WAIT | RECORD | RECORD | LEAVE),
    min_size=2,
    max_size=14,
)


def took(story: Story, about: str, name: str, given: dict[str, Any]) -> None:
    if not name:
        story.later(**given)
        return
    dated = {k: on(v).isoformat() if k in ("starts", "back") else v for k, v in given.items()}
    if "cover" in dated:
        dated["cover"] = story.someone(dated["cover"])
    with suppress(RefusedInStory, Nonsense, DeniedInStory):
        story.do("trainer", name, about=about, **dated)


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_whatever_was_recorded_nobody_covers_who_is_away_and_nobody_covers_for_a_cover(
    steps: list[tuple[str, tuple[str, dict[str, Any]]]],
) -> None:
    story = Story()
    for about, (name, given_) in steps:
        took(story, about, name, given_)
    staff = [fold_practitioner(story.streams[story.someone(name)]) for name in NAMES]
    for who in staff:
        for one, other in permutations(who.absences.values(), 2):
            assert not one.meets(other.starts, other.back)
    nobody_covers_who_should_not(staff)


def nobody_covers_who_should_not(staff: list[Practitioner]) -> None:
    for moment in moments():
        pairs = [(w, o) for w, o in permutations(staff, 2) if covers(w, o, moment)]
        for who, other in pairs:
            assert (who.away(moment), who.active, other.active) == (None, True, True)
            absence = other.away(moment)
            assert absence is not None
            assert absence.cover == who.id
        assert len({other.id for _, other in pairs}) == len(pairs)
        assert not {who.id for who, _ in pairs} & {other.id for _, other in pairs}


def test_nobody_covers_for_somebody_whose_role_was_taken_back() -> None:
    story = Story()
    lead, cover = story.someone("lead"), story.someone("intermediate")
    story.do("lead", "record_absence", about="lead", back=on(9).isoformat(), cover=cover)

    def covered() -> bool:
        who, other = (fold_practitioner(story.streams[one]) for one in (cover, lead))
        return covers(who, other, story.now)

    assert covered()
    story.do("trainer", "take_role_back", about="lead", role="FACILITATOR")
    assert not covered()


ABSENT = st.lists(
    st.tuples(DAYS, st.integers(1, 8), st.sampled_from(("PR-0", "PR-1", "PR-2"))), max_size=3
)


@settings(max_examples=300, deadline=None)
@given(st.tuples(ABSENT, ABSENT, ABSENT))
def test_however_absences_lie_whoever_covers_is_there_and_covered_by_nobody(
    of_each: tuple[list[tuple[int, int, str]], ...],
) -> None:
    staff = []
    for number, some in enumerate(of_each):
        theirs = {
            f"B{n}": Absence(f"B{n}", on(starts), on(starts + span), cover)
            for n, (starts, span, cover) in enumerate(some)
            if cover != f"PR-{number}"
        }
        here = Practitioner(id=f"PR-{number}", active=True, roles=WORKING, absences=theirs)
        staff.append(here)
    nobody_covers_who_should_not(staff)


ROLES = st.frozensets(st.sampled_from(sorted(StaffRole)))
PLACES = st.sets(st.sampled_from(("case_worker", "lead", "co", "supervisor")))


@settings(max_examples=200, deadline=None)
@given(ROLES, PLACES, PLACES, st.booleans(), DAYS, DAYS, st.sampled_from(moments()))
def test_a_cover_may_what_they_might_if_they_were_allocated_in_that_place_and_nothing_else(
    roles: frozenset[StaffRole],
    theirs: set[str],
    own: set[str],
    conflict: bool,
    starts: int,
    back: int,
    moment: datetime,
) -> None:
    absence = Absence("B1", on(starts), on(back), cover="PR-COVER")
    away = Practitioner(
        id="PR-AWAY", active=True, roles=frozenset({StaffRole.INTAKE}), absences={"B1": absence}
    )
    who = Practitioner(id="PR-COVER", active=True, roles=roles, **{**HERE, "area": "ELSEWHERE"})
    places = {**dict.fromkeys(theirs, away.id), **dict.fromkeys(own, who.id)}
    conflicted = frozenset({who.id} if conflict else ())
    now = Case(id="RJ-1", version=3, conflicted=conflicted, **HERE, **places)
    in_their_place = now.changed(**dict.fromkeys(theirs - own, who.id))
    standing = standing_in(who, [away], moment)
    for what in TABLE:
        as_if = in_their_place if absence.holds(moment) else now
        assert may(standing, what, now) is may(who, what, as_if), what
    if conflict:
        assert {what for what in TABLE if may(standing, what, now)} == {Act.PROTECT}
    if not absence.holds(moment):
        assert may(standing, View.CASE, now) is may(who, View.CASE, now)


def test_of_a_case_it_is_said_who_is_away_and_who_really_covers_there() -> None:
    def said(**changes: Any) -> dict[str, str | None]:
        case = Case(id="RJ-1", version=1, lead="PR-LEAD", co="PR-CO", **HERE, **changes)
        found = away_from(case, staff.get, on(3))
        return {who: absence.cover for who, absence in found.items()}

    works = {"roles": frozenset({StaffRole.FACILITATOR}), "active": True, **HERE}
    absence = Absence("B1", on(0), on(9), "PR-COVER")
    staff = {
        "PR-LEAD": Practitioner("PR-LEAD", absences={"B1": absence}, **works),
        "PR-CO": Practitioner("PR-CO", **works),
        "PR-COVER": Practitioner("PR-COVER", **works),
    }
    assert said() == {"PR-LEAD": "PR-COVER"}
    assert said(conflicted=frozenset({"PR-COVER"})) == {"PR-LEAD": None}
    ill = Absence("B1", on(2), on(4))
    staff["PR-COVER"] = Practitioner("PR-COVER", absences={"B1": ill}, **works)
    assert said() == {"PR-LEAD": None}
