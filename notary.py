"""The notary as a process of its own: signs checkpoints of the log until it is told to stop."""

from __future__ import annotations

import resource
import signal
import sys
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import structlog

from audit.keeping import Keeping
from audit.notary import Notary
from audit.places import places
from health import EVERY
from keys import KeyKind, KeyMissing, Keyring
from logs import set_up
from settings import Mistyped, from_environment
from store import Unavailable, open_log

if TYPE_CHECKING:
    from settings import Settings

NONSENSE, UNAVAILABLE = 2, 3
"""Exit codes: the settings make no sense; the log or a key is missing or out of reach."""

_log = structlog.get_logger(__name__)


def run(settings: Settings, stop: threading.Event) -> None:
    """Sign until told to stop. Raises `KeyMissing`, and `Unavailable` of the log.

    While all is well the heartbeat's file is touched; while the notary refuses, or cannot work, it
    is not there, and the health check says so.
    """
    keyring = Keyring(settings.key_folder)
    keyring.signer(KeyKind.NOTARY)
    seals = keyring.verifier(KeyKind.SEAL)
    with closing(open_log(settings.database("log"), None, seals, create=False)) as log:
        kept = places(settings.checkpoint_folders, to_output=settings.checkpoints_to_output)
        notary = Notary(log, keyring, settings.notary_name, kept)
        keeping = Keeping(notary, settings.checkpoint_every, settings.checkpoint_daily_at)
        keeping.start()
        _log.info("ready", log=settings.notary_name)
        while not stop.is_set():
            _show(settings, well=keeping.is_alive() and not keeping.trouble)
            stop.wait(EVERY)
        _log.info("stopping")
        keeping.stop()
    _show(settings, well=False)


def _show(settings: Settings, *, well: bool) -> None:
    if settings.heartbeat is None:
        return
    if well:
        settings.heartbeat.touch()
    else:
        settings.heartbeat.unlink(missing_ok=True)


def main() -> int:
    """Run the notary with the settings of the environment; return the exit code."""
    # A core file would hold the key, for anybody who finds it.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        settings = from_environment()
    except Mistyped as error:
        sys.stderr.write("".join(f"{sentence}\n" for sentence in error.sentences))
        return NONSENSE
    set_up(settings.log_format, settings.log_level)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        run(settings, stop)
    except (Unavailable, KeyMissing) as error:
        _log.error("not_started", why=str(error))
        return UNAVAILABLE
    _log.info("stopped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
