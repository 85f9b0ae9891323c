"""The words of a closed entry of the data-protection register: looked at when their time is over,
erased by a decision whatever breaks off, again after a restore, and nothing of them left."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import MetaData, create_engine

from client import Refused, erasing
from client.erased import report
from client.erasing import carried_out
from client.follow_ups import FollowUps
from client.in_step import brought_into_step
from client.leftovers import Backups
from domain.fold import fold_dossier
from domain.held import texts_of
from domain.words import Operation, RightsDecision
from tests.erasing import everything, on_either, rows
from tests.linked import followed
from tests.looks import how_many, since
from tests.serving import Service
from tests.waiting import until
from vault import Erased
from vault.texts import Texts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from sqlalchemy import Connection, Table
    from temporalio.testing import WorkflowEnvironment

    from domain.dossier import Dossier
    from domain.texts import TextRef

ASKED, WHY, REPLY = (
    "Zenobia Quillfeather of 77 Nowhere Crescent asks",
    "The marmalade affair is not over",
    "We keep the spoon as evidence",
)
"""Plainly invented."""
OVER = 6 * 366
"""Days: the time of an entry that was decided on, and a little more."""


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
async def here(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    temporal_server: WorkflowEnvironment,
) -> AsyncIterator[Service]:
    """Yield an installation on either kind of database."""
    folder = tmp_path_factory.mktemp("kept_dossiers")
    async with on_either(request, folder, temporal_server) as own:
        yield own


async def closed(service: Service, account: str = ASKED) -> str:
    """Return an entry of the register that was asked, decided and answered in words."""
    opened = await service.do(
        "worker", "record_rights_request", right="ERASURE_OF_DATA", account=account
    )
    more = {"stream": opened.stream}
    await service.do("officer", "identify_requester", more=more, how="DOCUMENT_SEEN")
    no = {"decision": "NOT_GRANTED", "ground": "KEPT_AS_EVIDENCE", "reasons": WHY}
    await service.do("officer", "decide_request", more=more, **no)
    await service.do("officer", "answer_request", more=more, reply=REPLY, channel="LETTER")
    return opened.stream


async def over(service: Service, account: str = ASKED) -> str:
    """Return one whose time is over, by the clock of its own workflow."""
    stream = await closed(service, account)
    await service.later(stream, days=OVER)

    async def told() -> bool:
        return "dossier_clock_missed" in [entry.name for entry in service.log(stream)]

    await until(told)
    return stream


async def erase(service: Service, stream: str, **given: Any) -> None:
    ground = {"ground": "RETENTION_ENDED", **given}
    await service.do("officer", "decide_dossier_erasure", more={"stream": stream}, **ground)


def dossier_of(service: Service, stream: str) -> Dossier:
    return fold_dossier(service.log(stream))


def refs(service: Service, stream: str) -> list[TextRef]:
    return [ref for entry in service.log(stream) for _, ref in texts_of(entry)]


def opened(service: Service, stream: str) -> list[object]:
    found = service.door.admission.stores.vault.words_many(stream, refs(service, stream))
    return list(found.values())


def checks(service: Service) -> dict[str, bool]:
    """Return what `rj erased` finds."""
    return {one.what: one.well for one in reported(service).checks}


def reported(service: Service) -> Any:
    vault, views = service.door.admission.stores.vault, service.settings.database("views")
    now, log = datetime.now(UTC), service.door.admission.log
    return report(log, vault, views, Backups(None, timedelta(days=30)), now)


async def test_what_is_closed_waits_for_its_review_and_nobody_erases_before(here: Service) -> None:
    stream = await closed(here)
    now = await here.present(stream)
    assert (now.stage, now.open) == ("DOSSIER_CLOSED", True)
    with pytest.raises(Refused) as refused:
        await erase(here, stream)
    codes = [one.code for one in refused.value.refusals]
    assert codes == ["the_register_proves_for_its_time_what_was_done"]
    assert ASKED in opened(here, stream)


async def test_at_its_review_its_words_are_destroyed_and_what_was_done_stays_as_codes(
    here: Service,
) -> None:
    stream = await over(here)
    assert ASKED in opened(here, stream)
    before, whole = how_many(here.door), dossier_of(here, stream)
    await erase(here, stream)
    assert len(refs(here, stream)) == 3
    assert all(isinstance(one, Erased) for one in opened(here, stream))
    looked = [one for one in since(here.door, before) if one.operation is Operation.ERASURE]
    assert [(one.about, one.view, one.asked["of"]) for one in looked] == [
        ((stream,), "DOSSIER", "case")
    ]
    now = dossier_of(here, stream)
    assert (now.request, now.opened_at, now.closed_at) == (
        whole.request, whole.opened_at, whole.closed_at,
    )  # fmt: skip
    assert now.request is not None
    assert now.request.decision is RightsDecision.NOT_GRANTED
    assert here.door.admission.log.verify(stream) == len(here.log(stream))
    found = reported(here)
    assert found.well
    (done,) = [one for one in found.erasures if one.case == stream]
    assert (done.party, done.extent, done.final) == ("dossier", "ALL", False)

    async def ended() -> bool:
        return not (await here.present(stream)).open

    await until(ended)


class Killed(BaseException):
    """As if the process had ended here."""


STEPS = ("write_down", "destroy", "halfway", "note")


@pytest.mark.parametrize("before", STEPS)
async def test_an_erasure_broken_off_anywhere_is_noticed_and_finished_and_done_once(
    here: Service, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    stream = await over(here)
    with monkeypatch.context() as broken:
        kill(broken, before)
        with pytest.raises(Killed):
            await erase(here, stream)
    assert dossier_of(here, stream).erasing is not None
    assert here.recorder.turns.leads_elsewhere(stream)
    assert stream in followed(here)
    assert not checks(here)["decisions"]
    await FollowUps(here.door, list).finished(stream)
    names = [entry.name for entry in here.log(stream)]
    assert names.count("dossier_erasure_decided") == names.count("dossier_erased") == 1
    assert not here.recorder.turns.leads_elsewhere(stream)
    assert stream not in followed(here)
    assert all(checks(here).values())
    now = dossier_of(here, stream)
    assert now.erased is not None
    left = here.door.admission.stores.vault.erasing.left(stream, now.erased.keys)
    assert (len(now.erased.keys), left.keys, left.texts) == (1, (), ())


def kill(broken: pytest.MonkeyPatch, before: str) -> None:
    """Have the process die before this step; `halfway`: between the key and what is under it."""

    def die(*_: object, **__: object) -> None:
        raise Killed

    if before == "halfway":
        broken.setattr(Texts, "erase", die)
    else:
        broken.setattr(erasing._OfDossier, before, die)


async def test_if_it_cannot_be_written_down_nothing_is_destroyed(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = await over(service)
    with monkeypatch.context() as broken:
        access = type(service.door.admission.stores.access)
        broken.setattr(access, "write", cannot)
        await erase(service, stream)
    assert ASKED in opened(service, stream)
    assert await carried_out(service.door, stream)
    assert ASKED not in opened(service, stream)


def cannot(*_: object) -> None:
    raise erasing.NotWritten("no room (invented)")


async def test_the_worker_finds_by_its_wait_what_was_queued(service: Service) -> None:
    stream = await over(service)
    given = {"ground": "RETENTION_ENDED"}
    await service.signal("officer", "decide_dossier_erasure", more={"stream": stream}, **given)

    async def decided() -> bool:
        return dossier_of(service, stream).erasing is not None

    await until(decided)
    assert stream in followed(service)
    await FollowUps(service.door, list).finished(stream)
    assert all(isinstance(one, Erased) for one in opened(service, stream))


async def test_what_a_restore_brings_back_is_destroyed_again_before_anybody_reads(
    here: Service,
) -> None:
    stream, other = await over(here), await closed(here, "Somebody else, invented.")
    vault, log = here.door.admission.stores.vault, here.door.admission.log
    brought_into_step(vault, log)
    backups = [(name, kept(here, name)) for name in ("vault", "vault_keys")]
    await erase(here, stream)
    brought_into_step(vault, log)
    for name, backup in backups:
        put_back(here, name, backup)
    assert ASKED in opened(here, stream)
    assert not checks(here)["data keys"]
    # Its key, and three texts under it.
    assert brought_into_step(vault, log) == 4
    assert all(isinstance(one, Erased) for one in opened(here, stream))
    assert "Somebody else, invented." in opened(here, other)
    assert all(checks(here).values())
    assert brought_into_step(vault, log) == 0


Backup = dict[str, list[dict[str, Any]]]


def kept(service: Service, name: str) -> Backup:
    """Return every row of a database, as a backup has them."""
    with database(service, name) as (connection, tables):
        return {
            table.name: [dict(row._mapping) for row in connection.execute(table.select())]
            for table in tables
        }


def put_back(service: Service, name: str, backup: Backup) -> None:
    with database(service, name) as (connection, tables):
        for table in tables:
            connection.execute(table.delete())
            if backup[table.name]:
                connection.execute(table.insert(), backup[table.name])


@contextmanager
def database(service: Service, name: str) -> Iterator[tuple[Connection, list[Table]]]:
    url = service.settings.database(name)  # type: ignore[arg-type]
    engine, tables = create_engine(url.replace("postgresql:", "postgresql+psycopg:")), MetaData()
    tables.reflect(engine)
    with engine.begin() as connection:
        yield connection, tables.sorted_tables
    engine.dispose()


async def test_nothing_of_its_words_is_left_in_any_store(here: Service) -> None:
    account = "Quintilla Thistlewood rang about the marmalade"
    stream = await over(here, account)
    put = [row for row in rows(here, "vault", "vault_texts") if row["stream"] == stream]
    keys = [row for row in rows(here, "vault_keys", "vault_keys") if row["stream"] == stream]
    await erase(here, stream)
    here.door.admission.stores.vault.compact()
    held = b"".join(everything(here))
    assert account.encode() not in held
    assert (len(put), len(keys)) == (3, 1)
    assert [row for row in put if bytes(row["sealed"])[:64] in held] == []
    assert [row for row in keys if bytes(row["wrapped"]) in held] == []
    assert (await asyncio.to_thread(here.door.admission.log.verify, stream)) == len(
        here.log(stream)
    )
