"""What keeps one person's data from use, lifted in all their cases by one decision: shown first,
done in each whatever breaks off, and nothing released that was restricted for another reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from client import Refused
from client.everywhere import Lifting
from client.follow_ups import FollowUps
from domain.order import left_to_do
from domain.words import Authority, RestrictionGround, Stays
from tests.erasing import STORY, case_of, on_either, texts
from tests.linked import followed
from tests.serving import Service
from tests.workflows.test_everywhere import (
    KEEP,
    Killed,
    asked,
    dossier_of,
    erased,
    in_days,
    kill,
    linked,
    order,
    shown,
)
from vault import Restricted

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from temporalio.testing import WorkflowEnvironment

    from client.everywhere import Plan

MINE = {"ground": "ACCURACY_CONTESTED", "authority": "THEMSELVES"}
WHICH = Lifting(RestrictionGround.ACCURACY_CONTESTED, Authority.THEMSELVES)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
async def here(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    temporal_server: WorkflowEnvironment,
) -> AsyncIterator[Service]:
    """Yield an installation on either kind of database."""
    async with on_either(request, tmp_path_factory.mktemp("lifting"), temporal_server) as own:
        yield own


async def kept(service: Service, number: int = 2) -> list[str]:
    """Return so many cases in which one person's data are kept from use at their own wish."""
    cases = await linked(service, number, "Barnaby Ottershaw")
    dossier = await asked(service, cases[0], "RESTRICTION_OF_USE")
    await order(service, dossier, "restrict_everywhere", review_on=in_days(30))
    answer = {"reply": "It is kept (invented).", "channel": "LETTER"}
    await service.do("officer", "answer_request", more={"stream": dossier}, **answer)
    return cases


async def lifted(service: Service, dossier: str) -> Plan:
    """Have it ordered as it is shown; return what was shown."""
    found = shown(service, dossier, lifting=WHICH)
    about = [one.subject.model_dump() for one in found.where]
    stays = [
        {**one.subject.model_dump(), "why": one.stays} for one in found.places if one.stays
    ]  # fmt: skip
    given: dict[str, Any] = {**MINE, "about": about, "stays": stays, "told_of_it": True}
    await service.do("officer", "lift_everywhere", more={"stream": dossier}, **given)
    return found


def is_used(service: Service, case: str) -> bool:
    """Say whether what they asked there is open to whoever works on the case."""
    vault, question = service.door.admission.stores.vault, texts(service, case)["question"]
    opened = vault.words_many(case, [question])[question.id]
    if isinstance(opened, Restricted):
        return False
    assert opened == STORY
    return True


async def test_one_decision_lifts_it_where_it_was_shown_and_nowhere_else(here: Service) -> None:
    cases = await kept(here, 3)
    more = {"stream": cases[2]}
    await here.do("officer", "restrict_data", more=more, party="V1", review_on=in_days(60), **KEEP)
    dossier = await asked(here, cases[1], "LIFTING_OF_RESTRICTION")
    every = shown(here, dossier, lifting=Lifting())
    assert {one.stays for one in every.places} == {None}
    grounds = {one.subject.case: one.restriction.ground for one in every.places if one.restriction}
    assert grounds == {
        cases[0]: "ACCURACY_CONTESTED", cases[1]: "ACCURACY_CONTESTED", cases[2]: "EVIDENCE",
    }  # fmt: skip
    assert not any(is_used(here, case) for case in cases)
    found = await lifted(here, dossier)
    assert found.code != every.code
    assert {one.subject.case: one.stays for one in found.places} == {
        cases[0]: None, cases[1]: None, cases[2]: Stays.ANOTHER_RESTRICTION,
    }  # fmt: skip
    assert [is_used(here, case) for case in cases] == [True, True, False]
    assert case_of(here, cases[2]).data.of("V1").restriction is not None
    assert left_to_do(dossier_of(here, dossier)) == ()
    for case, entry in dossier_of(here, dossier).request.carried_out:  # type: ignore[union-attr]
        assert here.log(case)[entry - 1].name == "restriction_lifted"
        assert here.door.admission.log.verify(case) == len(here.log(case))
    again = {one.subject.case: one.stays for one in shown(here, dossier, lifting=WHICH).places}
    assert again[cases[0]] is again[cases[1]] is Stays.NOT_KEPT_FROM_USE
    answer = {"reply": "It is used again (invented).", "channel": "LETTER"}
    await here.do("officer", "answer_request", more={"stream": dossier}, **answer)
    assert not dossier_of(here, dossier).open
    assert all(one.well for one in erased(here).checks)


