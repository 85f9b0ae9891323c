"""What a controller has in writing says what the code does, today."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from cli.__main__ import run
from cli.rights.documents import TEMPLATES, filled_in
from cli.rights.tables import TABLES, texts
from domain.command import COMMANDS
from domain.event import EVENTS
from domain.ledger import TABLE as LEDGER
from domain.words import Recipient
from settings import Settings
from tests.arrows import ROOT
from vault.details import OffenceDetails, PartyDetails

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / "docs" / "data-protection"
DELIVERED = dict(filled_in(Settings.model_construct()))


@pytest.mark.parametrize("name", sorted(DELIVERED))
def test_a_document_is_as_the_code_has_it(name: str) -> None:
    """If it is not: `make documents` fills it in anew."""
    assert (FOLDER / name).read_text(encoding="utf-8") == DELIVERED[name]


def test_nothing_else_lies_beside_them_and_no_place_is_left_open() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(DELIVERED)
    assert [name for name, text in DELIVERED.items() if "{" in text.replace('{"', "")] == []


def test_every_table_stands_in_a_template() -> None:
    templates = " ".join(path.read_text() for path in TEMPLATES.glob("*.md"))
    assert [name for name in TABLES if f"{{{{{name}}}}}" not in templates] == []


def test_every_event_every_text_and_every_detail_is_listed() -> None:
    kept = DELIVERED["what-is-kept.md"]
    events = [name for name, cls in EVENTS.items() if cls.__module__.startswith("domain.")]
    assert [name for name in events if f"| {name} |" not in kept] == []
    assert {name for name, *_ in texts()} <= set(COMMANDS)
    details = [*PartyDetails.model_fields, *OffenceDetails.model_fields]
    assert [name for name in details if f"| {name.replace('_', ' ')} |" not in kept] == []


def test_every_recipient_and_every_way_out_is_in_the_record_of_processing() -> None:
    record = DELIVERED["record-of-processing.md"]
    assert [event.name() for event in LEDGER if f"| {event.name()} |" not in record] == []
    assert "the defence" in record
    assert len(Recipient) > 10


def test_they_are_written_with_the_settings_of_the_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RJ_CONTROLLER", "INVENTED_COUNCIL")
    monkeypatch.setenv("RJ_LIMITS__DECIDE_NOTES", "7")
    assert run(["rights", "documents", "--to", str(tmp_path / "own")]) == 0
    assert "record-of-processing.md" in capsys.readouterr().out
    record = (tmp_path / "own" / "record-of-processing.md").read_text()
    assert "INVENTED_COUNCIL" in record
    assert "7 working days" in (tmp_path / "own" / "policy.md").read_text()
    assert run(["rights", "documents", "--to", "/proc/nowhere"]) == 3


def test_what_a_controller_wrote_into_one_is_not_written_over_unasked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = ["rights", "documents", "--to", str(tmp_path)]
    assert run(line) == run(line) == 0
    own = tmp_path / "policy.md"
    own.write_text("[Our retention schedule is kept by the clerk.]")
    capsys.readouterr()
    assert run(line) == 2
    told = capsys.readouterr().err
    assert ("policy.md" in told, "impact-assessment.md" in told) == (True, False)
    assert own.read_text() == "[Our retention schedule is kept by the clerk.]"
    assert run([*line, "--again"]) == 0
    assert "clerk" not in own.read_text()


def test_on_a_full_disk_the_documents_that_are_there_stay_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = ["rights", "documents", "--to", str(tmp_path), "--again"]
    assert run(line) == 0
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("wholefile.os.fsync", full)
    assert run(line) == 3
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
