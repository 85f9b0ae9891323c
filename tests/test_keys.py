"""Keys: made once, whole or not at all, found again; and a clear sentence where they are not."""

from __future__ import annotations

import base64
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from audit.verify.trust import seal_key_line
from keys import KEY_BYTES, KeyKind, KeyMissing, Keyring
from settings import Settings, deployment_id

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]


def ring(folder: Path, **environment: str) -> Keyring:
    return Keyring(folder, environment)


def together(code: str, processes: int, argument: Path) -> list[str]:
    """Run the code in several processes at once; return what each printed."""
    # All wait for the end of their input, so that they begin together.
    code = "import sys; sys.stdin.read()\n" + textwrap.dedent(code)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(argument)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(processes)
    ]
    for process in running:
        assert process.stdin
        process.stdin.close()
        process.stdin = None
    return [process.communicate(timeout=60)[0] for process in running]


def without_rights(code: str, argument: Path) -> str:
    """Run the code in a process that loads everything and then drops its rights."""
    drop = """
        import os, pathlib, resource, sys, keys
        if os.geteuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        folder = pathlib.Path(sys.argv[1])
        ring = keys.Keyring(folder, {})
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(drop) + textwrap.dedent(code), str(argument)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return done.stdout.strip()


@pytest.fixture
def anywhere() -> Iterator[Path]:
    """Yield a folder that every account can reach, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp(prefix="rj-keys-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_the_first_start_makes_one_key_of_each_kind_and_the_second_none(tmp_path: Path) -> None:
    assert ring(tmp_path / "keys").create_missing() == list(KeyKind)
    assert ring(tmp_path / "keys").create_missing() == []
    assert len(list((tmp_path / "keys").glob("*.key"))) == len(KeyKind)


def test_a_key_is_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "keys"
    ring(folder).create_missing()
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.glob("*.key")}
    assert modes == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_youngest_key_is_in_use_and_the_older_ones_stay_readable(tmp_path: Path) -> None:
    keyring = ring(tmp_path)
    made = [keyring.create(KeyKind.MASTER) for _ in range(8)]
    assert keyring.master()[0] == made[-1]
    assert list(keyring.masters()) == made


def test_the_youngest_is_told_apart_though_the_clock_was_set_back(tmp_path: Path) -> None:
    keyring = ring(tmp_path)
    keyring.create(KeyKind.SEAL)
    ahead = next(tmp_path.glob("*.key"))
    os.utime(ahead, (4_000_000_000, 4_000_000_000))
    assert keyring.create(KeyKind.SEAL) == keyring.signer(KeyKind.SEAL).id


def test_what_was_signed_before_a_change_of_key_is_still_verified(tmp_path: Path) -> None:
    keyring = ring(tmp_path)
    keyring.create(KeyKind.SEAL)
    old = keyring.signer(KeyKind.SEAL)
    keyring.create(KeyKind.SEAL)
    verifier = keyring.verifier(KeyKind.SEAL)
    assert verifier.verify(old.id, old.sign(b"a head"), b"a head")
    assert not verifier.verify(old.id, old.sign(b"a head"), b"another head")
    assert not verifier.verify("0" * 16, old.sign(b"a head"), b"a head")
    assert not verifier.verify(old.id, "no signature", b"a head")


def test_a_key_that_was_made_since_is_found_without_a_restart(tmp_path: Path) -> None:
    keyring = ring(tmp_path)
    keyring.create(KeyKind.DOOR)
    verifier = keyring.verifier(KeyKind.DOOR)
    keyring.create(KeyKind.DOOR)
    new = keyring.signer(KeyKind.DOOR)
    assert verifier.verify(new.id, new.sign(b"a command"), b"a command")
    assert not verifier.verify(new.id, new.sign(b"a command"), b"another command")
    assert not verifier.knows("0" * 16)


def test_keys_come_from_the_environment_the_last_of_several_in_use(tmp_path: Path) -> None:
    old, new = (base64.b64encode(bytes([n]) * KEY_BYTES).decode() for n in (1, 2))
    keyring = ring(tmp_path / "none", RJ_KEY_MASTER=f"{old} {new}")
    assert keyring.master()[1] == b"\x02" * KEY_BYTES
    assert sorted(keyring.masters().values()) == [b"\x01" * KEY_BYTES, b"\x02" * KEY_BYTES]
    assert not (tmp_path / "none").exists()


def test_a_missing_key_is_named_with_the_folder_where_it_should_be(tmp_path: Path) -> None:
    with pytest.raises(KeyMissing, match=f"no master key in the key folder .*{tmp_path.name}"):
        ring(tmp_path).master()
    with pytest.raises(KeyMissing, match="no seal key"):
        ring(tmp_path / "not there").signer(KeyKind.SEAL)


@pytest.mark.parametrize("content", [b"", b"no key", b"AAAA", b"\xff\xfe"])
def test_a_file_that_is_no_key_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "master-1.key").write_bytes(content)
    with pytest.raises(KeyMissing, match=r"master-1\.key does not hold a key \(32 bytes"):
        ring(tmp_path).master()


def test_a_key_in_the_environment_that_is_none_is_named_but_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(KeyMissing, match="RJ_KEY_MASTER does not hold a key") as caught:
        ring(tmp_path, RJ_KEY_MASTER="nearly-a-key").master()
    assert "nearly" not in str(caught.value)


def test_a_key_folder_that_is_a_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("")
    with pytest.raises(KeyMissing, match="cannot be read: Not a directory"):
        ring(tmp_path / "keys").create_missing()


