"""One process that opens the log twice, as a worker does, loses nothing when another closes it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from keys import KeyKind, Keyring
from store import open_log
from tests.store.sample import CASE, asked, step

if TYPE_CHECKING:
    from store import Log

ROOT = Path(__file__).parents[2]
_LOOK = """
import sys
from keys import Keyring, KeyKind
from pathlib import Path
from store import open_log
log = open_log(sys.argv[1], None, Keyring(Path(sys.argv[2])).verifier(KeyKind.SEAL))
print(log.last())
log.close()
"""


def looked_at_elsewhere(url: str, keys: Path) -> int:
    """Open and close the log in another process; return the last position that it saw."""
    shown = subprocess.run(
        [sys.executable, "-P", "-c", _LOOK, url, str(keys)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT)},
    )
    return int(shown.stdout)


def test_what_is_appended_after_another_process_closed_the_log_is_seen_by_the_next(
    tmp_path: Path,
) -> None:
    ring = Keyring(tmp_path / "keys")
    ring.create_missing()
    url = f"sqlite:///{tmp_path / 'log.db'}"

    def opened() -> Log:
        return open_log(url, ring.signer(KeyKind.SEAL), ring.verifier(KeyKind.SEAL))

    writer, reader = opened(), opened()
    writer.append(CASE, 0, asked("command-one"), [step(1)])
    assert looked_at_elsewhere(url, tmp_path / "keys") == 1
    writer.append(CASE, 1, asked("command-two"), [step(2)])
    assert looked_at_elsewhere(url, tmp_path / "keys") == 2
    assert reader.last() == 2
    writer.close()
    reader.close()
