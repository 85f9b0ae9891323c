"""The log itself as a source of entries to verify, read by one process or by several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from audit.verify.cores import reckoned
from audit.verify.judging import Reckoned, reckon
from keys import Verifier
from store import open_log

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from audit.verify.entry import Beginning
    from audit.verify.judging import Stretch
    from store import Log, Recorded

_SPAN = 25_000
"""Positions that one process takes at a time."""
_MANY = 20
"""Streams beyond which the whole log is read again to find them."""


@dataclass(frozen=True, slots=True)
class Span:
    """What one process reads: after one position, up to another."""

    url: str
    after: int
    to: int

    def reckoned(self) -> Reckoned:
        """Return what it comes to on its own. Raises `Unavailable`."""
        log = open_log(self.url, None, Verifier({}), create=False)
        try:
            return reckon([row for page in log.recorded(self.after, self.to) for row in page])
        finally:
            log.close()


class Entries(Protocol):
    """A log to reckon: the event log, or whatever else is kept in that form."""

    def recorded(
        self, after: int = 0, to: int | None = None, *, stream: str | None = None
    ) -> Iterator[list[Recorded]]:
        """Yield what stands in it, in order, after one position and up to another."""

    def count(self, to: int) -> int:
        """Return how many entries there are up to this position."""

    def last(self) -> int:
        """Return the newest position, 0 if it is empty."""


class Record:
    """The log as it stands when this is made; what is appended later is not seen.

    `url` is where it is, for the processes if there are to be several; `begins` is after what it
    begins, if entries of it go after their time. Every method raises `Unavailable` of the log.
    """

    def __init__(
        self, log: Entries, url: str = "", cores: int = 1, begins: Beginning | None = None
    ) -> None:
        self.begins = begins
        self._log = log
        self._url = url
        self._cores = cores
        self._last = log.last()

    @property
    def last(self) -> int:
        """The position up to which it goes."""
        return self._last

    @property
    def entries(self) -> int:
        """How many entries there are."""
        return self._log.count(self._last)

    def pages(self) -> Iterator[list[Recorded]]:
        """Yield the entries as they stand, in order, some thousand at a time."""
        return self._log.recorded(self.begins.version if self.begins else 0, self._last)

    def stretches(self) -> Iterator[Stretch]:
        """Yield the log in order, some thousand entries at a time."""
        if self._cores == 1:
            return self.pages()
        spans = [*self.spans()]
        return reckoned(spans, Span.reckoned, self._cores, len(spans))

    def spans(self) -> Iterator[Span]:
        """Yield what there is for several processes to reckon, in order."""
        for at in range(0, self._last, _SPAN):
            yield Span(self._url, at, min(at + _SPAN, self._last))

    def of(self, streams: Collection[bytes]) -> dict[bytes, list[Recorded]]:
        """Return the entries of these streams, in the order of the log."""
        if len(streams) > _MANY:
            return self._sifted(frozenset(streams))
        return {one: self._one(one) for one in streams}

    def _one(self, stream: bytes) -> list[Recorded]:
        name = stream.decode(errors="surrogateescape")
        return [row for page in self._log.recorded(0, self._last, stream=name) for row in page]

    def _sifted(self, wanted: frozenset[bytes]) -> dict[bytes, list[Recorded]]:
        found: dict[bytes, list[Recorded]] = {}
        for page in self.pages():
            for row in page:
                if row[0] in wanted:
                    found.setdefault(row[0], []).append(row)
        return found


class OneStream:
    """One stream of the log, as a source of entries: its chain and seals, not its place."""

    begins: Beginning | None = None

    def __init__(self, log: Log, stream: str) -> None:
        self._log = log
        self._stream = stream

    @property
    def entries(self) -> int:
        """How many entries it has."""
        return sum(len(page) for page in self.pages())

    def pages(self) -> Iterator[list[Recorded]]:
        """Yield its entries as they stand, in the order of the log."""
        return self._log.recorded(stream=self._stream)

    def stretches(self) -> Iterator[list[Recorded]]:
        """Yield its entries in the order of the log."""
        return self.pages()

    def of(self, streams: Collection[bytes]) -> dict[bytes, list[Recorded]]:
        """Return its entries if it is asked for."""
        rows = [row for page in self.stretches() for row in page]
        return {one: rows for one in streams if one == self._stream.encode()}
