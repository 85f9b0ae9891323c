"""What is wrong with typed input is told without the input, also where a name was expected."""

from __future__ import annotations

import pytest

from domain.decide import decode
from domain.errors import Nonsense

WORDS = "Vera Example said that she is afraid"


@pytest.mark.parametrize(
    "given",
    [
        {WORDS: 1},
        {"party": WORDS},
        {"party": "V1", "basis": {WORDS: 1}},
        {"party": "V1", "why": WORDS},
        {"party": ["V1", WORDS]},
    ],
)
def test_words_in_the_wrong_place_are_not_told_back(given: dict[str, object]) -> None:
    with pytest.raises(Nonsense) as told:
        decode("stop_contact", given)
    assert told.value.problems
    assert WORDS not in " ".join(told.value.problems)


def test_a_mistyped_name_of_a_field_is_told_back() -> None:
    with pytest.raises(Nonsense, match="prty: Extra inputs are not permitted"):
        decode("stop_contact", {"prty": "V1"})
