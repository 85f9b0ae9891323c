"""Erasing through the service: decided by people, carried out to the end whatever breaks off, done
again after a restore, and nothing of it left anywhere."""

from __future__ import annotations

import asyncio
import json
import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from cli.erased import erased
from client import Door, Why, erasing
from client.erasing import carried_out
from client.follow_ups import FollowUps
from client.in_step import brought_into_step
from client.proposing import Proposing
from domain.record import Actor
from domain.words import EndReason, Extent, LookReason, Operation
from keys import Keyring
from tests.erasing import (
    ERASE,
    NAME,
    NOTE,
    OTHERS,
    REPLY,
    STORES,
    STORY,
    case_of,
    decide,
    everything,
    on_either,
    refer,
    rows,
    texts,
)
from tests.looks import how_many, since
from tests.serving import Service, installation
from tests.waiting import until
from vault import Erased, Restricted, open_vault
from vault.details import OffenceDetails, PartyDetails
from vault.texts import Texts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from temporalio.testing import WorkflowEnvironment


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
async def here(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    temporal_server: WorkflowEnvironment,
) -> AsyncIterator[Service]:
    """Yield an installation on either kind of database."""
    folder = tmp_path_factory.mktemp("erasing")
    async with on_either(request, folder, temporal_server) as own:
        yield own


async def test_what_is_decided_is_destroyed_at_once_and_recorded_and_logged(
    here: Service,
) -> None:
    case = await refer(here)
    put, vault = texts(here, case), here.door.admission.stores.vault
    before = how_many(here.door)
    await decide(here, case)
    now = case_of(here, case)
    assert now.data.of("V1").gone is Extent.ALL
    assert now.thread("V1-O1").current.ended.reason is EndReason.DATA_ERASED  # type: ignore[union-attr]
    opened = vault.words_many(case, put.values())
    assert isinstance(opened[put["V1"].id], Erased)
    assert isinstance(opened[put["question"].id], Erased)
    assert OTHERS in str(opened[put["O1"].id])
    erased = [one for one in since(here.door, before) if one.operation is Operation.ERASURE]
    assert [(one.about, one.asked["of"]) for one in erased] == [((case,), "V1")]
    assert "person_erased" in [e.name for e in here.log(case)]


async def test_a_text_of_somebody_else_waits_for_a_person_and_is_read_redacted(
    here: Service,
) -> None:
    case = await refer(here)
    put = texts(here, case)
    await decide(here, case)
    (mention,) = case_of(here, case).data.mentions.values()
    assert (mention.text, mention.owner) == (put["notes"].id, "case")
    more = {"stream": case}
    await here.do("officer", "redact_mention", more=more, text=mention.text, owner="case",
                  words="Somebody rang.")  # fmt: skip
    officer = Actor(id=here.someone("officer"), identified="unverified")
    reading = here.door.readings.because(Why(LookReason.RIGHTS_REQUEST))
    read = reading.words(officer, case, put.values(), "rights")
    assert read[put["notes"].id] == "Somebody rang."
    assert isinstance(read[put["V1"].id], Erased)
    direct = here.door.admission.stores.vault.words_many(case, [put["notes"]])
    assert isinstance(direct[put["notes"].id], Erased)


class Killed(BaseException):
    """As if the process had ended here."""


STEPS = ("write_down", "look_through", "keep_what_stays", "destroy", "note_erased", "halfway")


