"""That a wish for no contact holds in every case of a person, in lives lived to break that (N14).

Three cases of one person, two of them of one matter: what is said and tried in which, and when the
streams hear of each other, comes in any order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.errors import Nonsense
from domain.rules import elsewhere
from domain.rules.table import GUARDS
from tests.beyond import SERVICE, told
from tests.domain.matters import two, within
from tests.domain.situations import go_on
from tests.domain.wishes import IN_TOUCH
from tests.steps import referred
from tests.story import RefusedInStory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.story import Story

V1 = {"party": "V1"}
SAYS = {
    "stop": ("auditor", "stop_contact", V1),
    "lift": ("worker", "allow_contact", {**V1, "asked_by": "V1"}),
    "pause": ("intake", "pause_participation", V1),
    "unsafe": ("intake", "close_ways", {**V1, "channels": ["TELEPHONE"]}),
    "see": ("worker", "note_wish_seen", V1),
}
TRIES = {
    "inform": ("worker", "give_information", {**V1, "channel": "TELEPHONE"}),
    "write": ("worker", "give_information", {**V1, "channel": "LETTER"}),
    "offer": ("worker", "make_offer", {**V1, "thread": "V1-O1"}),
    "ring": (
        "worker",
        "record_contact_attempt",
        {**V1, "channel": "TELEPHONE", "outcome": "NO_RESPONSE"},
    ),
    "support": ("worker", "offer_support", {**V1, "channel": "TELEPHONE"}),
}
MOVES = st.tuples(
    st.sampled_from([*SAYS, *TRIES, *TRIES, "follow", "one step", "days"]), st.integers(0, 2)
)
SET = settings(
    max_examples=60,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass
class Lives:
    """Three cases of V1: the first two of one matter, the third of another."""

    story: Story
    cases: list[str]
    stopped: dict[str, str | None] = field(default_factory=dict)
    """By matter, in which case they asked for no contact and have not lifted it."""

    @classmethod
    def begin(cls) -> Lives:
        """Return them linked, everybody told."""
        story, first = two()
        second, story.case_id = story.case_id, ""
        go_on(story, *referred())
        third = story.case_id
        for case, other, same in ((second, first, True), (third, first, False)):
            with within(story, case):
                link = {"party": "V1", "there": "V1", "other": other, "same_matter": same}
                story.do("worker", "link_person", **link)
            told(story)
        return cls(story, [first, second, third])

    def matter(self, number: int) -> str:
        """Return the matter of a case."""
        return "apart" if number == 2 else "one"

    def move(self, what: str, number: int) -> Iterator[str]:
        """Do it, and yield what of it should never have been."""
        if what == "follow":
            told(self.story)
        elif what == "one step":
            self._note_only(self.cases[number])
        elif what == "days":
            self.story.later(days=6)
        else:
            who, name, given_ = {**SAYS, **TRIES}[what]
            with within(self.story, self.cases[number]):
                yield from self._asked(who, name, dict(given_), what, number)

    def _asked(
        self, who: str, name: str, asked: dict[str, Any], what: str, number: int
    ) -> Iterator[str]:
        try:
            happened = self.story.do(who, name, **asked)
        except (RefusedInStory, Nonsense):
            return
        matter = self.matter(number)
        if what in ("stop", "lift"):
            self.stopped[matter] = self.cases[number] if what == "stop" else None
        in_touch = [e.name for e in happened if e.name in IN_TOUCH]
        if in_touch and self.stopped.get(matter) is not None:
            yield f"N14: {in_touch} in case {number}, though they asked for no contact"

    def _note_only(self, case: str) -> None:
        """Have the person's stream hear of a case, and nobody else yet."""
        person = self.story.streams[case] and self._person(case)
        self.story.ask(person, SERVICE, "note_appearance", case=case, party="V1")

    def _person(self, case: str) -> str:
        with within(self.story, case):
            return self.story.case.persons["V1"].person


def lived(moves: list[tuple[str, int]]) -> list[str]:
    lives = Lives.begin()
    found = [wrong for what, number in moves for wrong in lives.move(what, number)]
    told(lives.story)
    for number, case in enumerate(lives.cases):
        with within(lives.story, case):
            asked = lives.stopped.get(lives.matter(number)) is not None
            if lives.story.case.party("V1").no_contact is not asked:
                found.append(f"N14: in the end case {number} says otherwise")
    return found


@SET
@given(st.lists(MOVES, max_size=14))
def test_a_wish_holds_in_every_case_of_the_matter_and_only_there(
    moves: list[tuple[str, int]],
) -> None:
    assert lived(moves) == []


def test_without_the_rule_that_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    out = elsewhere.a_wish_for_no_contact_holds_in_every_case_of_the_matter
    for command, row in [*GUARDS.items()]:
        monkeypatch.setitem(GUARDS, command, tuple(one for one in row if one is not out))
    with pytest.raises(AssertionError, match="N14"):
        test_a_wish_holds_in_every_case_of_the_matter_and_only_there()
