"""What is to be followed up: cases and persons of which something is still to be told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from projections import to_follow
from tests.beyond import told
from tests.domain.matters import two
from tests.projections.recording import record
from tests.story import MONDAY

if TYPE_CHECKING:
    from tests.projections.conftest import Service

LATER = MONDAY + timedelta(days=30)


def test_a_person_and_a_case_are_followed_until_everybody_knows(service: Service) -> None:
    stream = service.told.person()
    service.catch_up()
    left = to_follow(service.views, LATER)
    assert stream in left
    assert {s[:2] for s in left} == {"PE", "RJ"}
    assert to_follow(service.views, MONDAY) == []


def test_where_everybody_knows_there_is_nothing_to_follow(service: Service) -> None:
    story, earlier = two()
    story.do("worker", "link_person", party="V1", there="V1", other=earlier)
    told(story)
    for one, entries in story.streams.items():
        if not service.log.load(one):
            record(service.log, entries, one)
    service.catch_up()
    assert to_follow(service.views, LATER) == []
