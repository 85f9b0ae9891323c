"""Closing a log while others still work with it: they finish, and nothing crashes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.store.sample import CASE, fill

if TYPE_CHECKING:
    from store import Log

ROOT = Path(__file__).parents[2]
CLOSING = """
import sys, threading
from pathlib import Path
from keys import KeyKind, Keyring
from store import Unavailable, open_log
from tests.store.sample import fill

folder = Path(sys.argv[1])
ring = Keyring(folder / "keys", {})
ring.create_missing()
url, seals = f"sqlite:///{folder}/log.db", ring.verifier(KeyKind.SEAL)
log = open_log(url, ring.signer(KeyKind.SEAL), seals)
fill(log)
log.close()
for _ in range(30):
    log = open_log(url, None, seals)

    def read():
        try:
            while True:
                log.since(0)
        except Exception:
            return

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    log.close()
    for thread in threads:
        thread.join()
print("all closed")
"""


def test_a_log_is_closed_under_the_hands_of_many_readers_without_a_crash(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CLOSING, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "all closed\n"), done.stderr


def test_what_was_recorded_is_there_after_closing(log: Log, reopened: object) -> None:
    fill(log)
    log.close()
    assert callable(reopened)
    assert len(reopened().load(CASE)) == 6
