"""No personal string is found outside the vault, and in the vault only ciphertext."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from client import Door, Nonsense, Refused
from keys import Keyring
from settings import Settings
from tests.erasing import decide, rows
from tests.herd import Herd, free_port
from tests.serving import Service, register
from tests.steps import EXPLAINED

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


def found(content: bytes) -> list[str]:
    """Return which of the known strings stand here, as they are or as JSON would write them."""
    return [
        what
        for what, known in KNOWN.items()
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
    DESTROYED.extend(bytes(row["wrapped"]) for row in rows(service, "vault_keys", "vault_keys"))
    DESTROYED.extend(bytes(row["sealed"])[:64] for row in rows(service, "vault", "vault_texts"))
    for party in ("V1", "O1", None):
        await decide(service, case, party=party)
    left = [row for row in rows(service, "vault", "vault_texts") if row["kind"] != "reply"]
    assert left == []
    door.admission.vault.compact()
    assert door.admission.log.verify(case) == len(door.admission.log.load(case))
    door.close()


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
    files = [path for path in lived.folder.rglob("*") if path.is_file()]
    names = {path.name for path in files}
    assert {"log.db", "vault.db", "access.db", "temporal.db", "output.txt"} <= names
    assert {path.name: hits for path in files if (hits := found(path.read_bytes()))} == {}


def test_neither_a_key_nor_ciphertext_of_whoever_was_erased_is_in_any_file(lived: Herd) -> None:
    files = [path for path in lived.folder.rglob("*") if path.is_file()]
    assert len(DESTROYED) > len(KNOWN)
    held = {path.name: path.read_bytes() for path in files}
    assert [
        name for name, content in held.items() if any(one in content for one in DESTROYED)
    ] == []
