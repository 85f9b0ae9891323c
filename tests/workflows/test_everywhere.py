"""One person in all their cases: shown first, done in each whatever breaks off, what stays told,
and nothing of them left anywhere."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from client import Refused, Why, erasing, everywhere
from client.erased import report
from client.everywhere import plan
from client.follow_ups import FollowUps
from client.leftovers import Backups
from domain.fold import fold_dossier
from domain.order import left_to_do
from domain.record import Actor
from domain.words import Extent, LookReason, Stays
from tests.erasing import NOTE, OTHERS, STORY, case_of, everything, on_either, refer, rows, texts
from tests.linked import everything_follows, followed
from tests.looks import how_many, since
from tests.serving import Service
from vault import Erased, Restricted

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from temporalio.testing import WorkflowEnvironment

    from client.everywhere import Plan
    from domain.dossier import Dossier

WHO = "Zephyrine Marrowfat"
"""Plainly invented."""
RESTRICT = {"ground": "ACCURACY_CONTESTED", "authority": "THEMSELVES"}
KEEP = {"ground": "EVIDENCE", "authority": "PROSECUTION", "reply": "We keep it (invented)."}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
async def here(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    temporal_server: WorkflowEnvironment,
) -> AsyncIterator[Service]:
    """Yield an installation on either kind of database."""
    folder = tmp_path_factory.mktemp("everywhere")
    async with on_either(request, folder, temporal_server) as own:
        yield own


async def linked(service: Service, number: int = 3, name: str = WHO) -> list[str]:
    """Return so many cases in which V1 is one person."""
    cases = [await refer(service, name) for _ in range(number)]
    for case in cases[1:]:
        given = {"party": "V1", "other": cases[0], "there": "V1", "same_matter": False}
        await service.do("worker", "link_person", more={"stream": case}, **given)
    await everything_follows(service)
    return cases


async def asked(
    service: Service,
    case: str,
    right: str = "ERASURE_OF_DATA",
    decision: str = "WHOLLY_GRANTED",
    who: str = "worker",
) -> str:
    about = [{"case": case, "party": "V1"}]
    opened = await service.do(who, "record_rights_request", right=right, about=about)
    more = {"stream": opened.stream}
    await service.do("officer", "identify_requester", more=more, how="DOCUMENT_SEEN")
    ground = (
        {} if decision == "WHOLLY_GRANTED" else {"ground": "KEPT_AS_EVIDENCE", "reasons": "So."}
    )
    await service.do("officer", "decide_request", more=more, decision=decision, **ground)
    return opened.stream


def shown(service: Service, dossier: str, **given: Any) -> Plan:
    officer = Actor(id=service.someone("officer"), identified="unverified")
    retention = service.settings.limits.retention
    return plan(service.door.readings, officer, dossier, retention, **given)


async def order(
    service: Service, dossier: str, name: str = "erase_everywhere", **given: Any
) -> Plan:
    """Have it ordered as it is shown; return what was shown."""
    found = shown(service, dossier)
    about = [{"case": one.subject.case, "party": one.subject.party} for one in found.where]
    stays = [
        {"case": one.subject.case, "party": one.subject.party, "why": one.stays}
        for one in found.places if one.stays
    ]  # fmt: skip
    what = {"ground": "NO_LONGER_NEEDED"} if name == "erase_everywhere" else RESTRICT
    whole = {"about": about, "stays": stays, **what, **given}
    await service.do("officer", name, more={"stream": dossier}, **whole)
    return found


def dossier_of(service: Service, stream: str) -> Dossier:
    return fold_dossier(service.log(stream))


async def test_one_decision_erases_them_in_every_case_and_says_before_where_and_what_stays(
    here: Service,
) -> None:
    cases = await linked(here)
    put = {case: texts(here, case) for case in cases}
    more = {"stream": cases[2]}
    await here.do("officer", "restrict_data", more=more, party="V1", review_on=in_days(60), **KEEP)
    dossier = await asked(here, cases[1])
    before = how_many(here.door)
    found = shown(here, dossier)
    assert {one.subject.case: one.stays for one in found.places} == {
        cases[0]: None, cases[1]: None, cases[2]: Stays.KEPT_FROM_USE,
    }  # fmt: skip
    assert {one.held.texts for one in found.where} == {2}
    for one in found.where:
        assert one.mentions == (put[one.subject.case]["notes"].id,)
        assert one.pairs == ("V1-O1",)
    looked = {about for look in since(here.door, before) for about in look.about}
    assert looked >= {dossier, *cases}
    await order(here, dossier)
    vault = here.door.admission.stores.vault
    for case in cases[:2]:
        assert case_of(here, case).data.of("V1").gone is Extent.ALL
        opened = vault.words_many(case, put[case].values())
        assert isinstance(opened[put[case]["V1"].id], Erased)
        assert isinstance(opened[put[case]["question"].id], Erased)
        assert OTHERS in str(opened[put[case]["O1"].id])
        assert here.door.admission.log.verify(case) == len(here.log(case))
    kept = case_of(here, cases[2])
    assert kept.data.of("V1").gone is None
    mine = put[cases[2]]["V1"]
    assert WHO in str(vault.words_many(cases[2], [mine], even_restricted=True)[mine.id])
    now = dossier_of(here, dossier)
    assert {case for case, _ in now.request.carried_out} == set(cases[:2])  # type: ignore[union-attr]
    for case, entry in now.request.carried_out:  # type: ignore[union-attr]
        assert here.log(case)[entry - 1].name == "person_erased"
    assert left_to_do(now) == ()
    answer = {"reply": "We have erased what we held.", "channel": "LETTER"}
    await here.do("officer", "answer_request", more={"stream": dossier}, **answer)
    assert not dossier_of(here, dossier).open


class Killed(BaseException):
    """As if the process had ended here."""


def kill(broken: pytest.MonkeyPatch, at: str, number: int) -> None:
    """Have the process die at this step, the second or the first time that it comes to it."""
    count = 0
    if at in ("write_down", "look_through", "keep_what_stays", "destroy"):
        whole = getattr(erasing._Carrying, at)
        broken.setattr(erasing._Carrying, at, dying(whole, number))
        return
    step = everywhere._Following.step

    async def or_die(self: Any, name: str, *given: Any, **more: Any) -> None:
        nonlocal count
        count += name == at
        if name == at and count == number:
            raise Killed
        await step(self, name, *given, **more)

    broken.setattr(everywhere._Following, "step", or_die)


async def never(self: Any, name: str, *_: Any, **__: Any) -> None:
    raise Killed(f"{name} was sent")


def dying(whole: Callable[..., Any], number: int) -> Callable[..., Any]:
    count = 0

    def one(self: Any) -> Any:
        nonlocal count
        count += 1
        if count == number:
            raise Killed
        return whole(self)

    return one


STEPS = (
    "follow_order",
    "write_down",
    "look_through",
    "keep_what_stays",
    "destroy",
    "note_order_followed",
)


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("at", STEPS)
async def test_what_is_broken_off_anywhere_is_noticed_and_finished_and_done_once(
    service: Service, monkeypatch: pytest.MonkeyPatch, at: str, number: int
) -> None:
    cases = await linked(service, 2)
    dossier = await asked(service, cases[0])
    with monkeypatch.context() as broken:
        kill(broken, at, number)
        with pytest.raises(Killed):
            await order(service, dossier)
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
        assert names.count("erasure_decided") == names.count("person_erased") == 1
    assert [e.name for e in service.log(dossier)].count("order_followed") == len(cases)
    assert dossier not in followed(service)
    found = erased(service)
    assert next(one for one in found.checks if one.what == "decisions").well


def erased(service: Service) -> Any:
    vault, views = service.door.admission.stores.vault, service.settings.database("views")
    now, log = datetime.now(UTC), service.door.admission.log
    return report(log, vault, views, Backups(None, timedelta(days=30)), now)


async def test_what_came_to_stand_against_it_is_not_done_over_it_and_is_left_to_the_officer(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = await linked(service, 2)
    dossier = await asked(service, cases[0])
    with monkeypatch.context() as broken:
        kill(broken, "follow_order", 1)
        with pytest.raises(Killed):
            await order(service, dossier)
    more = {"stream": cases[1]}
    await service.do(
        "officer", "restrict_data", more=more, party="V1", review_on=in_days(9), **KEEP
    )
    await FollowUps(service.door, list).finished(dossier)
    assert case_of(service, cases[0]).data.of("V1").gone is Extent.ALL
    assert case_of(service, cases[1]).data.of("V1").gone is None
    with monkeypatch.context() as quiet:
        # It is asked for again every few seconds, perhaps for months: nothing is sent for that.
        quiet.setattr(everywhere._Following, "step", never)
        await FollowUps(service.door, list).finished(dossier)
    assert [one.case for one in left_to_do(dossier_of(service, dossier))] == [cases[1]]
    await service.do("worker", "propose_data_step", more=more, party="V1", step="LIFT_RESTRICTION")
    await service.do("officer", "lift_restriction", more=more, party="V1", reply="Lifted.")
    await FollowUps(service.door, list).finished(dossier)
    assert case_of(service, cases[1]).data.of("V1").gone is Extent.ALL
    assert left_to_do(dossier_of(service, dossier)) == ()


async def test_what_is_withdrawn_meanwhile_is_not_done_any_more(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = await linked(service, 2)
    dossier = await asked(service, cases[0])
    with monkeypatch.context() as broken:
        kill(broken, "follow_order", 2)
        with pytest.raises(Killed):
            await order(service, dossier)
    await service.do("officer", "withdraw_request", more={"stream": dossier})
    await FollowUps(service.door, list).finished(dossier)
    gone = [case_of(service, case).data.of("V1").gone for case in cases]
    assert gone.count(Extent.ALL) == gone.count(None) == 1
    assert dossier not in followed(service)


async def test_in_all_cases_they_are_kept_without_use_at_once(here: Service) -> None:
    cases = await linked(here, name="Barnaby Ottershaw")
    put = {case: texts(here, case) for case in cases}
    dossier = await asked(here, cases[0], decision="RESTRICTED_INSTEAD")
    await order(here, dossier, "restrict_everywhere", review_on=in_days(30))
    vault = here.door.admission.stores.vault
    for case in cases:
        held = case_of(here, case).data.of("V1").restriction
        assert held is not None
        assert str(held.review_on) == in_days(30)
        with pytest.raises(Restricted):
            vault.words(case, put[case]["V1"])
    assert left_to_do(dossier_of(here, dossier)) == ()
    assert {one.stays for one in shown(here, dossier).places} == {Stays.KEPT_FROM_USE}


async def test_of_whoever_was_erased_in_all_cases_nothing_is_left_in_any_store(
    here: Service,
) -> None:
    name = "Quintilla Thistlewood"
    cases = await linked(here, 2, name)
    keys, put = rows(here, "vault_keys", "vault_keys"), rows(here, "vault", "vault_texts")
    mine = [row for row in put if row["stream"] in cases and row["owner"] == "V1"]
    wrapped = {k["wrapped"] for k in keys if k["id"] in {row["key_id"] for row in mine}}
    dossier = await asked(here, cases[0])
    await order(here, dossier)
    officer = Actor(id=here.someone("officer"), identified="unverified")
    reading = here.door.readings.because(Why(LookReason.RIGHTS_REQUEST))
    for case in cases:
        (mention,) = case_of(here, case).data.mentions.values()
        assert name in str(reading.words(officer, case, [texts(here, case)["notes"]], "rights"))
        given = {"text": mention.text, "owner": "case", "words": "Somebody rang."}
        await here.do("officer", "redact_mention", more={"stream": case}, **given)
    here.door.admission.stores.vault.compact()
    held = b"".join(everything(here))
    for known in (name, STORY, NOTE):
        assert known.encode() not in held
    assert wrapped
    assert [one for one in wrapped if bytes(one) in held] == []
    assert [row for row in mine if bytes(row["sealed"])[:64] in held] == []
    verified = [await asyncio.to_thread(here.door.admission.log.verify, c) for c in cases]
    assert verified == [len(here.log(case)) for case in cases]
    assert all(one.well for one in erased(here).checks)


def in_days(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()
