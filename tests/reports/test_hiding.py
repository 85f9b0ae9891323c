"""No table, alone or beside those that were published, gives away what is too few."""

from __future__ import annotations

from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reports.counting import Asked, Counted, Row
from reports.hiding import FEWEST, TOTAL, small
from reports.months import Months
from reports.parts import NOTHING, OWN
from tests.reports.attacker import (
    AREA,
    MONTHS,
    NEXT,
    ONE,
    PARTS,
    TWO,
    found_out,
    published,
    tally,
)

WHOLE = Months(0, MONTHS)
Q = Asked(ONE, OWN)


def table(*rows: tuple[int, int]) -> Counted:
    lines = tuple(Row(chr(65 + n), *row) for n, row in enumerate(rows))
    total = Row("", sum(c for c, _ in rows), sum(m for _, m in rows))
    return Counted(Q, WHOLE, lines, total)


def shown(*rows: tuple[int, int]) -> list[tuple[int | None, int | None]]:
    given_out, total = small(table(*rows)).rows()
    return [(row.counted, row.met) for row in (*given_out, total)]


def test_a_small_cell_is_hidden_and_the_next_smallest_with_it() -> None:
    assert shown((3, 3), (20, 10), (40, 20)) == [(None, None), (None, None), (40, 20), (63, 33)]


def test_what_is_large_enough_is_all_shown() -> None:
    assert shown((20, 10), (40, 20)) == [(20, 10), (40, 20), (60, 30)]


def test_whom_it_does_not_hold_of_are_hidden_too_if_they_are_few() -> None:
    assert shown((20, 18), (40, 20), (60, 30)) == [(20, None), (40, None), (60, 30), (120, 68)]


def test_where_nothing_else_could_be_hidden_the_total_is() -> None:
    assert shown((2, 1)) == [(None, None), (None, None)]


def test_nobody_at_all_is_as_few_as_it_gets() -> None:
    assert shown((0, 0), (0, 0), (9, 5), (30, 15))[:3] == [(None, None)] * 3


COUNTS = st.lists(
    st.integers(0, 12).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
    min_size=1,
    max_size=4,
)


@given(COUNTS)
@settings(max_examples=150, deadline=None)
def test_every_hidden_cell_could_be_another_number(rows: list[tuple[int, int]]) -> None:
    """Tried with every way in which the hidden cells could be filled that fits what is shown."""
    hidden = small(table(*rows))
    given_out, total = hidden.rows()
    limit = sum(c for c, _ in rows) + 1
    for column, away in ((0, hidden.counted), (1, hidden.met)):
        if TOTAL in away:
            continue
        places = [n for n in range(len(rows)) if n in away]
        left = (total.counted, total.met)[column] - sum(
            (row.counted, row.met)[column] or 0 for row in given_out
        )
        most = [given_out[n].counted if column else limit for n in places]
        ranges = [range((limit if m is None else m) + 1) for m in most]
        fits = [one for one in product(*ranges) if sum(one) == left] if places else []
        assert all(len({one[n] for one in fits}) > 1 for n in range(len(places)))
        assert not places or left >= FEWEST


@given(COUNTS)
@settings(max_examples=150, deadline=None)
def test_what_is_shown_is_what_was_counted_and_none_of_it_is_few(
    rows: list[tuple[int, int]],
) -> None:
    for (counted, met), (was, held) in zip(shown(*rows), rows, strict=False):
        assert counted in (None, was)
        assert met in (None, held)
        assert counted is None or counted >= FEWEST
        assert met is None or min(met, was - held) >= FEWEST


