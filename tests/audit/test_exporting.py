"""Exports are whole or none: killed, broken off, or over one that is there."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from audit.exporting import export
from audit.record import Record
from audit.verify.line import main
from store import open_log
from tests.arrows import ROOT
from tests.audit.logs import KEYS, ORIGIN, SEAL, VERIFIER, checkpoint, kept
from tests.store.sample import fill

if TYPE_CHECKING:
    from pathlib import Path

SLOW = """
import sys, time
sys.path.insert(0, {root!r})
import audit.exporting as exporting
from audit.record import Record
from pathlib import Path
from store import open_log
from keys import Verifier
log = open_log({url!r}, None, Verifier({{}}), create=False)
class Endless(Record):
    def pages(self):
        for rows in super().pages():
            while True:
                yield rows
                print("going", flush=True)
exporting.export(Endless(log), "rj.example/log", Path({file!r}))
"""


def test_an_export_that_was_killed_is_not_taken_for_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path / 'log.db'}"
    with closing(open_log(url, SEAL, VERIFIER)) as log:
        fill(log)
    file = tmp_path / "killed.jsonl"
    code = SLOW.format(root=str(ROOT), url=url, file=str(file))
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    for _ in range(300):
        process.stdout.readline()
    process.kill()
    process.communicate()
    assert not file.exists()
    (left,) = tmp_path.glob("killed.jsonl*")
    assert b'{"end":' not in left.read_bytes()
    point = kept(tmp_path, checkpoint([]))
    words = [str(left), "--key", KEYS[0], "--key", KEYS[1], "--checkpoint", str(point)]
    assert main(words) == 2
    assert "breaks off" in capsys.readouterr().err


def test_what_is_there_is_not_written_over_and_a_failure_leaves_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'log.db'}"
    with closing(open_log(url, SEAL, VERIFIER)) as log:
        fill(log)
        file = tmp_path / "log.jsonl"
        assert export(Record(log), ORIGIN, file).entries == 6
        before = file.read_bytes()
        with pytest.raises(FileExistsError):
            export(Record(log), ORIGIN, file)
        assert file.read_bytes() == before

        def stop(*_: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            export(Record(log), ORIGIN, tmp_path / "other.jsonl", stop)
    assert [*tmp_path.glob("other*")] == []


FULL = """
import resource, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from audit.exporting import export
from audit.record import Record
from keys import Verifier
from store import open_log
log = open_log({url!r}, None, Verifier({{}}), create=False)
whole = export(Record(log), "rj.example/log", Path({file!r}))
size = Path({file!r}).stat().st_size
for limit in (1, size // 2, size - 1):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, size))
    try:
        export(Record(log), "rj.example/log", Path({file!r} + ".other"))
    except OSError as error:
        print(error.strerror)
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
print(export(Record(log), "rj.example/log", Path({file!r} + ".other")) == whole)
"""


def test_on_a_disk_that_fills_no_export_is_left_and_the_next_one_is_whole(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'log.db'}"
    with closing(open_log(url, SEAL, VERIFIER)) as log:
        fill(log)
    file = tmp_path / "log.jsonl"
    code = FULL.format(root=str(ROOT), url=url, file=str(file))
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines() == ["File too large"] * 3 + ["True"]
    assert sorted(path.name for path in tmp_path.glob("log.jsonl*")) == [
        "log.jsonl",
        "log.jsonl.other",
    ]
    assert file.read_bytes() == (tmp_path / "log.jsonl.other").read_bytes()
