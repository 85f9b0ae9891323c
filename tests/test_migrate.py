"""The migration as a job: the tables it leaves, and what it says when a database is not there."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from access import open_refusals, open_remembered
from keys import KeyKind, Keyring
from reports import open_archive
from settings import Settings
from store import open_log
from vault import open_vault

if TYPE_CHECKING:
    from pathlib import Path


def run(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {"RJ_DATA": str(folder / "data"), "RJ_KEYS": str(folder / "keys"), **environment}
    return subprocess.run(
        [sys.executable, "-P", "-m", "migrate"],
        env=given,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("times", [1, 2])
def test_after_the_migration_every_store_opens_without_making_anything(
    tmp_path: Path, times: int
) -> None:
    for _ in range(times):
        done = run(tmp_path)
        assert (done.returncode, done.stdout) == (0, "All tables are there.\n")
    settings = Settings(data=tmp_path / "data", keys=tmp_path / "keys")
    keyring = Keyring(settings.key_folder, environment={})
    keyring.create_missing()
    at, keys_at = settings.database("vault"), settings.database("vault_keys")
    open_log(settings.database("log"), None, keyring.verifier(KeyKind.SEAL), create=False).close()
    open_vault(at, keys_at, keyring, create=False).close()
    open_refusals(settings.database("access"), create=False).close()
    open_remembered(settings.database("access"), create=False).close()
    verifier = keyring.verifier(KeyKind.SEAL)
    open_archive(settings.database("access"), None, verifier, create=False).close()


@pytest.mark.parametrize("store", ["LOG", "VAULT", "VAULT_KEYS", "ACCESS"])
def test_a_database_out_of_reach_is_told_in_a_sentence(tmp_path: Path, store: str) -> None:
    nowhere = "postgresql://rj:pass-phrase@127.0.0.1:1/rj"
    done = run(tmp_path, **{f"RJ_{store}_URL": nowhere})
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "pass-phrase" not in done.stderr
