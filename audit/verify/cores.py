"""Reckoning stretches in several processes at once, their results in order.

This process reckons too: alone at first, since what is soon done is not worth beginning another
process for; then while the others are still being begun, and whatever they have not come
to. So it is never slower than alone by more than what it takes to begin them, however busy the
machine.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from types import ModuleType
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
R = TypeVar("R")

ALONE = 0.5
"""Seconds of processor time for which this process works alone: about what it takes to begin
another. On a busy machine more time goes by; what there is left to share is the same."""
WORTH = 2.0
"""Seconds of processor time for which another process is begun, where it is known how much there is
left: one that gives entries their meaning takes 1.4 to begin."""
_AHEAD = 32
"""Results at most that wait for one before them."""


def reckoned(
    tasks: Iterable[T], work: Callable[[T], R], cores: int, number: int | None = None
) -> Iterator[R]:
    """Yield what each task comes to, in order; a few are under way at a time.

    `cores` is how many processes work, this one among them; `number` is how many tasks there are,
    if that is known. Raises what `work` raises. The other processes are begun afresh: nothing of
    this one is in them.
    """
    left, begun = iter(tasks), time.process_time()
    for done, task in enumerate(left, 1):
        yield work(task)
        spent = time.process_time() - begun
        # What is left is reckoned by what is done; as long as nothing is known, it may be little.
        if spent >= ALONE if number is None else spent / done * (number - done) >= WORTH:
            yield from _together(left, work, cores)


def _together(tasks: Iterable[T], work: Callable[[T], R], cores: int) -> Iterator[R]:
    waiting: deque[tuple[T, Future[R]]] = deque()
    they_work = False
    pool = ProcessPoolExecutor(max(1, cores - 1), mp_context=get_context("spawn"))
    try:
        for task in tasks:
            with _without_main():
                waiting.append((task, pool.submit(work, task)))
            if sum(not future.done() for _, future in waiting) > cores:
                _help(waiting, work)
            while waiting and (len(waiting) > _AHEAD or waiting[0][1].done()):
                they_work = they_work or waiting[0][1].done()
                yield _first(waiting, work)
        while waiting:
            while not waiting[0][1].done() and _help(waiting, work):
                pass
            # Who has done something before is at the next: to wait is shorter than to do it again.
            yield waiting.popleft()[1].result() if they_work else _first(waiting, work)
    finally:
        # Whatever another process may still be at is done here already.
        pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _without_main() -> Iterator[None]:
    """Begin no process with this one's program: it would load all of that first, for nothing."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _first(waiting: deque[tuple[T, Future[R]]], work: Callable[[T], R]) -> R:
    """Return what the first task comes to, done here if another process is still at it: it may
    only just be beginning."""
    task, future = waiting.popleft()
    return (future if future.done() else _done(work, task)).result()


def _help(waiting: deque[tuple[T, Future[R]]], work: Callable[[T], R]) -> bool:
    """Do the newest task that nobody has begun; say whether there was one."""
    for at in range(len(waiting) - 1, -1, -1):
        task, future = waiting[at]
        if future.cancel():
            waiting[at] = (task, _done(work, task))
            return True
    return False


def _done(work: Callable[[T], R], task: T) -> Future[R]:
    future: Future[R] = Future()
    try:
        future.set_result(work(task))
    except Exception as error:  # noqa: BLE001 - told in its turn, as if another process had done it
        future.set_exception(error)
    return future
