"""The verifier as an outsider runs it: a program, a few files, and whatever is lacking there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.arrows import ROOT
from tests.audit.test_verifier import OWN, ROWS, export, keys, point, written

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["export", "point"]


def outside(folder: Path, *words: object, **given: Any) -> subprocess.CompletedProcess[str]:
    """Run the verifier as a program, from a copy of its own few files."""
    alone = folder / "alone" / "audit"
    if not alone.exists():
        shutil.copytree(ROOT / "audit" / "verify", alone / "verify")
        for name in ("__init__.py", *OWN):
            shutil.copy(ROOT / "audit" / name, alone)
    return subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=alone.parent,
        text=True,
        check=False,
        **{
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "env": {"PATH": os.environ["PATH"]},
            **given,
        },
    )


def test_an_outsider_runs_it_on_a_few_files_alone(
    export: Path, point: Path, tmp_path: Path
) -> None:
    words = ("-m", "audit.verify", export, *keys(), "--checkpoint", point, "--json")
    told = outside(tmp_path, *words)
    assert told.returncode == 0, told.stderr
    said = json.loads(told.stdout)
    assert said["verdict"] == "verified"
    assert said["entries"] == len(ROWS)


def test_what_it_needs_and_is_not_there_is_no_alteration(
    export: Path, point: Path, tmp_path: Path
) -> None:
    words = ("-S", "-m", "audit.verify", export, *keys(), "--checkpoint", point)
    told = outside(tmp_path, *words)
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith("COULD NOT VERIFY: cryptography cannot be loaded")
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_what_cannot_be_told_is_not_verified_and_an_alteration_stays_one(
    form: tuple[str, ...], export: Path, point: Path, tmp_path: Path
) -> None:
    broken = written(tmp_path / "broken.jsonl", ROWS, end=False)
    altered = written(tmp_path / "altered.jsonl", ROWS[:-1])
    altered.write_bytes(altered.read_bytes().replace(b"V1-O1", b"V1-O2"))
    for file, code in ((export, 2), (altered, 1), (broken, 2)):
        words = ("-m", "audit.verify", file, *keys(), "--checkpoint", point, *form)
        for more in ({}, {"stderr": subprocess.STDOUT}):
            reads, writes = os.pipe()
            os.close(reads)
            told = outside(tmp_path, *words, stdout=writes, **more)
            os.close(writes)
            assert told.returncode == code, told.stderr
            assert "Traceback" not in (told.stderr or "")
