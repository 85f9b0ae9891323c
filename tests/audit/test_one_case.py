"""An export of one case: what the verifier says of it, and what it says that it does not show."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from audit.verify.export import End, Manifest, first_line, last_line, line_of
from tests.audit.logs import ORIGIN, checkpoint
from tests.audit.test_verifier import ROWS, export, keys, point, run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from audit.verify.entry import Recorded

__all__ = ["export", "point"]

CASE = ROWS[0][0]
OF_IT = [row for row in ROWS if row[0] == CASE]


def of_one_case(path: Path, rows: Sequence[Recorded]) -> Path:
    """Write an export of this case, as the service does."""
    lines = [first_line(Manifest(CASE.decode(), ORIGIN, len(rows))), *map(line_of, rows)]
    path.write_bytes(b"".join([*lines, last_line(End(len(rows), checkpoint(rows).root))]))
    return path


def test_of_one_case_it_is_told_what_is_not_shown(
    export: Path, point: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = (of_one_case(tmp_path / "case.jsonl", OF_IT), *keys(), "--checkpoint", point)
    code, said = run(capsys, *words)
    assert (code, "not shown: whether these are all entries of" in said) == (0, True)
    whole = json.loads(run(capsys, *words, "--json")[1])
    assert "cut off" in whole["not_shown"]
    of_all = run(capsys, export, *keys(), "--checkpoint", point, "--json")[1]
    assert json.loads(of_all)["not_shown"] == ""


def test_an_export_of_nothing_of_a_case_verifies_nothing(
    point: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = of_one_case(tmp_path / "empty.jsonl", [])
    code, said = run(capsys, empty, *keys(), "--checkpoint", point)
    assert (code, f"there is no entry of {CASE.decode()} in this export" in said) == (2, True)


def test_entries_of_another_case_in_it_are_no_part_of_it(
    point: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mixed = of_one_case(tmp_path / "mixed.jsonl", ROWS)
    code, said = run(capsys, mixed, *keys(), "--checkpoint", point)
    assert (code, "has entries of others" in said) == (1, True)


@pytest.mark.parametrize("cores", ["0", "-1", "257", "1000000000", "two"])
def test_how_many_processes_is_a_number_within_reason(
    export: Path, point: Path, capsys: pytest.CaptureFixture[str], cores: str
) -> None:
    code, said = run(capsys, export, *keys(), "--checkpoint", point, f"--cores={cores}")
    assert (code, "a number from 1 to 256" in said) == (2, True)


def test_what_comes_through_a_pipe_is_not_waited_for(point: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    line = ["-m", "audit.verify", tmp_path / "pipe", *keys(), "--checkpoint", point]
    told = subprocess.run(
        [sys.executable, *line], capture_output=True, text=True, check=False, timeout=60
    )
    assert (told.returncode, "save it in a file first" in told.stderr) == (2, True)
