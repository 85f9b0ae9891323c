"""`rj setup`: whoever runs the service enters the first administrator, once, and nobody else."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from cli.first import register_first
from client import Denied
from domain.fold import fold_practitioner
from domain.words import StaffRole
from keys import Keyring
from settings import Settings
from tests.cli.conftest import started, stopped
from tests.cli.test_asking import ended, on_a_terminal
from tests.serving import working
from tests.terminal import Terminal
from up import installation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from temporalio.testing import WorkflowEnvironment

    from domain.practitioner import Practitioner
    from tests.serving import Service
    from tests.terminal import Typed

ADA = {"details": {"name": "Ada Example", "phone": "0115 496 0000"}}


@pytest.fixture
async def service(tmp_path: Path, temporal_server: WorkflowEnvironment) -> AsyncIterator[Service]:
    """Give an installation that wants everybody vouched for, and has nobody in its register."""
    settings = Settings(
        data=tmp_path / "data",
        keys=tmp_path / "keys",
        temporal_address=temporal_server.client.service_client.config.target_host,
        temporal_namespace=temporal_server.client.namespace,
        task_queue=f"setup-{tmp_path.name}",
        allow_unverified=False,
    )
    installation.make_folder(settings.folder)
    installation.found(settings.folder)
    Keyring(settings.key_folder).create_missing()
    async with working(settings, temporal_server) as here:
        yield here


@pytest.fixture
def place(service: Service) -> Terminal:
    given = service.settings
    more = {
        "RJ_TEMPORAL_ADDRESS": given.temporal_address,
        "RJ_TEMPORAL_NAMESPACE": given.temporal_namespace,
        "RJ_TASK_QUEUE": given.task_queue,
        "RJ_ALLOW_UNVERIFIED": "false",
    }
    return Terminal(given.folder, given.key_folder, more=more)


async def rj(place: Terminal, *words: str, given: object = "") -> Typed:
    return await asyncio.to_thread(place.rj, *words, given=given)


def register(service: Service) -> dict[str, Practitioner]:
    streams = [*service.door.readings.log.streams()]
    return {stream: fold_practitioner(service.log(stream)) for stream in streams}


def name(service: Service, who: Practitioner) -> object:
    assert who.details is not None
    return json.loads(service.door.readings.stores.vault.words(who.id, who.details))["name"]


async def test_the_first_administrator_is_entered_on_the_operators_word(
    service: Service, place: Terminal
) -> None:
    typed = await rj(place, "setup", "--from", "-", given=ADA)
    assert typed.code == 0, typed.err
    ((reference, who),) = register(service).items()
    assert typed.out.startswith(f"{reference}: entered as the first administrator")
    assert "Nobody can act from a terminal here" in typed.out
    assert who.roles == {StaffRole.ADMINISTRATOR}
    assert not who.credentials
    assert name(service, who) == "Ada Example"
    envelopes = [entry.envelope for entry in service.log(reference)]
    assert {(e.actor.id, e.actor.identified, e.origin) for e in envelopes} == {
        ("service:setup", "operator", "setup")
    }
    assert "Ada" not in typed.out + typed.err


async def test_nobody_is_entered_where_somebody_is_in_the_register(
    service: Service, place: Terminal
) -> None:
    first = await rj(place, "setup", "--from", "-", "--json", given=ADA)
    again = await rj(place, "setup", "--from", "-", given=ADA)
    assert (first.code, again.code) == (0, 1)
    assert f"{first.json['stream']}, the first, is in the register already" in again.err
    assert list(register(service)) == [first.json["stream"]]


async def test_nobody_is_entered_beside_one_who_came_in_another_way(
    service: Service, place: Terminal
) -> None:
    entry: dict[str, Any] = {"kind": "SERVICE_STAFF", "organisation": "DERBYSHIRE_RJ"}
    await service.do("service:setup", "register_practitioner", **entry)
    typed = await rj(place, "setup", "--from", "-", given=ADA)
    assert typed.code == 1
    assert "somebody is in the register already" in typed.err
    assert len(register(service)) == 1


async def test_of_two_at_once_one_is_entered_and_the_other_is_told(
    service: Service, place: Terminal
) -> None:
    names = ["Ada Example", "Ben Example", "Cleo Example"]
    all_typed = await asyncio.gather(
        *(rj(place, "setup", "--from", "-", given={"details": {"name": n}}) for n in names)
    )
    assert sorted(typed.code for typed in all_typed) == [0, 1, 1], all_typed
    ((_, who),) = register(service).items()
    first = next(n for n, typed in zip(names, all_typed, strict=True) if typed.code == 0)
    assert name(service, who) == first


async def test_whoever_gets_the_answer_to_anothers_entry_is_not_told_that_it_was_theirs(
    service: Service,
) -> None:
    names = ["Ada Example", "Ben Example"]
    entries: list[dict[str, Any]] = [
        {"kind": "SERVICE_STAFF", "organisation": "DERBYSHIRE_RJ", "details": {"name": n}}
        for n in names
    ]
    told = await asyncio.gather(
        *(register_first(service.door, "register", "operator", entry) for entry in entries)
    )
    ((reference, who),) = register(service).items()
    theirs = dict(zip(names, told, strict=True))
    assert theirs.pop(str(name(service, who))) == reference
    assert [*theirs.values()] == [None]


async def test_the_name_is_asked_for_on_a_terminal(service: Service, place: Terminal) -> None:
    def typed() -> tuple[int | None, str]:
        line = on_a_terminal(place, "setup")
        line.expect("first administrator, name: ")
        line.sendline("Ada Example")
        line.expect("first administrator, phone, Enter to skip: ")
        line.sendline("")
        line.expect("first administrator, email, Enter to skip: ")
        line.sendline("")
        return ended(line)

    code, said = await asyncio.to_thread(typed)
    assert code == 0, said
    ((_, who),) = register(service).items()
    assert name(service, who) == "Ada Example"


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (("--name", "Ada"), "", "there is no option --name here"),
        ((), "", "name: the first administrator has one: it is asked for on a terminal"),
        (("--from", "-"), {}, "name: the first administrator has one"),
        (("--from", "-"), {"details": {"phone": "1"}}, "name: the first administrator has one"),
        (("--from", "-"), {"details": "Ada"}, "details: an object such as"),
        (("--from", "-"), {**ADA, "roles": ["SUPERVISOR"]}, "only details can be given"),
    ],
)
async def test_what_makes_no_sense_enters_nobody(
    service: Service, place: Terminal, words: tuple[str, ...], given: object, said: str
) -> None:
    typed = await rj(place, "setup", *words, given=given)
    assert typed.code == 2
    assert said in typed.err
    assert "Ada" not in typed.err
    assert register(service) == {}


async def test_a_name_alone_lets_nobody_act_or_look_from_a_terminal(
    service: Service, place: Terminal
) -> None:
    first = (await rj(place, "setup", "--from", "-", "--json", given=ADA)).json["stream"]
    there = replace(place, actor=first)
    for words in ((), ("grant-role", first, "auditor"), ("show", first)):
        typed = await rj(there, "practitioners", *words)
        assert typed.code == 1, typed
        assert "RJ_ALLOW_UNVERIFIED=false" in typed.err
    role = {"role": "AUDITOR"}
    with pytest.raises(Denied):
        await service.door.do(first, "unverified", "grant_role", role, stream=first)


async def test_where_a_name_is_enough_the_first_administrator_enters_the_others(
    service: Service, temporal_server: WorkflowEnvironment, place: Terminal
) -> None:
    settings = service.settings.model_copy(
        update={"allow_unverified": True, "task_queue": f"{service.settings.task_queue}-2"}
    )
    queue = {"RJ_TASK_QUEUE": settings.task_queue, "RJ_ALLOW_UNVERIFIED": "true"}
    there = replace(place, more={**place.more, **queue})
    async with working(settings, temporal_server):
        first = await rj(there, "setup", "--from", "-", given=ADA)
        reference = first.out.partition(":")[0]
        assert f"rj practitioners register --as {reference}" in first.out
        typed = await rj(
            replace(there, actor=reference),
            *("practitioners", "register", "service-staff", "--organisation", "DERBYSHIRE_RJ"),
            *("--roles", "supervisor"),
        )
    assert typed.code == 0, typed.err
    assert [who.roles for who in register(service).values() if who.id != reference] == [
        {StaffRole.SUPERVISOR}
    ]


def test_on_one_machine_too_where_a_name_is_not_enough(tmp_path: Path) -> None:
    place = Terminal(tmp_path / "data", tmp_path / "keys", more={"RJ_ALLOW_UNVERIFIED": "false"})
    log = tmp_path / "up.log"
    process = started(place, log=log)
    try:
        assert "`rj setup` enters the first administrator" in log.read_text()
        typed = place.rj("setup", "--from", "-", given=ADA)
    finally:
        assert stopped(process) == 0
    assert typed.code == 0, typed.err
    assert typed.out.startswith("PR-")
