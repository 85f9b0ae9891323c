"""Following the log: in batches, once, from several processes, and again from nothing."""

from __future__ import annotations

import shutil
import threading
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

import projections.views
from domain.events.practitioners import PractitionerRegistered
from domain.record import Draft
from domain.waits import Limits
from domain.words import PractitionerKind
from keys import KeyKind
from projections import (
    PROJECTIONS,
    alarms,
    behind,
    cases,
    catch_up,
    differences,
    open_views,
    rebuild,
    step,
    take_over,
)
from projections.cases import CASES
from projections.place import HEADS, PLACE
from store import Log, Unavailable, open_log
from tests.paths import PATHS, referred
from tests.projections.conftest import rows
from tests.projections.recording import Told, asked
from tests.projections.recording import taken as story_of
from tests.story import MONDAY
from trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from projections import Views
    from projections.projection import Row, Stream
    from tests.projections.conftest import Place, Service

SOME = ("three_victims", "declined", "shuttle", "visited_at_home")
OF_A_PERSON = 2
"""Cases in which one person appears."""


@pytest.fixture
def filled(service: Service) -> Service:
    for name in SOME:
        service.told.path(name)
    service.told.person()
    service.told.dossier()
    return service


@pytest.mark.parametrize("limit", [1, 7, 10_000])
def test_the_rows_are_the_same_however_many_events_are_taken_at_a_time(
    filled: Service, limit: int
) -> None:
    assert filled.catch_up(limit) == filled.log.last()
    followed = rows(filled.views)
    assert all(followed.values())
    rebuild(filled.log, filled.views)
    assert rows(filled.views) == followed
    assert differences(filled.log, filled.views) == []