def test_a_key_folder_that_may_not_be_read_is_not_taken_for_an_empty_one(anywhere: Path) -> None:
    folder = anywhere / "keys"
    ring(folder).create_missing()
    folder.chmod(0o000)
    said = without_rights(
        """
        try: ring.create_missing()
        except keys.KeyMissing as error: print(error)
        """,
        folder,
    )
    assert said == f"the key folder ({folder}) cannot be read: Permission denied"


def test_where_a_key_cannot_be_written_it_says_so(anywhere: Path) -> None:
    folder = anywhere / "keys"
    folder.mkdir()
    folder.chmod(0o555)
    said = without_rights(
        """
        for make in (ring.create_missing, lambda: ring.create(keys.KeyKind.SEAL)):
            try: make()
            except keys.KeyMissing as error: print(error)
        """,
        folder,
    )
    sentence = f"the key folder ({folder}) cannot be written: Permission denied"
    assert said.splitlines() == [sentence, sentence]


def test_a_key_that_cannot_be_written_whole_is_not_there_at_all(anywhere: Path) -> None:
    folder = anywhere / "keys"
    folder.mkdir()
    folder.chmod(0o777)
    said = without_rights(
        """
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
        try: ring.create(keys.KeyKind.SEAL)
        except keys.KeyMissing as error: print(error)
        """,
        folder,
    )
    assert said == f"the key folder ({folder}) cannot be written: File too large"
    assert list(folder.iterdir()) == []


def test_of_several_first_starts_at_once_one_makes_the_keys(tmp_path: Path) -> None:
    code = """
        import sys, pathlib, keys
        ring = keys.Keyring(pathlib.Path(sys.argv[1]) / "keys", {})
        made = ring.create_missing()
        print(len(made), ring.master()[0], ring.signer(keys.KeyKind.SEAL).id)
    """
    answers = [answer.split() for answer in together(code, 8, tmp_path)]
    assert sorted(int(made) for made, *_ in answers) == [0] * 7 + [len(KeyKind)]
    assert len({tuple(ids) for _, *ids in answers}) == 1
    assert len(list((tmp_path / "keys").glob("*.key"))) == len(KeyKind)


def test_no_key_lies_in_the_data_folder_unless_a_setting_says_so(tmp_path: Path) -> None:
    data = tmp_path / "data"
    settings = Settings(data=data)
    assert not settings.key_folder.is_relative_to(data)
    assert settings.key_folder == Settings(data=data).key_folder
    assert settings.key_folder != Settings(data=tmp_path / "other data").key_folder
    keys_database = Path(settings.database("vault_keys").removeprefix("sqlite:///"))
    assert keys_database.parent == settings.key_folder
    assert Settings(data=data, keys=data / "keys").key_folder == data / "keys"


def test_first_starts_at_once_agree_on_the_name_of_the_installation(tmp_path: Path) -> None:
    for attempt in range(20):
        folder = tmp_path / str(attempt)
        with ThreadPoolExecutor(8) as pool:
            names = set(pool.map(deployment_id, [folder] * 8))
        assert names == {deployment_id(folder)}
        assert [path.name for path in folder.iterdir()] == ["installation.json"]


def test_with_the_public_half_seals_are_checked_and_none_is_made(tmp_path: Path) -> None:
    whole = ring(tmp_path / "whole")
    older, newer = (whole.create(KeyKind.SEAL), whole.create(KeyKind.SEAL))
    signers = whole.signers(KeyKind.SEAL)
    halves = [signer.private.public_key().public_bytes_raw() for signer in signers]
    forms = [base64.b64encode(halves[0]).decode(), seal_key_line(halves[1])]
    half = ring(tmp_path / "nothing", RJ_KEY_SEAL_PUBLIC=" ".join(forms))
    verifier = half.verifier(KeyKind.SEAL)
    assert set(verifier.keys) == {older, newer}
    for signer in signers:
        seal = signer.sign(b"what was recorded")
        assert verifier.verify(signer.id, seal, b"what was recorded")
        assert not verifier.verify(signer.id, seal, b"something else")
    with pytest.raises(KeyMissing):
        half.signer(KeyKind.SEAL)


@pytest.mark.parametrize("given", ["nearly-a-key", "AAAA", f"seal+{'0' * 16}+{'A' * 43}="])
def test_a_public_half_that_is_none_or_not_its_own_is_named_but_not_repeated(
    tmp_path: Path, given: str
) -> None:
    with pytest.raises(KeyMissing, match="RJ_KEY_SEAL_PUBLIC does not hold a public key") as caught:
        ring(tmp_path, RJ_KEY_SEAL_PUBLIC=given).verifier(KeyKind.SEAL)
    assert given not in str(caught.value)


def test_the_guide_says_how_to_take_the_public_half_of_a_key() -> None:
    """In the guide it is openssl that does it: what goes before the key, and what is at the end."""
    guide = (ROOT / "docs" / "operators-guide.md").read_text()
    octal = re.search(r"printf '((?:\\\d{3})+)'", guide)
    assert octal is not None
    before = bytes(int(one, 8) for one in octal[1].split("\\")[1:])
    private = Ed25519PrivateKey.from_private_bytes(b"\x07" * KEY_BYTES)
    der = (Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    assert private.private_bytes(*der) == before + b"\x07" * KEY_BYTES
    public = private.public_key()
    spki = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert spki[-32:] == public.public_bytes_raw()
    assert "tail -c 32" in guide
