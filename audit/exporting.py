"""Writing an export of the log: every recorded byte as it stands, in order, for the verifier."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from audit.merkle import Edge
from audit.verify.account import Account
from audit.verify.export import End, Manifest, first_line, last_line, line_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from io import BufferedWriter
    from pathlib import Path

    from audit.record import Record

UNFINISHED = ".part"
"""What the name of a file ends with until all of it is there."""
WHOLE_LOG = "log"


def export(
    record: Record, origin: str, path: Path, moved: Callable[[int, int], None] = lambda *_: None
) -> End:
    """Write the log into a file that only its owner may read; return what it ends with.

    The file has its name only once all of it is on the disk. `origin` names the log, as its
    checkpoints do; `moved` is told how many entries are written, and of how many. Raises
    `FileExistsError` if there is such a file, `OSError`, and `Unavailable` of the log.
    """
    if path.exists():
        raise FileExistsError(path)
    of_all = record.entries
    account, tree = Account(), Edge()
    with _written_whole(path) as file:
        file.write(first_line(Manifest(WHOLE_LOG, origin, of_all)))
        for rows in record.pages():
            file.writelines(line_of(row) for row in rows)
            tree.extend(account.take(rows))
            moved(tree.size, of_all)
        end = End(tree.size, tree.root())
        file.write(last_line(end))
    return end


@contextmanager
def _written_whole(path: Path) -> Iterator[BufferedWriter]:
    unfinished = path.with_name(path.name + UNFINISHED)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
