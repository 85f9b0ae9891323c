"""A progress bar on standard error, where somebody watches; nothing elsewhere."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar; yield what tells it how many are done and how many there are."""
    from rich.console import Console  # noqa: PLC0415 - slow to load, and only where it is shown
    from rich.progress import Progress  # noqa: PLC0415

    console = Console(file=sys.stderr)
    with Progress(console=console, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(title, total=None)

        def moved(done: int, of_all: int) -> None:
            bar.update(task, completed=done, total=of_all)

        yield moved
