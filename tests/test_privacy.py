"""No personal string is found outside the vault, and in the vault only ciphertext: in no file of an
installation, Temporal's own database, read models and exports included."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from temporalio.client import Client

from client import Door, Nonsense, Refused
from exports import FORMATS
from keys import Keyring
from settings import Settings
from tests.erasing import decide, rows
from tests.herd import Herd, free_port
from tests.serving import Service, register
from tests.steps import EXPLAINED
from tests.terminal import Terminal
from up import installation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

KNOWN = {
    "name": "Zebedee Quillfeather",
    "address": "77 Nowhere Crescent, Exampleton",
    "born": "1973-11-29",
    "telephone": "0115 496 0777",
    "story": "He took my grandmother's marmalade spoon",
    "note": "Sleeps badly since the marmalade affair",
    "letter": "I am sorry about the spoon, truly",
}
"""Plainly invented, and found nowhere else."""
PLANTED = {"memo": "Planted in a memo", "command": "Planted in a command"}
"""What no part of the service does: the scan has to find it, wherever Temporal keeps it."""
DESTROYED: list[bytes] = []
"""Ciphertext and wrapped keys of whoever was erased."""


STAFF_OF: dict[str, str] = {}
"""The staff of the installation, by name."""


@pytest.fixture(scope="module")
async def lived(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Herd]:
    """Yield an installation in which a case with known words was lived through."""
    tmp_path = tmp_path_factory.mktemp("lived")
    settings = Settings(
        data=tmp_path / "data",
        keys=tmp_path / "keys",
        temporal_address=f"127.0.0.1:{free_port()}",
    )
    (tmp_path / "data").mkdir()
    Keyring(settings.key_folder).create_missing()
    herd = Herd(tmp_path, settings)
    await herd.start(workers=1)
    door = await Door.connect(settings)
    service = Service(settings, None, None, door)  # type: ignore[arg-type]
    await live(service)
    await plant(settings)
    STAFF_OF.update(service.staff)
    door.close()
    yield herd
    herd.end()


async def live(service: Service) -> None:
    await register(service)
    details = {
        "name": KNOWN["name"],
        "address": KNOWN["address"],
        "born": KNOWN["born"],
        "phone": KNOWN["telephone"],
    }
    opened = await service.do(
        "worker",
        "refer",
        source="PCSO",
        initiator="VICTIM_INITIATED",
        parties=[
            {"party": "V1", "role": "DIRECT_VICTIM", "details": details},
            {"party": "O1", "role": "OFFENDER", "stage": "CUSTODY", "details": details},
        ],
        offence=KNOWN["story"],
        notes=KNOWN["note"],
    )
    more = {"stream": opened.stream}
    pair: dict[str, Any] = {"thread": "V1-O1", "party": "V1"}
    await service.do("supervisor", "allocate_case", more=more, lead="@lead", co="@co")
    met = {**pair, "explained": EXPLAINED, "understood": True, "needs": KNOWN["story"]}
    await service.do("lead", "record_facilitator_meeting", more=more, **met)
    await service.do("lead", "gather_question", more=more, **pair, words=KNOWN["story"])
    await service.do("lead", "draft_letter", more=more, **pair, words=KNOWN["letter"])
    await service.signal(
        "lead", "raise_concern", more=more, concern="DANGER", account=KNOWN["note"]
    )
    with pytest.raises(Refused):
        await service.do("lead", "deliver_letter", more=more, letter="L1")
    with pytest.raises(Nonsense) as nonsense:
        await service.do(
            "lead",
            "gather_question",
            more=more,
            **pair,
            words=KNOWN["story"],
            nothing=KNOWN["name"],
        )
    assert not found(" ".join(nonsense.value.problems).encode())


async def plant(settings: Settings) -> None:
    """Leave words in a memo and in a command, of a workflow that nobody works on."""
    client = await Client.connect(settings.temporal_address, namespace=settings.temporal_namespace)
    handle = await client.start_workflow(
        "planted", id="planted", task_queue="nobody", memo={"note": PLANTED["memo"]}
    )
    await handle.signal("record_discussion", {"said": PLANTED["command"]})


def found(content: bytes, sought: dict[str, str] = KNOWN) -> list[str]:
    """Return which of these strings stand here, as they are or as JSON would write them."""
    return [
        what
        for what, known in sought.items()
        if known.encode() in content or json.dumps(known).strip('"').encode() in content
    ]


async def test_the_words_are_in_the_vault_and_open_with_its_keys(lived: Herd) -> None:
    door = await Door.connect(lived.settings)
    vault, log = door.admission.vault, door.admission.log
    case = next(stream for stream in log.streams() if stream.startswith("RJ-"))
    drafted = next(e for e in log.load(case) if e.name == "letter_drafted")
    assert vault.words(case, drafted.event.words) == KNOWN["letter"]  # type: ignore[attr-defined]
    door.close()


async def test_once_everybody_is_erased_nothing_opens_and_the_record_is_whole(lived: Herd) -> None:
    door = await Door.connect(lived.settings)
    service = Service(lived.settings, None, None, door, staff=STAFF_OF)  # type: ignore[arg-type]
    case = next(s for s in door.admission.log.streams() if s.startswith("RJ-"))
    keys, texts = (
        [row for row in rows(service, *place) if row["stream"] == case]
        for place in (("vault_keys", "vault_keys"), ("vault", "vault_texts"))
    )
    DESTROYED.extend(bytes(row["wrapped"]) for row in keys)
    DESTROYED.extend(bytes(row["sealed"])[:64] for row in texts)
    await erased_at_their_request(service, case)
    for party in ("O1", None):
        await decide(service, case, party=party)
    texts = [row for row in rows(service, "vault", "vault_texts") if row["stream"] == case]
    left = [row for row in texts if row["kind"] != "reply"]
    assert left == []
    door.admission.vault.compact()
    assert door.admission.log.verify(case) == len(door.admission.log.load(case))
    door.close()


async def erased_at_their_request(service: Service, case: str) -> None:
    """Have V1 erased by an order, for a request with words of its own."""
    about = [{"case": case, "party": "V1"}]
    asked = {"right": "ERASURE_OF_DATA", "about": about, "account": KNOWN["story"]}
    opened = await service.do("worker", "record_rights_request", **asked)
    more = {"stream": opened.stream}
    await service.do("officer", "identify_requester", more=more, how="DOCUMENT_SEEN")
    await service.do("officer", "decide_request", more=more, decision="WHOLLY_GRANTED")
    order = {"about": about, "ground": "NO_LONGER_NEEDED"}
    await service.do("officer", "erase_everywhere", more=more, **order)
    answer = {"channel": "LETTER", "reply": f"{KNOWN['name']}: it is erased."}
    await service.do("officer", "answer_request", more=more, **answer)


def test_the_log_is_exported_in_every_format_and_the_lists_are_up_to_date(lived: Herd) -> None:
    installation.found(lived.settings.folder)
    folder = lived.folder / "exports"
    folder.mkdir()
    address = {"RJ_TEMPORAL_ADDRESS": lived.settings.temporal_address}
    at = Terminal(
        lived.settings.folder, lived.settings.key_folder, STAFF_OF["auditor"], more=address
    )
    for form in FORMATS:
        how = ("--format", form, "--for", "research")
        assert at.rj("audit", "export", str(folder / form), *how).code == 0
    assert at.rj("audit", "export", str(folder / "log.jsonl")).code == 0
    waited = at.rj("waiting")
    assert (waited.code, found(waited.out.encode())) == (0, [])


def test_no_known_word_stands_in_the_arguments_of_a_process(lived: Herd) -> None:
    running = [lived.server, *lived.workers]
    arguments = b"".join(
        Path(f"/proc/{process.pid}/cmdline").read_bytes() for process in running if process
    )
    assert arguments
    assert found(arguments) == []


def test_the_scan_finds_a_word_that_is_there() -> None:
    assert found(b"... Zebedee Quillfeather ...") == ["name"]
    assert found(json.dumps({"x": KNOWN["story"]}).encode()) == ["story"]


def test_no_known_word_stands_in_any_file_of_the_installation(lived: Herd) -> None:
    lived.end()
    held = held_in(lived)
    written = {*FORMATS, "log.jsonl", "output.txt"}
    assert {"log.db", "vault.db", "access.db", "views.db", *of_temporal(held)} | written <= {*held}
    assert {"temporal.db", "temporal.db-wal"} <= {*of_temporal(held)}
    assert {name: hits for name, content in held.items() if (hits := found(content))} == {}
    assert {*found(b"".join(of_temporal(held).values()), PLANTED)} == {*PLANTED}


def test_nor_in_temporals_database_once_all_of_it_is_written_into_its_file(lived: Herd) -> None:
    with closing(sqlite3.connect(lived.folder / "temporal.db")) as database:
        assert database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() == (0, 0, 0)
    held = of_temporal(held_in(lived))
    assert {*found(held["temporal.db"], PLANTED)} == {*PLANTED}
    assert {name: hits for name, content in held.items() if (hits := found(content))} == {}


def held_in(lived: Herd) -> dict[str, bytes]:
    """Return what is in every file of the installation, by its name."""
    return {path.name: path.read_bytes() for path in lived.folder.rglob("*") if path.is_file()}


def of_temporal(held: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in held.items() if name.startswith("temporal.db")}


def test_neither_a_key_nor_ciphertext_of_whoever_was_erased_is_in_any_file(lived: Herd) -> None:
    assert len(DESTROYED) > len(KNOWN)
    held = held_in(lived)
    assert [
        name for name, content in held.items() if any(one in content for one in DESTROYED)
    ] == []
