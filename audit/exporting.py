"""Writing an export of the record: every recorded byte as it stands, in order, for the verifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.merkle import Edge
from audit.verify.account import Account
from audit.verify.export import WHOLE_LOG, End, Manifest, first_line, last_line, line_of
from wholefile import written_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Protocol

    from audit.verify.closing import Closing
    from audit.verify.entry import Beginning, Recorded

    class Pages(Protocol):
        """What is exported: entries as they stand, in the order of the log."""

        @property
        def begins(self) -> Beginning | None:
            """After what they begin, if older ones went after their time."""

        @property
        def entries(self) -> int:
            """How many there are."""

        def pages(self) -> Iterator[list[Recorded]]:
            """Yield them, some thousand at a time."""


def export(
    record: Pages,
    origin: str,
    path: Path,
    moved: Callable[[int, int], None] = lambda *_: None,
    *,
    of: str = WHOLE_LOG,
    closing: Closing | None = None,
) -> End:
    """Write the log, or one case if `of` is its reference, or the access log if it is `LOOKS`, into
    a file that only its owner may read; return what it ends with.

    The file has its name only once all of it is on the disk. `origin` names the log, as its
    checkpoints do; `closing` says where a case ended, and was made before its entries are read;
    `moved` is told how many entries are written, and of how many. Raises `FileExistsError` if there
    is such a file, `OSError`, and `Unavailable` of the log.
    """
    begins = record.begins
    account = Account(begins=begins)
    tree = Edge.at(begins.version, begins.edge) if begins else Edge()
    gone = tree.size
    with written_whole(path) as file:
        of_all = record.entries
        file.write(first_line(Manifest(of, origin, of_all, begins)))
        for rows in record.pages():
            file.writelines(line_of(row) for row in rows)
            tree.extend(account.take(rows))
            moved(tree.size - gone, of_all)
        end = End(tree.size - gone, tree.root(), closing.said() if closing else None)
        file.write(last_line(end))
    return end
