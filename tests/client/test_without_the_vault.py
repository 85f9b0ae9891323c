"""While the vault cannot be used: what has no words goes through, and what has any says so."""

from __future__ import annotations

import sqlite3
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

import domain.decide  # noqa: F401 - so that every command is there
from client import Denied, Door, ReasonAsked, Unavailable
from domain.command import COMMANDS
from domain.record import Actor
from tests.cases import WISH, a_referred_case
from tests.serving import installation, working
from vault import Unopened

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from temporalio.testing import WorkflowEnvironment

    from tests.serving import Service

STOP = {"party": "V1"}
CONCERN = {"concern": "DANGER", "account": "An account, plainly invented."}


@pytest.fixture(scope="module")
async def installed(
    tmp_path_factory: pytest.TempPathFactory, temporal_server: WorkflowEnvironment
) -> Service:
    async with installation(tmp_path_factory.mktemp("bare"), temporal_server) as own:
        return own


@pytest.fixture
async def service(installed: Service) -> AsyncIterator[Service]:
    """Yield the installation with a worker of its own, and a door that has opened only the log."""
    async with working(installed.settings, installed.environment) as own:
        own.staff.update(installed.staff)
        yield own


@pytest.fixture
async def case(service: Service) -> str:
    return await a_referred_case(service)


@contextmanager
def away(path: Path) -> Iterator[None]:
    """Have the file taken away for a while."""
    hidden = path.with_name(f"{path.name}.away")
    path.rename(hidden)
    try:
        yield
    finally:
        hidden.rename(path)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Have somebody else write in it for a while."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


EITHER = pytest.mark.parametrize(
    ("name", "trouble"),
    [
        ("vault.db", away),
        ("vault_keys.db", away),
        ("master*", away),
        ("access.db", away),
        ("vault.db", locked),
        ("access.db", locked),
    ],
    ids=lambda one: one if isinstance(one, str) else one.__name__,
)


@asynccontextmanager
async def door_while(service: Service, trouble: Any, name: str) -> AsyncIterator[Door]:
    """Give a door that is opened, and works, while there is this trouble with this database."""
    settings = service.settings
    (path,) = [*settings.key_folder.glob(name), *settings.folder.glob(name)]
    with trouble(path):
        door = await Door.connect(settings, service.environment.client)
        try:
            yield door
        finally:
            door.close()


async def ask(door: Door, actor: str, name: str, given: dict[str, Any], case: str) -> int:
    return (await door.do(actor, "unverified", name, given, stream=case)).version


@EITHER
async def test_somebodys_no_is_recorded_and_what_has_words_is_told_to_wait(
    service: Service, case: str, name: str, trouble: Any
) -> None:
    before, worker = service.log(case), service.staff["worker"]
    async with door_while(service, trouble, name) as door:
        with pytest.raises(Unavailable, match="nothing was sent") as told:
            await ask(door, worker, "raise_concern", CONCERN, case)
        assert "Without words it can be recorded" in str(told.value)
        assert CONCERN["account"] not in str(told.value)
        assert service.log(case) == before
        version = await ask(door, worker, "stop_contact", STOP, case)
        assert version == len(service.log(case)) > len(before)
        with pytest.raises(Denied):
            await ask(door, service.staff["auditor"], "accept_referral", {}, case)


@pytest.mark.parametrize("name", ["vault.db", "vault_keys.db", "master*"])
async def test_codes_and_states_can_be_read_and_words_say_that_they_cannot_be_shown(
    service: Service, case: str, name: str
) -> None:
    worker, auditor = (
        Actor(id=service.staff[who], identified="unverified") for who in ("worker", "auditor")
    )
    async with door_while(service, away, name) as door:
        details = door.readings.case_as_it_is(worker, case, "TEST").parties["V1"].details
        assert details is not None
        told = door.readings.words(worker, case, [details], "TEST")[details.id]
        assert isinstance(told, Unopened)
        assert "cannot be shown now" in str(told)
        with pytest.raises(ReasonAsked):
            door.readings.words(auditor, case, [details], "TEST")
    async with door_while(service, locked, "access.db") as door:
        assert "Vera" in str(door.readings.words(worker, case, [details], "TEST")[details.id])


async def test_a_door_finds_the_vault_when_it_is_back(service: Service, case: str) -> None:
    worker = service.staff["worker"]
    door = await Door.connect(service.settings, service.environment.client)
    with away(service.settings.folder / "vault.db"), pytest.raises(Unavailable):
        await ask(door, worker, "raise_concern", CONCERN, case)
    assert await ask(door, worker, "raise_concern", CONCERN, case) == len(service.log(case))
    door.close()


async def test_what_is_no_protective_act_is_not_offered_to_go_without_its_words(
    service: Service, case: str
) -> None:
    given = {"party": "V1", "details": {"name": "Vera Example"}}
    async with door_while(service, away, "vault.db") as door:
        with pytest.raises(Unavailable) as told:
            await ask(door, service.staff["worker"], "change_details", given, case)
    assert "Without words" not in str(told.value)


async def test_a_door_makes_no_database_in_the_place_of_one_that_is_lost(
    service: Service, case: str
) -> None:
    async with door_while(service, away, "access.db") as door:
        await ask(door, service.staff["worker"], "record_wish", WISH, case)
        with pytest.raises(Denied):
            await ask(door, service.staff["auditor"], "accept_referral", {}, case)
        with pytest.raises(Unavailable):
            await ask(door, service.staff["worker"], "raise_concern", CONCERN, case)
        assert not (service.settings.folder / "access.db").exists()


def test_no_protective_act_asks_for_words() -> None:
    protective = [cls for cls in COMMANDS.values() if cls.protective]
    assert len(protective) > 20
    for cls in protective:
        wordy = [f for f in cls.model_fields.values() if "TextRef" in str(f) and f.is_required()]
        assert wordy == [], cls.name()
