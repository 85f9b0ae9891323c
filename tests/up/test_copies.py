"""A data folder that was copied is not run beside its original; it has the same keys."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from keyfolder import LOCK_FILE
from keys import Keyring
from settings import Settings
from tests.up.supervised import Up


def test_a_copy_of_a_data_folder_is_not_started_beside_the_original(
    data: Path, start: Callable[..., Up]
) -> None:
    keys = str(data.with_name("keys"))
    first = start("one", keys=keys)
    first.says("Everything is running")
    twin = data.with_name("twin")
    shutil.copytree(data, twin)
    second = start("one", folder=twin, keys=keys)
    assert second.ends() == 3
    assert f"The key folder {keys} is in use by the data folder {data}: " in second.text
    first.process.kill()
    start("one", folder=twin, keys=keys).says("Everything is running")


def test_a_child_holds_the_key_folder_after_the_supervisor_was_killed(
    data: Path, start: Callable[..., Up]
) -> None:
    first = start("one")
    first.says("Everything is running")
    (child,) = first.children()
    settings = Settings(data=data, keys=data.with_name(f"{data.name}-keys"))
    lock = settings.key_folder / LOCK_FILE
    assert str(lock) in [file.path for file in child.open_files()]


def test_a_read_only_key_folder_is_pointed_out(start: Callable[..., Up]) -> None:
    with tempfile.TemporaryDirectory(prefix="rj-up-") as folder:
        data, keys = Path(folder, "data"), Path(folder, "keys")
        data.mkdir()
        Keyring(keys, {}).create_missing()
        for path, mode in [(Path(folder), 0o755), (data, 0o777), (keys, 0o555)]:
            path.chmod(mode)
        for path in keys.iterdir():
            path.chmod(0o644)
        up = start("--nobody", folder=data, keys=str(keys))
        up.says(f"The key folder {keys} is read-only here")
        up.says("Everything is running")
