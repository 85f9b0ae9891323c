"""Where no mail server is set notices are files; where one is, addresses are in a file."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from typing import TYPE_CHECKING

import pytest

from notices import Addresses, Down, Folder, Kind, NoAddresses, send
from tests.notices.conftest import NOW, STAFF, notice

if TYPE_CHECKING:
    from pathlib import Path

    from notices import Outbox


def test_each_is_a_file_that_only_its_owner_may_read(outbox: Outbox, tmp_path: Path) -> None:
    told = [notice(number) for number in range(3)]
    outbox.put(told, NOW)
    folder = tmp_path / "notices"
    assert send(outbox, Folder(folder), Addresses(None), lambda: NOW).sent == 3
    files = sorted(folder.iterdir())
    assert [file.stem for file in files] == sorted(one.id for one in told)
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    letters = [message_from_bytes(file.read_bytes()) for file in files]
    assert {str(letter["To"]) for letter in letters} == {f"{who}@localhost" for who in STAFF[:3]}


def test_an_entry_of_the_register_is_not_called_a_case(outbox: Outbox, tmp_path: Path) -> None:
    outbox.put([notice(1, case="DP-7K3M9QXA-5")], NOW)
    send(outbox, Folder(tmp_path / "notices"), Addresses(None), lambda: NOW)
    (file,) = (tmp_path / "notices").iterdir()
    assert message_from_bytes(file.read_bytes()).get_payload().startswith("Entry DP-7K3M9QXA-5")


def test_whoever_covers_reads_for_whom_and_until_which_day(outbox: Outbox, tmp_path: Path) -> None:
    back = datetime(2026, 3, 9, tzinfo=UTC)
    task = "work in their place until they are back"
    outbox.put([notice(1, kind=Kind.COVERING, case=STAFF[0], task=task, due=back)], NOW)
    send(outbox, Folder(tmp_path / "notices"), Addresses(None), lambda: NOW)
    (file,) = (tmp_path / "notices").iterdir()
    letter = message_from_bytes(file.read_bytes())
    assert letter["Subject"] == f"{STAFF[0]}: you cover for them"
    assert letter.get_payload().splitlines() == [
        f"Practitioner {STAFF[0]}",
        f"Task: {task}",
        "Until: Sun 08 March 2026",
    ]


def test_one_that_was_written_and_not_noted_down_is_written_once(
    outbox: Outbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox.put([notice(1)], NOW)
    with monkeypatch.context() as broken:
        broken.setattr(outbox, "sent", _pulled)
        with pytest.raises(KeyboardInterrupt):
            send(outbox, Folder(tmp_path / "notices"), Addresses(None), lambda: NOW)
    (file,) = (tmp_path / "notices").iterdir()
    before = file.read_bytes()
    assert send(outbox, Folder(tmp_path / "notices"), Addresses(None), lambda: NOW).sent == 1
    assert file.read_bytes() == before


def _pulled(_: object) -> None:
    raise KeyboardInterrupt


def test_a_folder_that_cannot_be_written_keeps_all_waiting(outbox: Outbox, tmp_path: Path) -> None:
    (tmp_path / "notices").write_text("a file")
    outbox.put([notice(1)], NOW)
    with pytest.raises(Down):
        send(outbox, Folder(tmp_path / "notices"), Addresses(None), lambda: NOW)
    assert outbox.waiting() == 1


@pytest.mark.parametrize(
    ("held", "why"),
    [
        (b"somebody@service.example", "line 1 does not begin with a practitioner's reference"),
        (f"{STAFF[0]} a@b.example\n{STAFF[1]}".encode(), "line 2 has no address"),
        (f"{STAFF[0]} a@b.example, c@d.example".encode(), "line 1 has no address"),
        (f"{STAFF[0]} a@b.example\r\nBcc: x@y.example".encode(), "line 2 does not begin"),
        (f"{STAFF[0]} j\u00f6rg@b.example".encode(), "line 1 has no address"),
        (b"\xff\xfe", "it is not text in UTF-8"),
        # Cut off, its last address would be another one, and somebody else's.
        (b"#" * (1024 * 1024) + b"\n", "it is longer than 1048576 bytes"),
        (None, "it cannot be read"),
    ],
)
def test_a_file_that_is_none_is_told_and_not_quoted(
    held: bytes | None, why: str, tmp_path: Path
) -> None:
    file = tmp_path / "addresses"
    if held is not None:
        file.write_bytes(held)
    with pytest.raises(NoAddresses) as told:
        Addresses(file).read()
    assert why in str(told.value)
    assert "example" not in str(told.value)
