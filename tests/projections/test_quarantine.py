"""What goes wrong with one case is an alarm for it, and the others go on."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from domain.command import StreamKind
from domain.event import EVENTS
from domain.waits import Limits
from projections import PROJECTIONS, alarms, catch_up, differences, open_views, rebuild
from projections.cases import CASES
from projections.waiting import WAITING
from tests.paths import referred
from tests.projections.conftest import rows
from tests.projections.recording import commands, record, taken
from tests.store.attack import Attacker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from projections import Views
    from projections.projection import Row, Stream
    from tests.projections.conftest import Place, Service

OF_CASES = [one.name for one in PROJECTIONS if one.kind is StreamKind.CASE]
"""What is made of each case."""


def cases_shown(views: Views, table: sa.Table = CASES.table) -> set[str]:
    return {row["stream"] for row in views.select(sa.select(table.c.stream))}


def codes(views: Views) -> list[tuple[str, str, str]]:
    return [(a.projection, a.stream, a.code) for a in alarms(views)]


def alter(service: Service, stream: str) -> None:
    """Change the recorded bytes of an early event, as somebody might who has the database."""
    attacker = Attacker(service.place.log_url)
    attacker.unguard()
    here = "WHERE originator_id = ? AND originator_version = 3"
    ((state,),) = attacker.sql(f"SELECT state FROM stored_events {here}", stream)  # noqa: S608
    changed = bytes(state).replace(b'"rj1"', b'"rj1" ')
    attacker.sql(f"UPDATE stored_events SET state = ? {here}", changed, stream)  # noqa: S608


def test_a_list_that_cannot_show_one_case_shows_the_others_and_raises_an_alarm(
    service: Service, place: Place
) -> None:
    broken, whole = service.told.path("declined"), service.told.path("three_victims")

    def stumbles(stream: Stream) -> Iterator[Row]:
        if stream.id == broken:
            raise ZeroDivisionError("Vera Example")
        return iter(CASES.rows(stream))

    stumbling = (replace(CASES, rows=stumbles), *PROJECTIONS[1:])
    with closing(open_views(place.views_url, Limits(), projections=stumbling)) as views:
        assert catch_up(service.log, views) == service.log.last()
        assert cases_shown(views) == {whole}
        (alarm,) = alarms(views)
        assert (alarm.projection, alarm.stream) == ("cases", broken)
        assert (alarm.code, alarm.kind) == ("unforeseen", "ZeroDivisionError")
        assert alarm.version == len(service.log.load(broken))
        assert len(differences(service.log, views)) == 1
    assert cases_shown(service.views, WAITING.table) == {whole, broken}
    rebuild(service.log, service.views)
    assert cases_shown(service.views) == {whole, broken}
    assert alarms(service.views) == []


def test_a_case_that_went_wrong_is_tried_again_when_something_happens_in_it(
    service: Service, place: Place
) -> None:
    story = taken(*referred())
    case = service.told.add(list(next(iter(commands(story.history)))))
    first = len(service.log.load(case))

    def stumbles(stream: Stream) -> Iterator[Row]:
        if len(stream.entries) == first:
            raise ValueError
        return iter(WAITING.rows(stream))

    stumbling = (CASES, replace(WAITING, rows=stumbles))
    with closing(open_views(place.views_url, Limits(), projections=stumbling)) as views:
        catch_up(service.log, views)
        assert codes(views) == [("waiting", case, "unforeseen")]
        assert cases_shown(views, WAITING.table) == set()
        record(service.log, story.history[first:], case)
        catch_up(service.log, views)
        assert alarms(views) == []
        assert cases_shown(views, WAITING.table) == {case}


def test_an_event_that_this_release_does_not_know_stops_its_own_case_only(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    paused = service.told.path("shuttle")
    other = service.told.path("declined")
    with monkeypatch.context() as patch:
        patch.delitem(EVENTS, "intervention_planned")
        assert service.catch_up() == service.log.last()
    assert cases_shown(service.views) == {other}
    assert set(codes(service.views)) == {(name, paused, "unreadable") for name in OF_CASES}


def test_a_case_whose_record_was_altered_is_not_shown(service: Service) -> None:
    altered, other = service.told.path("shuttle"), service.told.path("declined")
    alter(service, altered)
    assert service.catch_up() == service.log.last()
    assert cases_shown(service.views) == {other}
    assert {code for _, _, code in codes(service.views)} == {"altered"}
    assert len(differences(service.log, service.views)) == len(OF_CASES)


def test_the_proof_reads_what_is_recorded_and_not_what_is_remembered(service: Service) -> None:
    case = service.told.path("shuttle")
    service.catch_up()
    assert differences(service.log, service.views) == []
    service.log.load(case)
    alter(service, case)
    assert service.log.load(case)
    assert len(differences(service.log, service.views)) == len(OF_CASES)


def test_words_never_reach_a_row_even_if_an_event_held_some(service: Service) -> None:
    story = taken(referred()[0])
    history = [
        e._replace(event=e.event.model_copy(update={"organisation": "Vera Example"}))
        if e.name == "referral_received"
        else e
        for e in story.history
    ]
    case = service.told.add(history)
    service.catch_up()
    assert set(codes(service.views)) == {
        ("cases", case, "not_coded"),
        ("waiting", case, "not_coded"),
    }
    assert "Vera" not in str(rows(service.views))
    assert "Vera" not in str(alarms(service.views))
