"""Naming what is wrong with one stream, entry by entry: the slow way, for what was found broken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from audit.verify.entry import HEAD, LOOK, START, NotAnEntry, Seal, hash_of, prefix_of
from audit.verify.findings import Finding, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.verify.entry import Beginning, Recorded, Seals

_SHIFTS = (1, -1, 2, -2, 3, -3)
"""By how much an entry that was given another version is looked for under its own."""
LONGEST_NAME = 60


class _Sealed(Enum):
    GOOD = "good"
    BAD = "bad"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class _Seen:
    """An entry as it stands."""

    row: Recorded
    version: int
    hash: bytes
    previous: bytes
    ask: bytes
    part: int
    parts: int
    sealed: _Sealed

    @property
    def ends(self) -> bool:
        return self.part == self.parts

    @property
    def is_look(self) -> bool:
        """Whether it is an entry of the access log."""
        return not self.ask


def shown(name: object) -> str:
    """Return a stream's name so that it can be printed, whatever somebody made of it."""
    text = name.decode(errors="replace") if isinstance(name, bytes) else "?"
    clean = "".join(c if c.isprintable() and c.isascii() else "?" for c in text)
    return clean[:LONGEST_NAME] or "?"


def diagnose(
    stream: bytes, rows: Sequence[Recorded], seals: Seals, begins: Beginning | None = None
) -> list[Finding]:
    """Return what is wrong with a stream, whose entries are given in the order of the log.

    `begins` is after what it begins, if older entries of it went after their time.
    """
    after = (begins.version, begins.hash) if begins and begins.stream == stream else (0, START)
    return [*_Diagnosis(stream, seals, after).of(rows)]


