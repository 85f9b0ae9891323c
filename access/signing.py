"""The access log as the notary and the verifier reckon it: one stream, each look an entry.

Checkpoints of it have a name and folders of their own beside those of the event log. What went
after its time is stood for by the tree's edge in the signed root of its last segment.
"""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from access.chain import LOG, NAME
from access.segments import edge_of
from access.tables import ENTRIES
from audit.notary import Notary
from audit.places import places
from audit.record import Record
from audit.verify.entry import Beginning
from audit.verify.export import LOOKS
from store import Unavailable
from trouble import Trouble
from vault.problems import Unavailable as VaultUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from access.log import AccessLog
    from keys import Keyring
    from store import Recorded

FOLDER = LOOKS
"""Within each folder of checkpoints, where those of the access log are."""
_STREAM = LOG.encode()
_PAGE = 1_000


def name_of(notary_name: str) -> str:
    """Return what the access log is called in its checkpoints, beside an event log of this name."""
    return f"{notary_name}/{FOLDER}"


class Looks:
    """The entries of an access log, as they stand. Each method raises the store's `Unavailable`."""

    def __init__(self, log: AccessLog) -> None:
        self._log = log

    def recorded(
        self, after: int = 0, to: int | None = None, *, stream: str | None = None
    ) -> Iterator[list[Recorded]]:
        """Yield them in order, after one number and up to another, a thousand at a time."""
        if stream not in (None, LOG):
            return
        with _reaching():
            found = takewhile(lambda row: to is None or row[0] <= to, self._log.rows(after))
            rows = ((_STREAM, number, NAME.encode(), state, number) for number, state in found)
            while page := list(islice(rows, _PAGE)):
                yield page

    def count(self, to: int) -> int:
        """Return how many there are up to this number."""
        return self._number(sa.select(sa.func.count()).where(ENTRIES.c.number <= to))

    def last(self) -> int:
        """Return the newest number, 0 if there is none."""
        return self._number(sa.select(sa.func.max(ENTRIES.c.number)))

    def begins(self) -> Beginning | None:
        """Return after what the log begins, if older entries of it went. Raises `Altered`."""
        with _reaching():
            segments, first = self._log.segments(), self._log.first()
        gone = [one.root for one in segments if first is None or one.root.last < first]
        if not gone:
            return None
        root = gone[-1]
        if root.edge is None:
            raise Unavailable(
                Trouble.FAULTY,
                f"{root.last} looks went before checkpoints were made of the access log: nothing "
                "stands for them in its tree",
            )
        return Beginning(_STREAM, root.last, root.head.encode(), edge_of(root).nodes)

    def _number(self, statement: sa.Select[Any]) -> int:
        with _reaching():
            (row,) = self._log.database.rows(statement)
        return int(row[0] or 0)


def record_of(log: AccessLog) -> Record:
    """Return the access log as a source of entries to verify or to export."""
    looks = Looks(log)
    return Record(looks, begins=looks.begins())


def notary_of(
    log: AccessLog, keyring: Keyring, notary_name: str, folders: Iterable[Path], *, to_output: bool
) -> Notary:
    """Return the notary that signs the access log beside the event log of this name."""
    looks = Looks(log)
    kept = places([folder / FOLDER for folder in folders], to_output=to_output)
    return Notary(looks, keyring, name_of(notary_name), kept, looks.begins)


@contextmanager
def _reaching() -> Iterator[None]:
    try:
        yield
    except VaultUnavailable as error:
        raise Unavailable(Trouble.UNREACHABLE, str(error)) from error
