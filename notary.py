"""The notary as a process of its own: signs checkpoints of the log, and of the access log, until it
is told to stop."""

from __future__ import annotations

import resource
import signal
import sys
import threading
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import structlog

from access import notary_of, open_access
from audit.keeping import Keeping
from audit.notary import Notary
from audit.places import places
from health import EVERY
from keys import KeyKind, KeyMissing, Keyring
from logs import set_up
from settings import Mistyped, from_environment
from store import Unavailable, open_log
from vault import Unavailable as VaultUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings import Settings

NONSENSE, UNAVAILABLE = 2, 3
"""Exit codes: the settings make no sense; the log or a key is missing or out of reach."""

_log = structlog.get_logger(__name__)


def run(settings: Settings, stop: threading.Event) -> None:
    """Sign until told to stop. Raises `KeyMissing`, and `Unavailable` of either log.

    While all is well the heartbeat's file is touched; while the notary refuses, or cannot work, it
    is not there, and the health check says so.
    """
    keyring = Keyring(settings.key_folder)
    keyring.signer(KeyKind.NOTARY)
    with ExitStack() as open_until_the_end:
        signing = [
            Keeping(notary, settings.checkpoint_every, settings.checkpoint_daily_at)
            for notary in _notaries(settings, keyring, open_until_the_end)
        ]
        for one in signing:
            one.start()
        _log.info("ready", log=settings.notary_name)
        while not stop.is_set():
            _show(settings, well=all(one.is_alive() and not one.trouble for one in signing))
            stop.wait(EVERY)
        _log.info("stopping")
        for one in signing:
            one.stop()
    _show(settings, well=False)


def _notaries(settings: Settings, keyring: Keyring, opened: ExitStack) -> Iterator[Notary]:
    """Yield who signs the log, and who signs the access log where it is known where that is."""
    seals = keyring.verifier(KeyKind.SEAL)
    folders, to_output = settings.checkpoint_folders, settings.checkpoints_to_output
    log = open_log(settings.database("log"), None, seals, create=False)
    opened.enter_context(closing(log))
    kept = places(folders, to_output=to_output)
    yield Notary(log, keyring, settings.notary_name, kept)
    if not settings.has_looks:
        _log.warning("access_log_not_signed", why="RJ_ACCESS_URL does not say where it is")
        return
    looks = open_access(settings.database("access"), None, seals, create=False)
    opened.enter_context(closing(looks))
    yield notary_of(looks, keyring, settings.notary_name, folders, to_output=to_output)


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
    except (Unavailable, VaultUnavailable, KeyMissing) as error:
        _log.error("not_started", why=str(error))
        return UNAVAILABLE
    _log.info("stopped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
