"""A data folder that was copied is never used beside its original with the same keys."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from keyfolder import LOCK_FILE, NotHeld, held, hold
from keys import KeyKind, Keyring
from settings import Settings, deployment_id
from tests.arrows import ROOT
from tests.test_keys import together

if TYPE_CHECKING:
    from pathlib import Path

URLS = {f"{name}_url": f"postgresql://nobody@127.0.0.1:1/{name}" for name in ("log", "vault_keys")}


@pytest.fixture
def original(tmp_path: Path) -> Settings:
    return installed(tmp_path / "original", tmp_path / "keys")


@pytest.fixture
def copy(original: Settings) -> Settings:
    shutil.copytree(original.folder, original.folder.with_name("copy"))
    return installed(original.folder.with_name("copy"), original.key_folder)


def installed(data: Path, keys: Path) -> Settings:
    data.mkdir(exist_ok=True)
    Keyring(keys, {}).create_missing()
    return Settings(data=data, keys=keys)


def test_a_copy_is_told_that_the_original_is_in_use_and_what_to_do(
    original: Settings, copy: Settings
) -> None:
    with held(original), pytest.raises(NotHeld) as told:
        hold(copy)
    assert str(told.value).startswith(
        f"The key folder {original.key_folder} is in use by the data folder {original.folder}: "
    )
    assert "Stop that one first, or start on an empty folder" in str(told.value)


def test_a_copy_may_be_used_once_the_original_no_longer_is(
    original: Settings, copy: Settings
) -> None:
    hold(original).release()
    with held(copy), pytest.raises(NotHeld, match=f"in use by the data folder {copy.folder}"):
        hold(original)


def test_a_copy_finds_the_same_keys_where_no_setting_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    data, twin = tmp_path / "data", tmp_path / "twin"
    deployment_id(data)
    Keyring(Settings(data=data).key_folder, {}).create_missing()
    shutil.copytree(data, twin)
    with held(Settings(data=data)), pytest.raises(NotHeld):
        hold(Settings(data=twin))


def test_a_folder_that_was_moved_simply_works(original: Settings) -> None:
    hold(original).release()
    moved = original.folder.rename(original.folder.with_name("moved"))
    hold(Settings(data=moved, keys=original.key_folder)).release()


def test_the_folder_counts_and_not_its_name(original: Settings, copy: Settings) -> None:
    with held(original):
        moved = original.folder.rename(original.folder.with_name("moved"))
        hold(Settings(data=moved, keys=original.key_folder)).release()
        copy.folder.rename(original.folder)
        with pytest.raises(NotHeld):
            hold(original)


def test_several_of_one_data_folder_hold_it_together(original: Settings, copy: Settings) -> None:
    link = original.folder.with_name("link")
    link.symlink_to(original.folder)
    with held(original), held(Settings(data=link, keys=original.keys)) as second:
        assert second.handle is not None
    first = hold(original)
    with held(original):
        first.release()
        with pytest.raises(NotHeld):
            hold(copy)


def test_two_installations_with_keys_of_their_own_run_side_by_side(
    tmp_path: Path, original: Settings
) -> None:
    other = installed(tmp_path / "other", tmp_path / "other-keys")
    with held(original) as one, held(other) as two:
        assert None not in (one.handle, two.handle)


def test_it_is_held_until_the_last_child_that_inherited_it_is_gone(
    original: Settings, copy: Settings
) -> None:
    mine = hold(original)
    assert mine.handle is not None
    child = subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[mine.handle]
    )
    mine.release()
    with pytest.raises(NotHeld):
        hold(copy)
    child.communicate(b"\n")
    hold(copy).release()


def test_whoever_comes_while_the_other_is_just_ending_waits_a_moment(
    original: Settings, copy: Settings
) -> None:
    threading.Timer(0.3, hold(original).release).start()
    began = time.monotonic()
    hold(copy).release()
    assert time.monotonic() - began > 0.2


def test_of_many_that_begin_at_once_only_those_of_one_folder_hold_it(
    tmp_path: Path, original: Settings, copy: Settings
) -> None:
    code = """
        import pathlib, time
        from keyfolder import NotHeld, hold
        from settings import Settings
        import os
        folder = pathlib.Path(sys.argv[1])
        name = ("original", "copy")[os.getpid() % 2]
        try:
            hold(Settings(data=folder / name, keys=folder / "keys"))
        except NotHeld:
            print("refused")
        else:
            print(name, flush=True)
            time.sleep(2.5)
    """
    said = [line.strip() for line in together(code, 6, tmp_path)]
    assert len(set(said) - {"refused"}) == 1


def test_a_data_folder_that_is_not_there_yet_is_made(tmp_path: Path, original: Settings) -> None:
    new = tmp_path / "data" / "new"
    with held(Settings(data=new, keys=tmp_path / "its keys")) as taken, held(original):
        assert taken.handle is not None
    assert new.stat().st_mode & 0o777 == 0o700


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(NotHeld, match=r"^The data folder .*/data cannot be made: "):
        hold(Settings(data=tmp_path / "data", keys=tmp_path / "keys"))


@pytest.mark.parametrize("elsewhere", ["log", "keys and data keys"])
def test_nothing_is_held_where_a_copy_could_fork_nothing(
    original: Settings, copy: Settings, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = URLS
    if elsewhere != "log":
        given = {"vault_keys_url": URLS["vault_keys_url"]}
        for kind in KeyKind:
            monkeypatch.setenv(f"RJ_KEY_{kind.upper()}", "AAAA")
    with ExitStack() as both:
        for one in (original, copy):
            taken = both.enter_context(held(one.model_copy(update=given)))
            assert (taken.handle, taken.notice) == (None, "")
    assert not (original.key_folder / LOCK_FILE).exists()


def test_keys_in_the_environment_do_not_unlock_the_data_keys_in_the_folder(
    original: Settings, copy: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in KeyKind:
        monkeypatch.setenv(f"RJ_KEY_{kind.upper()}", "AAAA")
    with held(original), pytest.raises(NotHeld):
        hold(copy)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"folder": "/a"}'])
def test_a_damaged_lock_file_is_nobodys(original: Settings, copy: Settings, content: str) -> None:
    (original.key_folder / LOCK_FILE).write_text(content)
    with held(original), pytest.raises(NotHeld):
        hold(copy)


def worker(settings: Settings) -> subprocess.Popen[str]:
    """Start a worker by itself, on a server that is not there."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith("RJ_")}
    more = {"RJ_DATA": str(settings.folder), "RJ_KEYS": str(settings.key_folder)}
    more["RJ_TEMPORAL_ADDRESS"] = "127.0.0.1:1"
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "worker"],
        env=kept | more | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_a_worker_by_itself_does_not_start_beside_the_original(
    original: Settings, copy: Settings
) -> None:
    with held(original):
        process = worker(copy)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 3
    assert "is in use by the data folder" in said
    assert not (copy.folder / "log.db").exists()
