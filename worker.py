"""The worker: puts the parts together, serves every stream, and stops in order."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog
from temporalio.worker import Worker

from access import (
    Keeping,
    make_tables,
    notary_of,
    open_access,
    open_refusals,
    open_remembered,
)
from activities.looking import Looking
from activities.record import Recorder
from activities.sweeping import Sweep
from activities.turns import Deployment, Turns
from audit.guard import look_at_guard
from audit.keeping import start as keep_signing
from audit.notary import Notary
from audit.places import places
from client import Door
from client.connection import connect
from client.failures import Unavailable as NoServer
from client.follow_ups import FollowUps
from client.in_step import brought_into_step
from client.proposing import start as keep_proposing
from client.stores import access_of
from collecting import seldom
from health import beat
from keyfolder import NotHeld, held
from keys import KeyKind, KeyMissing, Keyring
from logs import set_up
from projections import open_views, to_follow
from projections import start as keep_up
from reports import make_archive
from settings import Mistyped, from_environment
from store import Unavailable as LogUnavailable
from store import open_log
from telling import open_noticing, telling
from vault import Unavailable as VaultUnavailable
from vault import open_vault
from workflows.case import Case
from workflows.notices import Notices
from workflows.sandbox import RESTRICTIONS, Sandbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from temporalio.client import Client
    from temporalio.worker.workflow_sandbox import SandboxRestrictions

    from activities.noticing import Noticing
    from settings import Settings
    from store import Log

    Background = Callable[[Settings], Callable[[], None]]

SLOTS = 40
"""Activities of each kind, local and ordinary, that run at once; as many threads for each."""
WORKFLOW_SLOTS = 40
"""Streams that are served at once. More would wait for each other inside the worker, where the
half second of a local activity runs on, instead of in the queue."""
CACHED = 2000
"""Streams kept in memory; the others are replayed from their history when something comes in."""
TURN = 0.001
"""Seconds that a thread may keep Python for itself while others wait for it. An append comes back
from the disk some ten times; after Python's usual five milliseconds each, it was a tenth slower."""
GRACE = timedelta(seconds=20)
"""How long what is under way may take to finish when the worker is told to stop."""
LEFT_ALONE = timedelta(seconds=10)
"""How long whoever merged two cases has to finish it themselves, which takes a second."""
STICKY = timedelta(seconds=3)
"""How long a stream waits for the worker that has it in memory before any other may serve it."""


def sweep_drafts(settings: Settings) -> Callable[[], None]:
    """Take away drafts that no event refers to, from now on; return what stops it."""
    keyring = Keyring(settings.key_folder)
    database = settings.database
    log = open_log(database("log"), None, keyring.verifier(KeyKind.SEAL))
    vault = open_vault(database("vault"), database("vault_keys"), keyring)
    remembered = open_remembered(database("access"))
    stop = Sweep(log, vault, remembered, timedelta(days=settings.draft_days)).start()

    def stop_and_close() -> None:
        stop()
        remembered.close()
        vault.close()
        log.close()

    return stop_and_close


def sign_checkpoints(settings: Settings) -> Callable[[], None]:
    """Sign checkpoints of the log, and of the access log, from now on, unless a notary of its own
    does; return what stops it."""
    if not settings.notary:
        return lambda: None
    keyring = Keyring(settings.key_folder)
    log = open_log(settings.database("log"), None, keyring.verifier(KeyKind.SEAL))
    kept = places(settings.checkpoint_folders, to_output=settings.checkpoints_to_output)
    notary = Notary(log, keyring, settings.notary_name, kept)
    stop = keep_signing(notary, settings.checkpoint_every, settings.checkpoint_daily_at)
    make_tables(settings.database("access"))
    looks = open_access(
        settings.database("access"), None, keyring.verifier(KeyKind.SEAL), create=False
    )
    beside = notary_of(
        looks,
        keyring,
        settings.notary_name,
        settings.checkpoint_folders,
        to_output=settings.checkpoints_to_output,
    )
    stop_beside = keep_signing(beside, settings.checkpoint_every, settings.checkpoint_daily_at)

    def stop_and_close() -> None:
        stop()
        stop_beside()
        looks.close()
        log.close()

    return stop_and_close


def propose_doubles(settings: Settings) -> Callable[[], None]:
    """Compare what is new with all other cases, from now on; return what stops it."""
    return keep_proposing(lambda: Door.connect(settings))


def keep_access(settings: Settings) -> Callable[[], None]:
    """Keep the access log in order from now on; return what stops it."""
    make_tables(settings.database("access"))
    access = access_of(settings, Keyring(settings.key_folder))
    return Keeping(access, timedelta(days=settings.access_days)).start()


BACKGROUND: Sequence[Background] = (
    beat,
    sweep_drafts,
    sign_checkpoints,
    propose_doubles,
    keep_access,
)
"""What runs beside the worker in the same process: each is started with the settings and returns
what stops it."""

_log = structlog.get_logger(__name__)