async def test_what_changed_since_it_was_shown_has_another_code(here: Service) -> None:
    cases = await kept(here)
    dossier = await asked(here, cases[0], "LIFTING_OF_RESTRICTION")
    before = shown(here, dossier, lifting=WHICH)
    assert shown(here, dossier, lifting=WHICH).code == before.code
    more = {"stream": cases[1]}
    again = {**MINE, "party": "V1", "review_on": in_days(60), "reply": "Longer (invented)."}
    await here.do("officer", "restrict_data", more=more, **again)
    assert shown(here, dossier, lifting=WHICH).code != before.code


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("at", ["follow_order", "note_order_followed"])
async def test_what_is_broken_off_anywhere_is_noticed_and_finished_and_done_once(
    service: Service, monkeypatch: pytest.MonkeyPatch, at: str, number: int
) -> None:
    cases = await kept(service)
    dossier = await asked(service, cases[0], "LIFTING_OF_RESTRICTION")
    with monkeypatch.context() as broken:
        kill(broken, at, number)
        with pytest.raises(Killed):
            await lifted(service, dossier)
    assert left_to_do(dossier_of(service, dossier))
    assert dossier in followed(service)
    assert service.recorder.turns.leads_elsewhere(dossier)
    (decisions,) = (one for one in erased(service).checks if one.what == "decisions")
    assert not decisions.well
    with pytest.raises(Refused):
        await service.do("officer", "answer_request", more={"stream": dossier},
                         reply="Not yet.", channel="LETTER")  # fmt: skip
    await FollowUps(service.door, list).finished(dossier)
    assert left_to_do(dossier_of(service, dossier)) == ()
    for case in cases:
        names = [entry.name for entry in service.log(case)]
        assert names.count("restriction_lifted") == 1
        assert is_used(service, case)
    assert [e.name for e in service.log(dossier)].count("order_followed") == len(cases)
    assert dossier not in followed(service)
    assert next(one for one in erased(service).checks if one.what == "decisions").well


async def test_what_came_to_be_evidence_meanwhile_is_not_released_and_nothing_is_sent_for_it(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = await kept(service)
    dossier = await asked(service, cases[0], "LIFTING_OF_RESTRICTION")
    with monkeypatch.context() as broken:
        kill(broken, "follow_order", 1)
        with pytest.raises(Killed):
            await lifted(service, dossier)
    more = {"stream": cases[1]}
    evidence = {**KEEP, "party": "V1", "review_on": in_days(9)}
    await service.do("officer", "restrict_data", more=more, **evidence)
    await FollowUps(service.door, list).finished(dossier)
    assert [is_used(service, case) for case in cases] == [True, False]
    versions = len(service.log(cases[1]))
    await FollowUps(service.door, list).finished(dossier)
    assert len(service.log(cases[1])) == versions
    assert [one.case for one in left_to_do(dossier_of(service, dossier))] == [cases[1]]
    await service.do("worker", "propose_data_step", more=more, party="V1", step="LIFT_RESTRICTION")
    await service.do("officer", "lift_restriction", more=more, party="V1", reply="Lifted.")
    await FollowUps(service.door, list).finished(dossier)
    assert is_used(service, cases[1])
    assert left_to_do(dossier_of(service, dossier)) == ()
