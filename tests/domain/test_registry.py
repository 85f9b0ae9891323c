"""The closed registry of events: what is read from the log, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from pydantic import ValidationError

from domain import decide as _loads_everything  # noqa: F401
from domain.event import (
    EVENTS,
    CaseEvent,
    DossierEvent,
    Event,
    PersonEvent,
    PractitionerEvent,
    UnknownEvent,
    read_event,
    snake,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

GIVEN = {"party": "V1", "channel": "LETTER"}


@pytest.fixture
def grown() -> Iterator[type[Event]]:
    """Yield an event that changed shape twice: one word, then a list, then a list with a count."""

    class TestedGrowth(Event):
        version: ClassVar[int] = 3
        upcasters = {  # noqa: RUF012 - declared in Event
            1: lambda data: {"words": [data["word"]]},
            2: lambda data: {**data, "count": len(data["words"])},
        }

        words: list[str]
        count: int

    yield TestedGrowth
    del EVENTS["tested_growth"]


def test_stored_data_are_read_as_the_event_that_they_mean() -> None:
    event = read_event("information_given", 1, GIVEN)
    assert type(event) is EVENTS["information_given"]
    assert event.model_dump(mode="json", exclude_none=True) == GIVEN


@pytest.mark.parametrize("name", ["victim_told", "InformationGiven", "os.system", ""])
def test_an_event_that_is_not_registered_is_not_read(name: str) -> None:
    with pytest.raises(UnknownEvent):
        read_event(name, 1, GIVEN)


@pytest.mark.parametrize("version", [2, 99, 0, -1])
def test_a_version_that_is_not_known_is_not_read(version: int) -> None:
    with pytest.raises(UnknownEvent):
        read_event("information_given", version, GIVEN)


@pytest.mark.parametrize(
    "data",
    [
        {"party": "V1"},
        {**GIVEN, "more": 1},
        {**GIVEN, "channel": "PIGEON"},
        {**GIVEN, "party": "X"},
    ],
)
def test_data_that_do_not_fit_are_not_read_and_not_told(data: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as wrong:
        read_event("information_given", 1, data)
    assert "PIGEON" not in str(wrong.value)


def test_every_older_version_is_brought_up_step_by_step(grown: type[Event]) -> None:
    first = read_event("tested_growth", 1, {"word": "yes"})
    second = read_event("tested_growth", 2, {"words": ["yes"]})
    assert first == second == read_event("tested_growth", 3, {"words": ["yes"], "count": 1})
    assert first == grown(words=["yes"], count=1)


def test_what_is_brought_up_leaves_what_was_stored_as_it_was(grown: type[Event]) -> None:
    stored = {"words": ["yes"]}
    read_event(grown.name(), 2, stored)
    assert stored == {"words": ["yes"]}


def test_two_events_do_not_share_a_name() -> None:
    with pytest.raises(TypeError, match="information_given"):
        type("InformationGiven", (Event,), {"__module__": __name__})


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("ChoiceRecorded", "choice_recorded"),
        ("Refer", "refer"),
        ("ActedInBreach", "acted_in_breach"),
    ],
)
def test_a_stored_name_is_the_name_of_the_class_in_small_letters(name: str, stored: str) -> None:
    assert snake(name) == stored


def test_every_event_is_of_one_kind_of_stream_and_every_older_version_is_read() -> None:
    for event in (event for event in EVENTS.values() if event.__module__.startswith("domain.")):
        assert issubclass(event, CaseEvent | PractitionerEvent | PersonEvent | DossierEvent)
        assert set(event.upcasters) == set(range(1, event.version))
        assert event.__doc__


def test_events_cannot_be_changed_and_take_no_unknown_field() -> None:
    for event in EVENTS.values():
        assert event.model_config.get("frozen")
        assert event.model_config.get("extra") == "forbid"
