"""Somebody is away and another one covers, through door, workflow and log, by the real clock."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from client import Denied, Refused
from client.reading import What
from domain.fold import fold, fold_practitioner
from domain.permissions import View
from domain.record import Actor
from domain.words import Relation
from tests.cases import WISH
from tests.looks import looks
from tests.paths import referred
from tests.serving import known, register
from tests.steps import EXPLAINED

if TYPE_CHECKING:
    from domain.record import Entry
    from tests.serving import Service

MET: dict[str, Any] = {"thread": "V1-O1", "explained": EXPLAINED, "understood": True}


@pytest.fixture
async def team(service: Service) -> Service:
    """Return the installation with a staff of this test's own: nobody is away yet."""
    own = replace(service, staff={})
    await register(own)
    return own


async def a_case(service: Service) -> str:
    """Return a case that a lead and a co-facilitator work on."""
    case = ""
    for one in referred():
        more = {"stream": case} if case else {}
        case = (await service.do(one.who, one.name, more=more, **one.given)).stream
    return case


async def away(service: Service, who: str = "lead", by: str = "supervisor", **given: Any) -> None:
    more = {"stream": service.someone(who)}
    given = {"back": datetime.now(UTC) + timedelta(days=9), "cover": "@intermediate"} | given
    given["back"] = given["back"].isoformat()
    await service.do(by, "record_absence", more=more, **given)


async def back(service: Service, who: str = "lead") -> None:
    await service.do(who, "end_absence", more={"stream": service.someone(who)})


async def read(service: Service, who: str, case: str, view: View = View.CASE) -> list[Entry]:
    actor = Actor(id=service.someone(who), identified=known(who))

    def reading() -> list[Entry]:
        with service.door.readings.reading(actor, What(view, case), "case_work") as entries:
            return entries

    return await asyncio.to_thread(reading)


async def test_whoever_covers_acts_in_their_own_name_and_the_record_says_for_whom(
    team: Service,
) -> None:
    case = await a_case(team)
    here = {"stream": case}
    with pytest.raises(Denied):
        await team.do("intermediate", "record_facilitator_meeting", more=here, party="V1", **MET)
    await away(team)
    await team.do("intermediate", "record_facilitator_meeting", more=here, party="V1", **MET)
    said, met = team.log(case)[-2:]
    cover, lead = team.someone("intermediate"), team.someone("lead")
    assert (said.name, met.name) == ("acted_as_cover", "facilitator_meeting_held")
    assert {said.envelope.actor.id, met.envelope.actor.id} == {cover}
    assert said.envelope.data == {"of": [lead]}
    assert said.envelope.command == met.envelope.command
    assert met.envelope.read[lead] >= 1
    assert fold(team.log(case)).lead == lead


async def test_at_the_moment_at_which_it_ends_the_access_ends_and_nothing_has_to_run(
    team: Service,
) -> None:
    case = await a_case(team)
    end = datetime.now(UTC) + timedelta(seconds=4)
    await away(team, by="lead", back=end)
    before = team.log(team.someone("lead"))
    await team.do("intermediate", "record_wish", more={"stream": case}, **WISH)
    for view in (View.CASE, View.HISTORY, View.WORDS):
        await read(team, "intermediate", case, view)
        assert looks(team.door)[-1].relation is Relation.COVERS
    await asyncio.sleep((end - datetime.now(UTC)).total_seconds())
    for view in (View.CASE, View.HISTORY, View.WORDS):
        with pytest.raises(Denied):
            await read(team, "intermediate", case, view)
        assert looks(team.door)[-1].relation is Relation.NOT_THEIRS
    with pytest.raises(Denied):
        await team.do("intermediate", "record_wish", more={"stream": case}, **WISH)
    assert team.log(team.someone("lead")) == before


async def test_back_before_the_day_ends_it_at_once_and_a_no_told_to_the_cover_is_still_recorded(
    team: Service,
) -> None:
    case = await a_case(team)
    await away(team)
    await read(team, "intermediate", case)
    await back(team)
    with pytest.raises(Denied):
        await read(team, "intermediate", case)
    await team.do("intermediate", "stop_contact", more={"stream": case}, party="V1")
    assert team.log(case)[-1].name == "contact_stopped"
    (absence,) = fold_practitioner(team.log(team.someone("lead"))).absences.values()
    assert absence.back <= datetime.now(UTC)


async def test_whoever_covers_for_whoever_covers_gets_nothing(team: Service) -> None:
    case = await a_case(team)
    await away(team)
    await away(team, "intermediate", cover="@advanced")
    for name in ("intermediate", "advanced"):
        with pytest.raises(Denied):
            await read(team, name, case)


async def test_a_conflict_of_interest_of_the_cover_closes_that_case_to_them(
    team: Service,
) -> None:
    case, other = await a_case(team), await a_case(team)
    await away(team)
    conflict = {"practitioner": "@intermediate"}
    await team.do("intermediate", "declare_conflict", more={"stream": case}, **conflict)
    with pytest.raises(Denied):
        await read(team, "intermediate", case)
    await read(team, "intermediate", other)


async def test_a_cover_inherits_no_training(team: Service) -> None:
    case = await a_case(team)
    await away(team, cover="@co")
    sensitive = {"sensitivity": "SENSITIVE_COMPLEX", "flags": {"flags": [], "endorsements": []}}
    await team.do("co", "classify_case", more={"stream": case}, **sensitive)
    with pytest.raises(Refused) as refused:
        await team.do("co", "record_facilitator_meeting", more={"stream": case}, party="V1", **MET)
    codes = {one.code for one in refused.value.refusals}
    assert codes == {"a_sensitive_case_needs_experienced_facilitators"}


async def test_whoever_acted_as_cover_signs_nothing_of_the_case_as_a_second_person(
    team: Service,
) -> None:
    case = await a_case(team)
    assert team.someone("intermediate") not in fold(team.log(case)).ever_allocated
    await away(team)
    await team.do("intermediate", "record_wish", more={"stream": case}, **WISH)
    await back(team)
    assert team.someone("intermediate") in fold(team.log(case)).ever_allocated


async def test_a_slip_of_whoever_covered_is_marked_by_themselves_or_the_supervisor(
    team: Service,
) -> None:
    case = await a_case(team)
    here = {"stream": case}
    await away(team)
    for who in ("intermediate", "supervisor"):
        answer = await team.do("intermediate", "record_wish", more=here, **WISH)
        entry = {"entry": answer.version}
        marked = await team.do(who, "mark_entered_in_error", more=here, **entry)
        assert "entry_marked_in_error" in {one["event"] for one in marked.events}
