"""Reckoning stretches in several processes at once, their results in order."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")


def reckoned(tasks: Iterable[T], work: Callable[[T], R], cores: int) -> Iterator[R]:
    """Yield what each task comes to, in order; a few are under way at a time.

    Raises what `work` raises. The processes are begun afresh: nothing of this one is in them.
    """
    waiting: deque[Future[R]] = deque()
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        for task in tasks:
            waiting.append(pool.submit(work, task))
            if len(waiting) > 2 * cores:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