@pytest.mark.parametrize("before", STEPS)
@pytest.mark.parametrize("extent", ["ALL", "STORY"])
async def test_an_erasure_broken_off_anywhere_is_finished_and_done_once(
    service: Service, monkeypatch: pytest.MonkeyPatch, before: str, extent: str
) -> None:
    case = await refer(service)
    if extent == "STORY":
        more = {"stream": case}
        await service.do("worker", "decline_offer", more=more, party="V1")
        await service.do("supervisor", "end_thread", more=more, thread="V1-O1",
                         reason="VICTIM_DECLINED_DOOR_OPEN",
                         told={"V1": "TOLD_IT_ENDED", "O1": "TOLD_NOT_GOING_AHEAD"})  # fmt: skip
    put = texts(service, case)
    with monkeypatch.context() as broken:
        kill(broken, before)
        with pytest.raises(Killed):
            await decide(service, case, extent=extent)
    assert case_of(service, case).data.being_erased
    await FollowUps(service.door, lambda: [case]).finished(case)
    now = case_of(service, case)
    assert not now.data.being_erased
    assert [e.name for e in service.log(case)].count("person_erased") == 1
    assert [e.name for e in service.log(case)].count("mentions_found") == 1
    assert set(now.data.mentions) == {put["notes"].id}
    vault = service.door.admission.stores.vault
    opened = vault.words_many(case, put.values())
    assert isinstance(opened[put["V1"].id], Erased)
    left = vault.erasing.left(case, now.data.of("V1").erasures[0].keys)
    assert (left.keys, left.texts) == ((), ())
    assert is_found(service, case) is (extent == "STORY")


def is_found(service: Service, case: str) -> bool:
    wanted = PartyDetails.entered({"name": NAME, "born": "1973-11-29"})
    found = service.door.admission.stores.vault.matching.resembling(wanted, OffenceDetails())
    return case in {one.stream for one in found}


def kill(broken: pytest.MonkeyPatch, before: str) -> None:
    """Have the process die before this step; `halfway`: between the key and what is under it."""

    def die(*_: object, **__: object) -> None:
        raise Killed

    if before == "halfway":
        broken.setattr(Texts, "erase", die)
    elif before == "note_erased":
        carry, note = erasing._Carrying, erasing._Carrying.note

        async def or_die(self: Any, name: str, part: str, **given: object) -> None:
            if name == "note_erased":
                raise Killed
            await note(self, name, part, **given)

        broken.setattr(carry, "note", or_die)
    else:
        broken.setattr(erasing._Carrying, before, die)


async def test_the_worker_finds_what_is_left_by_its_wait(service: Service) -> None:
    case = await refer(service)
    more = {"stream": case}
    await service.do("worker", "propose_data_step", more=more, party="V1", step="ERASE")
    await service.signal("officer", "decide_erasure", more=more, **ERASE)

    async def decided() -> bool:
        return bool(case_of(service, case).data.being_erased)

    await until(decided)
    assert service.recorder.turns.leads_elsewhere(case)
    assert await carried_out(service.door, case)
    assert not service.recorder.turns.leads_elsewhere(case)


async def test_what_is_restricted_answers_nobody_and_no_rule_until_it_is_lifted(
    service: Service,
) -> None:
    case = await refer(service)
    put, more, vault = texts(service, case), {"stream": case}, service.door.admission.stores.vault
    given = {"party": "V1", "ground": "EVIDENCE", "authority": "PROSECUTION",
             "review_on": review_day(), "reply": REPLY}  # fmt: skip
    await service.do("officer", "restrict_data", more=more, **given)
    with pytest.raises(Restricted):
        vault.words(case, put["V1"])
    assert not is_found(service, case)
    await service.do("worker", "propose_data_step", more=more, party="V1", step="LIFT_RESTRICTION")
    lifted = {"party": "V1", "reply": REPLY, "erase": "NO_LONGER_NEEDED"}
    await service.do("officer", "lift_restriction", more=more, **lifted)
    assert case_of(service, case).data.of("V1").gone is Extent.ALL
    with pytest.raises(Erased):
        vault.words(case, put["V1"])


def review_day() -> str:
    return (datetime.now(UTC) + timedelta(days=90)).date().isoformat()