def test_a_quarter_does_not_come_out_of_the_year_and_the_others() -> None:
    pieces = {("all_1", "A", n): 20 if n < 3 else 2 for n in range(4)}
    pieces |= {("met_1", "A", n): 10 if n < 3 else 0 for n in range(4)}
    pieces |= {
        (name, "B", n): 30 if name == "all_1" else 15
        for name in ("all_1", "met_1")
        for n in range(4)
    }
    wanted = [(Q, Months(n, n + 1)) for n in range(4)] + [(Q, WHOLE)]
    tables = published(tally(pieces), wanted)
    assert [t.rows[0].counted for t in tables] == [20, 20, 20, None, None]
    assert tables[-1].total.counted == 182
    assert found_out(pieces, tables, most=4) == []


def test_two_definitions_do_not_tell_of_the_few_that_only_one_counts() -> None:
    pieces = {
        ("all_1", "A", 0): 20,
        ("all_2", "A", 0): 22,
        ("met_1", "A", 0): 10,
        ("met_2", "A", 0): 10,
    }
    first, second = published(
        tally(pieces), [(Asked(ONE, NOTHING), WHOLE), (Asked(TWO, NOTHING), WHOLE)]
    )
    assert (first.total.counted, second.total.counted) == (20, None)


def test_the_same_people_in_another_table_stay_hidden_there() -> None:
    pieces = {("all_1", "A", 0): 20, ("met_1", "A", 0): 18}
    first, second = published(
        tally(pieces), [(Asked(ONE, NOTHING), WHOLE), (Asked(NEXT, NOTHING), WHOLE)]
    )
    assert (first.total.counted, first.total.met) == (20, None)
    assert second.total.counted is None


def test_what_is_hidden_by_one_breakdown_does_not_come_out_by_another_of_the_same_people() -> None:
    """A and B are the organisations of one area: whoever subtracts them knows the third."""
    pieces = {("all_1", part, 0): n for part, n in (("A", 20), ("B", 3), ("C", 6))}
    pieces |= {("met_1", part, 0): n // 2 for (_, part, _), n in [*pieces.items()]}
    wanted = [(Asked(ONE, OWN), WHOLE), (Asked(ONE, AREA), WHOLE)]
    for order in (wanted, wanted[::-1]):
        tables = published(tally(pieces), order)
        assert {t.asked.by: t.total.counted for t in tables} == {OWN: 29, AREA: 29}
        assert found_out(pieces, tables) == []


def test_what_was_published_is_not_counted_anew() -> None:
    before = {("all_1", "A", 0): 20, ("met_1", "A", 0): 10}
    once, again = published(tally(before), [(Q, WHOLE)]), tally({**before, ("all_1", "A", 1): 1})
    assert published(again, [(Q, WHOLE), (Q, WHOLE)])[0].total.counted == 21
    assert once[0].total.counted == 20


PIECES = st.dictionaries(
    st.tuples(st.sampled_from(PARTS), st.integers(0, MONTHS - 1)),
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 2), st.integers(0, 2)),
    min_size=3,
)
TABLES = st.lists(
    st.tuples(
        st.sampled_from([Asked(d, by) for d in (ONE, TWO, NEXT) for by in (NOTHING, OWN, AREA)]),
        st.sampled_from([Months(b, e) for b in range(MONTHS) for e in range(b + 1, MONTHS + 1)]),
    ),
    min_size=2,
    max_size=4,
    unique_by=lambda one: (one[0].definition.name, one[0].by, one[1]),
)


@given(PIECES, TABLES)
@settings(max_examples=150, deadline=None)
def test_nobody_finds_out_by_adding_and_subtracting_what_is_too_few(
    drawn: dict[tuple[str, int], tuple[int, int, int, int]], wanted: list[tuple[Asked, Months]]
) -> None:
    pieces: dict[tuple[str, str, int], int] = {}
    for (part, month), (met, not_met, more, more_met) in drawn.items():
        pieces["met_1", part, month] = met
        pieces["all_1", part, month] = met + not_met
        pieces["met_2", part, month] = met + more_met
        pieces["all_2", part, month] = met + more_met + not_met + more
    tables = published(tally(pieces), wanted)
    assume(any(t.total.counted is not None for t in tables))
    assert found_out(pieces, tables) == []
