"""What keeps it from starting is said in a sentence, with the right exit code."""

import asyncio
import json
import socket
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from keys import KeyKind, Keyring
from settings import Settings
from tests.up.supervised import Up
from up import temporal
from up.child import Child
from up.environment import foreign
from up.problem import Problem
from up.run import run
from up.running import Running

KINDS = [kind.value for kind in KeyKind]


class Enough(Exception):
    """All was ready: that is all that these tests want."""


async def _enough(running: Running) -> None:
    raise Enough


async def begins(settings: Settings) -> None:
    """Start with no children at all, and stop."""
    with pytest.raises(Enough):
        await run(settings, on_ready=_enough, children=())


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Callable[..., object]:
    """Start with these settings; return the exit code and what was said on standard error."""

    async def start(settings: Settings, **other: object) -> tuple[int, str]:
        changed = Settings(**{**settings.model_dump(exclude_unset=True), **other})
        capsys.readouterr()
        code = await asyncio.wait_for(run(changed, children=()), timeout=10)
        return code, capsys.readouterr().err

    return start


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("setting", ["up_port", "up_ui_port"])
async def test_a_used_port_is_named_and_nothing_is_made(
    settings: Settings, refused: Callable, setting: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, said = await refused(settings, **{setting: port})
    assert code == 3
    assert f"Port {port} (RJ_{setting.upper()}) is in use by another program" in said
    assert not settings.folder.exists()


async def test_the_same_port_twice_makes_no_sense(settings: Settings, refused: Callable) -> None:
    code, said = await refused(settings, up_port=23456, up_ui_port=23456)
    assert (code, said) == (2, "RJ_UP_PORT and RJ_UP_UI_PORT are both 23456.\n")


@pytest.mark.parametrize("inside", ["", "not-there-yet"])
def test_a_read_only_folder_is_named(start: Callable[..., Up], inside: str) -> None:
    # Not pytest's own folder: as root the start is tried as another user, who must be let in.
    with tempfile.TemporaryDirectory(prefix="rj-up-") as folder:
        Path(folder).chmod(0o555)
        data = Path(folder, inside)
        up = start("--nobody", "one", folder=data)
        assert up.ends() == 3
        assert up.text.startswith(str(data))
        assert "cannot be written: it is read-only for the user who runs this" in up.text
        assert list(Path(folder).iterdir()) == []


@pytest.mark.parametrize("limit", [0, 20, 60, 100])
async def test_a_full_disk_is_named_and_the_next_start_finds_nothing_half_written(
    settings: Settings, start: Callable[..., Up], limit: int
) -> None:
    full = start("--limit", str(limit), "one")
    assert full.ends() == 3
    assert "no room left on the disk" in full.text
    assert "Traceback" not in full.text
    assert not [name for name in everything(settings.folder) if name.startswith(".")]
    await begins(settings)


async def test_a_full_disk_leaves_no_half_a_key(
    settings: Settings, start: Callable[..., Up]
) -> None:
    await begins(settings)
    (settings.folder / "installation.json").write_text('{"id": "0123456789abcdef"}')
    for path in settings.key_folder.iterdir():
        path.unlink()
    full = start("--limit", "20", "one")
    assert full.ends() == 3
    assert "Traceback" not in full.text
    assert [path for path in settings.key_folder.iterdir() if path.stat().st_size] == []
    await begins(settings)


@pytest.mark.parametrize("record", ["log", "vault"])
async def test_no_new_keys_are_made_over_a_record_whose_keys_are_missing(
    settings: Settings, refused: Callable, record: str
) -> None:
    settings.folder.mkdir()
    (settings.folder / f"{record}.db").touch()
    code, said = await refused(settings)
    assert code == 3
    assert said.startswith(f"There is a {record} already, but its keys (seal, door, master) are ")
    assert str(settings.key_folder) in said
    assert not settings.key_folder.exists()


async def test_one_missing_key_is_enough(settings: Settings, refused: Callable) -> None:
    await begins(settings)
    (settings.folder / "log.db").touch()
    (settings.folder / "installation.json").write_text('{"id": "0123456789abcdef"}')
    (seal,) = settings.key_folder.glob("seal-*.key")
    seal.unlink()
    code, said = await refused(settings)
    assert code == 3
    assert "its keys (seal) are not in the key folder" in said


@pytest.mark.parametrize(
    ("lost", "left"), [("log", "vault"), ("log", "access"), ("vault", "access"), ("keys", "vault")]
)
async def test_no_empty_database_is_made_in_the_place_of_a_lost_one(
    settings: Settings, refused: Callable, lost: str, left: str
) -> None:
    await begins(settings)
    files = {name: settings.folder / f"{name}.db" for name in ("log", "vault", "access")}
    files["keys"] = settings.key_folder / "vault_keys.db"
    for name, file in files.items():
        if name != lost:
            file.touch()
    code, said = await refused(settings)
    assert code == 3
    assert f"{files[lost]} is missing" in said
    assert files[left].exists()
    assert not files[lost].exists()


@pytest.mark.parametrize("made", [(), ("log",), ("log", "keys")])
async def test_a_first_start_that_was_cut_off_is_carried_on(
    settings: Settings, made: tuple[str, ...]
) -> None:
    await begins(settings)
    files = {"log": settings.folder / "log.db", "keys": settings.key_folder / "vault_keys.db"}
    for name in made:
        files[name].touch()
    await begins(settings)


async def test_no_new_keys_are_made_for_a_log_in_another_database(
    settings: Settings, refused: Callable
) -> None:
    code, said = await refused(settings, log_url="postgresql://nobody@127.0.0.1:1/log")
    assert code == 3
    assert "no new keys are made over an existing record" in said
    assert "127.0.0.1:1" not in said


@pytest.mark.parametrize("kind", KINDS)
async def test_other_keys_than_those_that_the_record_goes_with_are_refused(
    settings: Settings, refused: Callable, kind: str
) -> None:
    await begins(settings)
    for path in settings.key_folder.glob(f"{kind}-*.key"):
        path.unlink()
    Keyring(settings.key_folder, {}).create_missing()
    code, said = await refused(settings)
    assert code == 3
    assert f"({kind}). Put them back there from their back-up" in said


@pytest.mark.parametrize("kind", KINDS)
async def test_a_changed_key_is_no_lost_key(settings: Settings, kind: str) -> None:
    await begins(settings)
    (old,) = settings.key_folder.glob(f"{kind}-*.key")
    new = Keyring(settings.key_folder, {}).create(KeyKind(kind))
    await begins(settings)
    written = json.loads((settings.folder / "installation.json").read_text())
    assert written["keys"][kind] == new
    old.unlink()
    await begins(settings)


async def test_a_folder_of_a_newer_release_is_left_alone(
    settings: Settings, refused: Callable
) -> None:
    settings.folder.mkdir()
    (settings.folder / "installation.json").write_text('{"id": "0123456789abcdef", "format": 2}')
    before = everything(settings.folder)
    code, said = await refused(settings)
    assert code == 3
    assert "was written by a newer release" in said
    assert everything(settings.folder) == before


async def test_what_a_later_release_noted_about_the_installation_is_kept(
    settings: Settings,
) -> None:
    settings.folder.mkdir()
    path = settings.folder / "installation.json"
    path.write_text('{"id": "0123456789abcdef", "later": 1}')
    await begins(settings)
    assert json.loads(path.read_text()).items() >= {"id": "0123456789abcdef", "later": 1}.items()


async def test_a_damaged_installation_file_is_named(settings: Settings, refused: Callable) -> None:
    settings.folder.mkdir()
    (settings.folder / "installation.json").write_text("{")
    code, said = await refused(settings)
    assert code == 3
    assert "installation.json is damaged" in said


async def test_a_folder_with_somebodys_other_files_is_left_alone(
    settings: Settings, refused: Callable
) -> None:
    settings.folder.mkdir()
    (settings.folder / "holiday.txt").write_text("sun")
    code, said = await refused(settings)
    assert code == 2
    assert "holds other files" in said
    assert everything(settings.folder) == {"holiday.txt": b"sun"}


async def test_an_empty_disk_of_its_own_is_a_good_data_folder(settings: Settings) -> None:
    (settings.folder / "lost+found").mkdir(parents=True)
    (settings.folder / ".hidden").touch()
    await begins(settings)


async def test_a_file_is_no_folder(settings: Settings, refused: Callable) -> None:
    settings.folder.write_text("")
    code, said = await refused(settings)
    assert code == 2
    assert "is a file" in said


async def test_a_server_of_ones_own_makes_no_sense_here(
    settings: Settings, refused: Callable
) -> None:
    code, said = await refused(settings, temporal_address="127.0.0.1:1")
    assert code == 2
    assert "RJ_TEMPORAL_ADDRESS is set" in said
    assert not settings.folder.exists()


async def test_a_missing_temporal_server_is_said(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(temporal.os, "access", lambda *_: False)
    assert await asyncio.wait_for(run(settings), timeout=10) == 3
    assert "The Temporal server is not installed" in capsys.readouterr().err


async def test_what_a_child_finds_wrong_while_it_gets_ready_is_said(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    async def ready(*_: object) -> None:
        raise Problem("The moon is full.")

    child = Child(
        name="one",
        title="The one",
        command=lambda _: [sys.executable, "-c", "import time; time.sleep(600)"],
        environment=foreign,
        ready=ready,
    )
    assert await asyncio.wait_for(run(settings, children=[child]), timeout=10) == 3
    assert capsys.readouterr().err == "The moon is full.\n"


async def test_keys_inside_the_data_folder_are_pointed_out(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    await begins(Settings(data=settings.data, keys=settings.data / "keys"))
    assert "The key folder is inside the data folder" in capsys.readouterr().out
    await begins(Settings(data=settings.data.with_name("two"), keys=settings.data / "other"))
    assert "The key folder is inside" not in capsys.readouterr().out
