"""The year: which case comes when, as a seed has it, in the proportions of the practice."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from cli.demo.steps import DemoCase
from cli.demo.year import besides, choosing, passing, people
from cli.demo.year.course import Course

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Kind = Callable[[Course], None]

YEAR = 365
_SETTLED = (45, YEAR)
"""Days before its end in which a case began that has come far by now."""
_BEFORE = (600, 800)
"""Days before its end in which the cases began that the year found under way."""
_YEARS_AGO = (1000, 1300)
"""The same of those who come back, or are asked, after years."""


@dataclass(frozen=True, slots=True)
class Card:
    """So many cases of one kind in each deck, and between which days before the end they began."""

    count: int
    kind: Kind
    began: tuple[int, int] = (1, YEAR)


DECK: tuple[Card, ...] = (
    # What passes between two people: direct, indirect, and with a stand-in.
    Card(4, passing.meeting, _SETTLED),
    Card(1, passing.not_kept, _SETTLED),
    Card(1, passing.only_talked, _SETTLED),
    Card(1, passing.one_by_one, _SETTLED),
    Card(1, passing.shuttle_to_meeting),
    Card(1, passing.community, _SETTLED),
    Card(1, passing.one_accepts, _SETTLED),
    Card(1, passing.slow_meeting, _BEFORE),
    Card(10, passing.written, _SETTLED),
    Card(9, passing.letter, _SETTLED),
    Card(11, passing.shuttle, _SETTLED),
    Card(1, passing.slow_letter, _BEFORE),
    Card(1, people.stand_in, _SETTLED),
    # What people choose.
    Card(30, choosing.declined),
    Card(8, choosing.no_contact),
    Card(27, choosing.not_reached),
    Card(8, choosing.needs_time),
    Card(1, choosing.will_ring, (60, 112)),
    Card(4, choosing.withdrew),
    Card(12, choosing.denies),
    Card(6, choosing.offender_declined),
    Card(1, choosing.takes_it_back),
    Card(2, choosing.from_prison),
    Card(1, choosing.held_for_her, (1, 9)),
    Card(1, choosing.for_parole),
    Card(1, choosing.returned, _YEARS_AGO),
    Card(1, choosing.later_offer, _BEFORE),
    # Several people, children, more care.
    Card(1, people.three_victims, (150, 215)),
    Card(1, people.bereaved),
    Card(1, people.coercion),
    Card(1, people.survivor),
    Card(1, people.child_responsible),
    Card(1, people.child_harmed, (20, 55)),
    Card(1, people.with_help),
    Card(1, people.corporate),
    Card(1, people.same_matter, (1, 4)),
    Card(1, people.merged, (30, 60)),
    # The rest of a year.
    Card(10, besides.on_the_street),
    Card(1, besides.living_together, (1, 3)),
    Card(1, besides.rings),
    Card(2, besides.enquiry),
    Card(1, besides.by_a_date),
    Card(1, besides.moved_prison, (30, 85)),
    Card(1, besides.barred),
    Card(1, besides.disclosed, (85, 110)),
    Card(1, besides.harmful, (90, 108)),
    Card(1, besides.out_of_date, (70, 75)),
    Card(1, besides.handed_over),
    Card(1, besides.beyond_training, (1, 20)),
    Card(1, besides.complained, (125, 165)),
    Card(1, besides.kept_as_evidence, (15, 55)),
    Card(1, besides.for_mediation),
    Card(1, besides.erased, (60, 300)),
    Card(2, besides.booked, (25, 32)),
    Card(1, besides.died, (60, 300)),
)
"""Every path and every hard case, as often as the practice has them."""

SIZE = sum(card.count for card in DECK)


def cases_of(seed: int, count: int) -> Iterator[DemoCase]:
    """Yield the first so many cases of the year of this seed; each is the same in any number."""
    for number in range(count):
        block, place = divmod(number, SIZE)
        yield _case(seed, number, _shuffled(seed, block)[place])


def _shuffled(seed: int, block: int) -> list[Card]:
    cards = [card for card in DECK for _ in range(card.count)]
    Random(f"{seed}:deck:{block}").shuffle(cards)  # noqa: S311 - nothing is secret here
    return cards


def _case(seed: int, number: int, card: Card) -> DemoCase:
    draw = Random(f"{seed}:case:{number}")  # noqa: S311 - nothing is secret here
    began = draw.randint(*card.began)
    course = Course(number, draw)
    card.kind(course)
    days, steps = course.again
    again = DemoCase(f"{course.name}-again", began - days, steps) if steps else None
    return DemoCase(course.name, began, tuple(course.steps), again)