async def test_after_a_restore_nobody_reads_before_what_was_erased_is_erased_again(
    tmp_path: Path, temporal_server: WorkflowEnvironment
) -> None:
    async with installation(tmp_path, temporal_server) as own:
        case = await refer(own)
        put = texts(own, case)
        settings = own.settings
        vault_file = settings.folder / "vault.db"
        keys_file = settings.key_folder / "vault_keys.db"
        own.door.admission.stores.vault.compact()
        for file in (vault_file, keys_file):
            shutil.copy(file, tmp_path / file.name)
        await decide(own, case)
    for file in (vault_file, keys_file):
        for old in file.parent.glob(f"{file.name}*"):
            old.unlink()
        shutil.copy(tmp_path / file.name, file)
    keyring = Keyring(settings.key_folder)
    bare = open_vault(settings.database("vault"), settings.database("vault_keys"), keyring)
    assert NAME in bare.words(case, put["V1"])
    bare.close()
    door = await Door.connect(settings, temporal_server.client)
    vault = door.readings.stores.vault
    with pytest.raises(Erased):
        vault.words(case, put["V1"])
    assert OTHERS in vault.words(case, put["O1"])
    assert brought_into_step(vault, door.admission.log) == 0
    door.close()


async def test_nothing_of_whoever_was_erased_is_left_in_any_store(here: Service) -> None:
    case = await refer(here, name="Zenobia Marrowfat")
    keys, put = rows(here, "vault_keys", "vault_keys"), rows(here, "vault", "vault_texts")
    wrapped = {key["wrapped"] for key in keys if key["stream"] == case}
    sealed = {row["sealed"] for row in put if row["stream"] == case}
    for party in ("V1", "O1", None):
        await decide(here, case, party=party)
    here.door.admission.stores.vault.compact()
    held = b"".join(everything(here))
    for known in ("Zenobia Marrowfat", STORY, NOTE):
        assert known.encode() not in held
    assert len(wrapped) == 3
    assert [one for one in wrapped if bytes(one) in held] == []
    # The replies are the service's own proof: under the key of the case, made after it was erased.
    assert [one for one in sealed if bytes(one)[:64] in held] == []
    assert (await asyncio.to_thread(here.door.admission.log.verify, case)) == len(here.log(case))


async def test_that_somebody_erased_asked_for_no_contact_is_said_by_yes_or_no(
    here: Service,
) -> None:
    case = await refer(here, name="Tabitha Featherstone")
    await here.do("worker", "stop_contact", more={"stream": case}, party="V1")
    await decide(here, case, suppress=True, told_of_it=True)
    same = await refer(here, name="Tabitha Fetherstone")
    other = await refer(here, name="Another Featherstone")
    while await Proposing(here.door).once():
        pass
    assert set(case_of(here, same).data.suppressed) == {"V1"}
    assert case_of(here, other).data.suppressed == {}
    assert case not in str([e.envelope.data for e in here.log(same)])


async def test_rj_erased_says_what_is_gone_and_when_that_is_final(
    here: Service, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = await refer(here)
    await decide(here, case)
    settings = here.settings
    monkeypatch.setenv("RJ_DATA", str(settings.folder))
    monkeypatch.setenv("RJ_KEYS", str(settings.key_folder))
    for name in STORES:
        monkeypatch.setenv(f"RJ_{name.upper()}_URL", settings.database(name))
    capsys.readouterr()
    officer = here.someone("officer")
    line = {"compact": True, "each": True, "as_": officer, "json": True}
    assert await asyncio.to_thread(erased, **line) == 0
    told = capsys.readouterr().out
    found = json.loads(told[told.index("{") :])
    assert found["well"]
    (one,) = [each for each in found["erasures"] if each["case"] == case]
    assert (one["party"], one["extent"], one["final"]) == ("V1", "ALL", False)
    life = datetime.fromisoformat(one["final_from"]) - datetime.fromisoformat(one["at"])
    assert life == timedelta(days=settings.keys_backup_days)
    assert await asyncio.to_thread(erased) == 0
    told = capsys.readouterr().out
    assert "Nothing is left that must be gone." in told
    assert NAME not in told
    assert case not in told
