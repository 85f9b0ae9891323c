"""A file has its name only once it is whole: killed, full, broken off, or over another."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

import pytest

from exports import FORMATS, BadKey, Head, Pseudonyms, Terms, courses, export, key_in, new_key_in
from tests.exports.histories import histories
from wholefile import written_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from domain.record import Entry


def test_only_its_owner_may_read_it_and_it_is_not_there_before_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "whole"
    with written_whole(path) as file:
        file.write(b"all of it")
        assert not path.exists()
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"all of it", 0o600)
    assert [*tmp_path.iterdir()] == [path]


def test_its_name_is_on_the_disk_too_before_it_is_said_to_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, synced = tmp_path / "whole", list[tuple[bool, bool]]()

    def fsync(file: int) -> None:
        synced.append((stat.S_ISDIR(os.fstat(file).st_mode), path.exists()))

    monkeypatch.setattr(os, "fsync", fsync)
    with written_whole(path) as file:
        file.write(b"all of it")
    assert synced == [(False, False), (True, True)]


def test_nothing_is_left_of_a_file_whose_name_cannot_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fsync(file: int) -> None:
        if stat.S_ISDIR(os.fstat(file).st_mode):
            raise OSError(errno.EIO, "disk")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OSError, match="disk"), written_whole(tmp_path / "whole"):
        pass
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(errno.ENOSPC, "full")])
def test_an_export_that_breaks_off_leaves_nothing(
    form: str, error: BaseException, tmp_path: Path
) -> None:
    def breaking_off() -> Iterator[list[Entry]]:
        yield histories()["letter"]
        raise error

    told = courses(breaking_off(), Terms(Pseudonyms()))
    with pytest.raises((KeyboardInterrupt, OSError)):
        export(tmp_path / "export", FORMATS[form], Head("log", "audit", tmp_path), told)
    assert [*tmp_path.iterdir()] == []


def test_two_who_write_at_once_do_not_mix_and_the_second_is_told(tmp_path: Path) -> None:
    path = tmp_path / "whole"

    def slow() -> None:
        with written_whole(path) as file:
            file.write(b"slow")
            with written_whole(path) as quick:
                quick.write(b"quick")

    with pytest.raises(FileExistsError):
        slow()
    assert path.read_bytes() == b"quick"
    assert [*tmp_path.iterdir()] == [path]


def test_nothing_is_written_through_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError), written_whole(tmp_path / "link"):
        pass
    assert not (tmp_path / "elsewhere").exists()


def test_a_case_of_which_nothing_is_told_is_not_in_it(tmp_path: Path) -> None:
    head = Head("log", "audit", tmp_path)
    assert export(tmp_path / "none", FORMATS["csv"], head, iter(())) == (0, 0)
    assert (tmp_path / "none").read_text().count("\n") == 1


def test_a_key_for_pseudonyms_is_made_once_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "key"
    assert key_in(path) is None
    key = new_key_in(path)
    assert (key_in(path), path.stat().st_mode & 0o777) == (key, 0o600)
    with pytest.raises(FileExistsError):
        new_key_in(path)


@pytest.mark.parametrize("held", [b"", b"\0" * 32, b"AAAA", b"A" * 5000, os.urandom(400)])
def test_what_is_no_key_for_pseudonyms_is_told(held: bytes, tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(held)
    with pytest.raises(BadKey):
        key_in(tmp_path / "key")


def test_what_a_file_takes_the_place_of_is_there_until_all_of_it_is_and_never_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "whole"
    path.write_bytes(b"before")
    with pytest.raises(KeyboardInterrupt):
        _break_off(path)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("whole", b"before")]

    def fsync(file: int) -> None:
        if stat.S_ISDIR(os.fstat(file).st_mode):
            raise OSError(errno.EIO, "disk")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OSError, match="disk"), written_whole(path, over=True) as file:
        file.write(b"all of it")
    assert path.read_bytes() == b"all of it"


def _break_off(path: Path) -> None:
    with written_whole(path, over=True) as file:
        file.write(b"half of it")
        assert path.read_bytes() == b"before"
        raise KeyboardInterrupt
