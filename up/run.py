"""Starts everything on one machine, keeps it running, and stops it in order."""

from __future__ import annotations

import asyncio
import os
import resource
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from keyfolder import NotHeld, hold
from up import installation, words
from up.guard import ensure_keys, refuse_half
from up.keeper import Keeper, Patience
from up.lock import FolderLock
from up.place import Place
from up.ports import choose
from up.problem import Ending, Problem, cannot_write
from up.running import Running, publish, withdraw
from up.signals import Stop, stop_signals
from up.table import CHILDREN

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from keyfolder import Hold
    from settings import Settings
    from up.child import Child

    OnReady = Callable[[Running], Awaitable[None]]

_PATIENCE = Patience()


async def run(
    settings: Settings,
    *,
    on_ready: OnReady | None = None,
    children: Sequence[Child] = CHILDREN,
    patience: Patience = _PATIENCE,
) -> int:
    """Start the children on the data folder and keep them running until told to stop.

    `on_ready` is awaited once all of them are ready and can be found, before the person is told
    where to look; what it raises is raised here, after everything was stopped in order.

    Returns the exit code: 0 after a stop by Ctrl-C, SIGTERM or SIGHUP; 2 for a folder or a setting
    that makes no sense; 3 if something that is needed is not to be had; 4 if a child died too
    often. For all but 0 a sentence was printed on standard error.
    """
    # A core file would hold keys and decrypted words; the children inherit that none is written.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        place, known = await _prepare(settings)
        try:
            await _serve(place, known, on_ready, children, patience)
        finally:
            for handle in place.locks:
                os.close(handle)
    except Problem as problem:
        words.complain(str(problem))
        return problem.ending
    return Ending.STOPPED


async def _prepare(settings: Settings) -> tuple[Place, str]:
    """See that this folder may be used, by us alone; look first, so that a refusal writes nothing.

    Returns the place and the installation's id. Raises `Problem`.
    """
    if settings.temporal_address:
        raise Problem(
            "RJ_TEMPORAL_ADDRESS is set, but this command starts a Temporal server of its own. "
            "Unset it, or run the worker alone against that server.",
            Ending.NONSENSE,
        )
    folder = settings.folder
    installation.read(folder)
    ports = choose(settings.up_port, settings.up_ui_port)
    installation.make_folder(folder)
    with ExitStack() as undo:
        lock = await FolderLock.take(folder)
        undo.callback(lock.release)
        known = installation.found(folder)
        made = ensure_keys(settings, known)
        refuse_half(settings)
        keys = _hold_keys(settings)
        undo.callback(keys.release)
        locks = [handle for handle in (lock.handle, keys.handle) if handle is not None]
        place = Place(settings, folder, tuple(locks), ports)
        _make_logs(place)
        undo.pop_all()
    for line in words.about_keys(made, settings.key_folder, folder):
        words.say(line)
    if keys.notice:
        words.say(keys.notice)
    return place, known.id


def _hold_keys(settings: Settings) -> Hold:
    try:
        return hold(settings)
    except NotHeld as error:
        if isinstance(error.__cause__, OSError):
            raise cannot_write(settings.key_folder, error.__cause__) from error
        raise Problem(str(error)) from error


def _make_logs(place: Place) -> None:
    try:
        place.logs.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise cannot_write(place.logs, error) from error


async def _serve(
    place: Place,
    known: str,
    on_ready: OnReady | None,
    children: Sequence[Child],
    patience: Patience,
) -> None:
    """Keep the children until told to stop. Raises `Problem`, and what `on_ready` raises."""
    keepers = [Keeper(child, place, words.say, patience) for child in children]
    with stop_signals() as stop:
        tasks = [
            asyncio.create_task(keeper.keep(keepers[:position]))
            for position, keeper in enumerate(keepers)
        ]
        tasks.append(asyncio.create_task(_open(place, known, keepers, on_ready)))
        try:
            await _until_asked(stop, tasks)
            words.say("Stopping. Ctrl-C again to hurry.")
        finally:
            _withdraw(place)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for keeper in reversed(keepers):
                await keeper.stop(stop.hurry)


async def _open(
    place: Place, known: str, keepers: Sequence[Keeper], on_ready: OnReady | None
) -> None:
    """Once all are ready: let it be found, and say where it is."""
    for keeper in keepers:
        await keeper.ready.wait()
    running = Running(
        installation=known,
        temporal=place.address,
        ui=place.ui,
        namespace=place.settings.temporal_namespace,
        pid=os.getpid(),
        started=datetime.now(UTC),
    )
    publish(place.folder, running)
    if on_ready is not None:
        await on_ready(running)
    for line in words.where(place):
        words.say(line)


async def _until_asked(stop: Stop, tasks: Sequence[asyncio.Task[None]]) -> None:
    """Wait for the order to stop, or raise what one of the tasks raises."""
    asked = asyncio.create_task(stop.asked.wait())
    watched: set[asyncio.Task[Any]] = {asked, *tasks}
    try:
        while not asked.done():
            done, watched = await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
    finally:
        asked.cancel()


def _withdraw(place: Place) -> None:
    try:
        withdraw(place.folder)
    except OSError as error:
        # The children must be stopped all the same; a leftover file counts for nothing.
        words.complain(str(cannot_write(place.folder, error)))