def test_a_stream_is_loaded_once_however_many_batches_its_events_are_in(
    filled: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    load = Log.load

    def spy(log: Log, stream: str, **how: bool) -> object:
        loaded.append(stream)
        return load(log, stream, **how)

    monkeypatch.setattr(Log, "load", spy)
    filled.catch_up(limit=5)
    assert sorted(loaded) == sorted(filled.log.streams())


def test_a_long_replay_leaves_the_memory_of_the_log_alone_and_news_make_use_of_it(
    filled: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    afresh: list[bool] = []
    load = Log.load

    def spy(log: Log, stream: str, **how: bool) -> object:
        afresh.append(how["afresh"])
        return load(log, stream, **how)

    monkeypatch.setattr(Log, "load", spy)
    rebuild(filled.log, filled.views, limit=filled.log.last())
    assert set(afresh) == {True}
    filled.told.path("withdrawn")
    afresh.clear()
    filled.catch_up()
    assert set(afresh) == {False}


def test_what_happens_later_changes_the_rows_of_its_case_only(filled: Service) -> None:
    filled.catch_up()
    before = rows(filled.views)
    new = filled.told.path("withdrawn")
    filled.catch_up()
    after = rows(filled.views)
    assert {row for row in after["cases"] if new in row} == {*after["cases"]} - {*before["cases"]}
    assert {*before["cases"]} < {*after["cases"]}


def test_how_far_behind_the_read_models_are_is_the_number_of_events_not_seen(
    filled: Service,
) -> None:
    assert behind(filled.log, filled.views) == filled.log.last()
    step(filled.log, filled.views, 10)
    assert behind(filled.log, filled.views) == filled.log.last() - 10
    filled.catch_up()
    assert behind(filled.log, filled.views) == 0


def test_a_rebuild_makes_lost_and_false_rows_good(filled: Service) -> None:
    filled.catch_up()
    right = rows(filled.views)
    with filled.views.database.together() as connection:
        connection.execute(sa.delete(CASES.table))
        connection.execute(sa.update(PROJECTIONS[1].table).values(whom=None, name="false"))
    assert rebuild(filled.log, filled.views) == filled.log.last()
    assert rows(filled.views) == right


def test_a_lost_database_is_made_again(filled: Service) -> None:
    filled.catch_up()
    right = rows(filled.views)
    with filled.views.database.together() as connection:
        for table in reversed(PLACE.metadata.sorted_tables):
            table.drop(connection)
    filled.views.close()
    filled.catch_up()
    assert rows(filled.views) == right


def test_a_log_restored_from_an_older_copy_is_followed_from_its_start(
    filled: Service, place: Place, staffed: Path, tmp_path: Path
) -> None:
    filled.catch_up()
    shutil.copyfile(staffed, tmp_path / "older.db")
    older = replace(place, log_url=f"sqlite:///{tmp_path / 'older.db'}")
    with closing(older.log()) as log:
        case = Told(log).path("declined")
        assert catch_up(log, filled.views) == log.last()
        assert len(rows(filled.views)["cases"]) == 1
        assert case in rows(filled.views)["cases"][0]
        assert differences(log, filled.views) == []


def test_rows_made_with_other_limits_are_left_alone_until_they_are_taken_over(
    filled: Service, place: Place
) -> None:
    filled.catch_up()
    old = rows(filled.views)
    with closing(place.views(Limits(service_silence=3))) as other:
        filled.told.path("withdrawn")
        assert catch_up(filled.log, other) < filled.log.last()
        assert rows(other) == old
        assert take_over(other)
        assert rows(other) == old
        assert catch_up(filled.log, other) == filled.log.last()
        assert rows(other) != old
        assert differences(filled.log, other) == []
        assert not take_over(other)
        assert not step(filled.log, filled.views)


def test_tables_of_another_shape_are_made_anew(filled: Service) -> None:
    filled.catch_up()
    right = rows(filled.views)
    with filled.views.database.together() as connection:
        connection.execute(sa.update(PLACE).values(shape="another"))
        connection.exec_driver_sql("ALTER TABLE cases RENAME COLUMN stage TO phase")
    filled.views.close()
    assert behind(filled.log, filled.views) == filled.log.last()
    filled.catch_up()
    assert rows(filled.views) == right


def test_several_may_make_the_tables_at_once(place: Place) -> None:
    opened = [place.views() for _ in range(6)]
    threads = [threading.Thread(target=views.place) for views in opened]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [views.place().position for views in opened] == [0] * 6
    for views in opened:
        views.close()


def test_whoever_finds_that_the_tables_were_just_made_leaves_them_alone(
    filled: Service, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    got = filled.catch_up()
    monkeypatch.setattr(projections.views, "_fits", lambda _: False)
    with closing(place.views()) as late:
        assert late.place().position == got
        assert all(rows(late).values())


def test_lists_are_read_while_somebody_is_writing_them(filled: Service, place: Place) -> None:
    filled.catch_up()
    with filled.views.database.together() as connection, closing(place.views()) as reader:
        connection.execute(sa.update(PLACE).values(turn=0))
        assert len(cases(reader, filled.reader("auditor"))) == len(SOME) + OF_A_PERSON


def test_of_two_that_take_the_same_events_the_later_drops_what_it_made(
    filled: Service, place: Place
) -> None:
    """While one folds a batch, another catches up, something more happens and is caught up too."""
    with closing(place.views()) as other:
        once = threading.Event()

        def overtaken(stream: Stream) -> Iterator[Row]:
            yield from CASES.rows(stream)
            if not once.is_set():
                once.set()
                catch_up(filled.log, other, 7)

        slow = open_views(
            place.views_url,
            Limits(),
            projections=(replace(CASES, rows=overtaken), *PROJECTIONS[1:]),
        )
        with closing(slow):
            turn = slow.place().turn
            step(filled.log, slow, 10_000)
            assert slow.place().turn == turn + -(-filled.log.last() // 7)
            assert differences(filled.log, slow) == []


def test_a_stream_of_another_kind_is_passed_over(service: Service) -> None:
    story = story_of(*referred())
    registered = PractitionerRegistered(
        kind=PractitionerKind.SERVICE_STAFF, organisation="DERBYSHIRE_RJ", area="DERBYSHIRE"
    )
    service.log.append("XX-7K3M9QXA-5", 0, asked(story.history[0]), [Draft(registered, MONDAY)])
    assert service.catch_up() == service.log.last()
    assert not any("XX-" in row for table in rows(service.views).values() for row in table)
    assert alarms(service.views) == []


def test_a_log_that_cannot_be_reached_leaves_the_place_where_it_is(
    filled: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(log: Log, stream: str, **how: bool) -> object:
        raise Unavailable(Trouble.UNREACHABLE, "the event log cannot be reached")

    monkeypatch.setattr(Log, "load", away)
    with pytest.raises(Unavailable):
        filled.catch_up()
    assert filled.views.place().position == 0
    assert alarms(filled.views) == []
    assert filled.views.select(sa.select(HEADS)) == []


def test_a_log_opened_for_reading_is_enough(filled: Service, place: Place) -> None:
    seals = place.keyring.verifier(KeyKind.SEAL)
    with closing(open_log(place.log_url, None, seals, create=False)) as log:
        assert catch_up(log, filled.views) == filled.log.last()


def test_every_read_model_shows_something_of_the_paths(service: Service) -> None:
    for name in PATHS:
        service.told.path(name)
    service.told.person()
    service.told.dossier()
    service.catch_up()
    shown: Views = service.views
    assert {name for name, found in rows(shown).items() if found} == {p.name for p in PROJECTIONS}