def open_recorder(settings: Settings) -> Recorder:
    """Return the activities over the stores that the settings name.

    Raises `Unavailable` of the log, the vault or the refusals, and `KeyMissing`.
    """
    keyring = Keyring(settings.key_folder)
    make_tables(settings.database("access"))
    make_archive(settings.database("access"))
    log = open_log(
        settings.database("log"), keyring.signer(KeyKind.SEAL), keyring.verifier(KeyKind.SEAL)
    )
    vault = open_vault(settings.database("vault"), settings.database("vault_keys"), keyring)
    brought_into_step(vault, log)
    turns = Turns(
        log=log,
        vault=vault,
        door=keyring.verifier(KeyKind.DOOR),
        deployment=Deployment(
            settings.handlings,
            settings.limits,
            settings.competence,
            settings.forms,
            settings.allow_unverified,
        ),
        looking=Looking(access_of(settings, keyring)),
    )
    return Recorder(turns, open_refusals(settings.database("access")))


def serving(
    client: Client,
    recorder: Recorder,
    task_queue: str,
    threads: ThreadPoolExecutor,
    *,
    noticing: Noticing | None = None,
    restrictions: SandboxRestrictions = RESTRICTIONS,
    cached: int = CACHED,
) -> Worker:
    """Return a worker that serves every stream of this queue; `threads` has two for each slot.

    With `noticing` it sends notices as well. `cached` streams are kept in memory; with 0 each is
    replayed whenever something comes in.
    """
    return Worker(
        client,
        task_queue=task_queue,
        workflows=[Case, Notices],
        activities=[*recorder.activities, *(noticing.activities if noticing else ())],
        activity_executor=threads,
        workflow_runner=Sandbox(restrictions=restrictions),
        max_cached_workflows=cached,
        max_concurrent_workflow_tasks=WORKFLOW_SLOTS,
        max_concurrent_activities=SLOTS,
        max_concurrent_local_activities=SLOTS,
        sticky_queue_schedule_to_start_timeout=STICKY,
        # Nothing is kept outside Temporal's own store: more at a time only makes tasks for it.
        max_workflow_task_external_storage_concurrency=1,
        # Done where it arrives, not by a thread: a stream's task takes a millisecond and waits for
        # nothing. What Temporal gives up for it is its watch for tasks that take two seconds.
        debug_mode=True,
        graceful_shutdown_timeout=GRACE,
    )


def follow(log: Log, settings: Settings) -> Callable[[], None]:
    """Keep the read models up to date with the log from now on; return what stops it."""
    views = open_views(settings.database("views"), settings.limits, settings.competence)
    stop = keep_up(log, views)

    def stop_and_close() -> None:
        stop()
        views.close()

    return stop_and_close


@asynccontextmanager
async def following_up(settings: Settings, client: Client) -> AsyncIterator[Callable[[str], None]]:
    """Finish meanwhile what follows in other streams; give what is told of one that has some."""
    door = await Door.connect(settings, client)
    views = open_views(settings.database("views"), settings.limits, settings.competence)
    follow_ups = FollowUps(door, lambda: to_follow(views, datetime.now(UTC) - LEFT_ALONE))
    task = asyncio.create_task(follow_ups.run())
    try:
        yield follow_ups.notice
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        views.close()
        door.close()


async def run(settings: Settings) -> None:
    """Serve until told to stop by SIGTERM or SIGINT; then finish what is under way.

    Raises what stands in the way of starting: `NotHeld`, `Unavailable` and `KeyMissing`.
    """
    with held(settings) as keys:
        if keys.notice:
            _log.warning("key_folder_not_locked")
        await _serve(settings)


async def _serve(settings: Settings) -> None:
    look_at_guard(settings.database("log"), settings.checkpoint_folders)
    address, namespace = settings.temporal_address, settings.temporal_namespace
    client = await connect(address, namespace, f"rj-worker-{os.getpid()}")
    recorder = open_recorder(settings)
    noticing = open_noticing(settings)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    stoppers = [follow(recorder.turns.log, settings), *(start(settings) for start in BACKGROUND)]
    _settle()
    with ThreadPoolExecutor(max_workers=2 * SLOTS, thread_name_prefix="record") as threads:
        async with (
            following_up(settings, client) as notice,
            telling(settings, client, noticing.outbox),
            serving(
                client,
                replace(recorder, follow=notice),
                settings.task_queue,
                threads,
                noticing=noticing,
            ),
        ):
            _log.info("ready", task_queue=settings.task_queue)
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            await stop.wait()
            _log.info("stopping")
    for stopper in stoppers:
        stopper()
    noticing.outbox.close()
    recorder.close()


def _settle() -> None:
    """Set how Python shares and tidies up, for many streams served by one process."""
    seldom()
    sys.setswitchinterval(TURN)


def main() -> None:
    """Run the worker with the settings of the environment.

    Exit code 0 after an orderly stop, 2 when the settings make no sense, 3 when something that it
    needs is missing or out of reach.
    """
    # A core file would hold decrypted words and keys, for anybody who finds it.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        settings = from_environment()
    except Mistyped as error:
        sys.stderr.write("".join(f"{sentence}\n" for sentence in error.sentences))
        sys.exit(2)
    set_up(settings.log_format, settings.log_level)
    try:
        asyncio.run(run(settings))
    except (NoServer, LogUnavailable, VaultUnavailable, KeyMissing, NotHeld) as error:
        _log.error("not_started", why=str(error))
        _leave(3)
    _log.info("stopped")
    _leave(0)


def _leave(code: int) -> None:
    # The bridge may crash the interpreter on its way out (sdk-python issue 300), so that an
    # orderly stop would look like a failure.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
