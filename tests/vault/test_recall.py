"""How many people are found again, and how many others with them, among thousands of invented ones.

The numbers are printed (`pytest -s`) and stand in docs/decisions/0026.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass

import pytest

from domain.words import Strength
from tests.invented_people import as_somebody_else_writes_it, people
from vault.matching.likeness import likeness
from vault.matching.tokens import tokens

KEY = b"0123456789abcdef0123456789abcdef"
NUMBER = 3000


@dataclass(frozen=True)
class Found:
    """What a search found, each person written down by somebody else being looked for once."""

    themselves: Counter[str]
    others: Counter[str]
    opened: float
    """Texts that were opened for one search, on average."""

    def recall(self, *strengths: Strength) -> float:
        return sum(self.themselves[s] for s in strengths) / NUMBER

    def precision(self, *strengths: Strength) -> float:
        right = sum(self.themselves[s] for s in strengths)
        return right / (right + sum(self.others[s] for s in strengths))


@pytest.fixture(scope="module")
def found() -> Found:
    known = list(people(NUMBER, seed=20))
    chance = random.Random(21)  # noqa: S311 - it need not be secret
    by_token: dict[bytes, list[int]] = defaultdict(list)
    for n, person in enumerate(known):
        for token in tokens(person, KEY):
            by_token[token].append(n)
    themselves: Counter[str] = Counter()
    others: Counter[str] = Counter()
    opened = 0
    for n, person in enumerate(known):
        again = as_somebody_else_writes_it(person, chance)
        like = {m for token in tokens(again, KEY) for m in by_token[token]}
        opened += len(like)
        for m in like:
            if strength := likeness(again, known[m]):
                (themselves if m == n else others)[strength] += 1
    return Found(themselves, others, opened / NUMBER)


def test_nearly_everybody_is_found_again(found: Found) -> None:
    likely, any_of_both = found.recall(Strength.LIKELY), found.recall(*Strength)
    print(f"\nrecall: likely {likely:.3f}, likely or possible {any_of_both:.3f}")  # noqa: T201
    assert any_of_both > 0.97
    assert likely > 0.65


def test_hardly_anybody_else_is_called_likely(found: Found) -> None:
    likely, any_of_both = found.precision(Strength.LIKELY), found.precision(*Strength)
    print(f"\nprecision: likely {likely:.4f}, likely or possible {any_of_both:.3f}")  # noqa: T201
    assert likely > 0.99
    assert any_of_both > 0.85


def test_few_texts_are_opened_for_one_search(found: Found) -> None:
    print(f"\nopened for one search among {NUMBER}: {found.opened:.1f}")  # noqa: T201
    assert found.opened < NUMBER / 100
