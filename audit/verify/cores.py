"""Reckoning stretches in several processes at once, their results in order.

This process reckons too: alone at first, since what is soon done is not worth beginning another
process for; then while the others are still being begun, and whatever they have not come
to. So it is never slower than alone by more than what it takes to begin them, however busy the
machine. If another is killed, this one does all that is left.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from types import ModuleType
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
R = TypeVar("R")

ALONE = 0.5
"""Seconds of processor time for which this process works alone: about what it takes to begin
another. On a busy machine more time goes by; what there is left to share is the same."""
WORTH = 1.2
"""Seconds of processor time for which another process is begun, where it is known how much there is
left: one that gives entries their meaning takes 0.7 to begin."""
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
    turns: deque[tuple[T, Future[R]]] = deque()
    others = _Others(work, max(1, cores - 1))
    try:
        for task in tasks:
            turns.append((task, _done(work, task) if others.are_busy else others.given(task)))
            while turns and (turns[0][1].done() or len(turns) > _AHEAD):
                yield _of(*turns.popleft(), work, wait=False)
        while turns:
            # Who has done one before is at the next: to wait is shorter than to do it again.
            yield _of(*turns.popleft(), work, wait=others.have_worked)
    finally:
        others.leave()


class _Others(Generic[T, R]):
    """The other processes: each has one task that it is at, and its next."""

    def __init__(self, work: Callable[[T], R], number: int) -> None:
        self._work = work
        self._most = 2 * number
        self._pool = ProcessPoolExecutor(number, mp_context=get_context("spawn"))
        self._given = 0
        self._at: list[Future[R]] = []

    @property
    def are_busy(self) -> bool:
        """Whether they have as much as they can take for now."""
        self._at = [future for future in self._at if not future.done()]
        return len(self._at) == self._most

    @property
    def have_worked(self) -> bool:
        """Whether they have done anything: until then they may only just be beginning."""
        return self._given > sum(not future.done() for future in self._at)

    def given(self, task: T) -> Future[R]:
        """Give them a task; if they are no more, it is done here."""
        try:
            with _without_main():
                future = self._pool.submit(self._work, task)
        except BrokenExecutor:
            return _done(self._work, task)
        self._given += 1
        self._at.append(future)
        return future

    def leave(self) -> None:
        """Leave them to end: whatever they may still be at is done here already."""
        self._pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _without_main() -> Iterator[None]:
    """Begin no process with this one's program: it would load all of that first, for nothing."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _of(task: T, future: Future[R], work: Callable[[T], R], *, wait: bool) -> R:
    """Return what a task comes to. It is done here if whoever was at it may only just be beginning
    and is not to be waited for, or was killed."""
    if not (wait or future.done()):
        return work(task)
    try:
        return future.result()
    except BrokenExecutor:
        return work(task)


def _done(work: Callable[[T], R], task: T) -> Future[R]:
    future: Future[R] = Future()
    try:
        future.set_result(work(task))
    except Exception as error:  # noqa: BLE001 - told in its turn, as if another process had done it
        future.set_exception(error)
    return future
