"""A practitioner's clocks through the workflow: told on the day, once, renewed by what is done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from domain.fold import fold_practitioner
from domain.missed import EXPLAINING
from tests.story import KEPT_IN_DATE, STAFF
from tests.waiting import until

if TYPE_CHECKING:
    from domain.record import Entry
    from tests.serving import Service

WEEKS = timedelta(weeks=12)


async def a_facilitator(service: Service) -> str:
    """Return somebody new, in date as of today."""
    registered = await service.do("service:setup", "register_practitioner", **STAFF["lead"])
    new = registered.stream
    for step, given in KEPT_IN_DATE:
        await service.do("trainer", step, more={"stream": new}, **given)
    return new


def missed(service: Service, stream: str) -> list[tuple[str, str]]:
    """Return what was told not to be renewed in time: which clock, and who told."""
    told = [e for e in service.log(stream) if e.name == "renewal_missed"]
    return [(_wait(e), e.envelope.actor.id) for e in told]


def _wait(entry: Entry) -> str:
    return str(entry.envelope.data["wait"])


async def test_a_supervision_that_was_not_held_in_twelve_weeks_is_told_on_the_day(
    service: Service,
) -> None:
    new = await a_facilitator(service)
    supervised = service.log(new)[-4].effective_at
    assert (await service.present(new)).next_due == supervised + WEEKS
    await service.later(new, days=83)
    assert missed(service, new) == []
    await service.later(new, days=2)
    assert missed(service, new) == [("supervision", "service:clock")]
    told = service.log(new)[-1]
    assert timedelta(0) <= told.recorded_at - supervised - WEEKS < timedelta(minutes=1)
    present = await service.present(new)
    assert present.open
    assert present.next_due is not None
    assert present.next_due > told.recorded_at


async def test_a_supervision_that_was_held_starts_its_twelve_weeks_anew(service: Service) -> None:
    new = await a_facilitator(service)
    await service.later(new, days=60)
    await service.do("trainer", "record_supervision", more={"stream": new})
    held = service.log(new)[-1].effective_at
    assert (await service.present(new)).next_due == held + WEEKS
    await service.later(new, days=80)
    assert missed(service, new) == []


async def test_within_a_year_each_of_the_clocks_is_told_once_and_changes_nothing_else(
    service: Service,
) -> None:
    new = await a_facilitator(service)
    before = {e.name for e in service.log(new)}
    await service.later(new, days=390)
    told = [name for name, _ in missed(service, new)]
    lapsed = [name for name in told if name != EXPLAINING]
    assert sorted(lapsed) == ["development", "observed_practice", "practice", "supervision"]
    # Why each lapsed was asked for, and nobody said it: that asks for no more.
    assert told.count(EXPLAINING) == len(lapsed)
    assert {e.name for e in service.log(new)} == before | {"renewal_missed"}
    assert (await service.present(new)).next_due is None
    assert (await service.present(new)).open


async def test_a_credential_that_ends_is_told_on_the_day_whoever_holds_it(service: Service) -> None:
    registered = await service.do("service:setup", "register_practitioner", **STAFF["intake"])
    new = registered.stream
    until_then = datetime.now(UTC) + timedelta(days=40)
    given = {"credential": "YOUTH_RJ", "until": until_then.isoformat()}
    await service.do("trainer", "grant_credential", more={"stream": new}, **given)
    assert (await service.present(new)).next_due == until_then
    await service.later(new, days=41)
    await until(lambda: missed(service, new) == [("credential", "service:clock")])
    assert service.log(new)[-1].envelope.data["subject"] == "YOUTH_RJ"


async def test_a_session_records_the_cases_looked_at_and_resets_its_clock_and_why_it_was_late(
    service: Service,
) -> None:
    new = await a_facilitator(service)
    await service.later(new, weeks=12, days=1)
    (clock,) = fold_practitioner(service.log(new)).clocks.values()
    session = {"cases": [], "note": "The two cases that worry them most."}
    await service.do("supervisor", "record_supervision", more={"stream": new}, **session)
    why = {"clocks": [clock.id], "cause": "STAFF_ABSENCE", "words": "Their supervisor was ill."}
    await service.do("supervisor", "explain_renewal", more={"stream": new}, **why)
    held = service.log(new)[-2].effective_at
    assert (await service.present(new)).next_due == held + WEEKS
    assert fold_practitioner(service.log(new)).clocks[clock.id].cause == "STAFF_ABSENCE"
    assert "ill" not in str([entry.envelope.data for entry in service.log(new)])


async def test_somebody_who_is_just_being_entered_has_missed_nothing_for_a_working_day(
    service: Service,
) -> None:
    registered = await service.do("service:setup", "register_practitioner", **STAFF["lead"])
    new = registered.stream
    due = (await service.present(new)).next_due
    assert due is not None
    assert due > datetime.now(UTC) + timedelta(hours=1)
    for step, given in KEPT_IN_DATE:
        await service.do("trainer", step, more={"stream": new}, **given)
    await service.later(new, days=30)
    assert missed(service, new) == []
