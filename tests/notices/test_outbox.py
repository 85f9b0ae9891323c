"""Each notice stands in the outbox once, whatever happens round it."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.waits import Limits
from notices import Kind, open_outbox
from projections import open_views
from tests.notices.conftest import NOW, STAFF, notice


def test_a_notice_is_put_in_once_however_often_and_by_however_many(url: str) -> None:
    notices = [notice(number) for number in range(20)]

    def look() -> None:
        with closing(open_outbox(url)) as own:
            for _ in range(3):
                own.put(notices, NOW)

    with closing(open_outbox(url)) as outbox:
        outbox.put([], NOW)
        threads = [threading.Thread(target=look) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert outbox.waiting() == 20
        for kept in outbox.to_send(NOW, 100):
            outbox.sent(kept)
        assert outbox.put(notices, NOW) == outbox.waiting() == 0


@pytest.mark.parametrize(
    "other",
    [
        {"kind": Kind.MISSED},
        {"to": STAFF[3]},
        {"due": NOW + timedelta(days=1)},
        {"since": NOW + timedelta(hours=1)},
        {"subject": "risk_review V2-O1"},
    ],
)
def test_what_differs_is_another_notice_and_the_same_has_the_same_id(
    other: dict[str, object],
) -> None:
    assert notice(1).id == notice(1).id != replace(notice(1), **other).id  # type: ignore[arg-type]


def test_it_is_not_made_again_with_the_read_models(url: str) -> None:
    with closing(open_outbox(url)) as outbox:
        outbox.put([notice(1)], NOW)
        (kept,) = outbox.to_send(NOW, 1)
        outbox.sent(kept)
    with closing(open_views(url, Limits())) as views:
        views.place()
        # As a release with tables of another shape finds it.
        with views.database.together() as connection:
            connection.exec_driver_sql("UPDATE place SET shape = 'older'")
    with closing(open_views(url, Limits())) as views:
        assert views.place().position == 0
    with closing(open_outbox(url)) as outbox:
        outbox.put([notice(1)], NOW)
        assert outbox.to_send(NOW, 1) == []


def test_of_what_began_long_before_there_was_an_outbox_nobody_is_told(url: str) -> None:
    with closing(open_outbox(url)) as outbox:
        old, new = notice(1, since=NOW - timedelta(days=3)), notice(2)
        assert outbox.put([old, new], NOW) == 1
        later = NOW + timedelta(days=30)
        assert outbox.put([old, notice(3, since=later - timedelta(days=5))], later) == 1


def test_what_is_put_off_is_tried_later_and_later_and_once_a_day_at_least(url: str) -> None:
    with closing(open_outbox(url)) as outbox:
        outbox.put([notice(1)], NOW)
        at, pauses = NOW, []
        for _ in range(15):
            (kept,) = outbox.to_send(at, 1)
            outbox.put_off(kept, at, "address_refused")
            pause = next(
                minutes
                for minutes in range(0, 1441, 5)
                if outbox.to_send(at + timedelta(minutes=minutes), 1)
            )
            pauses.append(pause)
            at += timedelta(minutes=pause)
        assert pauses == sorted(pauses)
        assert (pauses[0], pauses[-1]) == (5, 1440)
        assert outbox.to_send(at, 1)[0].trouble == "address_refused"


def test_what_is_no_longer_so_is_withdrawn_and_not_sent(url: str) -> None:
    with closing(open_outbox(url)) as outbox:
        outbox.put([notice(number) for number in range(1000)], NOW)
        assert outbox.withdraw_all_but([notice(7), notice(9)]) == 998
        waiting = {kept.id for kept in outbox.to_send(NOW, 2000)}
        assert waiting == {notice(7).id, notice(9).id}
        assert outbox.in_the_way(NOW + timedelta(days=1)) == {"not_tried": 2}


def test_what_is_so_again_is_sent_after_all_and_once(url: str) -> None:
    with closing(open_outbox(url)) as outbox:
        outbox.put([notice(1), notice(2)], NOW)
        outbox.withdraw_all_but([notice(2)])
        later = NOW + timedelta(minutes=5)
        assert outbox.put([notice(1), notice(2)], later) == 1
        for kept in outbox.to_send(later, 10):
            outbox.sent(kept)
        assert outbox.put([notice(1), notice(2)], later) == outbox.waiting() == 0


def test_what_was_sent_stays_sent_whether_or_not_it_is_so_still(url: str) -> None:
    with closing(open_outbox(url)) as outbox:
        outbox.put([notice(1)], NOW)
        (kept,) = outbox.to_send(NOW, 1)
        outbox.sent(kept)
        assert outbox.withdraw_all_but([]) == 0
        assert outbox.put([notice(1)], NOW) == outbox.waiting() == 0


def test_lists_that_are_being_made_again_lose_no_notice(url: str) -> None:
    notices = [notice(number) for number in range(20)]
    with closing(open_outbox(url)) as outbox:
        outbox.put(notices, NOW)
        # Meanwhile there is nothing in them.
        outbox.withdraw_all_but([])
        assert outbox.waiting() == 0
        outbox.put(notices, NOW)
        outbox.withdraw_all_but(notices)
        assert {kept.id for kept in outbox.to_send(NOW, 100)} == {one.id for one in notices}
