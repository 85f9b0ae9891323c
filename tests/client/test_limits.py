"""What is too large is turned away at the door, in a sentence, before anything is kept or sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from client import Nonsense
from tests.cases import a_referred_case
from vault import TEXT_LIMIT

if TYPE_CHECKING:
    from tests.serving import Service


async def test_a_command_larger_than_64_kib_is_turned_away(service: Service) -> None:
    case = await a_referred_case(service)
    history = service.log(case)
    threads = ["V1-O1"] * 10_000
    with pytest.raises(Nonsense, match="larger than 64 KiB"):
        await service.do(
            "worker", "pause_participation", more={"stream": case}, party="V1", threads=threads
        )
    assert service.log(case) == history


async def test_a_text_may_be_long_and_not_longer(service: Service) -> None:
    case, given = await a_referred_case(service), {"practitioner": "@worker"}
    here = {"stream": case}
    longest = "ä" * TEXT_LIMIT
    answer = await service.do("worker", "hand_over", more=here, **given, note=longest)
    assert answer.events[0]["event"] == "case_handed_over"
    with pytest.raises(Nonsense, match="note: longer than"):
        await service.do("worker", "hand_over", more=here, **given, note=longest + "!")


@pytest.mark.parametrize("words", ["", "\ud800"])
async def test_a_text_that_is_none_is_turned_away(service: Service, words: str) -> None:
    case = await a_referred_case(service)
    given = {"practitioner": "@worker", "note": words}
    with pytest.raises(Nonsense):
        await service.do("worker", "hand_over", more={"stream": case}, **given)


async def test_an_unknown_command_is_answered_with_the_nearest_ones(service: Service) -> None:
    with pytest.raises(Nonsense, match="record_enquiry"):
        await service.do("intake", "record_enquirey", source="VICTIM_SELF")


async def test_nonsense_never_repeats_what_was_typed(service: Service) -> None:
    with pytest.raises(Nonsense) as nonsense:
        await service.do("intake", "record_enquiry", source="Vera Example of Exampleton")
    assert "Vera" not in str(nonsense.value)
    assert "source" in str(nonsense.value)
