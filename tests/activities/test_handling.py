"""That every entry says whose data it is and under which law, by where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.fold import fold
from domain.handling import Handling
from domain.record import Regime
from tests.desk import desk_in
from tests.paths import referred

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.desk import Desk

REFER = referred()[0].given
POLICE = Handling(controller="DERBYSHIRE_CONSTABULARY", regime=Regime.LE_PART3)
DISCLOSED = {"recipient": "POLICE", "ground": "DANGER", "items": ["THREAT"]}


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_in(tmp_path, organisations={"DERBYSHIRE_POLICE": POLICE}) as here:
        yield here


def last(desk: Desk, case: str) -> tuple[str, str]:
    envelope = desk.recorder.turns.log.load(case)[-1].envelope
    return envelope.controller, envelope.regime.value


async def test_a_case_from_the_police_is_theirs_and_so_is_what_others_record_in_it(
    desk: Desk,
) -> None:
    case = desk.do("worker", "refer", REFER)
    assert last(desk, case) == ("DERBYSHIRE_CONSTABULARY", "LE_PART3")
    desk.do("supervisor", "accept_referral", {}, stream=case)
    assert last(desk, case) == ("DERBYSHIRE_CONSTABULARY", "LE_PART3")
    assert fold(desk.recorder.turns.log.load(case)).handling == POLICE


async def test_a_case_from_the_service_is_its_own_and_what_the_police_disclose_is_theirs(
    desk: Desk,
) -> None:
    case = desk.do("intake", "record_enquiry", {"source": "VICTIM_SELF"})
    assert last(desk, case) == ("DERBYSHIRE_RJ", "UK_GDPR")
    desk.do("worker", "record_disclosure", DISCLOSED, stream=case)
    assert last(desk, case) == ("DERBYSHIRE_CONSTABULARY", "LE_PART3")
    desk.do("intake", "record_disclosure", DISCLOSED, stream=case)
    assert last(desk, case) == ("DERBYSHIRE_RJ", "UK_GDPR")


async def test_what_is_recorded_after_a_correction_follows_it(desk: Desk) -> None:
    case = desk.do("intake", "record_enquiry", {"source": "VICTIM_SELF"})
    given = {"controller": "A_COUNCIL", "regime": "UK_GDPR", "reasons": "Invented."}
    desk.do("supervisor", "correct_handling", given, stream=case)
    assert last(desk, case) == ("DERBYSHIRE_RJ", "UK_GDPR")
    desk.do("supervisor", "record_disclosure", DISCLOSED, stream=case)
    assert last(desk, case) == ("A_COUNCIL", "UK_GDPR")
