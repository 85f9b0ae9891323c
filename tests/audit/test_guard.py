"""A log that could be changed: said at the next start, and kept until a person has seen to it."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

from structlog.testing import capture_logs

from audit.guard import look_at_guard
from audit.places import UNGUARDED, Folder
from keys import Keyring
from settings import Settings
from store import open_log
from tests.arrows import ROOT
from tests.audit.logs import SEAL, VERIFIER
from tests.store.attack import Attacker

if TYPE_CHECKING:
    from pathlib import Path


def made_and_unguarded(url: str) -> None:
    open_log(url, SEAL, VERIFIER).close()
    Attacker(url).unguard()


def test_it_is_said_in_the_log_lines_and_in_every_folder_before_it_is_made_good(
    url: str, folders: list[Path]
) -> None:
    assert look_at_guard(url, folders) == []
    open_log(url, SEAL, VERIFIER).close()
    assert look_at_guard(url, folders) == []
    assert [folder.exists() for folder in folders] == [False, False]
    Attacker(url).unguard()
    with capture_logs() as lines:
        found = look_at_guard(url, folders)
    assert found
    assert "log_unguarded" in {line["event"] for line in lines}
    for folder in folders:
        said = Folder(folder).unguarded()
        assert said
        assert all(one in said for one in found)


def test_what_was_said_stays_when_all_is_well_again_and_what_comes_is_put_behind_it(
    tmp_path: Path,
) -> None:
    url, folder = f"sqlite:///{tmp_path / 'log.db'}", tmp_path / "kept"
    for times in (1, 2):
        made_and_unguarded(url)
        look_at_guard(url, [folder])
        with closing(open_log(url, SEAL, VERIFIER)) as log:
            assert log.broken_guards() == []
        look_at_guard(url, [folder])
        Folder(folder).end_alarm()
        said = Folder(folder).unguarded()
        assert said
        assert said.count("UTC: the log could be changed") == times


def test_a_folder_that_cannot_be_written_keeps_nobody_from_starting(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'log.db'}"
    made_and_unguarded(url)
    (tmp_path / "file").write_text("")
    other = tmp_path / "other"
    with capture_logs() as lines:
        assert look_at_guard(url, [tmp_path / "file", other])
    assert "alarm_not_written" in {line["event"] for line in lines}
    assert (other / UNGUARDED).exists()


def migrated(settings: Settings) -> str:
    """Migrate as an operator does; return what is said beside the result."""
    given = {"RJ_DATA": str(settings.folder), "RJ_KEYS": str(settings.key_folder)}
    line = [sys.executable, "-P", "-m", "migrate"]
    env = {**given, "PYTHONPATH": str(ROOT)}
    return subprocess.run(line, env=env, capture_output=True, text=True, check=True).stderr


def test_a_migration_says_it_before_it_makes_it_good(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", keys=tmp_path / "keys")
    assert migrated(settings) == ""
    Attacker(settings.database("log")).sql("DROP TRIGGER stored_events_no_delete")
    assert "the trigger stored_events_no_delete is not there" in migrated(settings)
    assert migrated(settings) == ""


def test_a_worker_looks_before_it_opens_anything(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", keys=tmp_path / "keys")
    settings.folder.mkdir()
    Keyring(settings.key_folder).create_missing()
    made_and_unguarded(settings.database("log"))
    nowhere = {"RJ_TEMPORAL_ADDRESS": "127.0.0.1:1", "PYTHONPATH": str(ROOT)}
    given = {"RJ_DATA": str(settings.folder), "RJ_KEYS": str(settings.key_folder), **nowhere}
    line = [sys.executable, "-P", "-m", "worker"]
    told = subprocess.run(line, env=given, capture_output=True, text=True, timeout=60, check=False)
    assert (told.returncode, "log_unguarded" in told.stdout + told.stderr) == (3, True)
    (folder,) = settings.checkpoint_folders
    assert "stored_events_no_update is not there" in (Folder(folder).unguarded() or "")
