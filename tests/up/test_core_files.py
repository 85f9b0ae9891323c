"""No process that holds keys or decrypted words leaves a core file behind."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.up.supervised import ROOT, Up, eventually

WORKER = """
import os, resource, worker
def leave(code):
    os.write(1, f"core file: {resource.getrlimit(resource.RLIMIT_CORE)}".encode())
    end(code)
end, os._exit = os._exit, leave
worker.main()
"""


def test_what_rj_up_starts_leaves_no_core_file(data: Path, start: Callable[..., Up]) -> None:
    start("one:limits").says("Everything is running")
    log = data / "logs" / "one.log"
    assert eventually(lambda: "core file: (0, 0)" in log.read_text(), 5)


def test_a_worker_by_itself_leaves_no_core_file(data: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RJ_")}
    ended = subprocess.run(
        [sys.executable, "-c", WORKER],
        env={**kept, "RJ_DATA": str(data), "RJ_KEYS": str(data / "keys"), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 3
    assert ended.stdout.endswith("core file: (0, 0)")