class _Diagnosis:
    def __init__(self, stream: bytes, seals: Seals, after: tuple[int, bytes]) -> None:
        self._after, self._before = after
        self._stream = stream
        self._name = shown(stream)
        self._seals = seals

    def of(self, rows: Sequence[Recorded]) -> Iterator[Finding]:
        seen: list[_Seen] = []
        for row in rows:
            one = self._read(row)
            if one is None:
                version = row[1] if isinstance(row[1], int) else None
                yield self._found(Kind.MALFORMED, version, "has not the form of an entry")
            else:
                seen.append(one)
        found = [*self._order(seen)]
        entries = self._each_once(seen)
        found += self._gaps(entries)
        found += self._links(entries)
        found += self._appends(entries)
        found += self._seals_of(entries)
        if not found and len(seen) == len(rows):
            found.append(self._found(Kind.ALTERED, None, "is not as it was recorded"))
        yield from found

    def _read(self, row: Recorded) -> _Seen | None:
        stream, version, name, state, _ = row
        try:
            own = hash_of(prefix_of(stream), version, name, state)
        except (NotAnEntry, TypeError):
            return None
        sealed = self._sealed(version, name, state)
        hexed = own.hex().encode()
        if look := LOOK.match(state):
            # Its number stands in it too; where a write ends is told by the seal alone.
            ends = int(look[1]) == version and sealed is not _Sealed.NONE
            return _Seen(row, version, hexed, look[2], b"", 1, 1 if ends else 2, sealed)
        head = HEAD.match(state)
        if head is None:
            return None
        ask, part, parts, previous = head.groups()
        return _Seen(row, version, hexed, previous, ask, int(part), int(parts), sealed)

    def _sealed(self, version: int, name: bytes, state: bytes) -> _Sealed:
        seal = Seal.on(self._stream, version, name, state)
        if seal is None:
            return _Sealed.NONE
        if seal.key not in self._seals:
            return _Sealed.UNKNOWN
        return _Sealed.GOOD if seal.good(self._seals) else _Sealed.BAD

    def _order(self, seen: Sequence[_Seen]) -> Iterator[Finding]:
        newest = 0
        there: set[int] = set()
        for one in seen:
            if one.version in there:
                what = "stands there more than once"
                yield self._found(Kind.DUPLICATED, one.version, what)
            elif one.version < newest:
                what = f"stands after version {newest}"
                yield self._found(Kind.REORDERED, one.version, what)
            there.add(one.version)
            newest = max(newest, one.version)

    def _each_once(self, seen: Sequence[_Seen]) -> list[_Seen]:
        """Return the entries by version; of several, the one that those around it vouch for."""
        vouched = {one.previous for one in seen} | {
            one.hash for one in seen if one.sealed is _Sealed.GOOD
        }
        chosen: dict[int, _Seen] = {}
        for one in seen:
            if one.version not in chosen or one.hash in vouched:
                chosen[one.version] = one
        return [chosen[version] for version in sorted(chosen)]

    def _gaps(self, entries: Sequence[_Seen]) -> Iterator[Finding]:
        before = self._after
        for one in entries:
            if one.version > before + 1:
                yield self._found(Kind.MISSING, before + 1, _until(before + 1, one.version - 1))
            before = one.version

    def _links(self, entries: Sequence[_Seen]) -> Iterator[Finding]:
        covered = _covered(entries)
        by_hash = {one.hash: one for one in reversed(entries)}
        first = self._after + 1
        if entries and entries[0].version == first and entries[0].previous != self._before:
            what = "follows on something that is not there"
            yield self._found(Kind.ALTERED, first, what)
        for before, now in pairwise(entries):
            if now.version != before.version + 1 or now.previous == before.hash:
                continue
            earlier = by_hash.get(now.previous)
            if earlier is not None and earlier.version < before.version:
                what = f"is not what version {now.version} follows on: that is {earlier.version}"
                yield self._found(Kind.INSERTED, before.version, what)
            elif covered[before.version]:
                yield self._not_following(now, genuine=covered[now.version])
            else:
                what = f"is not what version {now.version} says stood before it"
                yield self._found(Kind.ALTERED, before.version, what)

    def _not_following(self, now: _Seen, *, genuine: bool) -> Finding:
        if genuine:
            what = "does not follow on the entry before it, and both are sealed: one is missing"
            return self._found(Kind.MISSING, now.version, what)
        was = self._recorded_as(now)
        if was is None:
            what = "does not link to the entry before it"
            return self._found(Kind.ALTERED, now.version, what)
        kind = Kind.MISSING if was > now.version else Kind.INSERTED
        return self._found(kind, now.version, f"was recorded as version {was}")

    def _recorded_as(self, one: _Seen) -> int | None:
        """Return the version under which its seal fits, if it was given another."""
        _, _, name, state, _ = one.row
        for shift in _SHIFTS:
            version = one.version + shift
            if version > 0 and self._sealed(version, name, state) is _Sealed.GOOD:
                return version
        return None

    def _appends(self, entries: Sequence[_Seen]) -> Iterator[Finding]:
        for before, now in pairwise(entries):
            if now.version != before.version + 1 or now.is_look:
                continue
            wanted = 1 if before.ends else before.part + 1
            same = before.ends or (now.ask, now.parts) == (before.ask, before.parts)
            if now.part != wanted or not same:
                what = "does not carry on the append that it stands in"
                yield self._found(Kind.ALTERED, now.version, what)
        if entries and not entries[-1].ends:
            last = entries[-1]
            what = f"is part {last.part} of {last.parts} and the rest of them is missing"
            if last.is_look:
                what = "ends its write without a seal"
            yield self._found(Kind.TRUNCATED, last.version, what)

    def _seals_of(self, entries: Sequence[_Seen]) -> Iterator[Finding]:
        good_until, told = 0, False
        for one in entries:
            if one.sealed is _Sealed.GOOD and one.ends:
                good_until = one.version
            elif one.sealed is _Sealed.UNKNOWN:
                what = "is sealed with a key that was not given"
                yield self._found(Kind.UNKNOWN_SEAL, one.version, what)
            elif one.ends and not told:
                told = True
                yield self._broken(one, good_until)
            elif not one.ends and one.sealed is not _Sealed.NONE:
                yield self._found(Kind.ALTERED, one.version, "has a seal in mid-append")

    def _broken(self, one: _Seen, good_until: int) -> Finding:
        if one.sealed is _Sealed.NONE:
            return self._found(Kind.BROKEN_SEAL, one.version, "ends its append without a seal")
        was = self._recorded_as(one)
        if was is not None:
            kind = Kind.MISSING if was > one.version else Kind.INSERTED
            return self._found(kind, one.version, f"was recorded as version {was}")
        what = "has a seal that does not fit it"
        if one.version > good_until + 1:
            what += f": something from version {good_until + 1} on is not what was sealed"
        return self._found(Kind.BROKEN_SEAL, one.version, what)

    def _found(self, kind: Kind, version: int | None, what: str) -> Finding:
        place = f"version {version} of {self._name}" if version is not None else self._name
        return Finding(kind, f"{place} {what}", self._name, version)


def _covered(entries: Sequence[_Seen]) -> dict[int, bool]:
    """Say of each version whether a good seal on it, or on one that links back to it, vouches."""
    covered: dict[int, bool] = {}
    after: _Seen | None = None
    for one in reversed(entries):
        covered[one.version] = one.sealed is _Sealed.GOOD and one.ends
        if after is not None and (after.version, after.previous) == (one.version + 1, one.hash):
            covered[one.version] |= covered[after.version]
        after = one
    return covered


def _until(first: int, last: int) -> str:
    return "is missing" if first == last else f"is missing, and all up to version {last}"
